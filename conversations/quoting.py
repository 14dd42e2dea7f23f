"""A passage as it is shown beside an answer, with the words that were quoted marked."""

from __future__ import annotations

import re
from collections.abc import Callable

# Private-use characters survive rendering and sanitising, and stand in no article.
_OPEN, _CLOSE = "\ue000", "\ue001"
_BETWEEN_WORDS = r"[^\w]{1,12}"
_MARKED = re.compile(f"{_OPEN}(.*?){_CLOSE}", re.S)
_TAG = re.compile(r"(<[^>]+>)")


def with_quote_marked(passage: str, quote: str, render: Callable[[str], str]) -> str:
    """`render(passage)` (sanitised HTML) with `quote` inside <mark>; unmarked if the quote is not found.

    The quote is found by its words: spaces, line breaks and Markdown between them do not matter.
    """
    clean = passage.replace(_OPEN, "").replace(_CLOSE, "")
    found = _find(clean, quote)
    if found is None:
        return render(clean)
    start, end = found
    html = render(clean[:start] + _OPEN + clean[start:end] + _CLOSE + clean[end:])
    return _MARKED.sub(_mark, html).replace(_OPEN, "").replace(_CLOSE, "")


def _find(passage: str, quote: str) -> tuple[int, int] | None:
    words = re.findall(r"\w+", quote)
    if not words:
        return None
    match = re.search(rf"\b{_BETWEEN_WORDS.join(map(re.escape, words))}\b[.!?…]?", passage)
    return match.span() if match else None


def _mark(match: re.Match[str]) -> str:
    """Tags inside the quote stay outside of the marks, so that what comes out is well nested."""
    pieces = _TAG.split(match.group(1))
    return "".join(
        piece if not piece.strip() or piece.startswith("<") else f"<mark>{piece}</mark>" for piece in pieces
    )
