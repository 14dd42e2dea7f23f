"""A dataset as files to be taken along: for hosts, for local tools, for a spreadsheet, and its card."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.text import slugify

from chatbot import row_files
from training.examples import carding, figuring, local
from training.examples.files import files_of
from training.examples.finishing import answer_of
from training.examples.rows import Dataset, Example, Part

COLUMNS = (
    "example", "part", "state", "left_out", "origin", "conversation", "said_at", "language", "topic",
    "question", "answer", "wrong_answer", "tokens", "group",
)  # fmt: skip


def card_now(dataset: Dataset) -> bytes:
    """Of what is in the files that are taken along now: conversations may have been deleted since."""
    dataset.signature = files_of(dataset).signature
    dataset.figures = figuring.of(dataset) | {"more": dataset.figures.get("more", False)}
    return carding.card_of(dataset).encode()


def csv_of(dataset: Dataset) -> bytes:
    """One row an example, those that were left out among them."""
    rows = [_row(example) for example in dataset.examples.order_by("state", "part", "place", "pk").iterator()]
    return ",".join(COLUMNS).encode() + b"\r\n" + row_files.as_text(rows, "csv", COLUMNS).encode()


def _row(example: Example) -> dict[str, Any]:
    is_in = example.state == Example.State.IN
    wrong = example.rejected[0]["content"] if example.rejected else ""
    return {
        "example": example.pk, "part": example.part if is_in else "", "state": example.state,
        "left_out": example.why, "origin": example.origin, "conversation": example.conversation_id,
        "said_at": example.said_at, "language": example.language, "topic": example.topic,
        "question": example.question, "answer": answer_of(example).removesuffix(wrong).strip(),
        "wrong_answer": wrong, "tokens": example.tokens, "group": example.group,
    }  # fmt: skip


def zip_of(dataset: Dataset) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _whole(dataset):
            archive.writestr(name, content)
    return packed.getvalue()


def _whole(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    files = files_of(dataset)
    yield "training.jsonl", files.training
    yield "validation.jsonl", files.validation
    yield "CARD.md", card_now(dataset)
    for part in Part.values:
        yield f"local/{part}.jsonl", local.lines_of(dataset, part)
    yield "local/README.md", local.readme_of(dataset).encode()


# By name: what it is made by, and of which type it is.
FILES: dict[str, tuple[Callable[[Dataset], bytes], str]] = {
    "training.jsonl": (lambda dataset: files_of(dataset).training, row_files.FORMS["jsonl"]),
    "validation.jsonl": (lambda dataset: files_of(dataset).validation, row_files.FORMS["jsonl"]),
    "examples.csv": (csv_of, row_files.FORMS["csv"]),
    "card.md": (card_now, "text/markdown; charset=utf-8"),
    "dataset.zip": (zip_of, "application/zip"),
}


def name_of(dataset: Dataset, file: str) -> str:
    return f"{slugify(dataset.name) or 'dataset'}-{dataset.pk}-{file}"
