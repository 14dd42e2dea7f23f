"""`export_flows` and `check_flows`: flows go out as files, and files are checked before they come in."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from actions.models import Parameter, Tool
from flows.models import Flow
from flows.publishing import create_flow, publish, save_draft
from flows.yaml_form import from_yaml
from tests.flows.shop import OPENING, ORDER, RETURN, flow

pytestmark = pytest.mark.django_db
NEWER = flow(OPENING, ("from 9", "from 8"))


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def failing(command: str, *arguments: str) -> str:
    """What is written by a command that ends with exit code 1."""
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(command, *arguments, stdout=out)
    assert ended.value.code == 1
    return out.getvalue()


def tool(key: str, asks: list[str]) -> None:
    made = Tool.objects.create(key=key, name=key, enabled=True, url="https://shop.example/")
    Parameter.objects.bulk_create(Parameter(tool=made, name=name) for name in asks)


@pytest.fixture
def shop() -> None:
    """Opening times are published and being changed; returns are being drawn."""
    tool("make_label", ["order", "reason"])
    opening = create_flow(flow(OPENING), author=None)
    publish(opening.pk, author=None)
    save_draft(opening.pk, NEWER, author=None)
    create_flow(flow(RETURN), author=None)


# --- export_flows


def test_what_is_published_is_written_as_yaml_that_reads_again(shop: None) -> None:
    assert from_yaml(run("export_flows")) == flow(OPENING)
    assert from_yaml(run("export_flows", "opening", "--draft")) == NEWER


def test_a_folder_gets_a_file_for_each(shop: None, tmp_path: Path) -> None:
    told = run("export_flows", "--draft", "--folder", str(tmp_path / "new" / "flows"))
    assert told == "Flows written: 2 (opening, return)\n"
    files = {path.name: from_yaml(path.read_text("utf-8")) for path in (tmp_path / "new" / "flows").iterdir()}
    assert files == {"opening.yaml": NEWER, "return.yaml": flow(RETURN)}


def test_pictures_and_rasa_are_written_too(shop: None, tmp_path: Path) -> None:
    assert run("export_flows", "--format", "mermaid", "--lang", "fr").startswith(
        'flowchart TD\n  begin(("Horaires'
    )
    assert "utter_opening_told" in run("export_flows", "--format", "rasa")
    run("export_flows", "--format", "mermaid", "--folder", str(tmp_path))
    run("export_flows", "--format", "rasa", "--folder", str(tmp_path))
    assert {path.name for path in tmp_path.iterdir()} == {"opening.mmd", "opening.rasa.yaml"}


def test_what_cannot_be_exported_says_why(shop: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no flow called booking. There are: opening, return."):
        run("export_flows", "booking")
    with pytest.raises(CommandError, match="return is not published. --draft"):
        run("export_flows", "return")
    with pytest.raises(CommandError, match="--format"):
        run("export_flows", "--format", "png")
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="Cannot write there"):
        run("export_flows", "--folder", str(tmp_path / "file"))
    Flow.objects.filter(key="return").update(draft={"key": "return", "start": 5})
    with pytest.raises(CommandError, match="return: start: A text is expected"):
        run("export_flows", "--draft")


def test_where_there_are_none_it_says_so() -> None:
    with pytest.raises(CommandError, match="no flows to export"):
        run("export_flows")


# --- check_flows


def test_good_drafts_pass(shop: None) -> None:
    assert run("check_flows") == "Flows checked: 2\n"
    assert run("check_flows", "return") == "Flows checked: 1\n"


def test_a_draft_that_stops_customers_fails(shop: None) -> None:
    returns = Flow.objects.get(key="return")
    save_draft(returns.pk, flow(RETURN, ("next: reason", "next: gone")), author=None)
    told = failing("check_flows")
    assert "return: stops: order → next: This leads to “gone”" in told
    assert "return: warns: reason: No way leads to this step." in told


def test_files_are_checked_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "return.yaml"
    text = RETURN.replace("declined: kept", "declined: gone")
    path.write_text(text, "utf-8")
    line = text.splitlines().index("    declined: gone") + 1
    assert f"{path}:{line}: stops: label → declined: " in failing("check_flows", str(path))


def test_a_file_that_is_no_flow_is_named_with_the_line_and_the_others_are_checked(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("key: a\nkey: b\n")
    (tmp_path / "b.yml").write_bytes(b"\xff\xfe")
    (tmp_path / "opening.yaml").write_text(OPENING.replace("next: told", "next: gone"), "utf-8")
    (tmp_path / "notes.txt").write_text("no flow")
    told = failing("check_flows", str(tmp_path))
    assert f"{tmp_path / 'a.yaml'}:2: stops: Line 2 (key): “key” stands here twice" in told
    assert f"{tmp_path / 'b.yml'}: stops:" in told
    assert "opening.yaml:13: stops: town → next" in told


def test_files_of_one_folder_may_call_each_other(tmp_path: Path) -> None:
    call = "nodes:\n  - {id: call, kind: call, flow: order, next: town}\n"
    opening = OPENING.replace("nodes:\n", call).replace("start: town", "start: call")
    (tmp_path / "opening.yaml").write_text(opening, "utf-8")
    assert "“order” is not published" in failing("check_flows", str(tmp_path))
    (tmp_path / "order.yaml").write_text(ORDER, "utf-8")
    tool("find_order", ["order"])
    assert run("check_flows", str(tmp_path)) == "Flows checked: 2\n"


def test_warnings_fail_only_where_that_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "opening.yaml"
    path.write_text(OPENING.replace("  fr: [quels sont vos horaires]\n", ""), "utf-8")
    assert f"{path}:4: warns: examples: " in run("check_flows", str(path))
    failing("check_flows", "--strict", str(path))


def test_what_is_neither_file_nor_flow_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere.yaml is no file, no folder and no flow."):
        run("check_flows", "nowhere.yaml")
    with pytest.raises(CommandError, match="no YAML files"):
        run("check_flows", str(tmp_path))
