"""What the register says of a training, whatever was learned. Its number is its key."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("a training", "waits")
    RUNNING = "running", pgettext_lazy("a training", "is learning")
    CANDIDATE = "candidate", pgettext_lazy("a training", "candidate")
    IN_USE = "in_use", pgettext_lazy("a training", "in use")
    RETIRED = "retired", pgettext_lazy("a training", "retired")
    REFUSED = "refused", pgettext_lazy("a training", "refused")
    CANCELLED = "cancelled", pgettext_lazy("a training", "cancelled")
    FAILED = "failed", pgettext_lazy("a training", "failed")


OPEN = (State.QUEUED, State.RUNNING)
Row = TypeVar("Row", bound="Learning")


class LearningQuerySet(models.QuerySet[Row]):
    def light(self) -> Self:
        """Without what is large: it comes when it is asked for."""
        return self.defer(*self.model.LARGE)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def in_use(self) -> Self:
        return self.filter(state=State.IN_USE)

    def candidates(self) -> Self:
        return self.filter(state=State.CANDIDATE)


class Learning(models.Model):
    """One training: asked for by whom, how far it is, from what it learned, and what became of it."""

    CALLED: ClassVar[Any]  # "Router training %(number)s": no two kinds are taken for each other
    WAYS: ClassVar[str]  # what the names of its addresses begin with
    LARGE: ClassVar[tuple[str, ...]]  # fields

    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    why = models.CharField(max_length=12, blank=True)  # it is in this state: of its kind's `deciding.Why`
    facts = models.JSONField(default=dict)  # the numbers and names within that reason
    # Null and nothing asked for: begun by itself.
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    by_command = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)  # by the worker that is at it
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)  # of a model (llm.errors), while it is tried again
    identity = models.CharField(max_length=200, blank=True)  # of the embedding model
    signature = models.CharField(max_length=64, blank=True)  # of what it was learned from
    learned_from = models.JSONField(default=dict)
    learning_seconds = models.FloatField(default=0.0)
    report = models.JSONField(default=dict)

    objects = LearningQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.called(self.pk)

    def get_absolute_url(self) -> str:
        return reverse(f"training:{self.WAYS}training", args=[self.pk])

    @classmethod
    def about(cls, pk: int) -> str:
        """What notifications of it are about."""
        return f"{cls.WAYS}training:{pk}"

    @classmethod
    def called(cls, number: Any) -> str:
        """In the language of whoever reads it."""
        return str(cls.CALLED) % {"number": number}

    @classmethod
    def called_in_sql(cls) -> Concat:
        before, _number, after = str(cls.CALLED).partition("%(number)s")
        number = Cast("pk", models.CharField())
        return Concat(Value(before), number, Value(after), output_field=models.CharField())


class OnlyRow(models.Model):
    """How what is learned comes into use; one row."""

    ONLY = 1
    SHOWN_WITH: ClassVar[tuple[str, ...]] = ()  # rows

    by_itself: models.BooleanField[bool, bool]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
