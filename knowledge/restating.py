"""What a customer wrote, in the words that the searched articles use: see knowledge/synonyms.py."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from django.conf import settings
from django.db.models import Count, Max

from knowledge.matching import passages_with
from knowledge.models import Document, Synonyms
from knowledge.query import Query
from knowledge.synonyms import LANGUAGES, Forms, Thesaurus, stock_groups


def restate(query: Query) -> Query:
    """The query with its question also in the words of the searched articles. Asks the database."""

    def written_in(language: str) -> bool:
        articles = Document.objects.published().in_language(language)
        return (articles if query.sources is None else articles.filter(source__in=query.sources)).exists()

    restated = thesaurus().restate(
        query.text,
        query.language or settings.LANGUAGE_CODE,
        passages_with=lambda terms: passages_with(terms, query.sources)[0],
        written_in=written_in,
    )
    return replace(query, restated=restated)


def thesaurus() -> Thesaurus:
    """What staff added, before what comes with the product."""
    state = Synonyms.objects.aggregate(Count("pk"), Max("updated_at"))
    return _thesaurus(tuple(state.values()))


@lru_cache(maxsize=1)
def _thesaurus(state: tuple[object, ...]) -> Thesaurus:
    """Made anew when staff's groups change; it takes some hundredths of a second."""
    own: list[Forms] = [group.forms for group in Synonyms.objects.order_by("pk")]
    return Thesaurus([*own, *stock_groups()])


def shadowed(forms: Forms, *, besides: int | None) -> list[str]:
    """Which of these forms another group of staff's has already, which would leave them without effect."""
    others = Thesaurus([group.forms for group in Synonyms.objects.exclude(pk=besides or 0).order_by("pk")])
    return [
        form for one in LANGUAGES for form in forms.get(one, ()) if others.group_of(form, one) is not None
    ]
