"""The signs of life of what works in the background."""

from __future__ import annotations

from django.db import models


class Pulse(models.Model):
    """One row. Each moment is written by whoever it is about: what the row does not know, nobody does."""

    ONLY = 1

    rung_at = models.DateTimeField(null=True)  # beat has sent the canary
    queued = models.PositiveIntegerField(default=0)  # tasks that waited then
    done_at = models.DateTimeField(null=True)  # a worker has done it
    done_rung_at = models.DateTimeField(null=True)  # when that one was sent
    unanswered_at = models.DateTimeField(null=True)  # when the oldest was sent that nobody has done
    alive_at = models.DateTimeField(null=True)  # a worker is there, whatever it does
    worked_at = models.DateTimeField(null=True)  # a worker has begun or ended a task, whichever

    def __str__(self) -> str:
        return f"{self.rung_at} → {self.done_at}"
