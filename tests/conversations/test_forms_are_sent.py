"""A form that a customer sends: words for people, values for the flow; once, and while it is asked for."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from jsonschema import Draft202012Validator

from accounts.models import User
from conversations import answering, handoff
from conversations.consumers.reading import Problem, parse
from conversations.filling_in import fill_in
from conversations.models import Conversation, Message, Turn
from conversations.posting import record
from conversations.protocol import Form, event_adapter, json_schema
from conversations.receiving import Received, receive
from conversations.refusals import Refused
from conversations.transcripts.content import transcript_of
from conversations.transcripts.writing import as_text
from conversations.viewing import see_message

pytestmark = pytest.mark.django_db


def field(name: str, label: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    usual = {"required": True, "choices": [], "long": False, "autofill": "", "written": "", "why": ""}
    return {"name": name, "label": label, "kind": kind, **usual, **more}


FIELDS = [
    field("name", "Nom", autofill="name"),
    field("email", "E-mail", "email"),
    field("day", "Jour", "date", required=False),
    field("sure", "Certain", "yes_no", required=False),
    field("size", "Taille", "choice", required=False, choices=[{"value": "s", "label": "Petit"}]),
]
GOOD = {"name": "Anne", "email": "anne@exemple.fr"}


def ask(conversation: Conversation, fields: list[dict[str, Any]] | None = None) -> Message:
    asks = {"kind": "form", "fields": FIELDS if fields is None else fields}
    with record(conversation.pk) as writing:
        return writing.post(
            kind=Message.Kind.ASSISTANT, text="Vous êtes ?", language="fr", data={"asks": asks}
        )


def send(form: Message, values: dict[str, str], client_id: UUID | None = None) -> Received:
    return fill_in(
        conversation_id=form.conversation_id,
        message_id=form.pk,
        values=values,
        client_id=client_id or uuid4(),
    )


def refused(form: Message, values: dict[str, str]) -> str:
    before = Message.objects.count()
    with pytest.raises(Refused) as found:
        send(form, values)
    assert Message.objects.count() == before
    return found.value.code


def test_it_is_stored_as_words_in_the_customers_language_and_as_values(conversation: Conversation) -> None:
    values = {**GOOD, "day": "2026-12-01", "sure": "yes", "size": "s"}
    form = ask(conversation)
    message = send(form, values).message
    assert message.text.splitlines() == [
        "Nom\N{NO-BREAK SPACE}: Anne",
        "E-mail\N{NO-BREAK SPACE}: anne@exemple.fr",
        "Jour\N{NO-BREAK SPACE}: mardi 1er décembre 2026",
        "Certain\N{NO-BREAK SPACE}: oui",
        "Taille\N{NO-BREAK SPACE}: Petit",
    ]
    assert message.data["form"] == {"message": form.pk, "values": values}
    assert Turn.objects.get().question == message


def test_the_reply_gets_the_values_as_they_were_written(conversation: Conversation) -> None:
    send(ask(conversation), {**GOOD, "day": " "})
    said = answering.load(Turn.objects.get().pk).transcript.said
    assert said[-1].form == GOOD
    assert said[0].form is None


def test_a_repeated_form_is_stored_once_whatever_came_since(conversation: Conversation) -> None:
    form, client_id = ask(conversation), uuid4()
    first = send(form, GOOD, client_id)
    ask(conversation)
    again = send(form, GOOD, client_id)
    assert (again.message, again.fresh) == (first.message, False)


def test_a_form_is_sent_once(conversation: Conversation) -> None:
    form = ask(conversation)
    send(form, GOOD)
    assert refused(form, GOOD) == "form_gone"


def test_one_that_is_not_asked_for_any_more_is_refused(conversation: Conversation) -> None:
    form = ask(conversation)
    ask(conversation)
    assert refused(form, GOOD) == "form_gone"


def test_words_of_the_customer_do_not_close_it(conversation: Conversation) -> None:
    form = ask(conversation)
    receive(conversation_id=conversation.pk, text="A moment", client_id=uuid4())
    assert send(form, GOOD).fresh


def test_what_asks_for_no_form_takes_none(conversation: Conversation) -> None:
    with record(conversation.pk) as writing:
        plain = writing.post(kind=Message.Kind.ASSISTANT, text="Hello")
        other = writing.post(kind=Message.Kind.ASSISTANT, text="When?", data={"asks": {"kind": "date"}})
    assert refused(plain, GOOD) == refused(other, GOOD) == "form_gone"


def test_nor_does_another_conversation(conversation: Conversation) -> None:
    form = ask(conversation)
    other = Conversation.objects.create(assistant=conversation.assistant, customer=conversation.customer)
    with pytest.raises(Refused, match="not_found"):
        fill_in(conversation_id=other.pk, message_id=form.pk, values=GOOD, client_id=uuid4())


def test_fields_that_it_does_not_have_are_refused(conversation: Conversation) -> None:
    assert refused(ask(conversation), {**GOOD, "admin": "yes"}) == "form_gone"


@pytest.mark.parametrize("values", [{}, {"name": " ", "email": "\x00"}])
def test_an_empty_form_is_none_where_something_is_needed(
    conversation: Conversation, values: dict[str, str]
) -> None:
    assert refused(ask(conversation), values) == "form_empty"


def test_where_nothing_is_needed_it_may_be_empty(conversation: Conversation) -> None:
    message = send(ask(conversation, FIELDS[2:]), {}).message
    assert message.text and message.data["form"]["values"] == {}


def test_the_number_of_a_card_is_stored_nowhere(conversation: Conversation) -> None:
    message = send(ask(conversation), {**GOOD, "name": "Anne 4111 1111 1111 1111"}).message
    assert message.data["form"]["values"]["name"] == "Anne •••• 1111"
    assert "4111" not in message.text


def test_people_read_it_too(conversation: Conversation, marie: User) -> None:
    form = ask(conversation)
    handoff.request_person(conversation_id=conversation.pk)
    send(form, GOOD)
    conversation.refresh_from_db()
    assert conversation.last_words == "Nom : Anne E-mail : anne@exemple.fr"
    assert "Nom\N{NO-BREAK SPACE}: Anne" in as_text(transcript_of(conversation, time_zone="Europe/Paris"))


def test_its_fields_go_out_as_data_and_as_a_page_shows_them(conversation: Conversation) -> None:
    form = ask(conversation, [{**FIELDS[1], "written": 'anne "at"', "why": "Non <b>."}, *FIELDS[2:]])
    event = see_message(form.pk, audience="customer", language="fr")
    view = event_adapter.validate_python(event).message
    Draft202012Validator(json_schema()["events"]).validate(event_adapter.dump_python(
        event_adapter.validate_python(event), mode="json"))  # fmt: skip
    assert view.asks is not None and [one.name for one in view.asks.fields] == [
        "email",
        "day",
        "sure",
        "size",
    ]
    assert 'type="email"' in view.html and 'value="anne &quot;at&quot;"' in view.html
    assert "Non &lt;b&gt;." in view.html and 'type="date"' in view.html
    assert view.html.count('type="radio"') == 2 + 1
    staff = event_adapter.validate_python(see_message(form.pk, audience="staff", language="fr")).message
    assert "<form" not in staff.html and "Certain" in staff.html


def frame(**parts: Any) -> str:
    import orjson

    return orjson.dumps({"type": "form", "client_id": str(uuid4()), "message": 1, **parts}).decode()


def test_the_command_has_limits() -> None:
    assert isinstance(parse(frame(values=GOOD)), Form)
    wrong: list[tuple[Any, str]] = [
        ({str(n): "x" for n in range(1000)}, "invalid"),
        ({"name": "x" * 4001}, "too_long"),
        ({"a": "x" * 2001, "b": "x" * 2000}, "too_long"),
        ({"name": 7}, "invalid"),
        ({"name": ["x"]}, "invalid"),
        (["name"], "invalid"),
        (None, "invalid"),
        ({"n" * 61: "x"}, "too_long"),
    ]
    for values, code in wrong:
        with pytest.raises(Problem) as problem:
            parse(frame(values=values))
        assert (problem.value.code, problem.value.client_id is not None) == (code, True)
