"""The tools of the sample company, against its own small service: "Where is my order" and returns."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.db import transaction

from actions.models import Parameter, Taken, Tool
from actions.sample_service import ORDERS_PATH, RETURNS_PATH

# Where no such service runs (SAMPLE_ORDERS_URL is not set): nobody can own this name (RFC 2606).
NOWHERE = "https://orders.maison-lampyre.example"
PATHS = {"find_order": f"{ORDERS_PATH}{{number}}", "register_return": RETURNS_PATH}
# Addresses that are ours to change: those that `make run` has given to the service (places.PRIVATE_PORTS).
OURS = re.compile(rf"(http://127\.0\.0\.1:2\d{{4}}|{re.escape(NOWHERE)})(?P<path>/.*)")

NUMBER = "The order number: LP- and seven digits"
TOOLS: list[dict[str, Any]] = [
    {
        "key": "find_order", "name": "Where is my order",
        "words": {"en": "Look up where your order is", "fr": "Regarder où en est votre commande"},
        "enabled": True, "in_free_conversation": True,
        "description": (
            "Looks up an order of the shop by its number (LP- and seven digits): its status, what is in it, "
            "who brings it and when. LP-2041170 to LP-2041175 exist."
        ),
    },
    {
        "key": "register_return", "name": "Register a return",
        "words": {"en": "Register the return of an order", "fr": "Enregistrer le retour d’une commande"},
        "enabled": True, "method": "POST", "changes": "writes",
        "description": "Registers that an order comes back, and sends the label to an e-mail address.",
    },
]  # fmt: skip
PARAMETERS: dict[str, list[tuple[str, str, str]]] = {
    "find_order": [("number", "path", NUMBER)],
    "register_return": [
        ("order", "body", NUMBER),
        ("reason", "body", "Why: suits_not, faulty or wrong_item"),
        ("email", "body", "Where the label goes"),
    ],
}
TAKEN: dict[str, list[tuple[str, str, str, bool]]] = {
    "find_order": [
        ("status", "order.status", "text", True),
        ("status_en", "order.status_words.en", "text", True),
        ("status_fr", "order.status_words.fr", "text", True),
        ("delivery_date", "order.delivery_date", "text", True),
        ("carrier", "order.carrier", "text", False),
        ("items", "order.items", "list", True),
    ],
    "register_return": [("number", "return.number", "text", True)],
}


@transaction.atomic
def load_sample_tools() -> list[Tool]:
    """Once: what staff have changed stays. Empty when they are there already."""
    if Tool.objects.filter(key__in=TAKEN).exists():
        return []
    tools = [Tool.objects.create(**facts, url=_address(facts["key"])) for facts in TOOLS]
    for tool in tools:
        Parameter.objects.bulk_create(
            Parameter(tool=tool, name=name, place=place, description=description)
            for name, place, description in PARAMETERS[tool.key]
        )
        Taken.objects.bulk_create(
            Taken(tool=tool, name=name, path=path, kind=kind, required=required)
            for name, path, kind, required in TAKEN[tool.key]
        )
    return tools


def follow_the_service() -> None:
    """The order service may have another port than in the run before. Addresses of staff stay as they are."""
    if not settings.SAMPLE_ORDERS_URL:
        return
    for tool in Tool.objects.filter(key__in=PATHS):
        found = OURS.fullmatch(tool.url)
        if found and found["path"] == PATHS[tool.key] and tool.url != _address(tool.key):
            tool.url = _address(tool.key)
            tool.save(update_fields=["url"])


def _address(key: str) -> str:
    return (settings.SAMPLE_ORDERS_URL or NOWHERE).rstrip("/") + PATHS[key]
