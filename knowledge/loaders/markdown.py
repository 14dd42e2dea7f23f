"""A Markdown file with front matter: one document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import yaml
from django.utils.translation import gettext as _

from knowledge.chunking import plain_text
from knowledge.cleaning import decode
from knowledge.loaders.base import Item, RawFile, Refusal, Refused, read_item

SUFFIXES = {".md", ".markdown"}
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
FIRST_HEADING = re.compile(r"\A\s*#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
MOST = 64_000  # characters of front matter


def load(file: RawFile, language: str) -> Iterator[Item | Refused]:
    try:
        yield _read(file, language)
    except Refusal as refusal:
        yield Refused(file.name, str(refusal))


def _read(file: RawFile, language: str) -> Item:
    text = decode(file.data).replace("\r\n", "\n")
    match = FRONT_MATTER.match(text)
    fields = _front_matter(match.group(1)) if match else {}
    body = text[match.end() :] if match else text
    heading = FIRST_HEADING.match(body)
    fields.setdefault("id", PurePosixPath(file.name).with_suffix("").as_posix())
    fields.setdefault("title", plain_text(heading.group(1)) if heading else "")
    return read_item({**fields, "body": body}, where=file.name, language=language, path=file.name)


def _front_matter(text: str) -> dict[str, Any]:
    """Every value as text: no dates, no numbers, no aliases, and nothing that constructs an object."""
    if len(text) > MOST:
        raise Refusal(_("its front matter is too long"))
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text)):
            raise Refusal(_("its front matter uses aliases"))
        fields = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  (only text, lists and mappings)
    except (yaml.YAMLError, RecursionError) as error:
        raise Refusal(_("its front matter is not valid YAML")) from error
    return {str(key): value for key, value in fields.items()} if isinstance(fields, dict) else {}
