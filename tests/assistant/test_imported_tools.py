"""What an imported bot had done by programs: tools, switched off, named as its flows name them."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from actions.models import Parameter, Tool
from assistant.imported_tools import TAKER
from flows.brought_along import Brought
from flows.graph import Graph
from tests.flows.importers.exports import TYPEBOT, as_text, bot

pytestmark = pytest.mark.django_db
WEBHOOK = {
    "name": "find_order", "title": "Find order", "url": "https://api.example.com/orders", "method": "GET",
    "parameters": [{"name": "order", "kind": "number", "place": "query"}], "body": "",
}  # fmt: skip


def flow(action: str = "find_order") -> Graph:
    return Graph.model_validate({"key": "x", "nodes": [{"id": "a", "kind": "act", "action": action}]})


def take(*webhooks: object, action: str = "find_order") -> int:
    return TAKER.take(Brought("Typebot: bot.json", [flow(action)], list(webhooks)), None)


def imported(path: Path, files: dict[str, object]) -> str:
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(as_text(content))
    told = StringIO()
    call_command("import_flows", str(path), stdout=told)
    return told.getvalue()


def test_a_program_becomes_a_tool_that_is_switched_off():
    assert take(WEBHOOK) == 1
    tool = Tool.objects.get()
    assert (tool.key, tool.enabled, tool.changes, tool.secret) == ("find_order", False, "reads", "")
    assert "Typebot: bot.json" in tool.description and not tool.in_free_conversation
    assert Parameter.objects.values_list("name", "kind", "place", "required").get() == (
        "order",
        "number",
        "query",
        False,
    )


def test_what_is_not_only_read_is_confirmed_first():
    take({**WEBHOOK, "method": "POST", "body": '{"order": "{order}"}'})
    tool = Tool.objects.get()
    assert (tool.changes, tool.body) == ("writes", '{"order": "{order}"}')


def test_a_tool_that_is_here_and_one_that_no_taken_flow_names_are_left_alone():
    Tool.objects.create(key="find_order", name="Ours", enabled=True)
    assert take(WEBHOOK) == 0 and Tool.objects.get().name == "Ours"
    assert take({**WEBHOOK, "name": "other"}) == 0
    assert take({**WEBHOOK, "name": "booking_times"}, action="booking_times") == 0  # one of our own


@pytest.mark.parametrize("webhook", [{}, {"name": "Not a key"}, {**WEBHOOK, "method": "CONNECT"}, "x"])
def test_what_is_no_webhook_is_left_out(webhook):
    assert take(webhook) == 0 and not Tool.objects.exists()


def test_the_step_of_an_imported_flow_finds_its_tool(tmp_path):
    told = imported(tmp_path, {"bot.json": TYPEBOT})
    assert "1 program became a tool." in told and "are switched off" in told
    tool = Tool.objects.get()
    assert (tool.url, tool.enabled) == ("https://api.example.com/orders", False)
    assert not tool.secret and not tool.headers and "token" not in tool.url and "Bearer" not in tool.body
    assert "became a tool" not in imported(tmp_path, {})


def test_a_rasa_bots_actions_are_asked_as_its_server_expects(tmp_path):
    files = {name: bot(f"classic_{name}") for name in ("domain.yml", "nlu.yml", "rules.yml")}
    imported(
        tmp_path, {**files, "endpoints.yml": "action_endpoint:\n  url: http://localhost:5055/webhook?t=1\n"}
    )
    tool = Tool.objects.get(key="action_book")
    assert tool.url == "http://localhost:5055/webhook" and not tool.enabled
    assert '"next_action": "action_book"' in tool.body and '"size": "{size}"' in tool.body
    assert "size" in tool.parameters.values_list("name", flat=True)
