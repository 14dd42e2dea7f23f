"""A training of search from its beginning to what becomes of it: questions a few seconds at a time, then the
rest.

What came of the questions is kept in the row, so that whoever goes on after a worker that was killed asks
only the others. Where questions or articles change meanwhile, all are asked again.
"""

from __future__ import annotations

import time
from functools import partial

from django.db import transaction

from knowledge.calibration import calibrate
from knowledge.models import Calibration, EmbeddingSpace
from knowledge.spaces import live_space
from knowledge.weighing import Weighing, weighing_of
from training.search import promoting, register
from training.search.asking import Asker, Found
from training.search.deciding import Why
from training.search.examining import LEAST_ANSWERABLE, Learned, Questions, examine
from training.search.learned import Unfinished, knowledge_of, questions_of, shares_around
from training.search.rows import SearchTraining
from training.search.saved import Gathered, gather
from training.trainings.register import FOREVER, Ended
from training.trainings.rows import State

SECONDS_A_SHOW = 0.5  # between two looks whether it was cancelled
SECONDS_A_SAVE = 3.0  # after which a killed worker's successor has to ask again


def go_on_with_any(*, most_seconds: float = FOREVER) -> bool:
    """With a training that waits or is half done; whether there is more to be done at once. Raises
    nothing."""
    waits = SearchTraining.objects.open().light().first()
    if waits is None or go_on(waits.pk, most_seconds=most_seconds):
        return False
    return SearchTraining.objects.open().filter(pk=waits.pk, error="", claimed_until=None).exists()


def go_on(pk: int, *, most_seconds: float = FOREVER) -> bool:
    """Whether it has come to an end."""
    return register.REGISTER.go_on(pk, partial(finish, most_seconds=most_seconds))


def finish(pk: int, *, most_seconds: float = FOREVER) -> bool:
    """The same, for whoever wants to know of a model that does not answer."""
    until = time.monotonic() + most_seconds
    return register.REGISTER.finish(pk, lambda row: _Training(row, until).go())


def measure(training: SearchTraining) -> Why | None:
    """What would be learned now, in a row that is not kept; or why nothing is."""
    found = _Training(training, FOREVER).learn()
    return found if isinstance(found, Why) else None


class _Training:
    """A row that is not saved is shown to nobody."""

    def __init__(self, row: SearchTraining, until: float) -> None:
        self.row, self.until = row, until
        self.shown = self.saved = time.monotonic()

    def learn(self) -> tuple[Learned, EmbeddingSpace, Weighing] | Why:
        """Raises `Unfinished` when the time is over."""
        row, space, gathered = self.row, live_space(), gather()
        row.learned_from = gathered.counted()
        row.facts = {"answerable": gathered.answerable, "unanswerable": gathered.unanswerable}
        if space is None or not Calibration.objects.filter(space=space).exists():
            row.why = Why.NOT_READY
            return Why.NOT_READY
        if gathered.answerable < LEAST_ANSWERABLE:
            row.why = Why.FEW
            return Why.FEW
        self._measure(space)
        present = weighing_of(space)
        asked = self._ask(space, gathered, present)
        began = time.monotonic()
        found = examine(asked, present)
        row.learning_seconds = time.monotonic() - began
        row.words_share, row.lift = found.weighing.words_share, found.weighing.lift
        row.report = {
            **found.report, "questions": _named(gathered, found.report["questions"]),
            "gone": gathered.gone, "twice": gathered.twice,
        }  # fmt: skip
        return found, space, present

    def go(self) -> bool:
        """Whether it has come to an end."""
        try:
            learned = self.learn()
        except Unfinished:
            return False
        with transaction.atomic():
            self._lock()
            self.row.error = ""
            if isinstance(learned, Why):
                self.row.save()
                promoting.refuse(self.row, learned, self.row.facts)
                return True
            found, space, present = learned
            now = live_space()
            if now is None or now.pk != space.pk or weighing_of(now) != present:
                register.let_go(self.row.pk)  # something else is in use by now: it is compared with that
                return False
            self.row.asked = {}
            self.row.save()
            promoting.settle(self.row, found, present)
        return True

    def _lock(self) -> None:
        """Nobody else decides meanwhile, and it was not cancelled."""
        register.policy(locked=True)
        running = SearchTraining.objects.filter(pk=self.row.pk, state=State.RUNNING)
        if not running.select_for_update().exists():
            raise Ended
        self.row.state = State.RUNNING

    def _measure(self, space: EmbeddingSpace) -> None:
        """Floors for any share, where they were measured before there was more than one."""
        older = Calibration.objects.filter(space=space, fronts={}).order_by("source")
        for source in older.values_list("source", flat=True).distinct():
            calibrate(source, space, beat=self._beat)

    def _ask(self, space: EmbeddingSpace, gathered: Gathered, present: Weighing) -> Questions:
        row, began = self.row, time.monotonic()
        shares = shares_around(present)
        row.signature, row.identity = knowledge_of(gathered, space, shares), space.identity
        if row.asked.get("of") != row.signature:
            row.asked = {"of": row.signature, "found": {}}
        found, asker = row.asked["found"], Asker(space, shares)
        row.total = len(gathered.questions)
        for saved in gathered.questions:
            if saved.key not in found:
                if time.monotonic() > self.until:
                    self._keep(began)
                    raise Unfinished
                found[saved.key] = asker.ask(saved).as_json()
                self._beat()
        self._keep(began, done=True)
        known = {key: Found.from_json(one) for key, one in found.items()}
        return questions_of(gathered, known, [asker.vector(one) for one in gathered.questions])

    def _keep(self, began: float, *, done: bool = False) -> None:
        row = self.row
        row.asking_seconds += time.monotonic() - began
        row.done = len(row.asked["found"])
        self._show(asked=row.asked, asking_seconds=row.asking_seconds)
        if not done:
            register.let_go(row.pk)

    def _beat(self) -> None:
        """Says how far it is, twice a second."""
        now = time.monotonic()
        if now - self.shown < SECONDS_A_SHOW:
            return
        self.shown, self.row.done = now, len(self.row.asked.get("found", ()))
        if now - self.saved < SECONDS_A_SAVE:
            self._show()
        else:
            self.saved = now
            self._show(asked=self.row.asked)

    def _show(self, **more: object) -> None:
        row = self.row
        if row.pk and not register.show(row.pk, done=row.done, total=row.total, error="", **more):
            raise Ended


def _named(gathered: Gathered, ended: list[list[object]]) -> list[list[object]]:
    """Where each question stands beside what became of it: never its words, which go with their
    conversation."""
    return [
        [one.kind, one.row, one.turn, one.language, *end]
        for one, end in zip(gathered.questions, ended, strict=True)
    ]
