"""What is deleted is gone at once, with everything that was made of it."""

from __future__ import annotations

import pytest

from knowledge import publishing
from knowledge.models import (
    Chunk,
    ChunkVector,
    Document,
    Fingerprint,
    Revision,
    SearchRow,
    TermCount,
    TitleVector,
)
from knowledge.search import Query, search
from tests.knowledge.articles import DELIVERY, RETURNS, indexed

pytestmark = pytest.mark.django_db
MADE_OF_IT = [Chunk, ChunkVector, Fingerprint, Revision, SearchRow]


def test_an_article_is_deleted_with_all_that_was_made_of_it():
    gone, kept = indexed("Returns", RETURNS), indexed("Delivery", DELIVERY)
    titles = TitleVector.objects.count()
    assert any(passage.document_id == gone.pk for passage in search(Query("Can I return it?")).passages)
    publishing.delete_documents([gone])
    for model in MADE_OF_IT:
        through = "chunk__document" if hasattr(model, "chunk") and model is not Chunk else "document"
        assert set(model._default_manager.values_list(through, flat=True)) == {kept.pk}, model
    assert TitleVector.objects.count() == titles - 1
    assert {passage.document_id for passage in search(Query("Can I return it?")).passages} <= {kept.pk}


def test_a_source_is_deleted_with_all_that_was_made_of_its_articles():
    publishing.delete_sources([indexed("Returns", RETURNS, description="How it is done").source])
    for model in [*MADE_OF_IT, Document, TermCount, TitleVector]:
        assert not model._default_manager.exists(), model
