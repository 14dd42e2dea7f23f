"""Bytes as text, whatever system wrote them. Pure."""

from __future__ import annotations

import re

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
PRIVATE = re.compile("[\ue000-\uf8ff]")
SEEN = 100_000  # bytes that a guess is made from
KANA = re.compile("[\u3040-\u30ff]")
USUAL = re.compile("[àâäæçèéêëíîïñóôöœùúûüßÀÂÄÇÈÉÊËÎÏÑÓÔÖŒÙÛÜ’‘“”«»„–—…€\u00a0°]")
WIDE = re.compile("[\u3000-\u9fff\uac00-\ud7a3\uff01-\uff9f]")


def decode(data: bytes) -> str:
    """Bytes as text: by their mark, as UTF-8, else by the likeliest of the old encodings."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    unmarked = _utf16(data)
    if unmarked:
        return data.decode(unmarked, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_guess(data), errors="replace")


def _utf16(data: bytes) -> str:
    """UTF-16 without its mark: every second byte of Western text is zero."""
    start = data[:2_000]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if len(start) < 8 or max(even, odd) < 0.4 * len(start) / 2 or min(even, odd) > 0.05 * len(start):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _guess(data: bytes) -> str:
    """Shift-JIS is full of kana; what else is not UTF-8 was mostly written by Windows or a Mac."""
    start = data[:SEEN]
    if _is_shift_jis(start):
        return "cp932"
    return max(("cp1252", "mac_roman"), key=lambda encoding: _usual(start.decode(encoding, errors="replace")))


def _usual(text: str) -> int:
    """How much of what is beyond ASCII is written in the languages of Western Europe."""
    return len(USUAL.findall(text)) - text.count("\ufffd")


def _is_shift_jis(data: bytes) -> bool:
    end = data.rfind(b"\n") + 1 or len(data)  # a cut may stand inside a letter
    try:
        text = data[:end].decode("cp932")
    except UnicodeDecodeError:
        return False
    beyond = [letter for letter in text if letter > "\x7f"]
    wide = len(WIDE.findall(text))
    return len(KANA.findall(text)) >= 2 and not PRIVATE.search(text) and wide >= 0.9 * len(beyond)
