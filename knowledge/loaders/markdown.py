"""A Markdown file with front matter: one document. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from knowledge.chunking import plain_text
from knowledge.loaders.base import Found, Place, RawFile, Record, Refusal, Refused
from untrusted.decoding import decode
from untrusted.plain_yaml import load_plain

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
FIRST_HEADING = re.compile(r"\A\s*#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
MOST = 64_000  # characters of front matter


def load(file: RawFile) -> Iterator[Found]:
    try:
        yield _read(file)
    except Refusal as refusal:
        yield Refused.by(refusal, Place(file.name))


def _read(file: RawFile) -> Record:
    text = decode(file.data).replace("\r\n", "\n")
    match = FRONT_MATTER.match(text)
    fields = _front_matter(match.group(1)) if match else {}
    body = text[match.end() :] if match else text
    heading = FIRST_HEADING.match(body)
    fields.setdefault("id", PurePosixPath(file.name).with_suffix("").as_posix())
    fields.setdefault("title", plain_text(heading.group(1)) if heading else "")
    return Record(Place(file.name), {**fields, "body": body}, path=file.name)


def _front_matter(text: str) -> dict[str, Any]:
    if len(text) > MOST:
        raise Refusal("front_matter_too_long")
    try:
        fields = load_plain(text)
    except Refusal as refusal:
        aliases = refusal.code == "yaml_aliases"
        raise Refusal("front_matter_aliases" if aliases else "front_matter_broken") from refusal
    return {str(key): value for key, value in fields.items()} if isinstance(fields, dict) else {}
