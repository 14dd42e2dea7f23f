"""An answer corrected as staff do it, and proved as the workers do."""

from __future__ import annotations

from django.test import Client

from conversations.models import Message
from evaluation.corrections import proving
from evaluation.models import Correction
from tests.knowledge.articles import run_waiting_jobs

DOG = "Can I bring my dog into the shop?"
RIGHT = "Dogs are welcome in all our shops, as long as they are on a lead. Only the café is closed to them."
SAID = {
    "question": DOG, "verdict": "incorrect", "outcome": "answered", "right_answer": RIGHT, "facts": "",
    "cause": "missing", "title": "Dogs in our shops", "document": "", "rule": "", "step": "", "remark": "",
}  # fmt: skip


def corrected(browser: Client, answer: Message, **said: str) -> Correction:
    sent = browser.post(f"/staff/review/{answer.pk}/correct/", SAID | said)
    assert sent.status_code == 302, sent.context["form"].errors
    found = answer.corrections.exclude(state="withdrawn").get()
    assert sent["Location"] == f"/staff/review/corrections/{found.pk}/"
    return found


def proved(correction: Correction) -> Correction:
    """After the workers have had their time."""
    run_waiting_jobs()
    proving.check_due()
    correction.refresh_from_db()
    return correction
