"""Flows that were saved as YAML come back as they were, from a file, a folder, a zip or a text."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from flows.graph import Graph
from flows.importers.causerie import CAUSERIE, documents
from flows.importing import offers, read_bots
from flows.models import Flow, FlowImport
from flows.publishing import create_flow
from flows.repairs import stock_repairs
from flows.samples import sample_flows
from flows.yaml_form import from_yaml, to_yaml
from tests.flows.importers.exports import RASA_CALM, Read

pytestmark = pytest.mark.django_db
FLOWS = [*sample_flows(), *(flow for _version, flow in stock_repairs().values())]
NEW = "/staff/flows/new-flow/from-yaml/"
WRONG = "key: lamps\nname: {en: Lamps}\nnodes:\n  - id: one\n    kind: sing\n"


def written(folder: Path) -> Path:
    for flow in FLOWS:
        (folder / f"{flow.key}.txt").write_text(to_yaml(flow), "utf-8")  # told by what it holds
    return folder


def zipped(folder: Path, to: Path) -> Path:
    with ZipFile(to, "w") as archive:
        for file in written(folder).iterdir():
            archive.write(file, f"flows/{file.name}")
    return to


def by_key(flows: list[Graph]) -> dict[str, Graph]:
    return {flow.key: flow for flow in flows}


def test_a_folder_a_zip_and_a_file_of_several_come_back_as_they_were(tmp_path: Path) -> None:
    folder = tmp_path / "flows"
    folder.mkdir()
    archive = zipped(folder, tmp_path / "flows.zip")
    together = tmp_path / "all.yaml"
    together.write_text("---\n".join(to_yaml(flow) for flow in FLOWS), "utf-8")
    for path in (folder, archive, together):
        reading = read_bots(path)
        assert reading.bots == ["Causerie"]
        assert by_key(reading.flows) == by_key(FLOWS)
        assert not reading.count("left_out")


def test_the_command_takes_what_the_command_wrote(tmp_path: Path) -> None:
    for flow in FLOWS:
        create_flow(flow, author=None)
    call_command("export_flows", "--draft", "--folder", str(tmp_path), stdout=StringIO())
    assert {one.stand for one in offers(read_bots(tmp_path).flows)} == {"same"}
    Flow.objects.all().delete()
    told = StringIO()
    call_command("import_flows", str(tmp_path), stdout=told)
    assert "Found: Causerie" in told.getvalue() and f"{len(FLOWS)} new drafts" in told.getvalue()
    assert {flow.key: flow for flow in FLOWS} == {
        flow.key: Graph.model_validate(flow.draft) for flow in Flow.objects.all()
    }


def test_what_is_wrong_is_told_by_its_file_and_line_and_the_rest_comes_in(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(to_yaml(FLOWS[0]), "utf-8")
    (tmp_path / "wrong.yaml").write_text("\n---\n" + WRONG, "utf-8")
    (tmp_path / "tab.yaml").write_text("key: x\nstart: a\nnodes:\n\t- id: a\n", "utf-8")
    reading = read_bots(tmp_path)
    assert [flow.key for flow in reading.flows] == [FLOWS[0].key]
    told = {line.where: str(line.params["reason"]) for line in reading.report if line.level == "left_out"}
    assert told["wrong.yaml"].startswith("Line 6")
    assert told["tab.yaml"].startswith("Line 4")


def test_rasas_files_stay_rasas() -> None:
    assert Read(CAUSERIE, RASA_CALM).claimed == set()


@pytest.mark.parametrize("text", ["", "---\n---\n", "\ufeff---\nkey: x\n", "# Ours\n---\nkey: x\n"])
def test_documents_are_told_apart(text: str) -> None:
    assert [from_yaml(one).key for one in documents(text)] == ["x"] * text.count("key")


def test_files_given_in_the_browser_are_looked_through_and_taken(browser: Client) -> None:
    files = [
        SimpleUploadedFile("flow", to_yaml(FLOWS[0]).encode()),
        SimpleUploadedFile("bad", WRONG.encode()),
    ]
    page = browser.post("/staff/flows/import-flows/", {"files": files, "language": "en"}, follow=True)
    assert "Found: Causerie" in page.text and "Line 4 (nodes → 1" in page.text
    browser.post(f"/staff/flows/import-flows/{FlowImport.objects.get().pk}/", {"flow": FLOWS[0].key})
    assert Flow.objects.get().key == FLOWS[0].key


def make(browser: Client, **given: Any) -> Any:
    return browser.post(NEW, given)


def test_a_new_flow_begins_from_pasted_yaml_or_a_file(browser: Client) -> None:
    assert NEW in browser.get("/staff/flows/new-flow/").text
    first, second = FLOWS[:2]
    made = make(browser, text=to_yaml(first).replace("\n", "\r\n"))
    assert made.headers["Location"] == f"/staff/flows/{first.key}/"
    made = make(browser, file=SimpleUploadedFile("x.yaml", b"\xef\xbb\xbf" + to_yaml(second).encode()))
    assert made.headers["Location"] == f"/staff/flows/{second.key}/"
    assert Graph.model_validate(Flow.objects.get(key=first.key).draft) == first


def test_what_is_wrong_with_it_is_told_by_line_and_can_be_mended_there(browser: Client) -> None:
    page = make(browser, file=SimpleUploadedFile("x.yaml", WRONG.encode())).text
    assert "Line 4 (nodes → 1" in page and "kind: sing" in page.split("<textarea")[0]
    assert "kind: sing" in page.split("<textarea")[1]
    assert "paste the YAML" in make(browser, text=" ").text
    assert "no text in UTF-8" in make(browser, file=SimpleUploadedFile("x.yaml", b"\xff\xfe\xfa")).text
    create_flow(FLOWS[0], author=None)
    assert "Line 1: there is a flow with the key" in make(browser, text=to_yaml(FLOWS[0])).text
    assert Flow.objects.count() == 1
