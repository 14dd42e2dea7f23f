"""What changed on which day, for the charts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assistant.models import Assistant, Guidance
from assistant.releases import serving
from assistant.releases.making import make
from insights.marks import marks
from insights.period import Period
from knowledge.intake import approving
from knowledge.models import ImportItem, ImportRun, Revision, Source
from tests.knowledge.articles import publish

pytestmark = pytest.mark.django_db


def week(zone: str = "UTC") -> Period:
    today = timezone.now().date()
    return Period(today - timedelta(days=6), today + timedelta(days=1), zone)


def test_an_article_that_was_published_is_named_and_led_to() -> None:
    article = publish("Returns")
    [mark] = marks(week())
    assert mark.words == "Article published: Returns"
    assert mark.link == f"/admin/knowledge/document/{article.pk}/change/"


def test_several_of_a_day_are_one_mark() -> None:
    publish("Returns")
    publish("Parcels")
    [mark] = marks(week())
    assert mark.words == "2 articles published"


def test_an_import_is_one_mark_with_its_articles(marie: User) -> None:
    run = ImportRun.objects.create(
        source=Source.objects.create(name="Files"), what="shop.zip", state="review"
    )
    for number in range(3):
        ImportItem.objects.create(
            run=run, number=number, state="new", external_id=f"lamp-{number}", language="en",
            title=f"Lamp {number}", body="It shines.", fields={"audience": "everyone"},
            place={"file": "lamps.md"},
        )  # fmt: skip
    waiting = list(run.items.values_list("pk", flat=True))
    approving.publish_page(run, waiting[:2], author=marie)
    approving.publish_page(run, waiting[2:], author=marie)
    [mark] = marks(week())
    assert mark.words == f"Import published: {run} (3 articles)"
    assert mark.link == f"/admin/knowledge/importrun/{run.pk}/change/"


def test_guidance_and_models_are_told_apart(luce: Assistant, marie: User) -> None:
    row = Guidance.objects.create(text="Be kind")
    audit.record(audit.Action.CHANGED, row, by=marie)
    audit.record(audit.Action.CHANGED, luce, by=marie, after={"answer_model": "large"})
    assert [mark.kind for mark in marks(week())] == ["guidance", "model"]


def test_a_release_that_is_published_or_rolled_back_is_a_mark_and_a_trial_is_none(
    luce: Assistant, marie: User
) -> None:
    release = make(luce, by=marie)
    serving.try_out(release, 10, by=marie)
    assert marks(week()) == []
    serving.publish(release, by=marie)
    [mark] = marks(week())
    assert (mark.kind, mark.words, mark.link) == ("release", "Release published: Luce", "/staff/releases/")
    serving.roll_back(luce, by=marie)
    assert [mark.count for mark in marks(week())] == [1]  # of one assistant


def test_a_mark_stands_on_the_reader_s_day() -> None:
    publish("Returns")
    late = datetime.fromisoformat("2026-11-20T22:00:00+00:00")
    Revision.objects.update(created_at=late)
    days = {
        zone: marks(Period(date(2026, 11, 1), date(2026, 11, 30), zone))[0].day
        for zone in ("UTC", "Asia/Kolkata")
    }
    assert days == {"UTC": date(2026, 11, 20), "Asia/Kolkata": date(2026, 11, 21)}
