"""What a web site puts around every article: menus, banners, "Was this helpful?". Pure.

Two ways to know it: lines that say so (site_lines), and blocks that stand on most pages of one site
(`repeated_blocks`, over all pages, gives what `Rules.repeated` then holds for each).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b
from itertools import groupby

from knowledge.blocks import Block, Line, split_blocks, split_lines
from knowledge.cleaning.base import Draft, Rules
from knowledge.cleaning.prose import Span, cut
from knowledge.cleaning.site_lines import is_breadcrumb, is_feedback, is_menu_line, is_site_line, line_key

FEWEST_PAGES, SHARE = 3, 0.3
MENU_LINES = 2  # as many links to usual places, and nothing else, make a menu


def drop_boilerplate(draft: Draft, rules: Rules) -> tuple[Draft, int]:
    """The draft without it; as it was when nothing would be left."""
    body, blocks = draft.body, split_blocks(draft.body)
    dropped = [span for at, block in enumerate(blocks) for span in _dropped(body, block, rules, first=not at)]
    if not dropped:
        return draft, 0
    left = cut(body, [*dropped, *_orphans(blocks, dropped)])
    if all(block.kind == "heading" for block in split_blocks(left)):
        return draft, 0
    return replace(draft, body=left), len(dropped)


def repeated_blocks(bodies: Iterable[str]) -> frozenset[str]:
    """The blocks that stand on many pages of a site, as keys. Headings and code are never among them.

    A page that is there twice counts once. Pages are not kept: a block's words are remembered from the
    moment it has been seen often enough to matter.
    """
    seen: Counter[bytes] = Counter()
    words: dict[bytes, str] = {}
    pages: set[bytes] = set()
    for body in bodies:
        if (page := _digest(body)) in pages:
            continue
        pages.add(page)
        keys = {_digest(key): key for key in _keys(body)}
        seen.update(keys.keys())
        words.update((digest, key) for digest, key in keys.items() if seen[digest] >= FEWEST_PAGES)
    least = max(FEWEST_PAGES, math.ceil(SHARE * len(pages)))
    return frozenset(key for digest, key in words.items() if seen[digest] >= least)


def _keys(body: str) -> list[str]:
    """Of a page with more than one block: a page's only text is its content."""
    blocks = [block for block in split_blocks(body) if block.kind not in ("heading", "code")]
    keys = [line_key(body[block.start : block.end]) for block in blocks]
    return [key for key in keys if key] if len(keys) > 1 else []


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _dropped(body: str, block: Block, rules: Rules, first: bool) -> Iterator[Span]:
    """The whole block, or those of its lines that are the site's."""
    text = body[block.start : block.end]
    if block.kind == "code" or not text.strip():
        return
    if block.kind != "heading" and rules.repeated and line_key(text) in rules.repeated:
        yield block.start, block.end
        return
    runs = [
        list(run)
        for blank, run in groupby(split_lines(text, block.start), lambda line: line.blank)
        if not blank
    ]
    found = [_site_lines(run, block, first and not at) for at, run in enumerate(runs)]
    if all(map(all, found)):
        yield block.start, block.end
        return
    for run, are_site in zip(runs, found, strict=True):
        yield from ((line.start, line.end + 1) for line, drop in zip(run, are_site, strict=True) if drop)


def _site_lines(run: list[Line], block: Block, first: bool) -> list[bool]:
    """Which of some lines in a row are the site's: those that say so, or all if they are a menu."""
    if block.kind == "heading":  # "Main menu" may be what an article is about
        return [is_feedback(line.text) for line in run]
    found = [is_site_line(line.text) for line in run]
    if first and is_breadcrumb(run[0].text):
        found[0] = True
    menus = [is_menu_line(line.text) for line in run]
    linked = sum(menus) >= MENU_LINES and all("](" in line.text for line in run)
    is_menu = all(map(max, menus, found)) and (linked or any(found))
    return [True] * len(run) if is_menu else found


def _orphans(blocks: list[Block], dropped: list[Span]) -> Iterator[Span]:
    """Headings below which everything was dropped, and there was something."""
    gone = set(dropped)
    for at, block in enumerate(blocks):
        if block.kind != "heading":
            continue
        below = _below(blocks, at)
        if below and all((other.start, other.end) in gone for other in below):
            yield block.start, block.end


def _below(blocks: list[Block], at: int) -> list[Block]:
    """What stands under a heading, down to the next one of its level or higher."""
    below = []
    for block in blocks[at + 1 :]:
        if block.kind == "heading" and block.level <= blocks[at].level:
            break
        below.append(block)
    return below
