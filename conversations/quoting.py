"""Where an answer meets its sources: quoted words marked in a passage."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

# Private-use characters survive rendering and sanitising, and stand in no article.
_OPEN, _CLOSE = "\ue000", "\ue001"
# A word, or the address of a link, which is none. Not "_", so that words in emphasis are found.
_WORD = re.compile(r"\]\([^)\s]*\)|([^\W_]+)")
_FAR = 12  # characters between two words of a quote: spaces, punctuation, Markdown
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_BLOCK_MARK = re.compile(r"\A[ \t]*(?:[-*+>]|#{1,6}|\d{1,3}[.)])[ \t]+")
_MARKED = re.compile(f"{_OPEN}(.*?){_CLOSE}", re.S)
_TAG = re.compile(r"(<[^>]+>)")


def with_quote_marked(passage: str, quote: str, render: Callable[[str], str]) -> str:
    """`render(passage)` (sanitised HTML) with the sentences of `quote` inside <mark>, those that are found.

    They are found by their words: spaces, line breaks and Markdown between these do not matter.
    """
    clean = passage.replace(_OPEN, "").replace(_CLOSE, "")
    spans = [span for sentence in _SENTENCE_END.split(quote) if (span := _find(clean, sentence))]
    html = render(_insert(clean, spans))
    return _MARKED.sub(_mark, html).replace(_OPEN, "").replace(_CLOSE, "")


def _find(passage: str, sentence: str) -> tuple[int, int] | None:
    """Where the words of the sentence stand, one after the other. No pattern of either text: both may be made
    to keep a regular expression busy for ever."""
    wanted = [match[1] for match in _words(_BLOCK_MARK.sub("", sentence))]
    if not "".join(wanted).strip("0123456789"):
        return None  # nothing but the number of a list
    there = _words(passage)
    words = [match[1] for match in there]
    for at in range(len(words) - len(wanted) + 1):
        if words[at] == wanted[0] and words[at : at + len(wanted)] == wanted:
            found = there[at : at + len(wanted)]
            if _close(passage, found):
                return found[0].start(), _with_full_stop(passage, found[-1].end())
    return None


def _words(text: str) -> list[re.Match[str]]:
    return [match for match in _WORD.finditer(text) if match[1]]


def _close(passage: str, words: list[re.Match[str]]) -> bool:
    between = (passage[one.end() : other.start()] for one, other in pairwise(words))
    return all(len(re.sub(r"\]\([^)\s]*\)", "", gap)) <= _FAR for gap in between)


def _with_full_stop(passage: str, end: int) -> int:
    return end + 1 if passage[end : end + 1] in (".", "!", "?", "…") else end


def _insert(passage: str, spans: list[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [passage[at:start], _OPEN, passage[start:end], _CLOSE]
            at = end
    return "".join([*pieces, passage[at:]])


def _mark(match: re.Match[str]) -> str:
    """Tags inside the quote stay outside of the marks, so that what comes out is well nested."""
    pieces = _TAG.split(match.group(1))
    return "".join(
        piece if not piece.strip() or piece.startswith("<") else f"<mark>{piece}</mark>" for piece in pieces
    )
