"""A few articles, and a way to index without a worker."""

from __future__ import annotations

from django.contrib.auth import get_user_model

from knowledge import publishing, working
from knowledge.calibration import calibrate
from knowledge.models import Document, EmbeddingSpace, Job, Source

RETURNS = """You can return what you bought within thirty days.

## How to send it back

Print the label from your account and bring the parcel to any post office. We pay for the postage.

## When the money arrives

We refund the way you paid within five working days of receiving the parcel.
"""

DELIVERY = """Parcels leave our warehouse the same day.

## How long it takes

Delivery in Europe takes three to five working days, and a courier rings at the door.
"""


def written_source() -> Source:
    return publishing.written_here()


def ada():
    """An editor."""
    return get_user_model().objects.get_or_create(username="ada", defaults={"role": "editor"})[0]


def publish(title: str = "Returns", body: str = RETURNS, **fields) -> Document:
    fields = {"source": written_source(), "status": "published", **fields}
    document = Document(title=title, body=body, **fields)
    publishing.save_document(document, author=ada())
    return document


def run_waiting_jobs(*, calibrate: bool = False) -> int:
    """What the workers would do; returns how many runs that took.

    Measuring the floor takes a second or more, and most tests need none."""
    runs = 0
    while waiting := Job.objects.filter(state="queued").order_by("pk").first():
        Job.objects.filter(pk=waiting.pk).update(not_before=None)
        if calibrate or waiting.kind != "calibration":
            working.run_job(waiting.pk)
        else:
            waiting.delete()
        runs += 1
    return runs


def indexed(title: str = "Returns", body: str = RETURNS, *, calibrate: bool = False, **fields) -> Document:
    document = publish(title, body, **fields)
    run_waiting_jobs(calibrate=calibrate)
    document.refresh_from_db()
    return document


def searchable(title: str = "Returns", body: str = RETURNS, **fields) -> Document:
    """With the floor of its source, as search needs it to tell what it found from what anything finds."""
    return indexed(title, body, calibrate=True, **fields)


def calibrated(document: Document) -> Document:
    """The floor of its source is measured anew."""
    calibrate(document.source_id, EmbeddingSpace.objects.get(live=True))
    return document
