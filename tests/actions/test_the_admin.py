"""What staff see and do: tools declared, tried, copied; calls read; approvals decided."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from actions.admin.trying import TryForm
from actions.approvals import to_be_told, told
from actions.models import Call, McpServer, Tool
from actions.sealing import unseal
from tests.actions.conftest import CARLA, SECRET, as_json, call

FORM: dict[str, Any] = {
    "name": "Find order", "key": "find-order", "method": "GET", "url": "https://shop.example.org/orders/{number}",
    "headers": "X-Shop: lyon", "auth": "bearer", "auth_name": "", "new_secret": SECRET, "body_as": "json",
    "body": "", "changes": "reads", "per_minute": "60", "seconds": "10", "words_en": "Looking it up",
    "parameters-TOTAL_FORMS": "1", "parameters-INITIAL_FORMS": "0", "parameters-0-name": "number",
    "parameters-0-kind": "text", "parameters-0-place": "path", "parameters-0-required": "on",
    "taken-TOTAL_FORMS": "1", "taken-INITIAL_FORMS": "0", "taken-0-name": "status",
    "taken-0-path": "order.status", "taken-0-kind": "text", "taken-0-required": "on",
}  # fmt: skip


def signed_in(role: str) -> Client:
    browser = Client()
    browser.force_login(User.objects.create_user(role, role=role))
    return browser


@pytest.fixture
def ada(db: None) -> Client:
    return signed_in("admin")


@pytest.fixture
def ed(db: None) -> Client:
    return signed_in("editor")


def page(tool: Tool, name: str = "change") -> str:
    return f"/admin/actions/tool/{tool.pk}/{name}/"


def form_of(tool: Tool, **changes: Any) -> dict[str, Any]:
    """The form of a tool that was made with FORM, as it is sent back."""
    number, status = tool.parameters.get(), tool.taken.get()
    rows = {
        "parameters-INITIAL_FORMS": "1", "parameters-0-id": number.pk, "parameters-0-tool": tool.pk,
        "taken-INITIAL_FORMS": "1", "taken-0-id": status.pk, "taken-0-tool": tool.pk, "new_secret": "",
    }  # fmt: skip
    return FORM | rows | changes


def test_a_tool_is_declared_and_its_secret_never_seen_again(ada: Client) -> None:
    assert ada.post("/admin/actions/tool/add/", FORM).status_code == 302
    tool = Tool.objects.get()
    assert (tool.enabled, tool.headers, tool.words) == (False, {"X-Shop": "lyon"}, {"en": "Looking it up"})
    assert unseal(tool.secret) == SECRET
    assert SECRET not in tool.secret
    shown = ada.get(page(tool)).text
    assert SECRET not in shown
    assert tool.secret not in shown
    assert "Looking it up" in shown
    assert "X-Shop: lyon" in shown


def test_a_secret_is_kept_replaced_or_forgotten(ada: Client) -> None:
    ada.post("/admin/actions/tool/add/", FORM)
    tool = Tool.objects.get()
    for changes, kept in [({}, SECRET), ({"new_secret": "other-secret"}, "other-secret"),
                          ({"auth": "none", "remove_secret": "on"}, "")]:  # fmt: skip
        assert ada.post(page(tool), form_of(tool, **changes)).status_code == 302
        tool.refresh_from_db()
        assert unseal(tool.secret) == kept


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"key": "Find Order"}, "Small letters"),
        ({"url": "http://10.0.0.1/{number}"}, "leads to a private network"),
        ({"url": "http://localhost/{number}"}, "leads to a private network"),
        ({"url": "https://{number}.example.org/"}, "no parameter can stand in it"),
        ({"url": "ftp://shop.example.org/{number}"}, "does not begin with http"),
        ({"url": "https://shop.example.org/"}, "goes into the address"),
        ({"url": "https://shop.example.org/{number}/{other}"}, "{other} stands in the address"),
        ({"parameters-0-required": ""}, "so it is required"),
        ({"headers": "X-Shop"}, "is not a header"),
        ({"headers": "Authorization: Bearer x"}, "secrets belong under"),
        ({"headers": "Host: evil.example"}, "is set by itself"),
        ({"headers": "X-A: {who}"}, "{who} stands in the address"),
        ({"new_secret": ""}, "Needed for this kind of authentication"),
        ({"auth": "basic"}, "Needed for this kind of authentication"),
        ({"auth": "key", "auth_name": "Host"}, "cannot be the name of a header"),
        ({"body": '{"a": 1}'}, "GET request has no body"),
        ({"method": "POST", "body": '{"a": {number}}'}, "This is not JSON"),
        ({"method": "POST", "body": "[1]", "body_as": "form"}, "Form fields need an object"),
        ({"parameters-0-kind": "choice"}, "Name the choices"),
        ({"parameters-0-own": "email"}, "for signed-in customers only"),
        ({"parameters-0-name": "a b"}, "Letters, digits"),
        ({"seconds": "31"}, "30"),
        ({"per_minute": "0"}, "1"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_told(ada: Client, changes: dict[str, str], words: str) -> None:
    answer = ada.post("/admin/actions/tool/add/", FORM | changes)
    assert answer.status_code == 200
    assert words in answer.text
    assert not Tool.objects.exists()
    assert SECRET not in answer.text


def test_a_parameter_that_another_window_has_added_is_told(ada: Client) -> None:
    ada.post("/admin/actions/tool/add/", FORM)
    tool = Tool.objects.get()
    answer = ada.post(page(tool), FORM | {"new_secret": ""})
    assert answer.status_code == 200
    assert tool.parameters.count() == 1


def test_editors_see_tools_and_change_none(ed: Client, tool) -> None:
    found = tool(secret=SECRET, headers={"X-Shop": "key-in-a-header"}, auth="bearer")
    shown = ed.get(page(found))
    assert "Find order" in shown.text
    assert "key-in-a-header" not in shown.text
    assert SECRET not in shown.text
    assert ed.post(page(found), FORM).status_code == 403
    for name in ("try", "switch", "duplicate", "delete"):
        assert ed.post(page(found, name)).status_code == 403
    assert ed.get("/admin/actions/tool/add/").status_code == 403
    assert signed_in("agent").get("/admin/actions/tool/").status_code == 302


def test_trying_shows_the_request_and_what_came_of_it(ada: Client, tool, web) -> None:
    web.pages["/orders/7"] = as_json(
        {"order": {"status": "sent"}, "mail": "carla@shop.example", "echo": SECRET}
    )
    found = tool(auth="bearer", secret=SECRET, takes={"status": "order.status"}, enabled=False)
    shown = ada.post(page(found, "try"), {"try-number": "7", "wish": "look"}).text
    assert "/orders/7" in shown
    assert "Bearer ••••••" in shown
    assert not Call.objects.exists()
    answered = ada.post(page(found, "try"), {"try-number": "7", "wish": "send"}).text
    assert "&quot;status&quot;: &quot;sent&quot;" in answered
    assert SECRET not in answered
    assert "carla@" not in answered
    assert web.asked[0].headers["authorization"] == f"Bearer {SECRET}"
    logged = Call.objects.get()
    assert (logged.tester.username, logged.state) == ("admin", "done")
    again = ada.get(page(found, "try") + f"?call={logged.pk}").text
    assert 'value="7"' in again


def test_a_failed_try_says_why(ada: Client, tool, web) -> None:
    web.pages["/orders/7"] = as_json({"error": "no"}, status=401)
    found = tool()
    assert (
        "does not accept the secret" in ada.post(page(found, "try"), {"try-number": "7", "wish": "send"}).text
    )
    assert "“number” is missing" in ada.post(page(found, "try"), {"wish": "send"}).text
    assert "“number” is missing" in ada.post(page(found, "try"), {"wish": "look"}).text


def test_a_writing_tool_is_not_sent_unless_somebody_says_so(ada: Client, tool, web) -> None:
    found = tool(changes="approval", method="POST")
    answer = ada.post(page(found, "try"), {"try-number": "7", "wish": "send"}).text
    assert "Nothing was sent" in answer
    assert web.asked == []
    ada.post(page(found, "try"), {"try-number": "7", "wish": "send", "really": "on"})
    assert [asked.method for asked in web.asked] == ["POST"]


def test_a_tool_is_copied_without_its_secret_and_switched_on_by_a_click(ada: Client, tool) -> None:
    found = tool(secret=SECRET, auth="bearer", takes={"status": "order.status"})
    ada.post(page(found, "duplicate"))
    copy = Tool.objects.exclude(pk=found.pk).get()
    assert (copy.key, copy.enabled, copy.secret) == ("find_order_2", False, "")
    assert copy.parameters.get().name == "number"
    assert copy.taken.get().path == "order.status"
    assert found.parameters.count() == 1
    ada.post(page(copy, "switch"), {"to": "on"})
    copy.refresh_from_db()
    assert copy.enabled
    ada.post("/admin/actions/tool/", {"action": "switch_off", "_selected_action": [copy.pk, found.pk]})
    assert not Tool.objects.filter(enabled=True).exists()


def test_the_log_is_read_searched_and_masked(ed: Client, tool, web) -> None:
    web.pages["/orders/7"] = as_json({"mail": "carla@shop.example", "token": "tok-123",
                                      "card": "4111 1111 1111 1111",
                                      "call": "+33 6 12 34 56 78", "note": f"it is {SECRET}"})  # fmt: skip
    tool(secret=SECRET, auth="bearer", parameters={"number": {}, "pin": {"place": "query", "private": True}})
    web.pages["/orders/7?pin=9999"] = web.pages["/orders/7"]
    call({"number": "7", "pin": "9999"})
    logged = Call.objects.get()
    shown = ed.get(f"/admin/actions/call/{logged.pk}/change/").text
    kept = json.dumps(logged.given) + logged.answer
    for private in ("carla@", "tok-123", "4111 1111", "12 34 56", SECRET, "9999"):
        assert private not in shown
        assert private not in kept
        assert private not in logged.held
    assert "find_order" in ed.get("/admin/actions/call/?q=find&state__exact=done").text
    assert ed.post(f"/admin/actions/call/{logged.pk}/change/").status_code == 403


def waiting(tool, web) -> Call:
    tool(changes="approval", method="POST", verified_only=True)
    done = call(customer=CARLA)
    assert (done.ok, done.waiting_for_approval, web.asked) == (False, True, [])
    assert call(customer=CARLA).waiting_for_approval
    return Call.objects.get()


def test_what_needs_approval_is_done_once_it_is_approved(ed: Client, tool, web) -> None:
    waits = waiting(tool, web)
    assert "Approve and do it" in ed.get("/admin/actions/call/approvals/").text
    for _twice in range(2):
        ed.post(f"/admin/actions/call/{waits.pk}/decide/", {"decision": "approve"})
    assert len(web.asked) == 1
    waits.refresh_from_db()
    assert (waits.state, waits.decided_by.username) == ("done", "editor")
    assert call(customer=CARLA).data == {"order": {"status": "sent"}}
    assert list(to_be_told()) == [waits]
    told(waits)
    assert not to_be_told().exists()


def test_what_is_declined_has_a_reason_and_is_never_done(ed: Client, tool, web) -> None:
    waits = waiting(tool, web)
    ed.post(f"/admin/actions/call/{waits.pk}/decide/", {"decision": "decline", "reason": " "})
    waits.refresh_from_db()
    assert waits.state == "waiting"
    ed.post(f"/admin/actions/call/{waits.pk}/decide/", {"decision": "decline", "reason": "Too late\x00"})
    ed.post(f"/admin/actions/call/{waits.pk}/decide/", {"decision": "approve"})
    waits.refresh_from_db()
    assert (waits.state, waits.reason, web.asked) == ("declined", "Too late", [])
    assert call(customer=CARLA).error == "declined"
    assert list(to_be_told()) == [waits]


def test_what_was_switched_off_meanwhile_is_not_done(ed: Client, tool, web) -> None:
    waits = waiting(tool, web)
    Tool.objects.update(enabled=False)
    answer = ed.post(f"/admin/actions/call/{waits.pk}/decide/", {"decision": "approve"}, follow=True)
    assert "It is switched off" in answer.text
    assert web.asked == []


def test_a_server_is_named_and_cannot_be_inside(ada: Client, ed: Client) -> None:
    form = {"name": "Shop", "url": "http://192.168.1.1/mcp", "auth": "none"}
    assert "private network" in ada.post("/admin/actions/mcpserver/add/", form).text
    form["url"] = "https://shop.example.org/mcp"
    assert ada.post("/admin/actions/mcpserver/add/", form | {"auth": "bearer"}).status_code == 200
    for name, why in (("", "Needed for this kind"), ("Cookie", "cannot be the name of a header")):
        key = form | {"auth": "key", "auth_name": name, "new_secret": "s3"}
        assert why in ada.post("/admin/actions/mcpserver/add/", key).text
    assert ada.post("/admin/actions/mcpserver/add/", form).status_code == 302
    server = McpServer.objects.get()
    Tool.objects.create(key="shop_find", name="Find", server=server, remote_name="find")
    tool = Tool.objects.get()
    assert ada.get(page(tool)).status_code == 200
    changed = {"name": "Find it", "enabled": "on", "changes": "reads", "per_minute": "5", "seconds": "5",
               "taken-TOTAL_FORMS": "0", "taken-INITIAL_FORMS": "0",
               "parameters-TOTAL_FORMS": "0", "parameters-INITIAL_FORMS": "0"}  # fmt: skip
    assert ada.post(page(tool), changed).status_code == 302
    tool.refresh_from_db()
    assert (tool.name, tool.enabled, tool.per_minute, tool.key) == ("Find it", True, 5, "shop_find")
    Tool.objects.update(fingerprint="anew", enabled=False)  # listed by the hour, while the page was open
    assert "in another way since" in ada.post(page(tool), changed).text
    switch = f"/admin/actions/tool/{tool.pk}/switch/"
    presses = (("", "on", False), ("anew", "on", True), ("", "off", False), ("", "off", False))
    for seen, to, enabled in presses:
        ada.post(switch, {"to": to, "seen": seen})
        tool.refresh_from_db()
        assert tool.enabled is enabled
    assert ada.post(page(tool), changed | {"seen": "anew"}).status_code == 302
    assert ed.get(f"/admin/actions/mcpserver/{server.pk}/change/").status_code == 200
    assert ed.post(f"/admin/actions/mcpserver/{server.pk}/list/").status_code == 403


def test_a_form_to_try_with_has_a_field_for_each_argument(tool) -> None:
    from actions import kinds

    tool(verified_only=True, parameters={"number": {}, "mine": {"own": "email"},
                                         "colour": {"kind": "choice", "choices": ["red"]}})  # fmt: skip
    declared = kinds.find("find_order")
    form = TryForm({"try-number": "7", "try-mine": "a@b.fr"}, arguments=declared.arguments, prefix="try")
    assert form.is_valid()
    assert (form.given(), form.customer()) == ({"number": "7"}, {"verified": True, "email": "a@b.fr"})
