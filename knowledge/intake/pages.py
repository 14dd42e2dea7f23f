"""Pages of the web among the files of an import: known by their addresses, not by file names. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knowledge.loaders.base import Found, RawFile, Record
from knowledge.loaders.html import page_record
from knowledge.loaders.kinds import load_file
from knowledge.loaders.sniffing import kind_of


def load_page(file: RawFile, url: str) -> Iterator[Found]:
    """What a page holds. Raises Refusal, as a file does."""
    if kind_of(file) == "html":
        yield replace(page_record(file.data, url), path=url)
        return
    found = list(load_file(file))
    single = len(found) == 1
    for each in found:
        place = replace(each.place, file=url)
        if isinstance(each, Record):
            own = "" if single else f"#{each.fields.get('id', '')}"
            yield Record(place, {**each.fields, "id": f"{url}{own}", "url": url}, path=url)
        else:
            yield replace(each, place=place)
