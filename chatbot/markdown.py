"""The only door from text to HTML. Whatever comes in, what goes out holds the allowed tags and nothing else.

Three kinds of text: an article (written by staff or imported), a message (written by a model or by staff) and
plain text (written by a customer). Raw HTML is never passed through, and everything is sanitised once more
after rendering, so that a bug in one of the two libraries is not a hole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from html import escape, unescape
from urllib.parse import urlsplit

import nh3
from django.utils.safestring import SafeString, mark_safe
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.token import Token

Heading = Callable[[str, int], str | None]
Link = Callable[[str], str | None]
Lines = tuple[int, int]  # the first, and the one after the last; from 0

SCHEMES = {"http", "https", "mailto"}
TEXT_TAGS = {"p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
TAGS = TEXT_TAGS | TABLE_TAGS | set(HEADINGS)
ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "th": {"class"},
    "td": {"class"},
    "code": {"class"},
}
# What shows that an answer rests on it, as a whole.
CONTAINERS = {"blockquote", "ul", "ol", "li"}
MARKED = CONTAINERS | {"p", "table", *HEADINGS}
_CITATION = re.compile(r"\s*\[\d{1,2}\]")
CLASSES = {
    "code": re.compile(r"language-[\w+-]{1,30}"),
    **dict.fromkeys(MARKED, re.compile("cited")),
    "th": re.compile(r"align-(?:left|center|right)"),
    "td": re.compile(r"align-(?:left|center|right)"),
}


@cache
def _parser(*, breaks: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": breaks})
    parser.enable(["table", "strikethrough", "linkify"])
    parser.linkify = _linkifier()
    return parser


@cache
def _linkifier() -> LinkifyIt:
    """Only what has a scheme, or is an e-mail address, is a link: "is.it" is not."""
    return LinkifyIt().set({"fuzzy_link": False, "fuzzy_ip": False, "fuzzy_email": True})


def render_article(
    body: str, *, heading: Heading | None = None, link: Link | None = None, cited: Lines | None = None
) -> SafeString:
    """HTML of an article.

    `heading(text, level)` gives the anchor of each heading, outer ones first in their order, or None to
    leave the heading out (a first line that repeats the title). Levels are shifted so that they start at two.
    `link(href)` turns a relative address into one of ours, or None when it leads nowhere. `cited`: the lines
    that an answer rests on; the blocks that stand there get that class.
    """
    parser = _parser(breaks=False)
    tokens = _align_by_class(parser.parse(body))
    if cited:
        _mark_blocks(tokens, *cited)
    tokens = _set_headings(tokens, heading or (lambda text, level: ""))
    for token in _inline(tokens):
        _images_to_links(token)
        _resolve_links(token, link or (lambda href: None))
    html = parser.renderer.render(tokens, parser.options, {})
    attributes = ATTRIBUTES | {tag: ATTRIBUTES.get(tag, set()) | {"class"} for tag in MARKED}
    attributes |= {tag: {"id", "class"} for tag in HEADINGS}
    return _sanitise(html, attributes=attributes, relative=True, rel="noopener")


def render_passage(text: str) -> SafeString:
    """HTML of a part of an article, shown beside an answer: no anchors, and only absolute links."""
    return render_article(text)


def render_message(text: str) -> SafeString:
    """HTML of what a model or a member of staff wrote: no images, no relative links, no big headings."""
    parser = _parser(breaks=True)
    tokens = _align_by_class(parser.parse(text))
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{max(3, int(token.tag[1]))}"
    for token in _inline(tokens):
        _images_to_text(token)
        _show_hosts(token)
    html = parser.renderer.render(tokens, parser.options, {})
    return _sanitise(html, attributes=ATTRIBUTES, relative=False, rel="noopener nofollow ugc", blank=True)


def render_plain(text: str) -> SafeString:
    """HTML of what a customer wrote: the characters as they are, line breaks kept, addresses as links."""
    html, at = [], 0
    for match in _linkifier().match(text) or []:
        if urlsplit(match.url).scheme in SCHEMES:
            html += [
                escape(text[at : match.index]),
                f'<a href="{escape(match.url)}">{escape(match.text)}</a>',
            ]
            at = match.last_index
    html.append(escape(text[at:]))
    lines = re.sub(r"\r\n?|\n", "<br>", "".join(html))
    return _sanitise(
        lines, attributes={"a": {"href"}}, relative=False, rel="noopener nofollow ugc", blank=True
    )


def words_of(text: str) -> str:
    """What a message says in one line, for lists: no marks, no HTML, no citation numbers."""
    words = unescape(nh3.clean(render_message(text), tags=set()))
    return " ".join(_CITATION.sub("", words).split())


def _sanitise(
    html: str, *, attributes: dict[str, set[str]], relative: bool, rel: str, blank: bool = False
) -> SafeString:
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=attributes,
        attribute_filter=_keep_attribute,
        url_schemes=SCHEMES,
        url_relative="pass_through" if relative else "deny",
        link_rel=rel,
        set_tag_attribute_values={"a": {"target": "_blank"}} if blank else {},
    )
    return mark_safe(clean)  # noqa: S308  (this is the place that makes it safe)


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return value if CLASSES[tag].fullmatch(value) else None
    if name == "href" and value.startswith("//"):
        return None  # another host without saying so
    return value


def _align_by_class(tokens: list[Token]) -> list[Token]:
    """The parser aligns the cells of a table by inline styles, which the content security policy forbids."""
    for token in tokens:
        style = str(token.attrs.get("style", ""))
        if token.type in {"th_open", "td_open"} and style.startswith("text-align:"):
            token.attrs = {"class": f"align-{style.removeprefix('text-align:')}"}
    return tokens


def _mark_blocks(tokens: list[Token], first: int, end: int) -> None:
    """A list or a quotation as one when all of it stands there, else those of its parts that do."""
    outer: int | None = None  # the level of the marked one that we are in
    for token in tokens:
        if outer is not None:
            outer = None if token.nesting < 0 and token.level == outer else outer
        elif token.tag in MARKED and token.map and _stands(token, first, end):
            token.attrSet("class", "cited")
            outer = token.level


def _stands(block: Token, first: int, end: int) -> bool:
    begins, ends = block.map or (0, 0)
    if block.tag in CONTAINERS:
        return first <= begins and ends <= end
    return begins < end and first < ends


def _inline(tokens: Iterable[Token]) -> list[Token]:
    return [token for token in tokens if token.type == "inline"]


def _set_headings(tokens: list[Token], heading: Heading) -> list[Token]:
    places = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    # Passages are cut at outer headings only, so these choose their anchors first.
    ids = {at: _ask(heading, tokens, at) for at in sorted(places, key=lambda at: (tokens[at].level > 0, at))}
    kept = [at for at in places if ids[at] is not None]
    top = min((int(tokens[at].tag[1]) for at in kept), default=2)
    for at in kept:
        tag = f"h{min(6, int(tokens[at].tag[1]) - top + 2)}"
        tokens[at].tag = tokens[at + 2].tag = tag
        if ids[at]:
            tokens[at].attrSet("id", str(ids[at]))
    dropped = {at + offset for at in places if ids[at] is None for offset in range(3)}
    return [token for at, token in enumerate(tokens) if at not in dropped]


def _ask(heading: Heading, tokens: list[Token], at: int) -> str | None:
    return heading(tokens[at + 1].content, int(tokens[at].tag[1]))


def _images_to_links(inline: Token) -> None:
    """Pictures of other sites are not loaded, they would tell that site who reads: link to them instead."""
    children = []
    inside_link = False
    for token in inline.children or []:
        inside_link = token.type == "link_open" or (inside_link and token.type != "link_close")
        if token.type != "image":
            children.append(token)
        elif inside_link:
            children.append(_text(token.content))
        else:
            opening = Token("link_open", "a", 1, attrs={"href": str(token.attrGet("src") or "")})
            children += [opening, _text(token.content or "…"), Token("link_close", "a", -1)]
    inline.children = children


def _images_to_text(inline: Token) -> None:
    inline.children = [
        _text(token.content) if token.type == "image" else token for token in inline.children or []
    ]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _resolve_links(inline: Token, link: Link) -> None:
    for token in inline.children or []:
        if token.type == "link_open":
            href = _resolved(str(token.attrGet("href") or ""), link)
            token.attrs = {name: value for name, value in token.attrs.items() if name != "href"}
            if href:
                token.attrSet("href", href)


def _resolved(href: str, link: Link) -> str | None:
    """Absolute addresses and fragments of this page stay; everything else is asked for."""
    if href.startswith("#") or urlsplit(href).scheme:
        return href
    return link(href)


def _show_hosts(inline: Token) -> None:
    """Say where a link leads, whatever its text pretends."""
    for token in inline.children or []:
        if token.type == "link_open":
            token.attrSet("title", urlsplit(str(token.attrGet("href") or "")).hostname or "")
