"""One page for all that is done in the background: what it lists, who may act, and what acting does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.audit.rows import AuditEntry
from accounts.models import Role, User
from actions.bookings.models import Booking, BookingMail, Person, Service
from actions.models import Notice
from assistant.models import Assistant
from background import canary
from chatbot import jobs
from conversations.models import Conversation, Customer, ListWork, Message, ReplyDraft, TranscriptMail
from conversations.posting import record
from evaluation.models import Gap, Run
from knowledge.models import Document, ImportRun, Job
from tests.knowledge.articles import publish, written_source
from training.models import Dataset, FineTuning, SearchTraining, Training

pytestmark = pytest.mark.django_db
PAGE = "/staff/jobs/"
LONG_AGO = timedelta(days=40)
# Kinds that have tests of their own.
OF_OTHERS = {
    "summary", "reply-mail", "notice-mail", "correction-mail", "correction-check", "reviewed-judging"
}  # fmt: skip


@pytest.fixture
def boss(client: Client) -> User:
    boss = User.objects.create_user("boss", role=Role.ADMIN)
    client.force_login(boss)
    return boss


def rows(client: Client, **query: Any) -> list[tuple[str, str]]:
    """Kind and state of each."""
    response = client.get(PAGE, query)
    assert response.status_code == 200
    return [(row["job"].of.key, row["job"].state) for row in response.context["rows"]]


def page(client: Client, **query: Any) -> str:
    return client.get(PAGE, query).content.decode()


def act(client: Client, kind: str, key: object, what: str) -> str:
    """The page that comes after it."""
    return client.post(f"{PAGE}{kind}/{key}/{what}/", follow=True).content.decode()


def talk() -> Conversation:
    ada = Assistant.objects.create(name="Ada", slug="ada", is_default=True)
    return Conversation.objects.create(assistant=ada, customer=Customer.objects.create(name="Carla"))


def booked() -> Booking:
    begun = timezone.now()
    return Booking.objects.create(
        key="carla", reference="HJKL-12345", service=Service.objects.create(key="repair"),
        person=Person.objects.create(name="Anna"), starts_at=begun, ends_at=begun + timedelta(hours=1),
        span=(begun, begun + timedelta(hours=1)), name="Carla", email="carla@home.example",
    )  # fmt: skip


def transcript(**fields: Any) -> TranscriptMail:
    fields = {"email": "carla@home.example", "language": "en", "time_zone": "UTC", **fields}
    return TranscriptMail.objects.create(conversation=talk(), client_id=uuid4(), **fields)


@pytest.mark.parametrize(("role", "status"), [("agent", 403), ("editor", 200), ("admin", 200)])
def test_it_is_for_editors(client: Client, role: str, status: int) -> None:
    client.force_login(User.objects.create_user("anna", role=role))
    assert client.get(PAGE).status_code == status


def test_every_kind_is_listed_in_one_order(client: Client, boss: User) -> None:
    publish("Returns")
    ImportRun.objects.create(
        source=written_source(), what="manual.pdf", files=4, files_read=1, state="reading"
    )
    ImportRun.objects.create(
        source=written_source(), origin="web", what="https://shop.example", state="failed"
    )
    Gap.objects.create(title="Can I pay in instalments?", check_due_at=timezone.now())
    Notice.objects.create(user=boss, error="unreachable")
    Training.objects.create(state="running", total=90, done=30)
    Dataset.objects.create(name="Autumn", state="making", total=40, done=10)
    SearchTraining.objects.create(state="running", total=80, done=7)
    mail = transcript()
    with record(mail.conversation_id) as writing:
        question = writing.post(kind=Message.Kind.CUSTOMER, text="words-of-carla")
    ReplyDraft.objects.create(conversation=mail.conversation, question=question)
    BookingMail.objects.create(
        booking=booked(), kind="confirmed", state="failed", error="recipient_refused 550"
    )
    ListWork.objects.create(user=boss, act="label:7", query="show=all", total=12, at=3, state="running")
    FineTuning.objects.create(dataset_name="Autumn", host="models.example", base_model="base")
    luce = Assistant.objects.create(name="Luce", slug="luce-2", languages=["en"])
    Run.objects.create(
        title="Greetings", assistant=luce, sides=[{"kind": "present"}], total=2, judge="offline"
    )
    found = rows(client)
    assert {kind for kind, _state in found} == {kind.key for kind in jobs.known()} - OF_OTHERS
    times = [row["job"].at for row in client.get(PAGE).context["rows"]]
    assert times == sorted(times, reverse=True)
    shown = page(client)
    for words in (
        "Returns", "1 of 4", "30 of 90", "10 of 40", "7 of 80", "The mail server refuses this mailbox. (550)"
    ):  # fmt: skip
        assert words in shown
    assert "carla@home.example" not in shown and "words-of-carla" not in shown


def test_what_ended_is_on_a_page_of_its_own(client: Client, boss: User) -> None:
    publish("Returns")
    Job.objects.update(state="done", finished_at=timezone.now())
    assert rows(client) == []
    assert "Nothing is to be done" in page(client)
    assert rows(client, state="ended") == [("indexing", "done")]
    assert rows(client, state="ended", kind="import") == []


def test_a_failed_job_says_why_and_what_to_do_and_is_tried_again(client: Client, boss: User) -> None:
    publish("Returns")
    job = Job.objects.get()
    Job.objects.update(state="failed", error="unauthorised: 401", finished_at=timezone.now())
    shown = page(client)
    assert "The provider refuses the key (401)" in shown
    assert "Look at the address, the key and the name of the model" in shown
    assert "It is tried again" in act(client, "indexing", job.pk, "retry")
    again = Job.objects.get()
    assert (again.state, again.document) == ("queued", Document.objects.get())
    entry = AuditEntry.objects.get(action="retried")
    assert (entry.who, entry.label, entry.before["state"]) == (boss, "One article · Returns", "failed")


def test_what_waits_for_its_next_attempt_is_tried_now(client: Client, boss: User) -> None:
    publish("Returns")
    Job.objects.update(not_before=timezone.now() + timedelta(minutes=10), error="timeout", failures=2)
    assert "Try now" in page(client)
    act(client, "indexing", Job.objects.get().pk, "retry")
    assert Job.objects.get().not_before is None


def test_an_import_is_cancelled_and_nobody_can_cancel_it_twice(client: Client, boss: User) -> None:
    run = ImportRun.objects.create(source=written_source(), what="manual.pdf", state="reading")
    assert "It is cancelled" in act(client, "import", run.pk, "cancel")
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert "could not be cancelled" in act(client, "import", run.pk, "cancel")
    assert AuditEntry.objects.filter(action="stopped").count() == 1


def test_a_mail_that_waits_is_cancelled_and_its_address_forgotten(client: Client, boss: User) -> None:
    mail = transcript()
    act(client, "transcript-mail", mail.pk, "cancel")
    mail.refresh_from_db()
    assert (mail.state, mail.email) == ("failed", "")
    shown = page(client)
    assert "Somebody of the staff has cancelled it" in shown
    assert "Try again" not in shown, "it knows no address any more"


def test_a_mail_that_is_being_sent_is_not_cancelled(client: Client, boss: User) -> None:
    now = timezone.now()
    mail = transcript(rung_at=now, due_at=now + timedelta(minutes=6), attempts=1)
    assert "could not be cancelled" in act(client, "transcript-mail", mail.pk, "cancel")
    mail.refresh_from_db()
    assert mail.state == "queued"


def test_a_mail_about_a_booking_is_sent_anew(client: Client, boss: User) -> None:
    mail = BookingMail.objects.create(
        booking=booked(), kind="confirmed", state="failed", error="unreachable", attempts=6
    )
    act(client, "booking-mail", mail.pk, "retry")
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == ("queued", 0, "")
    assert Booking.objects.get().reference in page(client)


def test_a_check_of_a_gap_is_cancelled(client: Client, boss: User) -> None:
    gap = Gap.objects.create(title="Instalments", check_due_at=timezone.now())
    act(client, "gap-check", gap.pk, "cancel")
    gap.refresh_from_db()
    assert gap.check_due_at is None


def test_who_may_not_change_the_thing_may_not_act(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(User.objects.create_user("anna", role=Role.AGENT))
    run = ImportRun.objects.create(source=written_source(), state="reading")
    assert client.post(f"{PAGE}import/{run.pk}/cancel/").status_code == 403
    run.refresh_from_db()
    assert run.state == "reading"


@pytest.mark.parametrize("address", ["nothing/1/retry/", "import/1/delete/"])
def test_what_does_not_exist_is_not_found(client: Client, boss: User, address: str) -> None:
    assert client.post(PAGE + address).status_code == 404


@pytest.mark.parametrize("key", ["999", "x", "9" * 40])
def test_a_job_that_is_gone_is_said_to_be(client: Client, boss: User, key: str) -> None:
    assert "could not be tried again" in act(client, "indexing", key, "retry")
    assert "could not be tried again" in act(client, "booking-mail", key, "retry")


def test_pages_follow_each_other_without_losing_or_doubling_a_row(client: Client, boss: User) -> None:
    moment = timezone.now()
    runs = [ImportRun(source=written_source(), what=str(n), state="failed") for n in range(70)]
    ImportRun.objects.bulk_create(runs)
    ImportRun.objects.update(created_at=moment)  # all at once: only kind and key tell them apart
    Gap.objects.bulk_create([Gap(title=f"gap {n}", check_due_at=moment) for n in range(60)])
    seen: list[str] = []
    address = PAGE
    while True:
        response = client.get(address)
        seen += [row["id"] for row in response.context["rows"]]
        if not response.context["older"]:
            break
        address = f"{PAGE}?{response.context['older']}"
    assert (len(seen), len(set(seen))) == (130, 130)


def test_the_worker_that_stopped_is_said_to_have(client: Client, boss: User) -> None:
    hour = timezone.now() - timedelta(hours=1)
    canary.note(
        rung_at=timezone.now(), done_at=hour, worked_at=hour, alive_at=hour, unanswered_at=hour, queued=40
    )
    shown = page(client)
    assert "The worker has not done anything for 60 minutes" in shown
    assert "40 tasks wait" in shown


def test_beat_that_stopped_is_told_from_the_worker(client: Client, boss: User) -> None:
    now, hour = timezone.now(), timezone.now() - timedelta(hours=1)
    canary.note(rung_at=hour, done_at=hour, worked_at=now, alive_at=now)
    assert "Beat has not rung for 60 minutes" in page(client)


def test_with_many_rows_it_asks_little_and_answers_soon(client: Client, boss: User) -> None:
    publish("Returns")
    source, now = written_source(), timezone.now()
    done = {"kind": "calibration", "state": "done", "source": source, "finished_at": now}
    Job.objects.bulk_create([Job(**done) for _n in range(5_000)])
    ImportRun.objects.bulk_create([ImportRun(source=source, what=str(n), state="failed") for n in range(60)])
    Gap.objects.bulk_create([Gap(title=f"gap {n}", check_due_at=now) for n in range(60)])
    for state in ("open", "ended"):
        with CaptureQueriesContext(connection) as asked:
            assert len(rows(client, state=state)) == 50
        assert len(asked) <= 8, [query["sql"][:120] for query in asked.captured_queries]


def test_mails_are_forgotten_a_month_after_their_end(client: Client) -> None:
    from conversations.transcripts.sending import queue

    old = transcript(state="sent", email="", ended_at=timezone.now() - LONG_AGO)
    new = TranscriptMail.objects.create(
        conversation=old.conversation, client_id=uuid4(), state="sent", ended_at=timezone.now(), language="en"
    )
    queue.sweep()
    assert list(TranscriptMail.objects.all()) == [new]
