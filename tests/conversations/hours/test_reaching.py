"""In hours a person is brought in; out of hours a message is taken, and the assistant goes on answering."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils.translation import override

from accounts.models import User
from actions.models import OpeningCalendar
from conversations import handoff
from conversations.filling_in import fill_in
from conversations.inbox.briefing import line_of
from conversations.inbox.briefing_shown import briefed
from conversations.models import Conversation, Desk, LeftMessage, Message, Team, Turn
from conversations.posting import record
from conversations.reaching import Reach, in_words, reach_of
from conversations.receiving import receive
from conversations.refusals import Refused
from conversations.viewing import look
from tests.conversations.hours.conftest import ALWAYS, NEVER, set_hours
from tests.mailserver import MailServer

pytestmark = pytest.mark.django_db
SUNDAY = datetime(2026, 11, 29, 11, 0, tzinfo=UTC)
WEEKDAYS = [*[[["09:00", "18:00"]]] * 5, [], []]


def asked(conversation: Conversation) -> Conversation:
    handoff.request_person(conversation_id=conversation.pk)
    return Conversation.objects.get(pk=conversation.pk)


def form_of(conversation: Conversation) -> Message:
    return Message.objects.filter(conversation=conversation, data__has_key="leaving").latest("pk")


def leave(conversation: Conversation, client_id: UUID | None = None, **values: str) -> Message:
    return fill_in(
        conversation_id=conversation.pk, message_id=form_of(conversation).pk, values=values,
        client_id=client_id or uuid4(),
    ).message  # fmt: skip


def refused(conversation: Conversation, **values: str) -> str:
    with pytest.raises(Refused) as found:
        leave(conversation, **values)
    return found.value.code


def people(conversation: Conversation) -> dict[str, Any] | None:
    return look(conversation.pk, audience="customer", language="en").conversation["people"]


def test_in_hours_a_person_is_brought_in(conversation: Conversation) -> None:
    set_hours(ALWAYS)
    now = asked(conversation)
    assert (now.owner, now.status) == ("person", "waiting")
    assert not Message.objects.filter(data__has_key="leaving").exists()


def test_out_of_hours_a_form_is_offered_and_the_assistant_goes_on(conversation: Conversation) -> None:
    set_hours(NEVER)
    assert people(conversation) == {
        "there": False, "words": "Nobody can take a conversation just now.", "zone": "UTC"
    }  # fmt: skip
    now = asked(conversation)
    assert (now.owner, now.status, now.waiting_since) == ("assistant", "open", None)
    form = form_of(conversation)
    assert [field["name"] for field in form.data["asks"]["fields"]] == ["name", "email", "message"]
    asked(conversation)
    assert form_of(conversation) == form  # which stands there already
    receive(conversation_id=conversation.pk, text="And my lamp?", client_id=uuid4())
    assert Turn.objects.filter(state="queued").count() == 1
    asked(conversation)
    assert form_of(conversation) != form


def test_a_running_answer_ends_where_a_person_is_asked_for(conversation: Conversation) -> None:
    set_hours(NEVER)
    receive(conversation_id=conversation.pk, text="My lamp?", client_id=uuid4())
    asked(conversation)
    assert Turn.objects.get().state == "cancelled"


def test_a_message_that_is_left_waits_in_its_place_and_is_stored_once(
    conversation: Conversation, post_office: MailServer
) -> None:
    set_hours(NEVER)
    Team.objects.create(name="Shop", reply_minutes=30)
    asked(conversation)
    mine = uuid4()
    left = leave(conversation, mine, email="ann@left.example", name="Ann", message="It flickers.")
    assert leave(conversation, mine, email="ann@left.example", message="It flickers.") == left
    now = Conversation.objects.select_related("team").get(pk=conversation.pk)
    assert (now.owner, now.status, now.team and now.team.name) == ("assistant", "waiting", "Shop")
    assert now.waiting_since is not None and left.text == "It flickers."
    row = LeftMessage.objects.get()
    assert (row.email, row.name, row.message) == ("ann@left.example", "Ann", left)
    line = Message.objects.get(data__code="left_message")
    assert line.data["to"] == "ann@left.example"
    told = briefed(line_of(now), "en")
    assert told is not None and told["said"] == ["It flickers."]
    assert not Turn.objects.exists()


def test_nothing_is_answered_by_both(conversation: Conversation, marie: User) -> None:
    set_hours(NEVER)
    asked(conversation)
    leave(conversation, message="It flickers.")
    receive(conversation_id=conversation.pk, text="And returns?", client_id=uuid4())
    turn = Turn.objects.get()
    assert (turn.state, turn.question.text) == ("queued", "And returns?")
    handoff.reply_as_person(conversation_id=conversation.pk, user=marie, text="I am here", client_id=uuid4())
    turn.refresh_from_db()
    assert turn.state == "cancelled"
    receive(conversation_id=conversation.pk, text="Thanks", client_id=uuid4())
    assert Turn.objects.count() == 1 and people(conversation) is None


def test_back_in_hours_whoever_left_a_message_can_be_put_through(conversation: Conversation) -> None:
    set_hours(NEVER)
    asked(conversation)
    leave(conversation, message="It flickers.")
    since = Conversation.objects.get(pk=conversation.pk).waiting_since
    set_hours(ALWAYS)
    now = asked(conversation)
    assert (now.owner, now.status, now.waiting_since) == ("person", "waiting", since)


def test_an_address_is_needed_where_mail_can_be_sent(
    conversation: Conversation, post_office: MailServer
) -> None:
    set_hours(NEVER)
    asked(conversation)
    assert refused(conversation, message="It flickers.") == "form_empty"
    assert refused(conversation, email="ann@nowhere") == "wrong_address"
    leave(conversation, email="ann@left.example")
    assert refused(conversation, email="ann@left.example") == "form_gone"
    assert Message.objects.get(data__has_key="left").text == "Please get back to me."


def test_nobody_fills_a_strangers_mailbox(
    conversation: Conversation, post_office: MailServer, settings: Any
) -> None:
    settings.TRANSCRIPTS_PER_HOUR = 1
    set_hours(NEVER)
    asked(conversation)
    leave(conversation, email="eve@example.org")
    asked(conversation)
    assert refused(conversation, email="eve@example.org") == "too_many_mails"


def test_the_assistants_handing_over_is_decided_the_same_way(conversation: Conversation) -> None:
    set_hours(NEVER)
    with record(conversation.pk) as writing:
        handoff.wait_for_person(writing, reason="policy", why="Refunds are ours")
    form = form_of(conversation)
    assert form.data["leaving"]["why"] == "Refunds are ours"
    leave(conversation, message="Help")
    now = Conversation.objects.get(pk=conversation.pk)
    assert now.handoff_reason == "policy"
    with record(conversation.pk) as writing:
        handoff.wait_for_person(writing, reason="missing_knowledge")
    assert form_of(conversation) == form  # a message is with the staff already


def test_nobody_takes_conversations_in_hours(conversation: Conversation, marie: User) -> None:
    set_hours(ALWAYS)
    Desk.objects.create(user=marie, available=False)
    assert asked(conversation).owner == "assistant"
    Desk.objects.update(available=True)
    assert asked(conversation).owner == "person"


def test_the_hours_are_those_of_the_team_that_takes_it(conversation: Conversation) -> None:
    set_hours(NEVER)
    night = OpeningCalendar.objects.create(week=ALWAYS)
    Team.objects.create(name="Night", languages=["en"], calendar=night)
    assert asked(conversation).owner == "person"


def test_it_is_said_in_the_customers_language_with_the_next_opening(db: None) -> None:
    set_hours(WEEKDAYS, time_zone="Europe/Paris")
    found = reach_of(None, now=SUNDAY)
    assert in_words(found, "en") == "Nobody is here just now. We are back on Monday 30 November at 09:00."
    open_now = reach_of(None, now=SUNDAY.replace(day=30))
    assert (open_now.there, open_now.zone) == (True, "Europe/Paris")
    assert in_words(open_now, "en", now=SUNDAY.replace(day=30)) == "We are here until 18:00."
    assert in_words(Reach(there=True), "en") == ""


def test_the_form_speaks_the_conversations_language(conversation: Conversation) -> None:
    Conversation.objects.update(language="fr")
    set_hours(WEEKDAYS)
    with override("fr"):
        handoff.request_person(conversation_id=conversation.pk)
    if not reach_of(None).there:
        assert form_of(conversation).language == "fr"


def test_who_has_said_who_they_are_finds_it_filled_in(conversation: Conversation) -> None:
    conversation.customer.email = "carla@example.org"
    conversation.customer.save()
    set_hours(NEVER)
    asked(conversation)
    fields = {field["name"]: field for field in form_of(conversation).data["asks"]["fields"]}
    assert (fields["email"]["written"], fields["name"]["written"]) == ("carla@example.org", "Carla")
    assert not fields["message"]["written"] and not fields["message"]["required"]
