"""What is done with a dataset that is made: single examples set aside and taken back, copied, deleted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from training.examples import words
from training.examples.balancing import BALANCED, CONTRADICTED, DUPLICATE, said_by
from training.examples.finishing import wrong_with_example
from training.examples.likeness import key_of
from training.examples.rows import Dataset, Example
from training.examples.settling import renew, weighed

SET_ASIDE = "set_aside"
BY_CHOICE = (SET_ASIDE, BALANCED, CONTRADICTED, DUPLICATE)  # nothing is wrong with these themselves
State = Dataset.State
MADE = (State.READY, State.REFUSED)


class CannotError(Exception):
    """In words of training/examples/words.py: by its code, and what belongs to it."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts

    def __str__(self) -> str:
        return str(words.CANNOT[self.code]) % self.facts


@contextmanager
def _changing(pk: int) -> Iterator[Dataset]:
    """What comes of it is counted and described anew."""
    with transaction.atomic():
        dataset = Dataset.objects.select_for_update().get(pk=pk)
        if dataset.used_at is not None:
            raise CannotError("used")
        if dataset.state not in MADE:
            raise CannotError("not_ready")
        yield dataset
        renew(dataset)


def set_aside(dataset: int, example: int, *, by: User) -> bool:
    """False where it is not in the dataset."""
    with _changing(dataset) as changed:
        rows = changed.examples.filter(pk=example, state=Example.State.IN)
        done = bool(rows.update(state=Example.State.LEFT_OUT, why=SET_ASIDE))
        if done:
            audit.record(audit.Action.CHANGED, changed, by=by, after={"set_aside": example})
    return done


def take_back(dataset: int, example: int, *, by: User) -> bool:
    """Into the part that its group is in. Looked at again: what it stands beside may have changed."""
    with _changing(dataset) as changed:
        found = changed.examples.filter(pk=example, state=Example.State.LEFT_OUT, why__in=BY_CHOICE).first()
        if found is None:
            return False
        if wrong := wrong_with_example(found, changed.form):
            raise CannotError("wrong", why=words.why(wrong))
        if _twin_of(found):
            raise CannotError("twin")
        found.state, found.why = Example.State.IN, ""
        found.save(update_fields=["state", "why"])
        audit.record(audit.Action.CHANGED, changed, by=by, after={"taken_back": example})
    return True


def _twin_of(example: Example) -> bool:
    """Whether another that says the same, or otherwise, is in."""
    rows = Example.objects.filter(
        dataset=example.dataset_id, state=Example.State.IN, language=example.language
    )
    key = key_of(example.question)
    newer = [weighed(one) for one in rows.exclude(pk=example.pk).iterator() if key_of(one.question) == key]
    return bool(said_by(newer, weighed(example)))


def count_anew(pk: int, *, by: User) -> None:
    """After conversations were deleted, and their examples with them."""
    with _changing(pk) as changed:
        audit.record(audit.Action.CHANGED, changed, by=by)


def mark_used(dataset: Dataset) -> None:
    """By whoever trains on it. From now on it stays as it is."""
    Dataset.objects.filter(pk=dataset.pk, used_at=None).update(used_at=timezone.now())


@transaction.atomic
def copy(pk: int, *, by: User) -> Dataset:
    """The same examples, which can be set aside again."""
    first = Dataset.objects.get(pk=pk)
    if first.state not in MADE:
        raise CannotError("not_ready")
    examples = list(first.examples.all())
    name = _("%(name)s (copy)") % {"name": first.name[:100]}
    second = Dataset.objects.create(
        name=name, form=first.form, assistant=first.assistant, language=first.language, asked=first.asked,
        figures=first.figures, done=first.done, total=first.total, by=by, ended_at=timezone.now(),
        state=first.state,
    )  # fmt: skip
    for example in examples:
        example.pk, example.dataset = None, second
        example._state.adding = True
    Example.objects.bulk_create(examples, batch_size=500)
    renew(second)
    audit.record(audit.Action.ADDED, second, by=by, after={"copy_of": pk})
    return second


@transaction.atomic
def delete(dataset: Dataset, *, by: User) -> None:
    audit.record(audit.Action.DELETED, dataset, by=by)
    try:
        dataset.delete()
    except ProtectedError as error:
        raise CannotError("kept") from error
