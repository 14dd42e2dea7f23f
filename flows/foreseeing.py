"""What the examples of drafts would begin, in words: told beside a flow before it is published.

It takes seconds the first time, since each example has to be embedded: pages ask for it after they are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, ngettext

from flows.graph import Graph
from flows.interpreting import in_words
from flows.learning import MISSING, OFTEN, is_often_missed
from flows.looking import Told
from flows.shelves import published_flows
from flows.understanding import Foreseen, understanding

MOST_NAMED = 3  # articles
ANSWERED = gettext_lazy(
    "“%(question)s” is answered by an article, and would begin this flow. Take out the examples that ask for "
    "it, or let the flow answer it."
)


def foreseen(drafts: Sequence[Graph]) -> dict[str, list[Told]] | None:
    """Warnings by the key of each draft that has any; None while they are not known yet."""
    found = understanding().foreseen(drafts)
    if found is None:
        return None
    flows = {key: flow for key, (_number, flow) in published_flows().items()}
    flows |= {draft.key: draft for draft in drafts}
    told = {key: list(_told(one, flows)) for key, one in found.items()}
    return {key: warnings for key, warnings in told.items() if warnings}


def _told(one: Foreseen, flows: Mapping[str, Graph]) -> Iterator[Told]:
    language = get_language() or "en"
    for key, texts in one.mixed.items():
        if len(texts) >= OFTEN and key in flows:
            yield _warning("mixed_up", _mixed(texts, in_words(flows[key], language)), _editor(key))
    for question in one.answered[:MOST_NAMED]:
        yield _warning("answered", str(ANSWERED) % {"question": question}, _articles(question))
    if is_often_missed(one.missed, one.examples):
        words = str(MISSING) % {"missed": one.missed, "examples": one.examples}
        yield _warning("begins_nothing", words)


def _mixed(texts: Sequence[str], other: str) -> str:
    number = len(texts) - 1
    words = ngettext(
        "“%(example)s” and %(number)d more example are nearly those of the flow “%(flow)s”: customers are "
        "asked which of both they mean. Tell them apart, or publish only one.",
        "“%(example)s” and %(number)d more examples are nearly those of the flow “%(flow)s”: customers are "
        "asked which of both they mean. Tell them apart, or publish only one.",
        number,
    )
    return words % {"example": texts[0], "number": number, "flow": other}


def _warning(code: str, text: str, page: str = "") -> Told:
    return {"level": "warning", "node": "", "field": "examples", "code": code, "text": text, "page": page}


def _editor(key: str) -> str:
    return reverse("flows:editor", args=[key])


def _articles(question: str) -> str:
    return f"{reverse('admin:knowledge_document_changelist')}?{urlencode({'q': question})}"
