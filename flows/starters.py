"""Flows to begin with, in English and French: somebody changes one rather than draw from nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from flows.graph import Graph
from flows.languages import only_in
from flows.yaml_form import from_yaml

FOLDER = Path(__file__).with_name("stock") / "starters"


@dataclass(frozen=True)
class Starter:
    key: str
    icon: str
    title: str | Promise
    about: str | Promise


EMPTY = Starter("empty", "plus", _("Empty"), _("Draw it yourself, step by step."))
STARTERS = (
    EMPTY,
    Starter(
        "collect",
        "headset",
        _("Collect and hand off"),
        _("Asks what a person needs to know, then brings one in: a complaint, a return."),
    ),
    Starter(
        "branch",
        "split",
        _("Question with branches"),
        _("Asks one thing and goes different ways: what to do when a lamp does not work."),
    ),
    Starter(
        "booking",
        "clock",
        _("Booking"),
        _("Asks for a service, a day and a name, confirms, and has it booked."),
    ),
    Starter(
        "changing",
        "rotate-ccw",
        _("Change a booking"),
        _("Finds an appointment by its reference and e-mail address, and moves or cancels it."),
    ),
)


def begun(starter: str, *, key: str, name: str, language: str, languages: list[str]) -> Graph:
    """A new flow under that key, as the starter has it."""
    graph = (
        Graph(key=key) if starter == EMPTY.key else from_yaml((FOLDER / f"{starter}.yaml").read_text("utf-8"))
    )
    narrowed = only_in(graph, languages)
    named = {**dict.fromkeys(languages, ""), language: name}
    return narrowed.model_copy(update={"key": key, "name": named})
