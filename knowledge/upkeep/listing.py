"""What the upkeep page lists: findings, articles to be reviewed, articles that nobody ever finds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from knowledge.models import ArticleUse, Category, Document, Finding
from knowledge.upkeep.deciding import after_months

UNTOUCHED = 12  # months without a change, where nothing else is said
UNUSED_AFTER = timedelta(days=30)


def open_findings(*kinds: str) -> QuerySet[Finding]:
    """Between articles that are published now."""
    published = Document.Status.PUBLISHED
    found = Finding.objects.filter(
        kind__in=kinds, state=Finding.State.OPEN, document__status=published, other__status=published
    )
    return found.select_related("document__owner", "other__owner").order_by("-confirmed", "-likeness", "pk")


def to_be_reviewed(today: date, untouched: int = UNTOUCHED) -> QuerySet[Document]:
    """Whose day has come; without a day, whose category's months or `untouched` are over since a change."""
    rules = Category.objects.filter(review_months__isnull=False).values_list("pk", "review_months")
    due = Q(review_by__lte=today)
    for pk, months in rules:
        due |= Q(review_by=None, category=pk, updated_at__lt=_before(today, months or untouched))
    rest = Q(category=None) | Q(category__review_months=None)
    due |= Q(review_by=None, updated_at__lt=_before(today, untouched)) & rest
    return Document.objects.published().filter(due).order_by("review_by", "updated_at", "pk")


def _before(today: date, months: int) -> datetime:
    return timezone.make_aware(datetime.combine(after_months(today, -months), time.min))


def never_found(today: date, since: date | None) -> QuerySet[Document]:
    """Published for as long as it takes to tell, and among what was found for no answer in that time.
    `since`: from when on it was counted."""
    if since is None or since > today - UNUSED_AFTER:
        return Document.objects.none()
    before = timezone.now() - UNUSED_AFTER
    used = ArticleUse.objects.filter(document=OuterRef("pk"))
    ready = [Document.IndexState.READY, Document.IndexState.WORDS]
    unused = Document.objects.published().filter(~Exists(used), index_state__in=ready, created_at__lt=before)
    return unused.order_by("created_at", "pk")


def waiting(_request: HttpRequest) -> QuerySet[Finding]:
    """Findings of any kind, for the menu."""
    return open_findings(Finding.Kind.DUPLICATE, Finding.Kind.CONTRADICTION)
