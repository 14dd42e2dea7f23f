"""What the assistant knows: sources → documents → revisions → chunks → the search index."""

from knowledge.models.documents import Category, Document, DocumentQuerySet, Revision, Source
from knowledge.models.imports import ImportItem, ImportRun, SitePage, Upload, UploadPart
from knowledge.models.index import (
    TERM_SPACE,
    Calibration,
    Chunk,
    ChunkVector,
    EmbeddingSpace,
    Fingerprint,
    QuestionVector,
    SearchRow,
    TermCount,
    TitleVector,
)
from knowledge.models.jobs import Job
from knowledge.models.proposals import Proposal, ProposalQuerySet
from knowledge.models.questions import WrittenQuestions
from knowledge.models.synonyms import Synonyms
from knowledge.models.upkeep import ArticleUse, Finding

__all__ = [
    "TERM_SPACE",
    "ArticleUse",
    "Calibration",
    "Category",
    "Chunk",
    "ChunkVector",
    "Document",
    "DocumentQuerySet",
    "EmbeddingSpace",
    "Finding",
    "Fingerprint",
    "ImportItem",
    "ImportRun",
    "Job",
    "Proposal",
    "ProposalQuerySet",
    "QuestionVector",
    "Revision",
    "SearchRow",
    "SitePage",
    "Source",
    "Synonyms",
    "TermCount",
    "TitleVector",
    "Upload",
    "UploadPart",
    "WrittenQuestions",
]
