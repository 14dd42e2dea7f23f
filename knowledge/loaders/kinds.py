"""The kinds of file that can be read, and the loader of each: a new kind is a module and a line here. Pure.

A loader is imported when the first file of its kind comes: most of them bring a library with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from knowledge.loaders.base import Found, Loader, Place, RawFile, Refusal, Refused
from knowledge.loaders.sniffing import kind_of


def _loader(module: str) -> Loader:
    def load(file: RawFile) -> Iterator[Found]:
        loader: Loader = import_module(f"knowledge.loaders.{module}").load
        yield from loader(file)

    return load


KINDS: dict[str, Loader] = {
    "markdown": _loader("markdown"),
    "text": _loader("text"),
    "html": _loader("html"),
    "jsonl": _loader("jsonl"),
    "json_list": _loader("json_list"),
    "csv": _loader("delimited"),
    "sheet": _loader("sheet"),
    "pdf": _loader("pdf"),
    "docx": _loader("docx"),
    "odt": _loader("odt"),
    "rtf": _loader("rtf"),
    "pptx": _loader("pptx"),
    "epub": _loader("epub"),
}


def load_file(file: RawFile) -> Iterator[Found]:
    """Everything in a file, by its kind; what cannot be read is Refused with a code. Raises nothing."""
    try:
        yield from KINDS[kind_of(file)](file)
    except Refusal as refusal:
        yield Refused.by(refusal, Place(file.name))
    except RecursionError:
        yield Refused(Place(file.name), "nested_too_deep")
