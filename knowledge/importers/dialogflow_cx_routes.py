"""The routes of a Dialogflow CX agent: which intent is answered by which text, and which by more. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.importers.dialogflow_rich import message_text, paragraphs
from untrusted.shapes import mapping, mappings, text

# Targets that end what the route began, or stay where one is.
ENDS = {"", "END_SESSION", "END_FLOW", "CURRENT_PAGE", "PREVIOUS_PAGE", "START_PAGE"}


@dataclass(frozen=True)
class Route:
    """`page` is the page on which alone the route is open; `target` the page that it leads to, when known."""

    flow: str
    page: str
    content: dict[str, Any]
    target: dict[str, Any]

    @property
    def intent(self) -> str:
        return text(self.content.get("intent"))

    @property
    def fulfillment(self) -> dict[str, Any]:
        return mapping(self.content.get("triggerFulfillment"))


def routes_of(
    flow: str, page: str, holder: dict[str, Any], pages: dict[str, dict[str, Any]]
) -> Iterator[Route]:
    """The routes of a flow, a page or a route group. `pages` are those of the flow by name."""
    for content in mappings(holder.get("transitionRoutes")):
        if text(content.get("intent")):
            yield Route(flow, page, content, mapping(pages.get(text(content.get("targetPage")))))


def why_not(route: Route) -> str:
    """The code of why a route's text is no article, empty when nothing speaks against it."""
    if route.page or text(route.content.get("condition")) not in ("", "true"):
        return "needs_context"
    stays = text(route.content.get("targetPage")) in ENDS or _only_speaks(route.target)
    if text(route.content.get("targetFlow")) or not stays:
        return "left_for_flows"
    told = [route.fulfillment, mapping(route.target.get("entryFulfillment"))]
    if any(one.get("webhook") or one.get("generators") for one in told):
        return "needs_action"
    return "needs_context" if any(one.get("conditionalCases") for one in told) else ""


def _only_speaks(page: dict[str, Any]) -> bool:
    """Whether a page says its text and asks nothing."""
    leads_on = [
        route for route in mappings(page.get("transitionRoutes")) if text(route.get("targetPage")) not in ENDS
    ]
    asks = mappings(mapping(page.get("form")).get("parameters"))
    return "entryFulfillment" in page and not asks and not leads_on and not page.get("transitionRouteGroups")


def answers(route: Route, usual: str) -> dict[str, str]:
    """What a route says, by language: its own text, then that of the page it leads to."""
    messages = [
        *mappings(route.fulfillment.get("messages")),
        *mappings(mapping(route.target.get("entryFulfillment")).get("messages")),
    ]
    parts: dict[str, list[str]] = {}
    for message in messages:
        parts.setdefault(text(message.get("languageCode")) or usual, []).append(message_text(message))
    return {language: said for language, told in parts.items() if (said := paragraphs(told))}
