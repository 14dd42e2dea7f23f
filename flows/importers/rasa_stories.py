"""Rasa's rules and stories as flows: those that begin with the same intents are one with branches. Pure."""

from __future__ import annotations

import re
from typing import Any

from flows.importers.drawing import Drawing, Node
from flows.importers.rasa_calm import PERSON, SILENT, programmed
from flows.importers.rasa_files import Bot
from flows.importers.rasa_paths import BUILT_IN, Paths, Token, paths_of
from flows.importers.rasa_says import asks, buttons_of, intent_label, text_of, uttered
from flows.importers.rasa_slots import given_by
from flows.importers.steps import ask, assign, branch, call, choose, hand_off, option, say

Path = list[Token]
COURTESY = re.compile(r"greet(ing)?s?|hello|hi|(good_?)?bye|thanks?(_you)?|thank_?you", re.IGNORECASE)
WANTS_PERSON = re.compile(
    r"human|hand_?(off|over)|live_?(agent|chat|person)|operator|(talk|speak|chat)_?(to|with)_?(a_)?(person|agent)",
    re.IGNORECASE,
)


def read_stories(bot: Bot) -> None:
    paths = paths_of(bot)
    groups = _groups(paths.begun)
    for intents, told in groups:
        if not _is_answer(bot, told) and not set(intents) <= BUILT_IN and not _wants_person(intents, told):
            main = next((one for one in intents if not given_by(bot, one)), intents[0])
            for intent in intents:
                own = intent if given_by(bot, intent) else main
                bot.begun_by[intent] = bot.project.flow_keys.of(own)
    for intents, told in groups:
        if set(intents) <= BUILT_IN:
            bot.project.left("intent", ", ".join(intents), "trouble_built_in")
        elif _wants_person(intents, told):
            bot.persons.update(intents)
            bot.project.left("intent", ", ".join(intents), "person_built_in")
        elif _is_answer(bot, told):
            courtesy = all(COURTESY.fullmatch(intent) for intent in intents)
            code = "courtesy_built_in" if courtesy else "is_knowledge"
            bot.project.left("intent", ", ".join(intents), code)
        else:
            _draw(bot, intents, told, paths)
    _tell_forms(bot, paths)


def _draw(bot: Bot, intents: list[str], told: list[Path], paths: Paths) -> None:
    """An intent that tells a value by itself ("my password" → the title) is a small flow, which sets it and
    goes on with that of the others."""
    telling = [intent for intent in intents if given_by(bot, intent)]
    plain = [intent for intent in intents if intent not in telling]
    main = (plain or intents)[0]
    drawing = Drawing(bot.project, f"{main} itself" if main in telling else main, where=", ".join(intents),
                      what="intent")  # fmt: skip
    drawing.fields["examples"] = bot.examples(plain)
    drawing.fields["begins"] = bool(plain)
    if drawing.finish(_Stories(bot, drawing, paths).go([path[1:] for path in told])) is None:
        return
    for intent in telling:
        own = Drawing(bot.project, intent, what="intent")
        own.fields["examples"] = bot.examples([intent])
        values = {bot.project.slot(slot): value for slot, value in given_by(bot, intent).items()}
        own.finish(own.chain([*assign(values), call(drawing.key, next="")], then=""))


def _wants_person(intents: list[str], told: list[Path]) -> bool:
    """Whether all that is wanted is a person, and nothing is asked before."""
    named = any(WANTS_PERSON.search(intent) for intent in intents)
    return named and not any(token.kind == "form" for path in told for token in path)


def _groups(begun: list[Path]) -> list[tuple[list[str], list[Path]]]:
    """Paths whose first intents overlap are one group."""
    groups: list[tuple[list[str], list[Path]]] = []
    for path in begun:
        mine = set(path[0].intents)
        same = [group for group in groups if mine & set(group[0])]
        intents = [one for group in same for one in group[0]] + list(path[0].intents)
        merged = (list(dict.fromkeys(intents)), [one for group in same for one in group[1]] + [path])
        at = groups.index(same[0]) if same else len(groups)
        groups = [group for group in groups if group not in same]
        groups.insert(at, merged)
    return groups


def _is_answer(bot: Bot, told: list[Path]) -> bool:
    """An intent that is answered by one text and nothing more is a question with its answer, and no flow."""
    return all(
        all(token.kind == "do" and token.name.startswith("utter_") for token in path[1:])
        and not any(list(buttons_of(bot, token.name)) for token in path[1:])
        for path in told
    )


def _tell_forms(bot: Bot, paths: Paths) -> None:
    used = {
        token.name
        for path in [*paths.begun, *(one for told in paths.points.values() for one in told)]
        for token in path
        if token.kind == "form"
    }
    for form in bot.forms:
        if form in used:
            bot.project.mapped("form", form, "became_asks", number=len(bot.forms[form]))
        else:
            bot.project.left("form", form, "never_begun")
        if f"validate_{form}" in bot.actions:
            bot.project.draft("form", form, "checked_by_program", action=f"validate_{form}")


