"""The conversations behind a number of the flow editor: who reached a step, or left there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from conversations.flow_counts import KEPT
from conversations.inbox.few import found_in
from conversations.models import Trace
from flows import walked
from flows.coverage import LEFT, PERIODS, day_that_is_over
from flows.walked import REACHED, STANDING, WAITS, Walked


@dataclass(frozen=True, slots=True)
class AtStep:
    """“cancelled returns@3/reason”, in the last `days`."""

    line: Walked
    days: int

    @classmethod
    def read(cls, said: str, days: str) -> AtStep | None:
        line = walked.read(said[:200])
        period = int(days) if days in {str(one) for one in PERIODS} else max(PERIODS)
        return cls(line, period) if line else None

    def condition(self) -> Q:
        kind = self.line.kind
        if kind == LEFT:
            over = {f"state__{KEPT}__day__lt": day_that_is_over().isoformat()}
            return self._standing(WAITS) & Q(**over)
        return self._standing(kind) if kind in STANDING else self._passed()

    def _standing(self, kind: str) -> Q:
        begun = timezone.localdate() - timedelta(days=self.days - 1)
        line = str(Walked(kind, self.line.flow, self.line.number, self.line.node))
        kept = {f"state__{KEPT}__lines__contains": [line], f"state__{KEPT}__day__gte": begun.isoformat()}
        return Q(**kept)

    def _passed(self) -> Q:
        what = {"route__steps__contains": [self.line.step]}
        if self.line.kind != REACHED:
            what = {"route__passed__contains": [str(self.line)]}
        since = timezone.localtime() - timedelta(days=self.days - 1)
        begun = since.replace(hour=0, minute=0, second=0, microsecond=0)
        traces = Trace.objects.filter(message__created_at__gte=begun, **what)
        keys = traces.values_list("message__conversation", flat=True)
        return found_in(keys, lambda: Q(pk__in=keys))
