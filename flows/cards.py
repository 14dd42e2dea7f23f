"""Cards that a step shows: a title, a few lines and buttons, once or for each element of a list. Pure.

What becomes of one when it is shown, with the values in it, is in `flows/shown_cards.py`.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from flows.parts import Line, Part, Target, Text

MOST_CARDS = 10  # that one step shows
MOST_BUTTONS = 3  # of one card
MOST_READ = 100  # of either, in a draft: more than are shown is a problem, and much more is refused


class CardButton(Part):
    """Leads to a page (`link`), or says something for the customer, as a quick reply does (`says`)."""

    label: Text = {}
    link: Line = ""
    says: Text = {}


class Card(Part):
    """With `each`, there is one card for each element of the list in that slot: `{item.name}` is a part of
    the element, `{item}` the element itself."""

    title: Text = {}
    text: Text = {}
    picture: Annotated[str, StringConstraints(max_length=60)] = ""  # the id of a row: see `flows/pictures/`
    alt: Text = {}  # the picture in words
    buttons: Annotated[tuple[CardButton, ...], Field(max_length=MOST_READ)] = ()
    each: Target = ""


Cards = Annotated[tuple[Card, ...], Field(max_length=MOST_READ)]
