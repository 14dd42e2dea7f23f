"""Rerankers in the forms that are spoken: a document is worth what the rule says of its words."""

import re
from typing import Any

from aiohttp import web

from . import wire
from .rules import Rule

_WORD = re.compile(r"\w{3,}")


def refusal(rule: Rule, body: dict[str, Any]) -> web.Response | None:
    """What this kind of server says to a request that it does not understand, as the real ones word it."""
    if rule.speaks == "texts" and "texts" not in body:
        words = "Failed to deserialize the JSON body into the target type: missing field `texts` at line 1"
        return web.Response(status=422, text=words)
    if rule.speaks == "voyage" and "top_n" in body:
        words = "Argument 'top_n' is not supported by our API"
        return web.json_response({"detail": words}, status=400)
    if rule.speaks != "texts" and "documents" not in body:
        return web.json_response({"detail": [{"type": "missing", "loc": ["body", "documents"]}]}, status=422)
    if rule.longest and max(map(len, documents_of(body)), default=0) > rule.longest:
        if rule.speaks == "llama":
            words = "input (700 tokens) is too large to process. increase the physical batch size"
            return web.json_response(wire.error_body(words, "server_error"), status=500)
        words = f"This model's maximum context length is {rule.longest // 4} tokens."
        return web.json_response(wire.error_body(words, "BadRequestError"), status=400)
    return None


def answer(rule: Rule, body: dict[str, Any]) -> Any:
    """Best first; the usual form keeps to `top_n`."""
    scores = [(score_of(document, body["query"], rule), at) for at, document in enumerate(documents_of(body))]
    scores.sort(key=lambda scored: -scored[0])
    tokens = sum(len(document.split()) for document in documents_of(body))
    if rule.speaks == "texts":
        return [{"index": at, "score": score} for score, at in scores]
    results = [{"index": at, "relevance_score": score} for score, at in scores[: body.get("top_n")]]
    if rule.speaks == "voyage":
        return {"object": "list", "data": results, "usage": {"total_tokens": tokens}}
    usage = {"usage": {"prompt_tokens": tokens, "total_tokens": tokens}} if rule.usage else {}
    return {"model": body["model"], "results": results, **usage}


def score_of(document: str, query: str, rule: Rule) -> float:
    """That of the first words in `scores` that it holds, else how many of the question's words it has."""
    for words, score in rule.scores.items():
        if words.casefold() in document.casefold():
            return score
    asked = set(_WORD.findall(query.casefold()))
    return len(asked & set(_WORD.findall(document.casefold()))) / (len(asked) or 1)


def documents_of(body: dict[str, Any]) -> list[str]:
    documents: list[str] = body.get("documents") or body.get("texts") or []
    return documents
