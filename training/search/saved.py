"""Saved questions with a known end: an article that answers them, or none that does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef

from assistant.models import Assistant
from assistant.understanding import REMEMBERED_TURNS
from conversations.models import Message
from evaluation.corrections.rows import Correction
from evaluation.models import Gap, GapQuestion, Review, Scenario
from evaluation.reviews.rows import Verdict
from evaluation.scenarios import script_of
from evaluation.scripted import Expected, Script, Turn
from training.search.articles import Wanted, found_among

MOST = 2_000  # the newest of each kind
LONGEST = 1_000  # characters: what is longer is no question
# What stands first counts where several say something of the same question.
KINDS = ("scenario", "correction", "gap", "review")


@dataclass(frozen=True)
class Saved:
    """`articles` are the documents that answer it: none where it has to be declined. `row` (and `turn`, of a
    scenario) say where it stands; nobody needs its words to count it."""

    kind: str
    row: int
    text: str
    language: str
    assistant: int | None
    articles: frozenset[int]
    history: tuple[str, ...] = ()
    turn: int = 0

    @property
    def answerable(self) -> bool:
        return bool(self.articles)

    @property
    def key(self) -> str:
        """The same as long as it is the same question with the same end."""
        said = [self.text, self.history, self.language, self.assistant, sorted(self.articles)]
        return hashlib.blake2b(json.dumps(said).encode(), digest_size=12).hexdigest()


@dataclass(frozen=True)
class Gathered:
    """`gone`: how many want an article that is not published any more; `twice`: how many say the same as
    another."""

    questions: tuple[Saved, ...]
    gone: int = 0
    twice: int = 0

    @property
    def answerable(self) -> int:
        return sum(one.answerable for one in self.questions)

    @property
    def unanswerable(self) -> int:
        return len(self.questions) - self.answerable

    @property
    def signature(self) -> str:
        keys = sorted(one.key for one in self.questions)
        return hashlib.sha256("\n".join(keys).encode()).hexdigest()

    def counted(self) -> dict[str, dict[str, list[int]]]:
        """Kind of row → language → how many with an answer, and without."""
        found: dict[str, dict[str, list[int]]] = {}
        for one in self.questions:
            numbers = found.setdefault(one.kind, {}).setdefault(one.language, [0, 0])
            numbers[not one.answerable] += 1
        return found


@dataclass(frozen=True)
class _Asked:
    """A question with the article that it wants by name or key, before they are looked up."""

    saved: Saved
    wanted: Wanted


def gather() -> Gathered:
    every = [*_of_scenarios(), *_of_corrections(), *_of_gaps(), *_of_reviews()]
    known = found_among(one.wanted for one in every)
    kept: dict[tuple[object, ...], Saved] = {}
    gone = twice = 0
    for one in every:
        saved = _with_articles(one, known)
        if saved is None:
            gone += 1
            continue
        same = (" ".join(saved.text.casefold().split()), saved.history, saved.assistant)
        twice += same in kept
        kept.setdefault(same, saved)
    return Gathered(tuple(kept.values()), gone, twice)


def _with_articles(one: _Asked, known: Mapping[str, frozenset[int]]) -> Saved | None:
    """None where it wants articles, and none of them is published any more."""
    if not one.wanted:
        return one.saved
    articles = frozenset[int]().union(*(known.get(name, frozenset()) for name in one.wanted))
    return replace(one.saved, articles=articles) if articles else None


# --- scenarios


def _of_scenarios() -> Iterator[_Asked]:
    """What an enabled scenario expects of a turn, where no flow has a hand in it."""
    assistant = Assistant.objects.order_by("-is_default", "name").values_list("pk", flat=True).first()
    for scenario in Scenario.objects.filter(enabled=True).order_by("-pk")[:MOST]:
        yield from _of_script(scenario.pk, script_of(scenario), assistant)


def _of_script(row: int, script: Script, assistant: int | None) -> Iterator[_Asked]:
    history: list[str] = []
    for at, turn in enumerate(script.turns):
        wanted = frozenset(name.casefold() for name in [*turn.expects.cites, *turn.expects.cites_one])
        if _belongs_to_a_flow(turn):
            return
        if _is_question(turn.customer) and (wanted or _is_declined(turn.expects, script)):
            before = tuple(history[-REMEMBERED_TURNS:])
            saved = Saved("scenario", row, turn.customer, script.language, assistant, frozenset(), before, at)
            yield _Asked(saved, wanted)
        history.append(turn.customer)


def _belongs_to_a_flow(turn: Turn) -> bool:
    """Then what comes after it is heard by the flow first."""
    wants = turn.expects
    steps = wants.flow or wants.at or wants.ends or wants.slots or wants.actions or wants.called
    return bool(steps or turn.form is not None or "guided" in wants.outcomes)


def _is_declined(expected: Expected, script: Script) -> bool:
    """And nothing else is right. An attack is turned away before anything is searched."""
    outcomes = expected.outcomes
    return "declined" in outcomes and "answered" not in outcomes and script.situation != "injection"


def _is_question(text: str) -> bool:
    return 0 < len(text.strip()) <= LONGEST


# --- what was put right, closed and found right


def _of_corrections() -> Iterator[_Asked]:
    """A correction that an article answers, or that says that nothing does. Its scenario, if it names an
    article, says the same and comes first."""
    rows = Correction.objects.exclude(state=Correction.State.WITHDRAWN).order_by("-pk")
    for row in rows.values("pk", "question", "language", "assistant", "document", "outcome")[:MOST]:
        if not _is_question(row["question"]):
            continue
        saved = Saved(
            "correction", row["pk"], row["question"], row["language"], row["assistant"], frozenset()
        )
        if row["document"]:
            yield _Asked(saved, frozenset({f"#{row['document']}"}))
        elif row["outcome"] == "declined":
            yield _Asked(saved, frozenset())


def _of_gaps() -> Iterator[_Asked]:
    """What customers had asked in vain, until somebody wrote the article."""
    closed = GapQuestion.objects.filter(gap__state=Gap.State.ANSWERED, gap__document__isnull=False)
    rows = closed.order_by("-pk").values_list(
        "pk", "text", "language", "message__conversation__assistant", "gap__document"
    )
    for pk, text, language, assistant, document in rows[:MOST]:
        if _is_question(text):
            saved = Saved("gap", pk, text, language, assistant, frozenset())
            yield _Asked(saved, frozenset({f"#{document}"}))


def _of_reviews() -> Iterator[_Asked]:
    """Answers that a reviewer found right, with what they cite; and refusals that were right. Only where
    nothing was said before."""
    rows = Review.objects.filter(
        verdict=Verdict.RIGHT, item__message__outcome__in=["answered", "declined"],
        item__message__turn__isnull=False,
    ).order_by("-pk")  # fmt: skip
    answers = {row.item_id: row.pk for row in rows.only("pk", "item_id")[:MOST]}
    before = Message.objects.filter(
        conversation=OuterRef("conversation"), kind=Message.Kind.CUSTOMER,
        seq__lt=OuterRef("turn__question__seq"),
    )  # fmt: skip
    messages = Message.objects.filter(~Exists(before), pk__in=answers)
    messages = messages.select_related("turn__question", "conversation")
    for message in messages.prefetch_related("citations"):
        assert message.turn is not None
        asked = message.turn.question
        cited = frozenset(f"#{one.document_id}" for one in message.citations.all() if one.document_id)
        if bool(cited) != (message.outcome == "answered") or not _is_question(asked.text):
            continue
        language = message.language or message.conversation.language
        yield _Asked(
            Saved(
                "review", answers[message.pk], asked.text, language, message.conversation.assistant_id,
                frozenset(),
            ),
            cited,
        )  # fmt: skip


def words_of(kind: str, rows: Iterable[int]) -> dict[tuple[int, int], str]:
    """The words of questions, by row and turn, as far as they are still there."""
    wanted = list(rows)
    if kind == "scenario":
        found = {row.pk: script_of(row) for row in Scenario.objects.filter(pk__in=wanted)}
        return {(pk, at): turn.customer for pk, one in found.items() for at, turn in enumerate(one.turns)}
    texts: Iterable[tuple[int, str]]
    if kind == "correction":
        texts = Correction.objects.filter(pk__in=wanted).values_list("pk", "question")
    elif kind == "gap":
        texts = GapQuestion.objects.filter(pk__in=wanted).values_list("pk", "text")
    else:
        texts = Review.objects.filter(pk__in=wanted).values_list("pk", "item__message__turn__question__text")
    return {(pk, 0): text for pk, text in texts}
