"""What staff do outside of the admin site, in the trail: one entry each, with who did it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from accounts import audit
from accounts.audit.rows import AuditEntry
from accounts.models import User
from conversations import handoff
from conversations.inbox import assigning, labelling, together
from conversations.models import Label
from flows import publishing as flows
from flows import standard_words, troubles
from flows.models import Flow
from knowledge import proposing, publishing
from knowledge.intake import approving
from tests.access.world import ADMIN, AGENT, EDITOR, World

pytestmark = pytest.mark.django_db


def since(number: int) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(pk__gt=number).order_by("pk"))


def newest() -> int:
    return AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def only(number: int) -> AuditEntry:
    (found,) = since(number)
    return found


def test_conversations_taken_over_handed_back_and_resolved(world: World) -> None:
    agent, began = world.staff[AGENT], newest()
    doing: dict[str, Any] = {"conversation_id": world.carla.pk, "user": agent}
    handoff.take_over(**doing)
    handoff.take_over(**doing)  # which changes nothing
    assigning.assign(**doing, to=world.staff[EDITOR])
    handoff.hand_back(**doing)
    handoff.resolve(**doing)
    entries = since(began)
    assert [one.action for one in entries] == ["taken_over", "assigned", "handed_back", "resolved"]
    assert {(one.who, one.key) for one in entries} == {(agent, str(world.carla.pk))}
    assert entries[1].after == {"assignee": "editor"}
    assert "Carla" not in "".join(one.label for one in entries)


def test_taking_over_costs_one_statement_more(world: World, django_assert_num_queries: Any) -> None:
    began = newest()
    with django_assert_num_queries(1):
        audit.record(audit.Action.TAKEN_OVER, world.carla, by=world.staff[AGENT])
    assert only(began).label == f"#{str(world.carla.pk)[:6]}"


def test_what_is_done_to_many_is_told_of_each(world: World) -> None:
    began = newest()
    urgent = Label.objects.create(name="Urgent")
    both = [world.carla.pk, world.bruno.pk]
    together.do(together.labelled(world.staff[AGENT], urgent), both)
    assert [(one.action, one.after["add"]) for one in since(began)] == [("labelled", ["Urgent"])] * 2
    labelling.label(conversation_id=world.carla.pk, user=world.staff[AGENT], add=[urgent])
    assert len(since(began)) == 2


def test_flows_published_tried_withdrawn_and_deleted(world: World) -> None:
    editor, began, flow = world.staff[EDITOR], newest(), world.flow
    flows.withdraw(flow.pk)
    flows.publish(flow.pk, author=editor, note="Again")
    flows.archive(flow.pk)
    flows.bring_back(flow.pk)
    flows.archive(flow.pk)
    flows.delete(flow.pk)
    entries = since(began)
    done = ["withdrawn", "published", "archived", "brought_back", "archived", "deleted"]
    assert [one.action for one in entries] == done
    assert {one.key for one in entries} == {flow.key}
    assert (entries[1].before["published"], entries[1].after["published"], entries[1].who) == (
        None,
        1,
        editor,
    )


def test_everyday_troubles_and_standard_words(world: World) -> None:
    editor, began = world.staff[EDITOR], newest()
    troubles.opened("human", author=editor)
    troubles.put_back("human", author=editor)
    standard_words.save("en", {"skip": "Not now"}, author=editor)
    standard_words.save("en", {"skip": "Not now"}, author=editor)  # which changes nothing
    entries = since(began)
    assert [one.action for one in entries] == ["added", "withdrawn", "words"]
    assert entries[-1].after == {"skip": "Not now"}


def test_articles_published_and_withdrawn(world: World) -> None:
    editor, began = world.staff[EDITOR], newest()
    publishing.publish(world.draft, author=editor)
    publishing.unpublish(world.draft)
    entries = since(began)
    assert [(one.action, one.label) for one in entries] == [("published", "Sale"), ("withdrawn", "Sale")]
    assert entries[0].who == editor


def test_a_proposal_decided_says_by_whom_and_of_whom(world: World) -> None:
    began = newest()
    proposing.decline(world.proposal, by=world.staff[ADMIN], reason="Not so", version=world.proposal.version)
    entry = only(began)
    assert (entry.action, entry.who) == ("declined", world.staff[ADMIN])
    assert entry.after == {"author": "editor", "reason": "Not so"}


def test_an_import_published_is_one_entry(world: World) -> None:
    began = newest()
    world.run.items.update(place={"file": "lamps.md"})
    approving.approve(world.run, world.run.items.all(), author=world.staff[EDITOR])
    entry = only(began)
    assert (entry.action, entry.who, entry.after["published"]) == ("imported", world.staff[EDITOR], 1)


def test_an_import_discarded(world: World) -> None:
    began = newest()
    approving.discard(world.run, world.run.items.all())
    assert (only(began).action, only(began).after["number"]) == ("discarded", 1)


def signed_in(client: Client, user: User) -> int:
    client.force_login(user)
    return newest()


def test_tools_switched_and_calls_decided(client: Client, world: World) -> None:
    began = signed_in(client, world.staff[ADMIN])
    client.post(f"/admin/actions/tool/{world.tool.pk}/switch/", {"to": "off"})
    client.post(f"/admin/actions/call/{world.call.pk}/decide/", {"decision": "decline", "reason": "No"})
    switched, declined = since(began)
    assert (switched.action, switched.after, switched.via) == ("switched", {"enabled": False}, "admin")
    assert (declined.action, declined.who, declined.kind) == ("declined", world.staff[ADMIN], "call")


@pytest.mark.parametrize(
    ("path", "name"),
    [("/staff/list.csv?show=all", "conversations.csv"), ("/staff/flows/hello/export.yaml", "hello.yaml")],
)
def test_what_is_taken_out_as_a_file(client: Client, world: World, path: str, name: str) -> None:
    began = signed_in(client, world.staff[EDITOR])
    assert client.get(path, REMOTE_ADDR="198.51.100.9").status_code == 200
    entry = only(began)
    assert (entry.action, entry.who, entry.after["file"]) == ("exported", world.staff[EDITOR], name)
    assert (entry.via, entry.address) == ("page", "198.51.100.0/24")


def test_a_gap_given_to_somebody_and_dismissed(client: Client, world: World) -> None:
    began = signed_in(client, world.staff[EDITOR])
    for action in ("take_chosen", "dismiss_chosen"):
        data = {"action": action, "_selected_action": [world.gap.pk]}
        client.post("/admin/evaluation/gap/", data)
    actions = {one.action for one in since(began)}
    assert "discarded" in actions
    assert "Lamps" not in "".join(one.label for one in since(began))  # it is a customer's question


def test_commands_have_nobody_behind_them(world: World, tmp_path: Path) -> None:
    began = newest()
    call_command("export_flows", "--folder", str(tmp_path), stdout=StringIO())
    call_command("import_flows", str(tmp_path), stdout=StringIO())
    exported, imported = since(began)
    assert (exported.action, exported.who, exported.via, exported.label) == (
        "exported",
        None,
        "command",
        "export_flows",
    )
    assert (imported.action, imported.via, imported.label) == ("command", "command", "import_flows")
    assert Flow.objects.filter(key="hello").exists()
