"""Everything that can happen to what the staff's list shows, each as one step: what it cannot be done to is
left as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client as Http
from django.utils import timezone

from accounts.models import User
from assistant.models import Assistant
from conversations import handoff, settling
from conversations.inbox import assigning, labelling, mentioning, searching, snoozing
from conversations.models import Conversation, Customer, Label, Message, SavedView, Team
from conversations.posting import record
from conversations.ratings.giving import rate
from conversations.receiving import receive
from conversations.refusals import Refused
from insights.counting import count_changed

BEHIND = "all+2020-01-01+2030-01-01+UTC+0+-+0"


@dataclass
class Desk:
    """Marie's; Paul is her colleague."""

    marie: User
    paul: User
    assistant: Assistant
    at: int = 0  # which conversation the next step is about

    def one(self) -> Conversation:
        found = list(Conversation.objects.order_by("created_at", "pk"))
        return found[self.at % len(found)] if found else self.begin()

    def begin(self) -> Conversation:
        customer = Customer.objects.create(name=f"Carla {Customer.objects.count()}")
        made = Conversation.objects.create(assistant=self.assistant, customer=customer)
        receive(conversation_id=made.pk, text="my lamp is broken", client_id=uuid4())
        return made


Step = Callable[[Desk], object]


def with_marie(act: Callable[..., object]) -> Step:
    return lambda desk: act(conversation_id=desk.one().pk, user=desk.marie)


def answered(desk: Desk) -> Message:
    with record(desk.one().pk) as writing:
        return writing.post(kind=Message.Kind.ASSISTANT, text="Here you are", outcome="answered")


def settled(desk: Desk) -> None:
    answered(desk)
    settling.settle(conversation_id=desk.one().pk)


def rated(desk: Desk) -> None:
    message = answered(desk)
    rate(conversation_id=message.conversation_id, message_id=message.pk, score=-1)


def slept_enough(desk: Desk) -> None:
    handoff.request_person(conversation_id=desk.one().pk)
    snoozing.snooze(conversation_id=desk.one().pk, user=desk.marie, until=timezone.now() + timedelta(hours=1))
    Conversation.objects.filter(status="snoozed").update(snoozed_until=timezone.now())
    snoozing.wake_due()


def called(desk: Desk) -> None:
    note = "@marie look" if desk.at % 2 else "@paul look"
    handoff.add_note(conversation_id=desk.one().pk, user=desk.paul, text=note)


def label(desk: Desk) -> None:
    found, one = Label.objects.get_or_create(name="Urgent")[0], desk.one()
    has = one.labels.filter(pk=found.pk).exists()
    kept = {"remove" if has else "add": [found]}
    labelling.label(conversation_id=one.pk, user=desk.marie, **kept)


def renamed(desk: Desk) -> None:
    """What stands beside conversations is called something else."""
    rows: list[Any] = [*Team.objects.all(), *Label.objects.all(), *Customer.objects.all()[:3], desk.assistant]
    row = rows[desk.at % len(rows)]
    row.name = f"Renamed {desk.at}"
    row.save()


def called_otherwise(desk: Desk) -> None:
    desk.marie.first_name = f"Marie {desk.at}"
    desk.marie.save()


def kept_view(desk: Desk) -> None:
    view, new = SavedView.objects.get_or_create(user=None, name="Ours", query=f"show=all&q={desk.at}")
    if not new:
        view.delete()


STEPS: dict[str, Step] = {
    "new": Desk.begin,
    "message": lambda desk: receive(conversation_id=desk.one().pk, text="anew lamp", client_id=uuid4()),
    "answer": answered,
    "settled": settled,
    "rated": rated,
    "reply": lambda desk: handoff.reply_as_person(
        conversation_id=desk.one().pk, user=desk.paul, text="I am here", client_id=uuid4()
    ),
    "called in a note": called,
    "seen": with_marie(mentioning.see),
    "a person wanted": lambda desk: handoff.request_person(conversation_id=desk.one().pk),
    "taken over": with_marie(handoff.take_over),
    "handed back": with_marie(handoff.hand_back),
    "resolved": with_marie(handoff.resolve),
    "put off": lambda desk: snoozing.snooze(conversation_id=desk.one().pk, user=desk.marie, until=None),
    "woken": with_marie(snoozing.wake),
    "slept enough": slept_enough,
    "label": label,
    "label deleted": lambda desk: [one.delete() for one in Label.objects.all()],
    "assigned": lambda desk: assigning.assign(conversation_id=desk.one().pk, user=desk.marie, to=desk.paul),
    "unassigned": lambda desk: assigning.assign(conversation_id=desk.one().pk, user=desk.marie, to=None),
    "team": lambda desk: assigning.give_to_team(
        conversation_id=desk.one().pk, user=desk.marie, team=Team.objects.get_or_create(name="Returns")[0]
    ),
    "team deleted": lambda desk: [one.delete() for one in Team.objects.all()],
    "deleted": lambda desk: desk.one().delete(),
    "customer deleted": lambda desk: desk.one().customer.delete(),
    "renamed": renamed,
    "called otherwise": called_otherwise,
    "a view of everybody": kept_view,
    "words gathered": lambda desk: searching.gather_new(),
    "counted": lambda desk: count_changed(),
}
# As members of staff hold the list.
QUERIES = (
    "", "show=all", "show=mine", "show=waiting", "show=snoozed", "show=mentions", "show=all&q=lamp",
    "show=all&rated=down", "show=all&assignee=none", f"show=all&behind={BEHIND}",
)  # fmt: skip


def happen(step: str, desk: Desk) -> None:
    desk.at += 1
    with suppress(Refused):  # as it stands, this cannot be done
        STEPS[step](desk)


def empty() -> None:
    """Of what the steps have made."""
    for model in (Customer, Label, Team, SavedView):
        model._base_manager.all().delete()


@dataclass(frozen=True)
class Held:
    """The list as a page holds it."""

    heard: str
    is_gathered: bool
    shown: str  # without how long ago it was, which the page reckons itself

    @classmethod
    def read(cls, html: str) -> Held:
        heard = re.search(r'data-heard="([^"]*)"', html)
        assert heard
        shown = re.sub(r">[^<]*</time>", "></time>", html.replace(heard[0], ""))
        return cls(heard[1], "data-gathered" in html, shown)

    @classmethod
    def fetch(cls, http: Http, query: str) -> Held:
        return cls.read(http.get(f"/staff/list/?{query}").text)
