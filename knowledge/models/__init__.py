"""What the assistant knows: sources → documents → revisions → chunks → the search index."""

from knowledge.models.documents import Category, Document, DocumentQuerySet, Revision, Source
from knowledge.models.index import (
    TERM_SPACE,
    Calibration,
    Chunk,
    ChunkVector,
    EmbeddingSpace,
    SearchRow,
    TermCount,
    TitleVector,
)
from knowledge.models.jobs import IndexJob

__all__ = [
    "TERM_SPACE",
    "Calibration",
    "Category",
    "Chunk",
    "ChunkVector",
    "Document",
    "DocumentQuerySet",
    "EmbeddingSpace",
    "IndexJob",
    "Revision",
    "SearchRow",
    "Source",
    "TermCount",
    "TitleVector",
]
