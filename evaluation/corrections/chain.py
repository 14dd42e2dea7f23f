"""From the complaint to the right answer: each link of the chain, with when, who, and where to look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Role, User
from assistant.events import Outcome
from chatbot.markdown import words_of
from evaluation.corrections.rows import Cause, Correction
from evaluation.meaning import missing_figures
from evaluation.otherwise import said_otherwise
from evaluation.reviews.rows import ReviewItem
from flows.models import Flow
from knowledge.models import Document, Proposal

Standing = Literal["done", "waits", "failed"]


MAILS: dict[str, tuple[Standing, Any]] = {
    "queued": ("waits", gettext_lazy("A mail to a customer waits to be sent")),
    "sent": ("done", gettext_lazy("A customer was told by e-mail")),
    "failed": ("failed", gettext_lazy("A mail to a customer could not be sent")),
}
# What is checked of an answer in which no words are looked for.
UNSAID: dict[str, Any] = {
    Outcome.HANDOFF: gettext_lazy("Right is whatever brings in a person"),
    Outcome.DECLINED: gettext_lazy("Right is that it says that it cannot answer this"),
    Outcome.GUIDED: gettext_lazy("Right is whatever leads through a flow"),
}


@dataclass(frozen=True)
class Link:
    """`words` say what has happened or is to happen; `detail` quotes somebody; `next` is what to press."""

    standing: Standing
    words: str
    at: datetime | None = None
    detail: str = ""
    url: str = ""
    url_words: str = ""


def with_covered(corrections: QuerySet[Correction]) -> QuerySet[Correction]:
    """Corrections of which the chain can tell how many others each has helped."""
    helped = ReviewItem.objects.filter(covered_by=OuterRef("pk"))
    number = helped.order_by().values("covered_by").annotate(number=Count("pk")).values("number")
    return corrections.annotate(covered=Coalesce(Subquery(number), 0))


def chain(correction: Correction, user: User) -> list[Link]:
    """Of a correction of `with_covered`."""
    return list(_links(correction, user))


def _links(correction: Correction, user: User) -> Iterator[Link]:
    answer = correction.message
    talk = f"{reverse('conversations:conversation', args=[answer.conversation_id])}#message-{answer.pk}"
    yield Link(
        "done", _("Answered"), answer.created_at, words_of(answer.text)[:300], talk, _("The conversation")
    )
    rating = getattr(answer, "rating", None)
    if rating is not None and rating.score < 0:
        said = ": ".join(filter(None, [str(rating.get_reason_display()), rating.comment]))
        yield Link("done", _("The customer found it not helpful"), rating.updated_at, said)
    yield from _judged(correction)
    corrected = _("%(name)s said what would be right") % {"name": correction.author or _("Somebody")}
    yield Link("done", corrected, correction.created_at, correction.right_answer[:600])
    yield _looked_for(correction)
    yield _mended(correction, user)
    yield _proved(correction, user)
    yield from _told(correction)


def _looked_for(correction: Correction) -> Link:
    """What makes it right. Where it is nothing that is said, that is no proof of the words."""
    if correction.facts:
        return Link("done", _("Right is an answer that says:"), detail=" · ".join(correction.facts)[:600])
    words = UNSAID.get(correction.outcome)
    if words is not None:
        return Link("done", str(words))
    return Link(
        "failed", _("Nothing is looked for in the answer: it counts as right once anything is answered")
    )


def _judged(correction: Correction) -> Iterator[Link]:
    item = getattr(correction.message, "review_item", None)
    for review in item.reviews.select_related("reviewer") if item else ():
        words = _("%(name)s reviewed it: %(verdict)s") % {
            "name": review.reviewer or _("Somebody"), "verdict": review.get_verdict_display(),
        }  # fmt: skip
        url = reverse("evaluation:answer", args=[correction.message_id])
        yield Link("done", words, review.updated_at, review.note, url, _("The review"))


def _mended(correction: Correction, user: User) -> Link:
    """What puts it right, and whether customers get it yet."""
    match correction.cause:
        case Cause.MISSING | Cause.ARTICLE if correction.document is not None:
            return _article(correction, correction.document, user)
        case Cause.GUIDANCE if correction.guidance is not None:
            return _rule(correction, user)
        case Cause.FLOW if correction.flow:
            return _flow(correction, user)
        case Cause.OTHER:
            return Link("waits", _("Nothing here can put it right by itself"), detail=correction.remark)
    return Link("failed", _("What was to put it right is not there any more"))


def _article(correction: Correction, document: Document, user: User) -> Link:
    url = reverse("admin:knowledge_document_change", args=[document.pk]) if user.may(Role.EDITOR) else ""
    said = document.title
    newest = document.revisions.order_by("-number").first()
    published = document.status == Document.Status.PUBLISHED
    changed = newest is not None and newest.created_at >= correction.created_at
    if published and (changed or correction.wrote_document):
        return Link(
            "done",
            _("The article is published"),
            newest.created_at if newest else None,
            said,
            url,
            _("The article"),
        )
    if Proposal.objects.open().filter(document=document).exists():
        return Link(
            "waits", _("A change of the article waits for approval"), None, said, url, _("Look and decide")
        )
    if correction.wrote_document:
        return Link(
            "waits",
            _("The article is a draft: an editor publishes it"),
            None,
            said,
            url,
            _("Look and publish"),
        )
    return Link("waits", _("The article is to be changed by an editor"), None, said, url, _("Change it"))


def _rule(correction: Correction, user: User) -> Link:
    row = correction.guidance
    assert row is not None
    url = reverse("admin:assistant_guidance_change", args=[row.pk]) if user.may(Role.EDITOR) else ""
    if row.enabled:
        return Link("done", _("The rule is on"), row.updated_at, row.text, url, _("The rule"))
    return Link(
        "waits",
        _("The rule is written and still off: an editor tries it and switches it on"),
        None,
        row.text,
        url,
        _("Try it"),
    )


def _flow(correction: Correction, user: User) -> Link:
    url = reverse("flows:editor", args=[correction.flow]) if user.may(Role.EDITOR) else ""
    url = f"{url}#{correction.step}" if url and correction.step else url
    flow = Flow.objects.filter(key=correction.flow).select_related("published").first()
    if flow is None:
        return Link("failed", _("The flow is not there any more"), None, correction.flow)
    version = flow.published
    if version is not None and version.created_at >= correction.created_at:
        words = _("Version %(number)d of the flow is published") % {"number": version.number}
        return Link("done", words, version.created_at, correction.flow, url, _("The flow"))
    return Link(
        "waits",
        _("The step of the flow is to be changed by an editor"),
        None,
        f"{correction.flow}: {correction.step}",
        url,
        _("Change it"),
    )


def _proved(correction: Correction, user: User) -> Link:
    """The scenario: red until the assistant says so by itself."""
    scenario, url = correction.scenario, ""
    if scenario is not None and user.may(Role.EDITOR):
        url = reverse("admin:evaluation_scenario_change", args=[scenario.pk])
    facts: dict[str, Any] = {"url": url, "url_words": _("The scenario") if url else ""}
    if scenario is None:
        return Link("failed", _("Its scenario was deleted: nobody can tell whether it is right now"))
    if correction.check_error:
        why = correction.check_error
        return Link("failed", _("The question could not be asked"), correction.checked_at, why, **facts)
    if correction.state == Correction.State.RIGHT:
        return Link(
            "done",
            _("The assistant answers it right"),
            correction.right_at,
            words_of(correction.says_now)[:600],
            **facts,
        )
    if correction.checked_at is None:
        return Link("waits", _("The question is being asked again"), None, "", **facts)
    return _still_wrong(correction, facts)


def _still_wrong(correction: Correction, facts: dict[str, Any]) -> Link:
    """Why, where it can be told: a sentence that says otherwise beside what is right, or what is missing."""
    said = correction.says_now, correction.language
    against = next(filter(None, (said_otherwise(line, *said) for line in correction.facts)), "")
    if against:
        words = _("Not right yet: the answer also gives another figure, perhaps of another article")
        return Link("failed", words, correction.checked_at, against, **facts)
    words = _("The assistant does not answer it right yet")
    if lacks := missing_figures(correction.facts, *said, correction.question):
        words = _("Not right yet: the answer lacks %(figures)s") % {"figures": ", ".join(lacks)}
    return Link("failed", words, correction.checked_at, words_of(correction.says_now)[:600], **facts)


def _of_others(correction: Correction, others: int) -> str:
    if correction.right_answer:
        return ngettext(
            "One other who asked the same reads it too", "%(n)d others who asked the same read it too", others
        )
    return ngettext(
        "The answer to one other who asked the same needs no review any more",
        "The answers to %(n)d others who asked the same need no review any more",
        others,
    )


def _told(correction: Correction) -> Iterator[Link]:
    mails = list(correction.mails.all())
    if correction.state != Correction.State.RIGHT:
        yield Link("waits", _("Then the customer reads under the answer what is right"))
        return
    if correction.right_answer:
        yield Link("done", _("The customer reads under the answer what is right"), correction.told_at)
    others: int = getattr(correction, "covered", 0)
    if others:
        yield Link("done", _of_others(correction, others) % {"n": others})
    for mail in mails:
        yield Link(*MAILS[mail.state], at=mail.ended_at)
