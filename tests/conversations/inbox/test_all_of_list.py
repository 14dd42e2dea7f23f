"""One thing done to all that a list shows: asked for once, done to each once, whatever becomes of workers."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Http
from django.utils import timezone

from accounts.audit.rows import AuditEntry
from accounts.models import Role, User
from assistant.models import Assistant
from conversations.inbox import wish
from conversations.inbox.all_of_list import asking, doing
from conversations.inbox.all_of_list.rows import ListWork
from conversations.models import Conversation, Customer, Label, Message, Notification, Status, Team
from tests.conversations.inbox.conftest import Talk, there
from tests.services import child_environment

ALL = "/staff/together/all/"
HX = {"HX-Request": "true"}
NOON = timezone.now()


@pytest.fixture
def staff(marie: User) -> Http:
    http = Http()
    http.force_login(marie)
    return http


@pytest.fixture
def many(assistant: Assistant) -> list[Conversation]:
    """Sixty, which is more than a page."""
    return begun(assistant, 60)


def begun(assistant: Assistant, number: int, **fields: object) -> list[Conversation]:
    customer = Customer.objects.create(name="Carla")
    said = {"customer": customer, "assistant": assistant, "last_message_at": NOON, "last_words": "hello"}
    return Conversation.objects.bulk_create(Conversation(**said, **fields) for _ in range(number))


def post(http: Http, act: str, path: str = "", **said: str) -> str:
    response = http.post(f"{ALL}{path}", {"act": act, **said}, headers=HX)
    assert response.status_code == 200
    return response.text


def ask(http: Http, act: str, **said: str) -> ListWork:
    """Begun; nothing is done yet."""
    post(http, act, **said)
    return ListWork.objects.latest("pk")


def told(user: User) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("words", flat=True))


@pytest.mark.usefixtures("many")
def test_it_is_said_how_many_there_are(staff: Http, assistant: Assistant) -> None:
    assert "Select all 60 that this list shows" in staff.get(ALL).text
    assert "Select the one that this list shows" not in staff.get(ALL, {"show": "resolved"}).text
    begun(assistant, 1_000)
    shown = staff.get(ALL, {"show": "all", "after": "nonsense"}).text
    assert "Select all that this list shows: 1,000 or more" in shown and 'data-of="show=all"' in shown


@pytest.mark.parametrize(
    ("act", "question"),
    [
        ("resolve", "Resolve 60 conversations?"),
        ("put_off", "Put off 60 conversations?"),
        ("assign:", "Assign 60 conversations to nobody?"),
        ("team:", "Take 60 conversations from their teams?"),
        ("assign:{paul}", "Give 60 conversations to Paul?"),
        ("team:{team}", "Give 60 conversations to Returns?"),
        ("label:{label}", "Put the label “&lt;b&gt;” on 60 conversations?"),
        ("unlabel:{label}", "Take the label “&lt;b&gt;” off 60 conversations?"),
    ],
)
@pytest.mark.usefixtures("many")
def test_first_it_is_asked_whether_it_is_to_be_done(staff: Http, paul: User, act: str, question: str) -> None:
    team, label = Team.objects.create(name="Returns"), Label.objects.create(name="<b>")
    act = act.format(paul=paul.pk, team=team.pk, label=label.pk)
    response = staff.post(f"{ALL}sure/", {"act": act, "list": "show=all"}, headers=HX)
    assert question in response.text and f'value="{act}"' in response.text
    assert response.headers["HX-Retarget"] == "#asked"
    assert not ListWork.objects.exists()


@pytest.mark.parametrize("act", ["", "nonsense", "assign:999", "label:", "put_off", "x" * 10_000])
@pytest.mark.parametrize("path", ["", "sure/"])
@pytest.mark.usefixtures("many")
def test_what_makes_no_sense_is_refused_in_words(staff: Http, act: str, path: str) -> None:
    assert "together__outcome--not" in post(staff, act, path, until="soon")
    assert not ListWork.objects.exists()


@pytest.mark.usefixtures("many")
def test_it_is_done_to_what_the_list_shows_when_one_says_so(staff: Http, marie: User, talk: Talk) -> None:
    label = Label.objects.create(name="Urgent")
    for name in "abc":
        talk(name).labels.add(label)
    work = ask(staff, "resolve", list=f"labels={label.pk}&after=nonsense")
    late = talk("late")
    late.labels.add(label)
    assert (work.total, work.state, len(work.keys)) == (3, "queued", 3)
    doing.go_on(work.pk)
    assert set(Conversation.objects.filter(status=Status.RESOLVED)) == set(
        Conversation.objects.filter(labels=label).exclude(pk=late.pk)
    )
    work.refresh_from_db()
    assert (work.state, work.at, work.failed, work.keys) == ("done", 3, 0, [])
    assert told(marie) == ["Done with 3 conversations."]
    assert AuditEntry.objects.filter(action="resolved", who=marie).count() == 3


@pytest.mark.usefixtures("many")
def test_those_that_cannot_be_changed_are_counted(staff: Http, marie: User, many: list[Conversation]) -> None:
    work = ask(staff, "put_off", list="show=active")
    Conversation.objects.filter(pk=many[0].pk).delete()
    Conversation.objects.filter(pk__in=[one.pk for one in many[1:3]]).update(status=Status.RESOLVED)
    doing.go_on(work.pk)
    words = "Done with 57 conversations. 3 could not be changed: they are gone, or resolved already."
    assert told(marie) == [words] and words in staff.get(f"{ALL}{work.pk}/").text
    assert Conversation.objects.filter(status=Status.SNOOZED).count() == 57


@pytest.mark.usefixtures("many")
def test_it_goes_on_where_a_worker_ended_for_now(staff: Http) -> None:
    work = ask(staff, "resolve")
    doing.go_on(work.pk, seconds=0)
    work.refresh_from_db()
    assert (work.state, work.at) == ("running", 0)
    assert "0 of 60 conversations" in staff.get(f"{ALL}{work.pk}/").text
    assert f'hx-get="{ALL}{work.pk}/"' in staff.get("/staff/").text
    doing.go_on(work.pk)
    work.refresh_from_db()
    assert (work.state, work.at, Conversation.objects.filter(status="resolved").count()) == ("done", 60, 60)
    assert f'hx-get="{ALL}{work.pk}/"' not in staff.get("/staff/").text


@pytest.mark.usefixtures("many")
def test_one_at_a_time_for_each(staff: Http, paul: User) -> None:
    work = ask(staff, "resolve")
    assert "still under way" in post(staff, "resolve")
    other = Http()
    other.force_login(paul)
    ask(other, "resolve")
    assert other.get(f"{ALL}{work.pk}/").status_code == 404
    assert other.post(f"{ALL}{work.pk}/stop/").status_code == 404
    doing.go_on(work.pk)
    ask(staff, "resolve", list="show=all")
    assert ListWork.objects.count() == 3


@pytest.mark.usefixtures("many")
def test_stopped_it_leaves_the_others_as_they_are(staff: Http, marie: User) -> None:
    work = ask(staff, "resolve")
    taken = doing._take(work.pk)
    assert taken and doing._one(taken, wish.read("resolve", None).act(marie))
    assert "Stopped. Done with 1 conversation." in staff.post(f"{ALL}{work.pk}/stop/", headers=HX).text
    assert not doing._one(taken, wish.read("resolve", None).act(marie))
    doing.go_on(work.pk)
    assert Conversation.objects.filter(status="resolved").count() == 1
    assert told(marie) == ["Stopped. Done with 1 conversation."]
    assert not asking.stop(work.pk)


def test_with_more_than_can_be_done_nothing_is_begun(staff: Http, assistant: Assistant) -> None:
    begun(assistant, asking.MOST + 1)
    for path in ("", "sure/"):
        assert "more than 10,000 conversations. Narrow it down" in post(staff, "resolve", path)
    assert "shows no conversation any more" in post(staff, "resolve", list="show=resolved")
    assert not ListWork.objects.exists()


@pytest.mark.usefixtures("many")
def test_who_is_concerned_is_told_once_with_a_number(staff: Http, marie: User, paul: User) -> None:
    there(paul)
    doing.go_on(ask(staff, f"assign:{paul.pk}").pk)
    assert told(paul) == ["Marie gave you 60 conversations"]
    team = Team.objects.create(name="Returns")
    team.members.add(paul)
    Conversation.objects.update(status=Status.WAITING, waiting_since=timezone.now(), owner="person")
    doing.go_on(ask(staff, f"team:{team.pk}").pk)
    news = {"60 conversations wait for your team", "Marie took 60 conversations off you"}
    assert set(told(paul)[1:]) == news
    assert told(marie) == ["Done with 60 conversations."] * 2


@pytest.mark.usefixtures("many")
def test_whoever_may_no_longer_talk_with_customers_changes_nothing(staff: Http, marie: User) -> None:
    work = ask(staff, "resolve")
    User.objects.filter(pk=marie.pk).update(is_active=False)
    doing.go_on(work.pk)
    work.refresh_from_db()
    assert (work.state, Conversation.objects.filter(status="resolved").count()) == ("cancelled", 0)


@pytest.mark.usefixtures("many")
def test_what_is_gone_ends_it_and_what_was_interrupted_can_be_gone_on_with(staff: Http, marie: User) -> None:
    label = Label.objects.create(name="Urgent")
    gone = ask(staff, f"label:{label.pk}")
    label.delete()
    doing.go_on(gone.pk)
    why = "what they were to be given is no longer there."
    assert f"It stopped after 0 of 60 conversations: {why}" in told(marie)
    work = ask(staff, "resolve")
    ListWork.objects.filter(pk=work.pk).update(tries=doing.MOST_TRIES)
    doing.go_on(work.pk)
    doing.sweep()
    work.refresh_from_db()
    assert (work.state, work.error, len(work.keys)) == ("failed", "interrupted", 60)
    boss = Http()
    boss.force_login(User.objects.create_user("boss", role=Role.EDITOR))
    assert "It was interrupted several times" in boss.get("/staff/jobs/").text
    boss.post(f"/staff/jobs/whole-list/{work.pk}/retry/")
    doing.go_on(work.pk)
    assert Conversation.objects.filter(status="resolved").count() == 60
    stopped = ask(staff, "resolve", list="show=all")
    boss.post(f"/staff/jobs/whole-list/{stopped.pk}/cancel/")
    stopped.refresh_from_db()
    assert stopped.state == "cancelled"


@pytest.mark.usefixtures("many")
def test_old_ones_are_forgotten(staff: Http) -> None:
    doing.go_on(ask(staff, "resolve").pk)
    doing.forget_ended()
    assert ListWork.objects.exists()
    ListWork.objects.update(ended_at=timezone.now() - timedelta(days=31))
    doing.forget_ended()
    assert not ListWork.objects.exists()


def resolved_how_often() -> Counter[int]:
    """Conversations by how often it was said in them, and told the trail, that they were resolved."""
    lines = Message.objects.filter(kind="event", data__code="resolved").values_list("conversation", flat=True)
    entries = AuditEntry.objects.filter(action="resolved").values_list("key", flat=True)
    said, kept = Counter(map(str, lines)), Counter(entries)
    assert said == kept
    return Counter(said.values())


@pytest.fixture
def begun_by_marie(transactional_db: None, assistant: Assistant, marie: User) -> Iterator[ListWork]:
    keys = [one.pk for one in begun(assistant, 300)]
    yield ListWork.objects.create(user=marie, act="resolve", keys=keys, total=len(keys))


def test_several_workers_do_each_once(begun_by_marie: ListWork) -> None:
    def work(_number: int) -> None:
        try:
            doing.go_on(begun_by_marie.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(8)))
    assert resolved_how_often() == {1: 300}


def test_a_worker_that_is_killed_leaves_the_rest_to_the_next(begun_by_marie: ListWork) -> None:
    code = f"from conversations.inbox.all_of_list import doing; doing.go_on({begun_by_marie.pk})"
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", code]
    environment = child_environment(connection.settings_dict["NAME"])
    with subprocess.Popen(command, env=environment) as worker:  # noqa: S603 (written above)
        until = time.monotonic() + 60
        while time.monotonic() < until and not ListWork.objects.filter(at__gte=20).exists():
            time.sleep(0.005)
        worker.kill()
    begun_by_marie.refresh_from_db()
    half = begun_by_marie.at
    assert begun_by_marie.state == "running" and 20 <= half < 300
    assert resolved_how_often() == {1: half}
    doing.sweep()  # it is held until its time is over
    assert ListWork.objects.get().at == half
    ListWork.objects.update(due_at=timezone.now())
    doing.go_on(begun_by_marie.pk)
    assert resolved_how_often() == {1: 300}
    assert Notification.objects.get().words == "Done with 300 conversations."
