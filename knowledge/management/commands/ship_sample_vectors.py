"""`manage.py ship_sample_vectors`: write the sample's vectors and its floor to the files of the product.

For developers, after the sample's articles, the cutting into passages or the default embedding model changed.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from knowledge import shipped, spaces
from knowledge.models import ChunkVector, Document, QuestionVector, Source


class Command(BaseCommand):
    help = "Write the vectors and the floor of the sample to knowledge/sample (for developers)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--source", required=True, help="the source that holds the sample, fully indexed")

    def handle(self, *args: Any, source: str, **options: Any) -> None:
        documents = Document.objects.published().filter(source__name=source)
        if not documents.exists() or documents.exclude(index_state=Document.IndexState.READY).exists():
            raise CommandError("Load the sample and wait first: manage.py load_sample --again --wait")
        space = spaces.space_to_fill()
        rows = ChunkVector.objects.filter(space=space, source__name=source)
        asked = QuestionVector.objects.filter(space=space, source__name=source)
        vectors = {
            of: list(vector)
            for of, vector in [
                *rows.values_list("content_hash", "vector"),
                *asked.values_list("question_hash", "vector"),
            ]
        }
        size = shipped.save_vectors(space.identity, vectors)
        size += shipped.save_floor(Source.objects.get(name=source), space)
        self.stdout.write(f"{len(vectors)} vectors of {space.identity}, {size:,} bytes")
