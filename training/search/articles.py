"""Which documents are meant by names and keys: a name is a title or an id elsewhere, as scenarios cite
articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from knowledge.models import Document

Wanted = frozenset[str]  # titles and ids in small letters, or "#" and a key
AT_ONCE = 1_000


def found_among(wanted: Iterable[Wanted]) -> Mapping[str, frozenset[int]]:
    """The published documents that each name means. Of a key also the translations: whoever asks in another
    language is answered from those."""
    names = sorted(frozenset[str]().union(*wanted))
    found: defaultdict[str, set[int]] = defaultdict(set)
    for start in range(0, len(names), AT_ONCE):
        part = names[start : start + AT_ONCE]
        _by_name([name for name in part if not name.startswith("#")], found)
        _by_key([int(name[1:]) for name in part if name.startswith("#")], found)
    return {name: frozenset(documents) for name, documents in found.items()}


def _by_name(names: list[str], found: defaultdict[str, set[int]]) -> None:
    rows = _published().annotate(called=Lower("title"), known_as=Lower("external_id"))
    meant = rows.filter(Q(called__in=names) | Q(known_as__in=names))
    for pk, called, known_as in meant.values_list("pk", "called", "known_as"):
        for name in {called, known_as}.intersection(names):
            found[name].add(pk)


def _by_key(keys: list[int], found: defaultdict[str, set[int]]) -> None:
    rows = Document.objects.filter(pk__in=keys).values_list("pk", "source", "external_id")
    same: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for pk, source, known_as in rows:
        same[source, known_as or f"#{pk}"].append(pk)
    meant = Q(pk__in=keys) | Q(
        source__in={source for source, _name in same}, external_id__in={name for _source, name in same}
    )
    for pk, source, known_as in _published().filter(meant).values_list("pk", "source", "external_id"):
        for key in same.get((source, known_as or f"#{pk}"), ()):
            found[f"#{key}"].add(pk)


def _published() -> QuerySet[Document]:
    return Document.objects.published()
