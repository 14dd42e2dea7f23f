"""What rerankers want to hear, and what they answer. Pure.

Most servers speak as Jina and Cohere do. Hugging Face's text-embeddings-inference has words of its own,
Voyage does not know all of the usual ones, and models that read little refuse long texts. All that is learned
from their refusals, as in dialects.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

import orjson
from pydantic import AliasChoices, BaseModel, Field, StrictInt, ValidationError

from .errors import ModelError, from_payload

MOST_DOCUMENTS = 30  # text-embeddings-inference takes 32 at most by itself
LONGEST = 2000  # characters of a document
SHORTEST = 250  # a model that refuses so little cannot be helped
OPTIONAL = ("top_n", "return_documents")
_TEXTS = re.compile(r"\btexts\b")
_REFUSED = re.compile(r"support|unknown|unrecogni[sz]ed|unexpected|extra|not permitted|not allowed", re.I)


@dataclass(frozen=True)
class Form:
    """How one server wants to be asked."""

    texts: bool = False  # as text-embeddings-inference does
    left_out: frozenset[str] = frozenset()
    longest: int = LONGEST

    def request(self, model: str, query: str, documents: Sequence[str], keep: int) -> dict[str, Any]:
        # Some providers refuse empty texts, hence the dash.
        cut = [document[: self.longest].strip() or "-" for document in documents]
        if self.texts:
            return {"query": query, "texts": cut, "truncate": True}
        optional = {"top_n": keep, "return_documents": False}
        asked = {name: value for name, value in optional.items() if name not in self.left_out}
        return {"model": model, "query": query, "documents": cut, **asked}

    def after(self, refusal: ModelError, words: str) -> Form | None:
        """The form to try next; None when the refusal's words name nothing that can be done without."""
        if refusal.code == "too_long":
            return replace(self, longest=self.longest // 2) if self.longest > SHORTEST else None
        if refusal.code != "bad_request" or self.texts:
            return None
        # Some refusals repeat the whole request: what is missing is looked for first.
        if _TEXTS.search(words):
            return replace(self, texts=True)
        known = [name for name in OPTIONAL if name not in self.left_out and name in words]
        if not known or not _REFUSED.search(words):
            return None
        return replace(self, left_out=self.left_out | {known[0]})


class _Result(BaseModel):
    index: StrictInt
    score: Annotated[
        float,
        Field(strict=True, allow_inf_nan=False, validation_alias=AliasChoices("relevance_score", "score")),
    ]


class _Answer(BaseModel):
    results: list[_Result] = Field(validation_alias=AliasChoices("results", "data"))
    usage: Any = None
    meta: Any = None


@dataclass(frozen=True)
class Ranked:
    """Places in the list that was sent, best first, each with its score; the tokens that were counted."""

    places: list[tuple[int, float]]
    tokens: int | None


def read_ranking(body: bytes, *, count: int, keep: int) -> Ranked:
    """The best `keep` of `count` documents. Raise `ModelError` when the answer is no ranking of them."""
    try:
        said = orjson.loads(body)
        if isinstance(said, dict) and said.get("error"):
            raise from_payload(said["error"])
        answer = _Answer.model_validate({"results": said} if isinstance(said, list) else said)
    except (orjson.JSONDecodeError, ValidationError) as error:
        raise ModelError("garbled", detail=f"not a ranking: {body[:80]!r}") from error
    scores = {result.index: result.score for result in answer.results}
    if len(scores) < len(answer.results):
        raise ModelError("garbled", detail="a document is ranked twice")
    if not all(0 <= index < count for index in scores):
        raise ModelError("garbled", detail=f"a document is ranked that none of the {count} is")
    if len(scores) < min(keep, count):
        raise ModelError("garbled", detail=f"{len(scores)} documents are ranked, of {count}")
    best = sorted(scores.items(), key=lambda place: (-place[1], place[0]))
    return Ranked(best[:keep], _tokens(answer))


def _tokens(answer: _Answer) -> int | None:
    """What was read; a reranker writes none. Cohere and its like say it elsewhere, or count searches."""
    meta = _mapping(answer.meta)
    counted = [
        _mapping(answer.usage).get("prompt_tokens"),
        _mapping(answer.usage).get("total_tokens"),
        _mapping(meta.get("tokens")).get("input_tokens"),
        _mapping(meta.get("billed_units")).get("total_tokens"),
    ]
    return next((tokens for tokens in counted if type(tokens) is int and tokens > 0), None)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
