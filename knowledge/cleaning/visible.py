"""Text as it is kept: without what nobody can see, and in one form. Pure.

Invisible characters and comments are how instructions for a model are hidden in a document; they go before
the text is stored, so that what staff read is what the assistant reads. No source can switch this off.
"""

from __future__ import annotations

import re
import unicodedata

# Zero-width and bidirectional controls, soft hyphen, tag characters, variation selectors of no visible use.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# Joiners shape emoji and several scripts; between plain Latin letters they only hide something.
JOINERS = re.compile("(?<![^\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u024f])")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
LINE_BREAK_TAG = re.compile(r"<br\s*/?>[ \t]*\n?", re.IGNORECASE)
NEW_LINE = re.compile("\r\n?|[\u2028\u2029]")
SPACES_AT_END = re.compile(r"[ \t]+$", re.MULTILINE)
EMPTY_LINES = re.compile(r"\n{3,}")


def clean_line(text: str) -> str:
    """One line: a title, a name, a keyword."""
    return " ".join(_visible(text).split())


def clean_markdown(text: str) -> str:
    """A Markdown body: visible characters only, no comments, at most one empty line in a row."""
    text = COMMENT.sub("", _visible(text))
    text = LINE_BREAK_TAG.sub("  \n", text)
    text = SPACES_AT_END.sub(_keep_hard_break, text)
    return EMPTY_LINES.sub("\n\n", text).strip()


def _visible(text: str) -> str:
    text = unicodedata.normalize("NFC", NEW_LINE.sub("\n", text))
    text = INVISIBLE.sub("", CONTROL.sub("", text))
    return JOINERS.sub("", text).replace("\u00a0", " ")


def _keep_hard_break(match: re.Match[str]) -> str:
    follows = match.string[match.end() : match.end() + 2]
    spaces = match.group().endswith("  ") and len(follows) == 2 and not follows[1].isspace()
    return "  " if spaces else ""
