"""The rows of what is done to all conversations of a list."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ListWork(models.Model):
    """What a member of staff has done to all that a list showed when they said so. One at a time for each.

    `at` is the place in `keys` of the next one. Whoever does it holds the row until `due_at`; each
    conversation and the place behind it are written in one transaction, so that none is changed twice.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    OPEN = (State.QUEUED, State.RUNNING)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    act = models.CharField(max_length=40)  # as wish.py reads it
    until = models.DateTimeField(null=True)
    query = models.TextField(blank=True)  # the address of the list
    keys = ArrayField(models.UUIDField(), default=list)  # emptied at the end
    total = models.PositiveIntegerField()
    at = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)  # of those, which could not be changed
    told = models.JSONField(default=dict)  # how many times each would have been told what (notifying/many.py)
    tries = models.PositiveSmallIntegerField(default=0)  # taken by a worker that did not get on
    due_at = models.DateTimeField(default=timezone.now)  # when a worker may (again) take it
    error = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state__in=["queued", "running"]), name="one_list_work_each"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=["queued", "running"]), name="list_work_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.at}/{self.total}"
