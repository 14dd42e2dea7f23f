"""An import adds what is new, changes what changed and says what it did."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from knowledge import publishing
from knowledge.intake.importing import import_items, source_named
from knowledge.models import Chunk, Document, Job, SearchRow, Source
from tests.knowledge.articles import ada, run_waiting_jobs
from tests.knowledge.lines import LAMP, line, read, why

pytestmark = pytest.mark.django_db


def imported(*lines: str, **options):
    return import_items(source_named("Shop"), read("\n".join(lines)), **options)


def test_an_import_can_be_repeated_and_only_changes_are_taken():
    first = imported(line(id="a"), line(id="b"), line(id="a"))
    assert (len(first.new), len(first.refused)) == (2, 1)
    assert "stands already at kb.jsonl, line 1" in why(first.refused[0])
    again = imported(line(id="a", body="Other."), line(id="b"), line(id="c"))
    assert (len(again.new), len(again.changed), again.unchanged) == (1, 1, 1)
    assert Document.objects.get(external_id="a").revisions.count() == 2


def test_an_import_asks_for_one_indexing_of_the_source():
    imported(*[line(id=str(number), body=f"Text number {number}.") for number in range(5)])
    assert [job.kind for job in Job.objects.all()] == ["source"]
    run_waiting_jobs()
    assert SearchRow.objects.count() == 5
    assert set(Document.objects.values_list("index_state", flat=True)) == {"ready"}


def test_an_unchanged_import_leaves_an_edit_alone_and_a_changed_one_wins():
    imported(line(id="a"))
    document = Document.objects.get()
    document.body = "Better."
    publishing.save_document(document, author=ada())
    assert imported(line(id="a")).unchanged == 1
    assert Document.objects.get().body == "Better."
    assert imported(line(id="a", body="New."), keep_edits=True).kept == [document]
    report = imported(line(id="a", body="New."))
    assert report.overwritten == [document] and Document.objects.get().body == "New."


def test_what_is_gone_is_reported_and_deleted_only_when_asked():
    imported(line(id="a"), line(id="b"), line(id="b", lang="fr"))
    assert [document.external_id for document in imported(line(id="a")).missing] == ["b"]
    assert Document.objects.count() == 3
    imported(line(id="a"), prune=True)
    assert set(Document.objects.values_list("external_id", "language")) == {("a", "en"), ("b", "fr")}


def test_an_article_that_an_import_calls_a_draft_is_found_no_more():
    imported(line(id="a", body="The lamp is safe."), line(id="b", body="Something else."))
    run_waiting_jobs()
    imported(line(id="a", body="The lamp is safe.", status="draft"), line(id="b", body="Something else."))
    assert set(SearchRow.objects.values_list("document__external_id", flat=True)) == {"b"}
    recalled = Document.objects.get(external_id="a")
    assert (recalled.index_state, recalled.indexed_revision) == ("none", None)
    run_waiting_jobs()
    assert not Chunk.objects.filter(document=recalled).exists()


def test_the_command_reports_indexes_without_a_worker_and_says_when_nothing_came(tmp_path, capsys):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "lamp.md").write_text(LAMP)
    (tmp_path / "en" / "broken.md").write_text("no title")
    call_command("import_knowledge", str(tmp_path), "--name", "Shop", "--lang", "en", "--wait")
    out = capsys.readouterr().out
    assert "1 new, 0 changed, 0 unchanged, 1 refused" in out and "broken.md: it has no title" in out
    assert "1 of 1 found by their words, 1 by their meaning" in out
    assert Source.objects.get().documents.get().index_state == "ready"


def folder_of(path, **files: str) -> str:
    for name, text in files.items():
        (path / f"{name}.md").write_text(text)
    return str(path)


def test_nothing_is_pruned_while_something_is_refused(tmp_path, capsys):
    folder = folder_of(tmp_path, lamp=LAMP, plug=LAMP.replace("id: lamp", "id: plug"))
    command = ["import_knowledge", folder, "--name", "Shop", "--lang", "en"]
    call_command(*command)
    (tmp_path / "plug.md").write_text("---\ntitle: [\n---\n\nText.")
    with pytest.raises(CommandError, match="Nothing was deleted"):
        call_command(*command, "--prune")
    assert Document.objects.count() == 2
    assert "1 refused, 1 no longer there (kept" in capsys.readouterr().out
    (tmp_path / "plug.md").unlink()
    call_command(*command, "--prune")
    assert Document.objects.count() == 1


@pytest.mark.parametrize("files", [{}, {"broken": "no title"}])
def test_an_import_that_brings_nothing_leaves_no_source_behind(tmp_path, files):
    folder_of(tmp_path, **files)
    for path in (tmp_path, tmp_path / "typo"):
        with pytest.raises(CommandError):
            call_command("import_knowledge", str(path))
    assert not Source.objects.exists()
