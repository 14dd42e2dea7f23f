"""Replies kept ready: whose they are, who changes them, and what a composer is offered."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client as Http

from accounts.models import AuditEntry, Role, User
from conversations.inbox.replying import kept
from conversations.models import CannedReply, Team
from tests.conversations.inbox.conftest import Talk


def signed_in(user: User) -> Http:
    http = Http()
    http.force_login(user)
    return http


@pytest.fixture
def staff(marie: User) -> Http:
    return signed_in(marie)


@pytest.fixture
def editor(db: None) -> Http:
    return signed_in(User.objects.create_user("lea", role=Role.EDITOR))


def reply(key: str, text: str = "Hello", **facts: object) -> CannedReply:
    return CannedReply.objects.create(key=key, title=facts.pop("title", key), texts={"en": text}, **facts)


def offered(http: Http, conversation: object) -> list[str]:
    shown = http.get(f"/staff/conversations/{conversation.pk}/replies/")  # type: ignore[attr-defined]
    return [one.reply.key for one in shown.context["offered"]]


def test_an_agent_keeps_own_ones_that_nobody_else_sees(staff: Http, editor: Http, marie: User) -> None:
    said = {"title": "À bientôt !", "key": "", "shared": "on", "text_fr": "À bientôt\r\n{customer}"}
    assert staff.post("/staff/replies/new/", said).status_code == 302
    made = CannedReply.objects.get()
    assert (made.owner, made.key, made.texts) == (marie, "a-bientot", {"fr": "À bientôt\n{customer}"})
    assert "À bientôt" in staff.get("/staff/replies/").text
    assert "À bientôt" not in editor.get("/staff/replies/").text
    for action in ("", "delete/", "used/"):
        assert editor.post(f"/staff/replies/{made.pk}/{action}").status_code == 404
    assert not AuditEntry.objects.filter(kind="cannedreply").exists()
    assert staff.post(f"/staff/replies/{made.pk}/delete/").status_code == 302
    assert not CannedReply.objects.exists()


def test_shared_ones_are_the_editors_and_the_trail_knows(staff: Http, editor: Http) -> None:
    editor.post("/staff/replies/new/", {"title": "Hi", "key": "HI", "shared": "on", "text_en": "Hi"})
    made = CannedReply.objects.get(owner=None, key="hi")
    assert "/hi" in staff.get("/staff/replies/").text
    assert staff.get(f"/staff/replies/{made.pk}/").status_code == 404
    assert staff.post(f"/staff/replies/{made.pk}/delete/").status_code == 404
    editor.post(f"/staff/replies/{made.pk}/", {"title": "Ho", "key": "hi", "shared": "on", "text_en": "Hi"})
    editor.post(f"/staff/replies/{made.pk}/delete/")
    told = AuditEntry.objects.filter(kind="cannedreply").order_by("pk").values_list("action", "label")
    assert list(told) == [("added", "Hi"), ("changed", "Ho"), ("deleted", "Ho")]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"title": "", "text_en": "x"}, "This field is required"),
        ({"title": "Hi", "text_en": ""}, "Write a text in one language at least."),
        ({"title": "Hi", "text_en": "x", "key": "no such key!"}, "Enter a valid"),
        ({"title": "日本", "text_en": "x"}, "Write a short name"),
        ({"title": "Hi", "text_en": "x" * 4_001}, "at most 4000"),
        ({"title": "Hi", "text_en": "x\x00"}, "Null characters"),
        ({"title": "Taken", "text_en": "x"}, "There is a reply called “taken” already."),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_lost(
    staff: Http, marie: User, said: dict[str, str], words: str
) -> None:
    reply("taken", owner=marie)
    shown = staff.post("/staff/replies/new/", said | {"text_fr": "" if not said["text_en"] else "kept-words"})
    assert (shown.status_code, CannedReply.objects.count()) == (200, 1)
    assert words in shown.text
    assert "kept-words" in shown.text or not said["text_en"]


def test_one_name_for_oneself_and_for_everybody(editor: Http) -> None:
    shared = {"title": "Hi", "text_en": "x", "shared": "on"}
    editor.post("/staff/replies/new/", {"title": "Hi", "text_en": "x"})
    editor.post("/staff/replies/new/", shared)
    assert "already" in editor.post("/staff/replies/new/", shared).text
    assert CannedReply.objects.count() == 2


def test_there_are_not_more_than_anybody_reads(staff: Http, marie: User) -> None:
    many = (CannedReply(owner=marie, key=f"k{n}", title="x", texts={"en": "x"}) for n in range(kept.MOST_OWN))
    CannedReply.objects.bulk_create(many)
    assert "Delete one first" in staff.post("/staff/replies/new/", {"title": "Hi", "text_en": "x"}).text
    last = CannedReply.objects.last()
    assert last
    said = {"title": "New title", "key": last.key, "text_en": "x"}
    assert staff.post(f"/staff/replies/{last.pk}/", said).status_code == 302


def test_a_team_has_its_own(staff: Http, talk: Talk, marie: User, paul: User) -> None:
    returns, other = Team.objects.create(name="Returns"), Team.objects.create(name="Other")
    returns.members.add(marie)
    reply("all")
    reply("ours", team=returns, used=5)
    theirs = reply("theirs", team=other)
    reply("mine", owner=marie, used=2)
    reply("pauls", owner=paul)
    conversation = talk()
    assert offered(staff, conversation) == ["ours", "mine", "all"]
    assert staff.post(f"/staff/replies/{theirs.pk}/used/").status_code == 404


def test_in_the_customers_language_else_in_another(staff: Http, talk: Talk) -> None:
    CannedReply.objects.create(key="both", title="Both", texts={"en": "Hello", "fr": "Bonjour"})
    reply("english", "Only {company}")
    CannedReply.objects.create(key="none", title="None", texts={})
    shown = staff.get(f"/staff/conversations/{talk('Carla', language='fr').pk}/replies/")
    one, other = shown.context["offered"]
    assert (one.said.text, one.other) == ("Bonjour", "")
    assert (other.said.text, other.other) == ("Only {company}", "English")
    assert "only in English" in shown.text
    assert "Not known here:" in shown.text


def test_what_is_known_is_filled_in_and_hostile_names_stay_words(staff: Http, talk: Talk) -> None:
    reply("hi", "<b>{customer}</b> {first_name} {agent} {assistant} {email}")
    conversation = talk('"><script>{agent}</script>\n# x')
    shown = staff.get(f"/staff/conversations/{conversation.pk}/replies/")
    said = shown.context["offered"][0].said
    name = '"><script>{agent}</script> # x'
    assert said.text == f'<b>{name}</b> "><script>{{agent}}</script> Marie Ada {{email}}'
    assert said.left == ("{email}",)
    assert "<script>" not in shown.text


def test_uses_are_counted(staff: Http) -> None:
    one = reply("hi")
    assert staff.post(f"/staff/replies/{one.pk}/used/").status_code == 204
    assert "Used once" in staff.get("/staff/replies/").text


def test_searching_takes_all_words_without_accents(staff: Http) -> None:
    reply("return", "Send it back", title="Renvoyé")
    reply("hello")
    assert "/return" in staff.get("/staff/replies/?q=renvoye+BACK").text
    assert "/hello" not in staff.get("/staff/replies/?q=renvoye").text
    assert "No reply has all of these words." in staff.get("/staff/replies/?q=nothing%00").text


def test_a_preview_is_what_a_customer_reads(staff: Http) -> None:
    text = "Hello **{first_name}** <script> {order}"
    shown = staff.post("/staff/replies/preview/", {"language": "en", "text_en": text}).text
    assert "<strong>Camille</strong>" in shown
    assert "<code>{order}</code>" in shown
    assert "<script>" not in shown
    assert "Camille" not in staff.post("/staff/replies/preview/", {"language": "xx", "text_en": text}).text


def test_a_gone_account_takes_its_own_along_and_a_gone_team_leaves_its(marie: User) -> None:
    team = Team.objects.create(name="Returns")
    reply("mine", owner=marie)
    ours = reply("ours", team=team)
    team.delete()
    marie.delete()
    assert list(CannedReply.objects.all()) == [ours]


def test_offering_costs_eight_queries_at_most(
    staff: Http, talk: Talk, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    team = Team.objects.create(name="Returns")
    for number in range(20):
        reply(f"r{number}", team=team if number % 2 else None)
    conversation = talk()
    with django_assert_max_num_queries(8):
        staff.get(f"/staff/conversations/{conversation.pk}/replies/")
    with django_assert_max_num_queries(8):
        staff.get("/staff/replies/")
