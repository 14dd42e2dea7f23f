"""Compare a published article with those that say nearly the same, and its passages with the nearest ones.

Only what is new or changed is compared. What it is compared with is found by the bands of its fingerprint and
by the rare words of its passages, of which the nearest in meaning are read: that costs the same in a large
base as in a small one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.db import connection, transaction
from django.db.models import QuerySet

from knowledge import fingerprints, jobs, spaces
from knowledge.models import Chunk, Document, Finding, Fingerprint, Job, SearchRow
from knowledge.rarity import frequencies, rarity_of
from knowledge.upkeep.confirming import confirm
from knowledge.upkeep.contradictions import Contradiction, Rarity, contradictions
from knowledge.upkeep.sayings import Passage

NEAREST = 12  # passages that each passage is compared with
MOST_ROWS = 1500  # that the rare words of one passage may bring

# The nearest in meaning among those that share a rare word.
NEAR = """
SELECT r.chunk_id FROM knowledge_searchrow AS r
LEFT JOIN knowledge_chunkvector AS v ON v.chunk_id = r.chunk_id AND v.space_id = %(space)s
WHERE r.terms && %(rare)s::int[] AND r.language = %(language)s AND r.chunk_id <> %(chunk)s
ORDER BY v.vector <=> (SELECT vector FROM knowledge_chunkvector
                       WHERE chunk_id = %(chunk)s AND space_id = %(space)s), r.chunk_id
LIMIT %(nearest)s
"""


def waiting() -> QuerySet[Fingerprint]:
    """Of published articles that were not compared since they changed, and whose meaning is known."""
    ready = Document.objects.published().filter(index_state=Document.IndexState.READY)
    return Fingerprint.objects.filter(compared=False, document__in=ready).order_by("pk")


def ask() -> None:
    """Ask for the work when there is any."""
    if waiting().exists():
        jobs.ask_again(Job.Kind.UPKEEP)


def work(goes_on: Callable[[], bool]) -> bool:
    """Compare what waits; False when the time was over before the end."""
    while fingerprint := waiting().select_related("document").first():
        compare(fingerprint, beat=goes_on)
        if not goes_on():
            return False
    return True


def compare(fingerprint: Fingerprint, *, beat: Callable[[], object] = lambda: None) -> None:
    """Find what an article repeats or contradicts, and keep that in the place of what was found before."""
    document = fingerprint.document
    found = {(finding.kind, finding.mark): finding for finding in _duplicates(document, fingerprint)}
    for finding in _contradictions(document, beat):
        found.setdefault((finding.kind, finding.mark), finding)
    known = set(_of(document).values_list("kind", "mark"))
    for key, finding in found.items():
        if key not in known and finding.kind == Finding.Kind.CONTRADICTION:
            confirm(finding)
            beat()
    _keep(fingerprint, list(found.values()))


def _of(document: Document) -> QuerySet[Finding]:
    return Finding.objects.filter(document=document) | Finding.objects.filter(other=document)


@transaction.atomic
def _keep(fingerprint: Fingerprint, found: Sequence[Finding]) -> None:
    """Unless the text changed meanwhile: then it is compared again. What was decided stays decided."""
    same = Fingerprint.objects.select_for_update().filter(pk=fingerprint.pk, exact=fingerprint.exact)
    if not same.exists():
        return
    marks = [finding.mark for finding in found]
    _of(fingerprint.document).filter(state=Finding.State.OPEN).exclude(mark__in=marks).delete()
    others = {pk for finding in found for pk in (finding.document_id, finding.other_id)}
    # One that is being deleted now is not waited for, and nothing is found in it.
    standing = set(
        Document.objects.select_for_update(skip_locked=True, no_key=True)
        .filter(pk__in=others)
        .values_list("pk", flat=True)
    )
    kept = [finding for finding in found if {finding.document_id, finding.other_id} <= standing]
    Finding.objects.bulk_create(kept, ignore_conflicts=True)
    same.update(compared=True)


def _duplicates(document: Document, fingerprint: Fingerprint) -> Iterator[Finding]:
    text = fingerprints.text_of(document.title, document.body)
    alike = fingerprints.alike(text, document.language, besides=document.pk)
    by_key = {same.document: same.likeness for same in alike}
    others = Fingerprint.objects.filter(document__in=by_key, document__status=Document.Status.PUBLISHED)
    for other in others:
        first, second = sorted([document.pk, other.pk])
        yield Finding(
            kind=Finding.Kind.DUPLICATE,
            document_id=first,
            other_id=second,
            likeness=by_key[other.pk],
            mark=_mark(bytes(fingerprint.exact).hex(), bytes(other.exact).hex()),
        )


def _mark(*texts: str) -> str:
    return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()


def _contradictions(document: Document, beat: Callable[[], object]) -> Iterator[Finding]:
    chunks = list(document.chunks.select_related("revision", "document"))
    near = {}
    for chunk in chunks:
        near[chunk.pk] = _near(chunk)
        beat()
    keys = {pk for pks in near.values() for pk in pks}
    others = Chunk.objects.filter(pk__in=keys, document__status=Document.Status.PUBLISHED)
    by_key = {chunk.pk: chunk for chunk in others.select_related("revision", "document")}
    passages = {chunk.pk: _passage(chunk) for chunk in [*chunks, *by_key.values()]}
    rarity = _rarity(passages.values())
    for chunk in chunks:
        for pk in near[chunk.pk]:
            if pk in by_key:
                pair = contradictions(passages[chunk.pk], passages[pk], rarity)
                yield from (_finding(chunk, by_key[pk], each) for each in pair)
        beat()


def _near(chunk: Chunk) -> list[int]:
    row = SearchRow.objects.filter(chunk=chunk).first()
    space = spaces.live_space()
    if row is None:
        return []
    counts, _passages = frequencies(row.terms)
    parameters = {
        "space": space.pk if space else None,
        "rare": _rare(counts),
        "language": row.language,
        "chunk": chunk.pk,
        "nearest": NEAREST,
    }
    with connection.cursor() as cursor:
        cursor.execute(NEAR, parameters)
        return [pk for (pk,) in cursor.fetchall()]


def _rare(counts: Mapping[int, int]) -> list[int]:
    """The rarest words that others have too, until they bring enough passages."""
    rare, rows = [], 0
    for count, term in sorted((count, term) for term, count in counts.items() if count > 1):
        rows += count
        if rows > MOST_ROWS:
            break
        rare.append(term)
    return rare


def _rarity(passages: Iterable[Passage]) -> Rarity:
    """How much a stem tells, by the counts that search keeps."""
    sayings = [saying for passage in passages for saying in passage.sayings]
    stems = {stem for saying in sayings for stem in saying.all}
    return rarity_of(stems).__getitem__


def _passage(chunk: Chunk) -> Passage:
    document = chunk.document
    return Passage.of(document.pk, chunk.revision.title, chunk.heading_path, chunk.text, document.language)


def _finding(chunk: Chunk, other: Chunk, found: Contradiction) -> Finding:
    first = (chunk, found.one.text, found.value)
    second = (other, found.other.text, found.other_value)
    if (chunk.document_id, chunk.ordinal) > (other.document_id, other.ordinal):
        first, second = second, first
    return Finding(
        kind=Finding.Kind.CONTRADICTION,
        about=found.about,
        likeness=found.likeness,
        document=first[0].document,
        said=first[1],
        value=first[2][:200],
        anchor=first[0].anchor,
        other=second[0].document,
        other_said=second[1],
        other_value=second[2][:200],
        other_anchor=second[0].anchor,
        mark=_mark(found.one.text, found.other.text, found.about),
    )
