"""Where people read what is called and given, it is said in words, with the technical name beside them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from actions import kinds
from actions.models import Call
from actions.wording import beside, called, in_words
from tests.actions.conftest import CARLA, call
from tests.actions.test_the_admin import page, signed_in


@pytest.fixture
def ada(db: None) -> Client:
    return signed_in("admin")


@pytest.mark.parametrize(
    ("name", "words"),
    [("order_id", "Order id"), ("orderNumber", "Order number"), ("open-incident", "Open incident"),
     ("x", "X"), ("__", "__"), ("line2Text", "Line2 text"), ("PIN", "PIN")],
)  # fmt: skip
def test_a_name_in_words(name: str, words: str) -> None:
    assert in_words(name).casefold() == words.casefold() and called(name, {name: "Mine"}) == "Mine"
    assert beside(in_words("order_id"), "order_id") == "order_id" and beside("Email", "email") == ""


@given(st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,63}", fullmatch=True))
def test_no_name_is_lost_in_words(name: str) -> None:
    plain = "".join(one for one in name if one not in "_-")
    assert in_words(name).replace(" ", "").casefold() == plain.casefold()


def test_the_list_of_tools_and_what_one_is_tried_with(ada: Client, tool) -> None:
    made = tool(parameters={"order_id": {"required": False}, "mine": {"own": "email"}, "email": {},
                            "ref": {"label": "Référence"}}, name="Open incident", key="open_incident",
                verified_only=True)  # fmt: skip
    assert 'Open incident <code class="act-name">open_incident</code>' in ada.get("/admin/actions/tool/").text
    tried = ada.get(page(made, "try")).text
    assert 'Order id (optional) <code class="act-name">order_id</code>' in tried
    assert 'Référence <code class="act-name">ref</code>' in tried and ">email</code>" not in tried
    shown = ada.get(page(made)).text
    assert "Order id" in shown and "Name for people" in shown
    assert kinds.find("open_incident").labels == {"ref": "Référence"}


def test_the_log_says_what_was_done_and_is_filtered_by_it(ada: Client, tool) -> None:
    tool(
        parameters={"order_id": {"place": "query"}, "gift": {"kind": "boolean", "place": "query"}},
        path="/orders/7",
    )
    call({"order_id": "7", "gift": True})
    Call.objects.create(action="gone_for_good", at=timezone.now(), given={})
    Call.objects.create(action="booking_cancel", at=timezone.now(), given={"reference": "AB12"})
    listed = ada.get("/admin/actions/call/").text
    assert 'Find order <code class="act-name">find_order</code>' in listed and "Gone for good" in listed
    assert kinds.built_in("booking_cancel").title in listed
    only = ada.get("/admin/actions/call/?action__exact=find_order").text
    assert "Find order <code" in only and "Gone for good <code" not in only
    logged = Call.objects.get(action="find_order")
    one = ada.get(f"/admin/actions/call/{logged.pk}/change/").text
    assert '<dt>Order id <code class="act-name">order_id</code></dt><dd>7</dd>' in one
    assert "<dt>Gift</dt><dd>yes</dd>" in one and str(logged) == "Find order"
    assert "–" in ada.get(f"/admin/actions/call/{Call.objects.get(action='gone_for_good').pk}/change/").text


def test_the_log_is_filtered_by_what_went_wrong_in_words(ada: Client) -> None:
    Call.objects.create(action="first_one", at=timezone.now(), given={}, error="timeout", state="failed")
    Call.objects.create(action="another_one", at=timezone.now(), given={})
    listed = ada.get("/admin/actions/call/").text
    assert "error__exact=timeout" in listed and "error__exact=&" not in listed and ">timeout<" not in listed
    only = ada.get("/admin/actions/call/?error__exact=timeout").text
    assert "First one <code" in only and "Another one <code" not in only


def test_what_waits_for_staff_is_said_in_words(ada: Client, tool) -> None:
    tool(changes="approval", method="POST", parameters={"order_id": {"place": "body"}}, path="/orders")
    assert call({"order_id": "7"}, customer=CARLA).waiting_for_approval
    shown = ada.get("/admin/actions/call/approvals/").text
    assert '<dt>Order id <code class="act-name">order_id</code></dt><dd>7</dd>' in shown


def test_nothing_of_a_name_is_read_as_html(ada: Client, tool) -> None:
    tool(name="<b>Find</b>", parameters={"number": {"label": "<i>No.</i>"}})
    call()
    for address in ("/admin/actions/call/", "/admin/actions/tool/"):
        assert "<b>Find</b>" not in ada.get(address).text
    logged = Call.objects.get()
    assert "<i>No.</i>" not in ada.get(f"/admin/actions/call/{logged.pk}/change/").text


def test_languages_begin_with_a_capital_where_they_stand_alone(db: None) -> None:
    """French writes them small within a sentence."""
    editor, admin = signed_in("editor"), signed_in("admin")
    for browser in (editor, admin):
        browser.cookies["django_language"] = "fr"
    shown = editor.get("/staff/flows/import-flows/").text
    assert ">Anglais</option>" in shown and ">anglais</option>" not in shown
    form = admin.get("/admin/actions/tool/add/").text
    assert "En anglais" in form and "En Anglais" not in form