class _Stories:
    def __init__(self, bot: Bot, drawing: Drawing, paths: Paths) -> None:
        self.bot, self.drawing, self.paths = bot, drawing, paths
        self.points: dict[str, str] = {}

    def go(self, paths: list[Path]) -> str:
        """The first step of what these paths, told side by side, say."""
        heads: dict[Token, list[Path]] = {}
        for path in paths:
            if path:
                heads.setdefault(path[0], []).append(path[1:])
        if not heads:
            return ""
        sets = {head: rest for head, rest in heads.items() if head.kind == "set"}
        if sets:
            return self._state(sets, {head: rest for head, rest in heads.items() if head not in sets})
        if all(head.kind == "intent" for head in heads):
            return self.drawing.chain([self._choice({}, heads)], then="")
        bots = {head: rest for head, rest in heads.items() if head.kind != "intent"}
        head = max(bots, key=lambda one: len(bots[one]))
        if len(heads) > 1:
            told = ", ".join(one.name for one in bots if one != head)
            self.bot.project.draft("story", self.drawing.where, "depends_on_model", kept=head.name, left=told)
        return self._bot(head, bots[head])

    def _state(self, sets: dict[Token, list[Path]], others: dict[Token, list[Path]]) -> str:
        """Paths that differ by what a slot holds. One alone only says what was so."""
        if len(sets) == 1 and not others:
            return self.go(next(iter(sets.values())))
        cases = [(self._when(token), self.go(rest)) for token, rest in sets.items()]
        otherwise = self.go([[head, *path] for head, rest in others.items() for path in rest])
        return self.drawing.chain([branch(cases, next=otherwise)], then="")

    def _when(self, token: Token) -> dict[str, Any]:
        fact = f"slots.{self.bot.project.slot_keys.of(token.name)}"
        if token.value is None:
            return {"fact": fact, "op": "unknown"}
        return {"fact": fact, "op": "is", "value": token.value}

    def _bot(self, head: Token, rest: list[Path]) -> str:
        if head.kind == "point":
            return self._point(head.name)
        if head.kind == "form":
            return self.drawing.chain(self._asks(head.name), then=self.go(rest))
        answers = [path for path in rest if path]
        if head.name.startswith("utter_") and answers and all(path[0].kind == "intent" for path in answers):
            heads: dict[Token, list[Path]] = {}
            for path in answers:
                heads.setdefault(path[0], []).append(path[1:])
            return self.drawing.chain([self._choice(text_of(self.bot, head.name), heads, head.name)], then="")
        if head.name.startswith("utter_"):
            return uttered(self.bot, self.drawing, head.name, then=self.go(rest))
        return self.drawing.chain(self._act(head.name), then=self.go(rest))

    def _act(self, name: str) -> list[Node]:
        if name in SILENT:
            return []
        if name in PERSON:
            self.bot.project.mapped("action", name, "became_handoff")
            return [hand_off(reason="customer_request")]
        return programmed(self.bot, self.drawing, name)

    def _point(self, name: str) -> str:
        if name not in self.points:
            self.points[name] = at = self.drawing.new_id(name)
            self.drawing.alias(at, self.go(self.paths.points.get(name, [])))
        return self.points[name]

    def _asks(self, form: str) -> list[Node]:
        steps: list[Node] = []
        for slot in self.bot.forms[form]:
            key = self.bot.project.slot(slot)
            question = text_of(self.bot, asks(self.bot, slot, form)) or text_of(
                self.bot, asks(self.bot, slot)
            )
            if question:
                self.drawing.slots[key] = {"ask": question}
            else:
                self.bot.project.draft("slot", slot, "asked_by_program", flow=self.drawing.key)
            steps.append(ask(key))
            if "confirm" in slot.lower() and self.bot.project.slots[key].get("kind") == "yes_no":
                # There a program looks at the answer; here "no" must not do what was asked about.
                after_no = self.drawing.chain(say(self._when_declined()), then="")
                steps.append(branch([({"fact": f"slots.{key}", "op": "is", "value": False}, after_no)]))
                self.bot.project.draft("slot", slot, "no_ends_the_flow", flow=self.drawing.key)
        return steps

    def _when_declined(self) -> dict[str, str]:
        """What the bot has to say to that: a program said it, so no story tells which text it is."""
        named = [one for one in self.bot.responses if "cancel" in one.lower() and one not in self.bot.said]
        return text_of(self.bot, named[0]) if len(named) == 1 else {}

    def _choice(self, said: dict[str, str], heads: dict[Token, list[Path]], utter: str = "") -> Node:
        """What the customer may answer, as buttons: each intent is one, and its examples are its synonyms."""
        titles = {intent: title for _, title, _, intent in buttons_of(self.bot, utter) if intent}
        options: dict[str, Node] = {}
        for head, rest in heads.items():
            target = self.go(rest)
            for intent in head.intents:
                examples = self.bot.examples([intent])
                codes = list(examples) or [self.bot.project.code()]
                label = intent_label(self.bot, intent, codes, titles.get(intent, ""))
                options.setdefault(intent, option(intent, label, examples, next=target))
        return choose(said, list(options.values()))
