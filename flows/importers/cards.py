"""Cards, carousels and pictures of another system as cards of ours. Pure.

No picture is fetched from anywhere: its address is told, for whoever uploads it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flows.cards import MOST_BUTTONS, MOST_CARDS
from flows.importers.naming import in_words, without_secrets
from flows.importers.project import Project
from flows.importers.steps import Node, Text, say
from flows.links import may_lead_there

LONGEST_LABEL = 120


@dataclass(frozen=True)
class Found:
    """A card in one language. A button is (what stands on it, where it leads or what it says)."""

    title: str = ""
    text: str = ""
    picture: str = ""
    buttons: tuple[tuple[str, str], ...] = ()


def shown(text: Text, cards: list[Node], hint: str = "") -> list[Node]:
    """One step that says it and shows them; none where there is neither."""
    return [{"kind": "say", "text": text, "cards": cards, "hint": hint}] if cards else say(text, hint)


def titles_of(cards: Iterable[Node]) -> Text:
    """What a question above buttons says that had nothing but a card."""
    return next((card["title"] for card in cards if card["title"]), {})


def cards_in(
    project: Project, found: Mapping[str, Sequence[Found]], *, where: str, flow: str, name: str = ""
) -> list[Node]:
    """The cards of each language, put together by their places; `name` is for those without a title."""
    most = max((len(cards) for cards in found.values()), default=0)
    drawing = _Cards(project, where, flow, in_words(name or where)[:LONGEST_LABEL])
    made = [
        drawing.card({code: cards[number] for code, cards in found.items() if number < len(cards)})
        for number in range(min(most, MOST_CARDS))
    ]
    drawing.left += max(0, most - MOST_CARDS)
    drawing.tell(len(made))
    return made


class _Cards:
    def __init__(self, project: Project, where: str, flow: str, name: str) -> None:
        self.project, self.where, self.flow, self.name = project, where, flow, name
        self.left = 0  # parts for which there is no place

    def card(self, each: Mapping[str, Found]) -> Node:
        title = self._text({code: one.title for code, one in each.items()})
        words = self._text({code: one.text for code, one in each.items()})
        if picture := next((one.picture for one in each.values() if one.picture), ""):
            address = without_secrets(picture) or "…"
            self.project.draft("content", self.where, "picture_left", address=address)
        return {
            "title": title or dict.fromkeys(each, self.name),
            "text": words,
            "buttons": self._buttons(each),
        }

    def _text(self, said: Mapping[str, str]) -> Text:
        return {key: one for code, text in said.items() for key, one in self.project.text(text, code).items()}

    def _buttons(self, each: Mapping[str, Found]) -> list[Node]:
        most = max(len(one.buttons) for one in each.values())
        made = []
        for number in range(most):
            at = {code: one.buttons[number] for code, one in each.items() if number < len(one.buttons)}
            if button := self._button(at):
                made.append(button)
        self.left += max(0, len(made) - MOST_BUTTONS)
        return made[:MOST_BUTTONS]

    def _button(self, at: Mapping[str, tuple[str, str]]) -> Node | None:
        label = self._text({code: said[:LONGEST_LABEL] for code, (said, _target) in at.items()})
        target = next(target for _label, target in at.values())
        if not label:
            return None
        if may_lead_there(target):
            return {"label": label, "link": target}
        if ":" in target.partition("/")[0]:
            self.project.draft("content", self.where, "link_left", name=next(iter(label.values())))
            return None
        spoken = {code: _spoken(said, target) for code, (said, target) in at.items()}
        return {"label": label, "says": self._text(spoken)}

    def tell(self, number: int) -> None:
        if number:
            self.project.mapped("content", self.where, "became_cards", number=number, flow=self.flow)
        if self.left:
            self.project.draft("content", self.where, "cards_cut", number=self.left)


def _spoken(label: str, target: str) -> str:
    """A name of the other system's own (`/greet`, `PAYLOAD_7`) is nothing that a customer says."""
    return target if " " in target and not target.startswith(("/", "{", "[")) else label
