"""The tool of the sample company: "Where is my order", against its own small service."""

from __future__ import annotations

from django.db import transaction

from actions.models import Parameter, Taken, Tool
from actions.sample_service import HOST, PREFIX

KEY = "find_order"
WORDS = {"en": "Looking up your order", "fr": "Je regarde votre commande"}
TAKEN = [
    ("status", "order.status", "text", True),
    ("status_en", "order.status_words.en", "text", True),
    ("status_fr", "order.status_words.fr", "text", True),
    ("delivery_date", "order.delivery_date", "text", True),
    ("carrier", "order.carrier", "text", False),
    ("items", "order.items", "list", True),
]


@transaction.atomic
def load_sample_tools() -> list[Tool]:
    """Once: what staff have changed stays. Empty when it is there already."""
    if Tool.objects.filter(key=KEY).exists():
        return []
    tool = Tool.objects.create(
        key=KEY, name="Where is my order", words=WORDS, enabled=True, in_free_conversation=True,
        url=f"https://{HOST}{PREFIX}{{number}}",
        description=(
            "Looks up an order of the shop by its number (LP- and seven digits): its status, what is in it, "
            "who brings it and when. LP-2041170 to LP-2041175 exist."
        ),
    )  # fmt: skip
    Parameter.objects.create(
        tool=tool,
        name="number",
        place=Parameter.Place.PATH,
        description="The order number: LP- and seven digits",
    )
    Taken.objects.bulk_create(
        Taken(tool=tool, name=name, path=path, kind=kind, required=required)
        for name, path, kind, required in TAKEN
    )  # fmt: skip
    return [tool]
