"""An RTF file: its text, without its looks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.loaders.base import Found, Place, RawFile, Refusal, Refused
from knowledge.loaders.naming import sensible_title
from knowledge.loaders.text import text_records

TITLE = re.compile(r"\{\\title ([^{}\\]{1,300})\}")
# Hidden and deleted text ends where it is switched off, or with its group.
HIDDEN = re.compile(r"\\(?:v|deleted)(?![a-z0-9])[^{}]*?(?:\\(?:v|deleted)0(?![0-9])|(?=[{}]))")


def load(file: RawFile) -> Iterator[Found]:
    try:
        yield from _records(file)
    except Refusal as refusal:
        yield Refused.by(refusal, Place(file.name))


def _records(file: RawFile) -> Iterator[Found]:
    source = file.data.decode("latin-1")
    text = _text(source)
    if not text:
        raise Refusal("no_text")
    named = TITLE.search(source[:20_000])
    yield from text_records(text, Place(file.name), sensible_title(named[1]) if named else "")


def _text(source: str) -> str:
    from striprtf.striprtf import rtf_to_text

    source = HIDDEN.sub("", source)
    try:
        text = rtf_to_text(source, errors="replace")
    except (ValueError, IndexError, KeyError, LookupError, OverflowError, TypeError) as error:
        raise Refusal("damaged") from error
    return str(text).replace("\x00", "").strip()
