"""The pages of flows: who may use them, what is saved, what is refused and how."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from flows.importers.rasa import RASA
from flows.models import Flow
from flows.publishing import create_flow, publish, read
from flows.receiving import MOST_BYTES
from tests.flows.editing import RETURNS, drawn, send
from tests.flows.importers.exports import Read

pytestmark = pytest.mark.django_db

# --- the list and a new flow


def test_the_list_says_how_a_flow_stands(browser: Client, returns: Flow, ada: User) -> None:
    page = browser.get("/staff/flows/").content.decode()
    assert "Return an item" in page
    assert 'data-state="draft"' in page
    publish(returns.pk, author=ada)
    assert "Published, version 1" in browser.get("/staff/flows/").content.decode()
    send(browser, "PUT", "returns/draft/", {"graph": drawn(begins=False), "seen": 0})
    assert "Version 1 is out, changes are not" in browser.get("/staff/flows/").content.decode()


def test_the_list_is_searched_by_what_customers_say(browser: Client, returns: Flow) -> None:
    assert "Return an item" in browser.get("/staff/flows/", {"q": "veux RENDRE"}).content.decode()
    nothing = browser.get("/staff/flows/", {"q": "lamps"}).content.decode()
    assert "No flow has “lamps”" in nothing


def test_nothing_yet_offers_to_begin(browser: Client) -> None:
    page = browser.get("/staff/flows/").content.decode()
    assert "From a template" in page
    assert "<table" not in page


def test_a_draft_that_does_not_read_any_more_is_listed_and_opens(browser: Client, returns: Flow) -> None:
    Flow.objects.filter(pk=returns.pk).update(
        draft={"key": "returns", "nodes": [{"kind": "dance", "id": "x"}]}
    )
    assert "1 error" in browser.get("/staff/flows/").content.decode()
    assert "dance" in browser.get("/staff/flows/returns/").content.decode()


@pytest.mark.parametrize("starter", ["empty", "collect", "branch", "booking"])
def test_a_new_flow_begins_with_what_was_chosen(browser: Client, starter: str) -> None:
    form = {"name": "Réserver un essayage", "starter": starter, "languages": ["en", "fr"]}
    assert browser.post("/staff/flows/new-flow/", form)["Location"] == "/staff/flows/reserver_un_essayage/"
    flow = Flow.objects.get(key="reserver_un_essayage")
    assert flow.draft["name"] == {"en": "Réserver un essayage", "fr": ""}
    assert bool(flow.draft["nodes"]) is (starter != "empty")
    problems = browser.get("/staff/flows/reserver_un_essayage/draft/").json()["problems"]
    assert [one for one in problems if one["level"] == "error" and starter != "empty"] == []


def test_two_flows_of_one_name_have_two_keys(browser: Client) -> None:
    for _time in range(2):
        browser.post("/staff/flows/new-flow/", {"name": "42!", "starter": "empty", "languages": ["fr"]})
    assert set(Flow.objects.values_list("key", flat=True)) == {"flow_42", "flow_42_2"}


def test_a_starter_keeps_the_chosen_languages_only(browser: Client) -> None:
    browser.post("/staff/flows/new-flow/", {"name": "Rendez-vous", "starter": "booking", "languages": ["fr"]})
    draft = Flow.objects.get().draft
    assert draft["slots"]["service"]["ask"].keys() == {"fr"}
    assert draft["name"] == {"fr": "Rendez-vous"}


# --- drafts


def test_a_draft_is_saved_with_its_number_and_its_problems(browser: Client, returns: Flow) -> None:
    graph = drawn(nodes=[*RETURNS["nodes"], {"id": "lost", "kind": "say", "text": {"en": "Hello"}}])
    said = send(browser, "PUT", "returns/draft/", {"graph": graph, "seen": 0}).json()
    assert said["number"] == 1
    assert {(one["node"], one["code"]) for one in said["problems"]} >= {
        ("lost", "unreached"),
        ("lost", "no_translation"),
    }
    assert browser.get("/staff/flows/returns/draft/").json()["graph"] == graph


def test_what_somebody_else_has_saved_is_overwritten_knowingly_only(browser: Client, returns: Flow) -> None:
    send(browser, "PUT", "returns/draft/", {"graph": drawn(), "seen": 0})
    second = {"graph": drawn(begins=False), "seen": 0}
    refused = send(browser, "PUT", "returns/draft/", second)
    assert refused.status_code == 409
    assert "Ada" in refused.json()["error"]
    assert Flow.objects.get().draft["begins"] is True
    knowingly = second | {"seen": refused.json()["number"]}
    assert send(browser, "PUT", "returns/draft/", knowingly).status_code == 200
    assert Flow.objects.get().draft["begins"] is False


def test_what_does_not_read_is_told_at_its_step_and_field(browser: Client, returns: Flow) -> None:
    graph = drawn()
    graph["nodes"][1]["cases"][0]["when"]["fact"] = "the moon"
    graph["nodes"][2]["txt"] = {}
    refused = send(browser, "PUT", "returns/draft/", {"graph": graph, "seen": 0})
    assert refused.status_code == 422
    assert [(one["node"], one["field"]) for one in refused.json()["problems"]] == [
        ("which", "cases.0.when.fact"),
        ("sorry", "txt"),
    ]
    assert refused.json()["errors"][0]["path"] == ["nodes", 1, "cases", 0, "when", "fact"]
    assert Flow.objects.get().draft_number == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"graph": {}}', b'{"graph": {}, "seen": "0"}', b"\xff"])
def test_what_is_no_request_is_refused(browser: Client, returns: Flow, body: bytes) -> None:
    answer = browser.generic("PUT", "/staff/flows/returns/draft/", body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]


def test_more_than_a_megabyte_is_refused(browser: Client, returns: Flow) -> None:
    answer = send(browser, "PUT", "returns/draft/", {"graph": {"key": "x" * MOST_BYTES}, "seen": 0})
    assert answer.status_code == 413


def test_nothing_is_saved_without_a_token(ada: User, returns: Flow) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)
    assert send(strict, "PUT", "returns/draft/", {"graph": drawn(begins=False), "seen": 0}).status_code == 403


# --- versions


def test_a_draft_is_published_with_a_note_and_its_history_told(browser: Client, returns: Flow) -> None:
    said = send(browser, "POST", "returns/publish/", {"note": " First ", "seen": 0})
    assert said.json()["state"] == {"name": "published", "text": "Published, version 1", "published": True}
    (version,) = browser.get("/staff/flows/returns/versions/").json()["versions"]
    assert (version["number"], version["note"], version["author"], version["current"]) == (
        1,
        "First",
        "Ada",
        True,
    )
    assert browser.get("/staff/flows/returns/versions/1/").json()["graph"] == drawn()
    browser.post("/staff/flows/returns/remove/", {"do": "withdraw"})
    assert Flow.objects.get().published is None


def test_what_stops_customers_is_not_published(browser: Client, returns: Flow) -> None:
    nodes = [{"id": "why", "kind": "say", "text": {"en": "Hello", "fr": "Bonjour"}, "next": "nowhere"}]
    send(browser, "PUT", "returns/draft/", {"graph": drawn(start="why", nodes=nodes, slots={}), "seen": 0})
    refused = send(browser, "POST", "returns/publish/", {"note": "", "seen": 1})
    assert refused.status_code == 422
    assert ("why", "next") in {(one["node"], one["field"]) for one in refused.json()["problems"]}
    assert not Flow.objects.published().exists()


def test_what_nobody_has_seen_is_not_published(browser: Client, returns: Flow) -> None:
    send(browser, "PUT", "returns/draft/", {"graph": drawn(begins=False), "seen": 0})
    assert send(browser, "POST", "returns/publish/", {"note": "", "seen": 0}).status_code == 409


def test_what_differs_since_a_version_is_told_step_by_step(browser: Client, returns: Flow, ada: User) -> None:
    publish(returns.pk, author=ada)
    nodes = [
        *RETURNS["nodes"][:2],
        {"id": "fresh", "kind": "end"},
        RETURNS["nodes"][3] | {"outcome": "given_up"},
    ]
    send(browser, "PUT", "returns/draft/", {"graph": drawn(nodes=nodes), "seen": 0})
    said = browser.get("/staff/flows/returns/compare/?from=1&to=draft").json()
    assert said["nodes"] == {"added": ["fresh"], "removed": ["sorry"], "changed": ["done"]}
    assert [node["id"] for node in said["gone"]["nodes"]] == ["sorry"]
    assert said["lines"]


@pytest.mark.parametrize("number", [0, 7, 2**40])
def test_a_version_that_never_was_is_not_found(browser: Client, returns: Flow, number: int) -> None:
    assert browser.get(f"/staff/flows/returns/versions/{number}/").status_code == 404


# --- as text


def test_a_flow_comes_back_from_its_yaml_as_it_was(browser: Client, returns: Flow) -> None:
    text = send(browser, "POST", "returns/yaml/", {"graph": drawn()}).json()["yaml"]
    assert send(browser, "POST", "returns/yaml/read/", {"yaml": text}).json()["graph"] == drawn()
    assert browser.get("/staff/flows/returns/export.yaml").content.decode() == text


def test_yaml_that_does_not_read_is_told_by_its_line(browser: Client, returns: Flow) -> None:
    wrong = "key: returns\nnodes:\n  - id: a\n    kind: say\n    txt: {}\n"
    refused = send(browser, "POST", "returns/yaml/read/", {"yaml": wrong})
    assert refused.status_code == 422
    assert [one["line"] for one in refused.json()["errors"]] == [5]


def test_yaml_of_another_flow_is_refused(browser: Client, returns: Flow) -> None:
    refused = send(browser, "POST", "returns/yaml/read/", {"yaml": "key: other\n"})
    assert "“returns”" in refused.json()["error"]


def test_a_picture_of_it_is_downloaded(browser: Client, returns: Flow) -> None:
    answer = browser.get("/staff/flows/returns/export.mmd")
    assert answer.content.decode().startswith(("flowchart", "---"))
    assert 'filename="returns.mmd"' in answer["Content-Disposition"]


def test_it_is_downloaded_for_rasa_and_comes_back_from_it(browser: Client, returns: Flow) -> None:
    answer = browser.get("/staff/flows/returns/export.rasa.yaml")
    assert 'filename="returns.rasa.yaml"' in answer["Content-Disposition"]
    back = Read(RASA, {"returns.rasa.yaml": answer.content.decode()}).flows["returns"]
    assert (back.name, back.examples) == (read(RETURNS).name, read(RETURNS).examples)
    assert "Download for Rasa" in browser.get("/staff/flows/returns/").content.decode()


def test_a_flow_without_steps_is_downloaded_in_each_form(browser: Client, ada: User) -> None:
    create_flow(read({"key": "empty"}), author=ada)
    for name in ("export.yaml", "export.mmd", "export.rasa.yaml"):
        assert browser.get(f"/staff/flows/empty/{name}").status_code == 200


def test_everything_is_said_in_french_too(browser: Client, returns: Flow) -> None:
    with translation.override("fr"):
        page = browser.get("/staff/flows/returns/", headers={"accept-language": "fr"}).content.decode()
    assert "Retourner un article" in page
    assert "Publier" in page
