"""What the form of a correction begins with, of what is kept with the answer."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from accounts.models import Role, User
from conversations.models import Message
from evaluation.redacting import without_personal
from flows.models import Flow
from flows.walked_words import name_of
from knowledge.models import Document

MOST_BEFORE = 5  # of what the customer said earlier
MOST_FLOWS = 200


def language_of(answer: Message) -> str:
    """The one in which it was answered, if it is one of ours."""
    known = dict(settings.LANGUAGES)
    for code in (answer.language, answer.conversation.language):
        if code in known:
            return code
    return str(next(iter(known)))


def initial(answer: Message, articles: list[tuple[str, str]]) -> dict[str, Any]:
    """The question as it was read: one that only makes sense with what was said before is whole then."""
    route, rating = _route(answer), getattr(answer, "rating", None)
    asked = str(route.get("query") or (answer.turn.question.text if answer.turn else ""))
    reason = rating.reason if rating and rating.score < 0 else ""
    cause = "article" if answer.citations.all() else "missing"
    return {
        "question": _redacted(answer, " ".join(asked.split())),
        "verdict": reason or "incorrect",
        "cause": "flow" if route.get("steps") else cause,
        "with_before": bool(route.get("steps")),
        "document": next((value for value, _label in articles), ""),
    }


def articles(answer: Message) -> list[tuple[str, str]]:
    """Those that the answer cites, then those that were found for it."""
    cited = [citation.document_id for citation in answer.citations.all()]
    found = [passage.get("document") for passage in _route(answer).get("passages") or ()]
    keys = [pk for pk in dict.fromkeys([*cited, *found]) if isinstance(pk, int)]
    titles = dict(Document.objects.filter(pk__in=keys).values_list("pk", "title"))
    return [(str(pk), titles[pk]) for pk in keys if pk in titles]


def steps(answer: Message, user: User) -> list[tuple[str, str]]:
    """The steps that the answer took; for editors, who see flows, each flow too that might have begun."""
    taken = [step.partition("@") for step in _route(answer).get("steps") or ()]
    own = dict.fromkeys((flow, rest.partition("/")[2]) for flow, _at, rest in taken)
    names = _names() if user.may(Role.EDITOR) else {}
    walked = [(f"{flow}/{step}", f"{names.get(flow, flow)}: {step}") for flow, step in own]
    return [*walked, *((f"{flow}/", name) for flow, name in names.items())]


def _names() -> dict[str, str]:
    flows = Flow.objects.in_use().order_by("key").only("key", "draft")[:MOST_FLOWS]
    return {flow.key: name_of(flow) for flow in flows}


def before(answer: Message) -> list[str]:
    """What the customer had said until then."""
    if answer.turn is None:
        return []
    said = answer.conversation.messages.filter(kind=Message.Kind.CUSTOMER, seq__lt=answer.turn.question.seq)
    texts = list(said.order_by("-seq").values_list("text", flat=True)[:MOST_BEFORE])
    return [_redacted(answer, text) for text in reversed(texts) if text.strip()]


def _redacted(answer: Message, text: str) -> str:
    return without_personal(text, language_of(answer), answer.conversation.customer.name)


def _route(answer: Message) -> dict[str, Any]:
    return answer.trace.route if hasattr(answer, "trace") else {}
