"""Words that come from no Markdown, so that Markdown shows them as they are. Pure."""

from __future__ import annotations

from knowledge.plain import LINE_SIGNS, SIGNS


def escape(words: str) -> str:
    escaped = SIGNS.sub(r"\\\g<0>", words)
    return f"\\{escaped}" if LINE_SIGNS.match(words) and not escaped.startswith("\\") else escaped
