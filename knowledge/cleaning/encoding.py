"""Text that was read in a wrong encoding ("dÃ©jÃ ", "donâ€™t") as it was meant. Pure.

ftfy does it, limited to that: quotes, ligatures and widths are not its business here.
"""

from __future__ import annotations

from dataclasses import replace

from ftfy import TextFixerConfig, fix_encoding

from knowledge.cleaning.base import Draft, Rules

ONLY_ENCODING = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)


def repair_encoding(draft: Draft, rules: Rules) -> tuple[Draft, int]:
    title, in_title = repair(draft.title)
    body, in_body = repair(draft.body)
    return replace(draft, title=title, body=body), in_title + in_body


def repair(text: str) -> tuple[str, int]:
    """The text and how many words were repaired. Lines may come from different files: each by itself."""
    if text.isascii():
        return text, 0
    lines = text.split("\n")
    repaired = [line if line.isascii() else fix_encoding(line, ONLY_ENCODING) for line in lines]
    words = sum(_words_changed(*pair) for pair in zip(lines, repaired, strict=True) if pair[0] != pair[1])
    return "\n".join(repaired), words


def _words_changed(before: str, after: str) -> int:
    pairs = zip(before.split(" "), after.split(" "), strict=False)
    return sum(one != other for one, other in pairs) or 1
