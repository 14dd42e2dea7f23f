"""Help centres and their questions without a database, as experiments read them (`benchmarks/offline.py`)."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.offline_vectors import FOLDER
from benchmarks.retrieval_sets import SOURCES
from knowledge.chunking import passage_text, title_text
from knowledge.intake.direct import items_under, usual_manner
from knowledge.intake.items import Item
from knowledge.planning import Passage, passages_of

SAMPLE = Path(__file__).resolve().parent.parent / "knowledge" / "sample"


@dataclass
class Article:
    """One document: its passages, and what the embedding model reads of each and of the whole."""

    id: str
    title: str
    language: str
    titled: str
    passages: list[Passage]
    embedded: list[str] = field(default_factory=list)


@dataclass
class Base:
    name: str
    language: str
    articles: list[Article]


def load_bases(data: Path, *, folder: Path = FOLDER) -> list[Base]:
    """All help centres of the developers' sample and the sample company, cut as the product cuts them."""
    kept = folder / "bases.pickle"
    if kept.exists():
        bases: list[Base] = pickle.loads(kept.read_bytes())
        return bases
    places = {name: data / path for name, path in SOURCES.items()}
    places |= {f"sample-{language}": SAMPLE / language for language in ("en", "fr")}
    bases = [_base(name, path) for name, path in places.items()]
    folder.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps(bases))
    return bases


def _base(name: str, path: Path) -> Base:
    items = [item for item in items_under(path, usual_manner()) if isinstance(item, Item)]
    articles = [_article(item) for item in items]
    return Base(name, articles[0].language, articles)


def _article(item: Item) -> Article:
    passages = passages_of(
        title=item.title,
        body=item.body,
        language=item.language,
        keywords=item.keywords,
        description=item.description,
    )
    embedded = [passage_text(item.title, one.piece.heading_path, one.piece.text) for one in passages]
    titled = title_text(item.title, item.description)
    return Article(item.external_id, item.title, item.language, titled, passages, embedded)
