"""The upkeep page: four lists with counts, and what one click does."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from knowledge import usage
from knowledge.models import ArticleUse, Category, Document, Finding
from knowledge.upkeep import deciding, listing
from knowledge.usage import counted_since
from tests.knowledge.articles import RETURNS, ada, publish
from tests.knowledge.upkeep.test_comparing import FOURTEEN, THIRTY, article, looked

BADGE = "min-w-[18px]"  # only the number beside an entry of the menu has it
pytestmark = pytest.mark.django_db
PAGE = "/admin/knowledge/document/upkeep/"
TODAY = date(2026, 11, 28)


@pytest.fixture
def editor(client):
    client.force_login(ada())
    return client


def shown(editor, show: str, **more) -> str:
    return editor.get(PAGE, {"show": show, **more}).content.decode()


def age(document: Document, days: int, **fields) -> None:
    long_ago = timezone.now() - timedelta(days=days)
    Document.objects.filter(pk=document.pk).update(updated_at=long_ago, created_at=long_ago, **fields)


@pytest.mark.parametrize(("page", "called"), [("upkeep", "Upkeep"), ("proposals", "Changes to approve")])
def test_the_header_says_which_page_it_is(editor, page, called):
    html = editor.get(f"/admin/knowledge/document/{page}/").content.decode()
    words = re.sub(r"<[^>]+>", " ", html[html.rindex("dock_to_right") :])  # what folds the menu stands before
    assert " ".join(words.split()).startswith(f"dock_to_right {called}")


def test_duplicates_are_shown_side_by_side_and_one_is_kept(editor):
    one, other = article("Returns", RETURNS, owner=ada()), article("Returns again", RETURNS)
    [found] = looked()
    page = shown(editor, "duplicates")
    assert one.title in page and other.title in page and "% alike" in page and "ada" in page
    assert "Upkeep" in editor.get("/admin/").content.decode()
    where = reverse("admin:knowledge_document_decide", args=[found.pk])
    answer = editor.post(where, {"decision": "first"}, follow=True).content.decode()
    assert "“Returns” is kept" in answer
    other.refresh_from_db()
    assert other.status == "draft"
    assert "decided this already" in editor.post(where, {"decision": "second"}, follow=True).content.decode()


def test_contradictions_are_shown_with_what_differs_marked(editor):
    article("Returns", THIRTY)
    article("FAQ: returns", FOURTEEN)
    [found] = looked()
    page = shown(editor, "contradictions")
    assert "<mark>30 days</mark>" in page and "<mark>14 days</mark>" in page
    assert "Times differ" in page and "possible" in page and BADGE in page
    editor.post(reverse("admin:knowledge_document_decide", args=[found.pk]), {"decision": "dismiss"})
    found.refresh_from_db()
    assert (found.state, found.decided_by) == ("dismissed", ada())
    assert BADGE not in shown(editor, "contradictions")
    assert "Nothing here needs anybody" in shown(editor, "contradictions")


def test_a_finding_about_a_draft_waits_until_it_is_published(editor):
    article("Returns", THIRTY)
    other = article("FAQ: returns", FOURTEEN)
    looked()
    Document.objects.filter(pk=other.pk).update(status="draft")
    assert not listing.open_findings(Finding.Kind.CONTRADICTION).exists()
    assert not listing.waiting(None).exists()


def test_what_nobody_has_touched_for_long_is_to_be_reviewed_and_still_right(editor):
    old = publish("Old", "Old text.", owner=ada())
    publish("New", "New text.")
    age(old, 400)
    page = shown(editor, "review")
    assert "Old" in page and ">New<" not in page and "ada" in page
    editor.post(reverse("admin:knowledge_document_still_right", args=[old.pk]))
    old.refresh_from_db()
    assert old.review_by == deciding.after_months(timezone.localdate(), 6)
    assert ">Old<" not in shown(editor, "review")


def test_a_day_of_review_and_the_rule_of_a_category_come_first():
    monthly = Category.objects.create(name="Prices", language="en", review_months=1)
    dated, later, priced, plain = (
        publish(name, f"{name}.") for name in ("Dated", "Later", "Priced", "Plain")
    )
    Document.objects.filter(pk=dated.pk).update(review_by=TODAY)
    age(later, 500, review_by=TODAY + timedelta(days=90))
    age(priced, 40, category=monthly)
    age(plain, 40)
    assert set(listing.to_be_reviewed(timezone.localdate())) <= {dated, priced}
    assert list(listing.to_be_reviewed(TODAY).values_list("pk", flat=True))[0] == dated.pk
    assert priced in listing.to_be_reviewed(timezone.localdate())
    priced.refresh_from_db()
    assert deciding.still_right(priced, today=TODAY) == date(2026, 12, 28)


def test_months_end_where_the_month_does():
    assert deciding.after_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert deciding.after_months(date(2026, 3, 31), -13) == date(2025, 2, 28)


def test_what_no_answer_has_found_is_listed_after_a_month(editor):
    found, unused = article("Found", RETURNS), article("Unused", "Nobody ever asks for this.")
    fresh = article("Fresh", "Quite new.")
    age(found, 50)
    age(unused, 50)
    assert "answers are counted from now on" in shown(editor, "unused")
    usage.note(found=[found.pk], cited=[])
    assert not listing.never_found(timezone.localdate(), counted_since()).exists(), "a day tells nothing"
    ArticleUse.objects.update(day=timezone.localdate() - timedelta(days=40))
    assert list(listing.never_found(timezone.localdate(), counted_since())) == [unused]
    assert fresh.title not in shown(editor, "unused")
    editor.post(reverse("admin:knowledge_document_unpublish", args=[unused.pk]))
    assert not listing.never_found(timezone.localdate(), counted_since()).exists()


def test_uses_are_counted_by_day_and_what_is_deleted_is_left_out():
    one, other = publish("One", "1 one."), publish("Two", "2 two.")
    usage.note(found=[one.pk, other.pk, 424242], cited=[one.pk])
    usage.note(found=[other.pk], cited=[other.pk])
    usage.note(found=[], cited=[])
    assert list(ArticleUse.objects.order_by("document").values_list("document", "found", "cited")) == [
        (one.pk, 1, 1), (other.pk, 2, 1)
    ]  # fmt: skip


@pytest.mark.parametrize("query", ["", "?show=x&months=x&page=x", "?show=review&months=3&page=99"])
def test_whatever_is_asked_for_the_page_opens(editor, query):
    assert editor.get(PAGE + query).status_code == 200
