"""The titles of the sample company's articles: what its customers usually write about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import meaning
from assistant.guidance import usual
from assistant.management.commands.load_sample import SAMPLE
from knowledge.models import Document, Source


@pytest.fixture(autouse=True)
def nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Of other articles; and the first reply waits until all of them were read."""
    monkeypatch.setattr(usual, "BUDGET_SECONDS", 60.0)
    monkeypatch.setattr(meaning, "BUDGET_SECONDS", 60.0)
    usual.forget()
    yield
    usual.forget()


@pytest.fixture
def titles(transactional_db: None) -> None:
    source = Source.objects.create(name="Titles")
    found = [
        (path, line.removeprefix("title:").strip(" \"'"))
        for path in sorted(SAMPLE.glob("*/*.md"))
        for line in path.read_text("utf-8").splitlines()[:12]
        if line.startswith("title:")
    ]
    Document.objects.bulk_create(
        Document(
            source=source, external_id=f"title-{path.stem}", language=path.parent.name, title=title,
            body="", status="published",
        )
        for path, title in found
    )  # fmt: skip
