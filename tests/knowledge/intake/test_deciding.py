"""What is imported waits until somebody has looked at it; then it is knowledge, at once and once."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from knowledge import publishing
from knowledge.models import Chunk, Document, ImportItem, Job, Source, Upload
from tests.knowledge.articles import ada, publish, run_waiting_jobs
from tests.knowledge.intake.importing import articles, ask, do_jobs, imported, jsonl, states
from tests.knowledge.lines import LAMP, line
from tests.knowledge.loaders.making import zipped

pytestmark = pytest.mark.django_db

BOUGHT = (
    "You can send back whatever you have bought from us within thirty days of its arrival, as long as nobody "
    "has used it and all of its parts are still in the box they came in."
)


def decide(editor, run, decision: str, *rows: ImportItem, query: str = "", **fields):
    address = reverse("admin:knowledge_importrun_decide", args=[run.pk])
    data = {"decision": decision, "row": [row.pk for row in rows], **fields}
    return editor.post(f"{address}?{query}", data, follow=True)


def test_nothing_is_published_before_somebody_decides(editor):
    run = imported(editor, articles("Lamps", "Plugs"))
    assert run.state == "review" and states(run) == {"Lamps": "new", "Plugs": "new"}
    assert not Document.objects.exists()
    decide(editor, run, "publish", run.items.get(title="Lamps"))
    assert list(Document.objects.values_list("title", "status")) == [("Lamps", "published")]
    run.refresh_from_db()
    assert run.state == "review"
    decide(editor, run, "discard", run.items.get(title="Plugs"))
    run.refresh_from_db()
    assert run.state == "done" and Document.objects.count() == 1


def test_what_is_published_is_found(editor):
    run = imported(editor, articles("Lamps"))
    decide(editor, run, "publish", *run.items.all())
    run_waiting_jobs()
    assert "This is what we say about Lamps" in Chunk.objects.get().text
    revision = Document.objects.get().revisions.get()
    assert revision.author == ada() and revision.imported


def test_a_second_import_shows_what_is_new_changed_gone_and_the_same(editor):
    run = imported(editor, articles("Lamps", "Plugs", "Wires"), name="Shop")
    decide(editor, run, "publish", *run.items.all())
    source = Source.objects.get()
    changed = line(id="Plugs", title="Plugs", body="Something else altogether is said about them now.")
    again = imported(
        editor, jsonl(line(id="Lamps", title="Lamps", body="This is what we say about Lamps."), changed,
                      line(id="Bulbs", title="Bulbs", body="Bulbs are new.")), source=str(source.pk)
    )  # fmt: skip
    assert states(again) == {"Lamps": "unchanged", "Plugs": "changed", "Bulbs": "new", "Wires": "gone"}
    page = editor.get(reverse("admin:knowledge_importrun_change", args=[again.pk])).content.decode()
    assert "Bulbs" in page and "No longer there" in page
    decide(editor, again, "publish", *again.items.filter(decision="waiting"))
    assert set(Document.objects.values_list("title", flat=True)) == {"Lamps", "Plugs", "Bulbs"}
    assert Document.objects.get(title="Plugs").revisions.count() == 2


def test_an_article_that_staff_have_edited_is_pointed_out(editor):
    run = imported(editor, articles("Lamps"), name="Shop")
    decide(editor, run, "publish", *run.items.all())
    document = Document.objects.get()
    document.body = "Better."
    publishing.save_document(document, author=ada())
    again = imported(
        editor, jsonl(line(id="Lamps", title="Lamps", body="Newer.")), source=str(document.source_id)
    )
    row = again.items.get()
    assert row.state == "changed" and row.edited_here
    page = editor.get(reverse("admin:knowledge_importrun_item", args=[again.pk, row.pk])).content.decode()
    assert "Better." in page and "Newer." in page


def test_the_same_text_twice_is_pointed_out_and_not_chosen(editor):
    publish("Returns", BOUGHT)
    lamps = {"title": "Lamps", "body": "Light."}
    twin = line(id="r", title="Returns", body=BOUGHT)
    run = imported(editor, jsonl(twin, line(id="l", **lamps), line(id="m", **lamps)))
    assert states(run) == {"Returns": "duplicate", "Lamps": "duplicate"}
    first, second, third = run.items.all()
    assert first.duplicate_of == Document.objects.get() and first.likeness == 1.0
    assert (second.state, third.duplicate_of_item) == ("new", second)
    address = reverse("admin:knowledge_importrun_change", args=[run.pk])
    page = editor.get(address).content.decode()
    assert f'value="{second.pk}" aria-label="Choose Lamps" checked' in page and "Choose Returns" not in page
    page = editor.get(f"{address}?show=duplicate").content.decode()
    assert f'value="{first.pk}" aria-label="Choose Returns">' in page
    decide(editor, run, "publish", all="1", query="show=waiting")
    assert Document.objects.filter(title="Returns").count() == 1


def test_what_is_refused_says_why_and_where(editor):
    run = imported(editor, jsonl(line(id="a"), "not json", line(id="")))
    assert dict(run.items.filter(state="refused").values_list("code", "place__number")) == {
        "not_json": 2,
        "no_id": 3,
    }
    page = editor.get(
        reverse("admin:knowledge_importrun_change", args=[run.pk]) + "?show=refused"
    ).content.decode()
    assert "kb.jsonl, line 3" in page and "It has no id" in page


def test_a_row_is_corrected_in_place_and_counts_as_edited(editor):
    run = imported(editor, articles("Lamps"), name="Shop")
    row = run.items.get()
    address = reverse("admin:knowledge_importrun_item", args=[run.pk, row.pk])
    fields = {"title": "Good lamps", "body": "They shine.", "questions": "Do they shine?\n\nAre they bright?",
              "language": "en", "category": "Light", "audience": "everyone"}  # fmt: skip
    data = {f"item{row.pk}-{name}": value for name, value in fields.items()}
    editor.post(address, data | {"decision": "publish"})
    document = Document.objects.get()
    assert (document.title, document.body, document.category.name) == ("Good lamps", "They shine.", "Light")
    assert document.questions == ["Do they shine?", "Are they bright?"]
    assert not document.revisions.get().imported
    # The original has not changed: importing it again leaves the correction alone.
    again = imported(editor, articles("Lamps"), source=str(document.source_id))
    assert states(again) == {"Lamps": "unchanged"} and again.state == "done"


def test_a_correction_without_a_title_is_refused_and_nothing_is_lost(editor):
    run = imported(editor, articles("Lamps"))
    row = run.items.get()
    address = reverse("admin:knowledge_importrun_item", args=[run.pk, row.pk])
    data = {f"item{row.pk}-title": " ", f"item{row.pk}-body": "My long work.", "decision": "publish"}
    page = editor.post(address, data).content.decode()
    assert "My long work." in page and "required" in page
    assert not Document.objects.exists()


def test_what_cleaning_did_is_counted_and_shown_before_and_after(editor):
    body = "DÃ©jÃ  vu.   Too   many spaces.\n\nWrite to jean.dupont@example.org"
    run = imported(editor, jsonl(line(id="a", title="Lamps", body=body, format="markdown")))
    row = run.items.get()
    assert row.body.startswith("Déjà vu. Too many spaces.") and row.before == body
    assert row.changes["encoding"] >= 1 and row.changes["spacing"] >= 1
    assert [finding["text"] for finding in row.findings] == ["jean.dupont@example.org"]
    page = editor.get(reverse("admin:knowledge_importrun_item", args=[run.pk, row.pk])).content.decode()
    assert "DÃ©jÃ" in page and "jean.dupont@example.org" in page and "e-mail address" in page
    listed = editor.get(reverse("admin:knowledge_importrun_change", args=[run.pk]) + "?step=encoding")
    assert "Lamps" in listed.content.decode()


def test_a_source_says_what_is_cleaned(editor):
    run = imported(editor, jsonl(line(id="a", body="DÃ©jÃ  vu, jean.dupont@example.org")), steps=["personal"],
                   personal="redact")  # fmt: skip
    row = run.items.get()
    assert "DÃ©jÃ" in row.body and "example.org" not in row.body and "[e-mail" in row.body.lower()
    assert Source.objects.get().cleaning["personal"] == "redact"


def test_many_rows_are_published_by_a_worker(editor, monkeypatch):
    monkeypatch.setattr("knowledge.intake.approving.AT_ONCE", 1)
    run = imported(editor, articles("Lamps", "Plugs", "Wires"))
    decide(editor, run, "publish", all="1", query="show=waiting")
    assert not Document.objects.exists() and run.items.filter(decision="approved").count() == 3
    state = editor.get(reverse("admin:knowledge_importrun_state", args=[run.pk]))
    assert "3 documents are being published" in state.content.decode() and "HX-Refresh" not in state
    do_jobs()
    run.refresh_from_db()
    assert Document.objects.count() == 3 and run.state == "done"
    assert editor.get(reverse("admin:knowledge_importrun_state", args=[run.pk]))["HX-Refresh"] == "true"


def test_two_people_publish_the_same_row_once(editor):
    run = imported(editor, articles("Lamps"))
    row = run.items.get()
    decide(editor, run, "publish", row)
    decide(editor, run, "publish", row)
    assert Document.objects.get().revisions.count() == 1


def test_an_import_that_is_cancelled_leaves_nothing(editor):
    run = ask(editor, articles("Lamps"))
    assert Upload.objects.exists()
    editor.post(reverse("admin:knowledge_importrun_cancel", args=[run.pk]))
    do_jobs()
    run.refresh_from_db()
    assert run.state == "cancelled" and not Upload.objects.exists() and not run.items.exists()


def test_a_run_whose_worker_was_killed_goes_on_where_it_was(editor, monkeypatch):
    monkeypatch.setattr("knowledge.intake.staging.PAGE", 2)
    run = ask(editor, articles("Lamps", "Plugs", "Wires", "Bulbs", "Fuses"))
    from knowledge.intake import running

    calls = iter([True, True, False])
    original = running.work
    monkeypatch.setattr(running, "work", lambda run, goes_on: original(run, lambda: next(calls, False)))
    do_jobs()
    run.refresh_from_db()
    assert run.state == "reading"
    monkeypatch.setattr(running, "work", original)
    Job.objects.filter(state="queued").update(not_before=None)
    do_jobs()
    run.refresh_from_db()
    assert run.state == "review"
    assert sorted(run.items.values_list("title", flat=True)) == ["Bulbs", "Fuses", "Lamps", "Plugs", "Wires"]


def test_what_is_read_is_not_read_again_when_judging_was_interrupted(editor, monkeypatch):
    packed = SimpleUploadedFile("kb.zip", zipped({"logo.png": b"x", "lamps.md": LAMP}))
    run = ask(editor, packed)
    with monkeypatch.context() as interrupted:
        interrupted.setattr("knowledge.intake.running.settle", lambda *_: False)
        do_jobs()
    Job.objects.filter(state="queued").update(not_before=None)
    do_jobs()
    run.refresh_from_db()
    assert run.state == "review"
    assert sorted(run.items.values_list("state", flat=True)) == ["left", "new"]
