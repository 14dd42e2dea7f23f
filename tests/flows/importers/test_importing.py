"""A bot's flows come in as drafts, as often as one likes, and nothing that customers get changes."""

from __future__ import annotations

import json
import tarfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from actions.models import Tool
from flows.importing import offers, read_bots, take
from flows.models import Flow
from flows.publishing import publish
from tests.flows.importers.exports import BOTPRESS, RASA_CALM, TYPEBOT, as_text

pytestmark = pytest.mark.django_db


def folder(path: Path, files: dict[str, object]) -> Path:
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(as_text(content))
    return path


def imported(path: Path, *options: str) -> str:
    told = StringIO()
    call_command("import_flows", str(path), *options, stdout=told)
    return told.getvalue()


def test_a_folder_becomes_drafts(tmp_path):
    told = imported(folder(tmp_path, RASA_CALM))
    assert "Found: Rasa" in told and "4 new drafts" in told
    assert set(Flow.objects.values_list("key", flat=True)) == {
        "transfer_money", "rate_us", "ask_person", "pattern_cancel_flow",
    }  # fmt: skip
    assert not Flow.objects.published().exists()


def test_a_dry_run_changes_nothing(tmp_path):
    told = imported(folder(tmp_path, RASA_CALM), "--dry-run")
    assert "new: transfer_money" in told and not Flow.objects.exists()


def test_importing_again_changes_the_drafts_and_never_what_is_published(tmp_path):
    imported(folder(tmp_path, RASA_CALM))
    flow = Flow.objects.get(key="transfer_money")
    Tool.objects.update(enabled=True, url="https://bank.example/do")
    for called in Flow.objects.exclude(pk=flow.pk):
        publish(called.pk, author=None)
    version = publish(flow.pk, author=None)
    assert "0 new drafts, 0 left alone, 4 as they were" in imported(tmp_path)
    changed = RASA_CALM["domain.yml"].replace("To whom?", "Who gets it?")
    told = imported(folder(tmp_path, {"domain.yml": changed}))
    assert "1 left alone" in told and "--replace" in told
    flow.refresh_from_db()
    assert flow.draft["slots"]["recipient"]["ask"]["en"] == "To whom?"
    told = imported(tmp_path, "--replace")
    assert "1 replaced" in told and "“To whom?” → “Who gets it?”" in told
    assert flow.kept_drafts.get().draft["slots"]["recipient"]["ask"]["en"] == "To whom?"
    assert "its published version stays" in told
    flow.refresh_from_db()
    assert flow.draft["slots"]["recipient"]["ask"]["en"] == "Who gets it?"
    assert flow.published_id == version.pk
    assert version.graph["slots"]["recipient"]["ask"]["en"] == "To whom?"


def test_what_keeps_a_flow_from_customers_is_told(tmp_path):
    told = imported(folder(tmp_path, RASA_CALM), "--dry-run")
    assert "transfer_money cannot be published yet: " in told
    assert "The action “Transfer” has no address" in told and "rate_us cannot" not in told


def test_a_packed_tar_is_a_folder(tmp_path):
    bot = folder(tmp_path / "bot", BOTPRESS)
    with tarfile.open(tmp_path / "export.tgz", "w:gz") as archive:
        archive.add(bot, arcname="shop")
    reading = read_bots(tmp_path / "export.tgz")
    assert reading.bots == ["Botpress 12"]
    assert {graph.key for graph in reading.flows} == {"main", "return"}


def test_a_bot_is_known_by_its_content_and_not_by_its_name(tmp_path):
    (tmp_path / "notes.txt").write_text(json.dumps(TYPEBOT))
    assert read_bots(tmp_path).bots == ["Typebot"]


def test_texts_without_a_language_are_in_the_one_that_was_said(tmp_path):
    (tmp_path / "bot.json").write_text(json.dumps(TYPEBOT))
    graph = read_bots(tmp_path, language="fr").flows[0]
    assert set(graph.slots["name"].ask) == {"fr"}


def test_what_is_no_bot_is_said_so(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(CommandError, match="no bot"):
        imported(tmp_path)
    with pytest.raises(CommandError, match="does not exist"):
        imported(tmp_path / "nothing")


def test_its_tests_and_webhooks_can_be_kept(tmp_path):
    imported(
        folder(tmp_path / "bot", {**RASA_CALM, "t.json": TYPEBOT}), "--write", str(tmp_path / "rest.json")
    )
    rest = json.loads((tmp_path / "rest.json").read_text())
    assert rest["scenarios"][0]["name"] == "a transfer"
    webhooks = {one["name"]: one for one in rest["webhooks"]}
    assert webhooks["webhook_b9"]["url"] == "https://api.example.com/orders"
    assert [one["name"] for one in webhooks["webhook_b9"]["parameters"]] == ["id"]
    assert "secret" not in json.dumps(rest) and "abc" not in json.dumps(rest)


def test_offers_tell_what_is_new_and_what_would_change(tmp_path):
    flows = read_bots(folder(tmp_path, RASA_CALM)).flows
    take(flows[:1], replace=False, author=None)
    stands = {offer.graph.key: offer.stand for offer in offers(flows)}
    assert stands.pop(flows[0].key) == "same" and set(stands.values()) == {"new"}
