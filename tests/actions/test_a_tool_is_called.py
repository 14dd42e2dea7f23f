"""A declared tool sends what it was declared to send, and brings what was to be taken."""

from __future__ import annotations

import json

import pytest

from tests.actions.conftest import CARLA, SECRET, as_json, call


def test_what_is_taken_is_brought_by_its_name(tool, web) -> None:
    tool(takes={"status": "order.status"})
    done = call()
    assert (done.ok, done.data, done.final) == (True, {"status": "sent"}, False)
    assert web.paths == ["/orders/7"]


def test_without_parts_to_take_it_is_all_of_the_answer(tool) -> None:
    tool()
    assert call().data == {"order": {"status": "sent"}}


@pytest.mark.parametrize(
    ("auth", "name", "header", "value"),
    [
        ("bearer", "", "authorization", f"Bearer {SECRET}"),
        ("basic", "shop", "authorization", "Basic c2hvcDpzM2NyZXQtb2YtdGhlLXNob3A="),
        ("key", "X-Api-Key", "x-api-key", SECRET),
    ],
)
def test_it_shows_who_it_is(tool, web, auth: str, name: str, header: str, value: str) -> None:
    tool(auth=auth, auth_name=name, secret=SECRET)
    assert call().ok
    assert web.asked[0].headers[header] == value


def test_each_parameter_goes_where_it_belongs(tool, web) -> None:
    web.pages["/orders/7/notes?lang=fr&urgent=true"] = as_json({})
    tool(
        "/orders/{number}/notes?lang={language}", method="POST",
        parameters={
            "number": {}, "language": {"place": "query"}, "urgent": {"place": "query", "kind": "boolean"},
            "X-Shop": {"place": "header"}, "text": {"place": "body"},
            "stars": {"place": "body", "kind": "whole"},
        },
    )  # fmt: skip
    given = {
        "number": "7",
        "language": "fr",
        "urgent": "yes",
        "X-Shop": "Lyon\r\nX-Evil: 1",
        "text": "Hé",
        "stars": "4",
    }
    assert call(given).ok
    asked = web.asked[0]
    assert json.loads(asked.body) == {"text": "Hé", "stars": 4}
    assert asked.headers["x-shop"] == "Lyon X-Evil: 1"
    assert "x-evil" not in asked.headers


def test_a_body_is_filled_in_as_data(tool, web) -> None:
    web.pages["/notes"] = as_json({})
    body = '{"note": {"text": "From {who}: {text}", "stars": "{stars}", "kind": "chat", "lang": "{lang}"}}'
    fields = {name: {"place": "body"} for name in ("who", "text")}
    tool("/notes", method="PUT", body=body, parameters={
        **fields, "stars": {"place": "body", "kind": "whole"}, "lang": {"place": "body", "required": False},
    })  # fmt: skip
    assert call({"who": "Carla", "text": '"}, "stars": 9, "x": "', "stars": 2}).ok
    sent = json.loads(web.asked[0].body)
    assert sent == {"note": {"text": 'From Carla: "}, "stars": 9, "x": "', "stars": 2, "kind": "chat"}}


def test_form_fields_are_sent_as_such(tool, web) -> None:
    web.pages["/notes"] = as_json({})
    tool("/notes", method="POST", body_as="form", parameters={"text": {"place": "body"}})
    assert call({"text": "a & b"}).ok
    assert web.asked[0].body == b"text=a+%26+b"
    assert web.asked[0].headers["content-type"] == "application/x-www-form-urlencoded"


def test_a_value_cannot_leave_its_place_in_the_address(tool, web) -> None:
    tool()
    for value in ("..", ".", " . ", "../7"):
        call({"number": value}, key="")
    call({"number": "7/../../admin?x=1#y"}, key="")
    assert web.paths == ["/orders/..%2F7", "/orders/7%2F..%2F..%2Fadmin%3Fx%3D1%23y"]


def test_a_customers_own_data_is_not_given_by_anybody(tool, web) -> None:
    web.pages["/customers/C-77"] = as_json({"points": 12})
    tool("/customers/{customer}", verified_only=True, parameters={"customer": {"own": "id"}})
    assert call({}, customer=CARLA).data == {"points": 12}
    assert call({"customer": "C-78"}, customer=CARLA, key="2").error == "bad_argument"
    assert call({}, customer={"id": "C-78"}, key="3").error == "not_verified"
    assert call({}, customer={"verified": True}, key="4").error == "not_known"
    assert web.paths == ["/customers/C-77"]


def test_a_writing_one_names_its_key_to_the_server(tool, web) -> None:
    web.pages["/orders/7"] = as_json({})
    tool(method="DELETE", changes="writes")
    done = call()
    assert done.ok
    assert done.final
    assert len(web.asked[0].headers["idempotency-key"]) == 40
