"""A bot is given in the browser, looked through, and taken flow by flow."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Role, User
from actions.models import Tool
from flows import import_files
from flows.graph import Graph
from flows.models import Flow, FlowImport
from flows.publishing import create_flow
from tests.flows.importers.exports import RASA_CALM, TYPEBOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_user("edith", role=Role.EDITOR))
    return client


def files(contents: dict[str, str]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name.rsplit("/", 1)[-1], text.encode()) for name, text in contents.items()]


def given(browser: Client, contents: dict[str, str], language: str = "en"):
    return browser.post(
        "/staff/flows/import-flows/", {"files": files(contents), "language": language}, follow=True
    )


def test_what_was_given_is_shown_before_anything_is_kept(editor):
    page = given(editor, RASA_CALM)
    assert page.status_code == 200 and "transfer_money" in page.text
    assert "it becomes the tool" in page.text and not Flow.objects.exists()


def test_only_the_flows_that_are_ticked_become_drafts(editor):
    given(editor, RASA_CALM)
    address = f"/staff/flows/import-flows/{FlowImport.objects.get().pk}/"
    page = editor.post(address, {"flow": ["transfer_money", "no_such_flow"]}, follow=True)
    assert "1 draft was saved." in page.text
    flow = Flow.objects.get()
    assert (flow.key, flow.published, flow.edited_by.username) == ("transfer_money", None, "edith")
    assert "Draft" in page.text and "/staff/flows/transfer_money/" in page.text


def test_what_was_taken_is_published_together(editor):
    """It calls another flow, which is published with it."""
    given(editor, RASA_CALM)
    address = f"/staff/flows/import-flows/{FlowImport.objects.get().pk}/"
    keys = ["transfer_money", "rate_us", "ask_person"]
    page = editor.post(address, {"flow": keys}, follow=True)
    assert "1 program became a tool" in page.text and "/admin/actions/tool/" in page.text
    assert "1 test conversation is among the scenarios" in page.text
    assert not Flow.objects.published().exists()
    Tool.objects.update(enabled=True, url="https://bank.example/do")
    page = editor.post(address, {"wish": "publish", "publish": keys}, follow=True)
    published = set(Flow.objects.published().values_list("key", flat=True))
    assert "3 flows are published" in page.text and published == {*keys}


def test_what_calls_a_program_that_is_switched_off_is_not_published(editor):
    """Customers would be told that something is done, and it is not."""
    page = given(editor, RASA_CALM)
    assert "The action “Transfer” has no address: nothing would be done." in page.text
    address = f"/staff/flows/import-flows/{FlowImport.objects.get().pk}/"
    keys = ["transfer_money", "rate_us", "ask_person"]
    editor.post(address, {"flow": keys})
    tool = Tool.objects.get()
    page = editor.post(address, {"wish": "publish", "publish": keys}, follow=True)
    assert "transfer_money" not in Flow.objects.published().values_list("key", flat=True)
    assert "2 flows are published" in page.text and "1 flow stays a draft." in page.text
    assert "Transfer money: The action “Transfer” has no address" in page.text
    assert f'<a href="/admin/actions/tool/{tool.pk}/change/">Open the action</a>' in page.text
    Tool.objects.update(url="https://bank.example/do")
    assert "The action “Transfer” is switched off" in editor.get(address).text
    Tool.objects.update(enabled=True)
    page = editor.post(address, {"only": "transfer_money"}, follow=True)
    assert "1 flow is published." in page.text


def test_what_keeps_a_flow_from_customers_stands_beside_it(editor):
    given(editor, RASA_CALM)
    address = f"/staff/flows/import-flows/{FlowImport.objects.get().pk}/"
    editor.post(address, {"flow": ["transfer_money"]})
    page = editor.post(address, {"only": "transfer_money"}, follow=True)
    assert (
        "1 flow stays a draft. Transfer money: " in page.text and "is not published. Publish it" in page.text
    )
    assert '<a href="#flow-rate_us">See it on this page</a>' in page.text and 'id="flow-rate_us"' in page.text
    assert 'name="publish"' not in page.text and not Flow.objects.published().exists()
    editor.post(address, {"flow": ["rate_us", "ask_person"]})
    assert "is not published. Publish it" not in editor.get(address).text


def test_one_flow_is_published_by_itself(editor):
    """What it calls is published first, or with it; the others stay drafts."""
    given(editor, RASA_CALM)
    address = f"/staff/flows/import-flows/{FlowImport.objects.get().pk}/"
    editor.post(address, {"flow": ["transfer_money", "rate_us", "ask_person"]})
    Tool.objects.update(enabled=True, url="https://bank.example/do")
    page = editor.get(address).text
    assert "It calls flows that are not published: Rate us, Ask person." in page
    assert 'name="only" value="rate_us"' in page and 'name="only" value="transfer_money"' not in page
    page = editor.post(address, {"only": "rate_us"}, follow=True).text
    assert "1 flow is published." in page and "not published: Ask person." in page
    assert [flow.key for flow in Flow.objects.published()] == ["rate_us"]
    page = editor.post(address, {"only": "transfer_money"}, follow=True).text
    assert "1 flow stays a draft. Transfer money: The flow “ask_person” is not published." in page
    page = editor.post(address, {"wish": "publish", "publish": ["transfer_money", "ask_person"]}, follow=True)
    assert "2 flows are published." in page.text and Flow.objects.published().count() == 3
    page = editor.post(address, {"only": "rate_us"}, follow=True).text
    assert "It is published already" in page
    assert "Tick at least one flow." in editor.post(address, {"wish": "publish"}, follow=True).text
    assert "It is published already" in editor.post(address, {"only": "no_such_flow"}, follow=True).text


def test_what_a_flow_calls_can_be_published_elsewhere(editor):
    """One that is no part of the files is opened where it is drawn; one that is nowhere is told as such."""
    given(editor, RASA_CALM)
    kept = FlowImport.objects.get()
    kept.found["flows"] = [one for one in kept.found["flows"] if one["key"] == "transfer_money"]
    kept.save()
    address = f"/staff/flows/import-flows/{kept.pk}/"
    assert "There is no flow called “rate_us” here." in editor.get(address).text
    create_flow(Graph(key="rate_us"), author=None)
    assert '<a href="/staff/flows/rate_us/">Open the flow</a>' in editor.get(address).text


def test_a_tool_is_told_as_it_is_now(editor):
    given(editor, RASA_CALM)
    address = f"/staff/flows/import-flows/{FlowImport.objects.get().pk}/"
    assert "becomes the tool" in (before := editor.get(address).text) and "Programs that it called" in before
    editor.post(address, {"flow": ["transfer_money", "rate_us", "ask_person"]})
    tool = Tool.objects.get()
    link = f'<a href="/admin/actions/tool/{tool.pk}/change/">'
    page = editor.get(address).text
    assert "has no address yet" in page and f"{link}Transfer</a>" in page
    assert "becomes the tool" not in page and "write its address, and switch it on" in page
    tool.url = "https://bank.example/do"
    tool.save()
    assert "switched off: look at it" in editor.get(address).text
    tool.name, tool.enabled = "Send money", True
    tool.save()
    page = editor.get(address).text
    assert "is the tool “Send money” of the flow “transfer_money”, and it is switched on" in page
    assert f"{link}Send money</a>" in page and "switched off" not in page
    tool.delete()
    assert "becomes the tool" in editor.get(address).text


def test_a_draft_that_is_here_is_only_replaced_when_somebody_ticks_it(editor):
    given(editor, {"bot.json": json.dumps(TYPEBOT)})
    editor.post(f"/staff/flows/import-flows/{FlowImport.objects.get().pk}/", {"flow": "order_help"})
    changed = {**TYPEBOT, "variables": [{"id": "v1", "name": "Full name"}, *TYPEBOT["variables"][1:]]}
    page = given(editor, {"bot.json": json.dumps(changed)})
    assert "It is here already" in page.text and "checked" not in page.text


def test_what_differs_is_shown_before_it_is_taken_and_what_was_there_comes_back(editor):
    given(editor, RASA_CALM)
    editor.post(f"/staff/flows/import-flows/{FlowImport.objects.get().pk}/", {"flow": "transfer_money"})
    changed = RASA_CALM["domain.yml"].replace("To whom?", "Who gets it?")
    page = given(editor, {**RASA_CALM, "domain.yml": changed})
    kept = FlowImport.objects.first()
    assert "1 difference from the draft that is here" in page.text
    assert "“To whom?” → “Who gets it?”" in page.text
    assert f"?from=draft&amp;to=import-{kept.pk}" in page.text
    flow = Flow.objects.get()
    assert flow.draft["slots"]["recipient"]["ask"]["en"] == "To whom?"

    page = editor.post(f"/staff/flows/import-flows/{kept.pk}/", {"flow": "transfer_money"}, follow=True)
    assert "What was replaced is kept" in page.text
    earlier = flow.kept_drafts.get()
    assert editor.post(f"/staff/flows/transfer_money/kept/{earlier.pk}/bring-back/").status_code == 200
    flow.refresh_from_db()
    assert flow.draft["slots"]["recipient"]["ask"]["en"] == "To whom?"


def test_its_steps_can_be_read_before_it_is_taken(editor):
    page = given(editor, RASA_CALM)
    assert "Its steps" in page.text and "<strong>Ask</strong> To whom?" in page.text


def test_it_is_told_what_is_missing(editor):
    assert "Choose at least one file." in given(editor, {}).text
    assert "No flow and no bot was recognised" in given(editor, {"letter.txt": "Dear all"}).text
    address = f"/staff/flows/import-flows/{FlowImport.objects.get().pk}/"
    assert "Tick at least one flow." in editor.post(address, follow=True).text


def test_too_much_is_refused_with_another_way(editor, monkeypatch):
    monkeypatch.setattr(import_files, "MOST_BYTES", 1_000)
    assert "import_flows" in given(editor, RASA_CALM).text and not FlowImport.objects.exists()


def test_names_that_lead_out_stay_inside(editor):
    page = given(editor, {"..\\..\\evil.yml": RASA_CALM["flows.yml"], "evil.yml": RASA_CALM["domain.yml"]})
    assert "transfer_money" in page.text


def test_it_speaks_french(editor):
    editor.cookies["django_language"] = "fr"
    assert "Importer des parcours" in given(editor, RASA_CALM).text
