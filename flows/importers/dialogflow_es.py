"""Dialogflow ES agents: an intent and what follows it up become one flow with branches. Pure."""

from __future__ import annotations

from flows.importers.base import Imported, Importer
from flows.importers.cards import shown, titles_of
from flows.importers.dialogflow import buttons, label_for
from flows.importers.dialogflow_cards import drawn
from flows.importers.dialogflow_es_agent import (
    Agent,
    Intent,
    claim,
    declare_slot,
    is_settings,
    read_agent,
    tell_entities,
)
from flows.importers.drawing import Drawing
from flows.importers.naming import in_words
from flows.importers.project import Project
from flows.importers.sniffing import by_root, json_at
from flows.importers.steps import Node, act, ask, choose, done_by, label_of, option, yes_or_no
from untrusted.folders import folder
from untrusted.shapes import mappings, text
from untrusted.together import Files

MOST_DEEP = 20


def load(files: Files, claimed: set[str], language: str) -> Imported:
    first = Project(files, language)
    settings = {folder(name) for name in claimed if is_settings(json_at(files, name))}
    for names in by_root(claimed, settings).values():
        _load_agent(first.beside(), names)
    return first.made


def _load_agent(project: Project, names: list[str]) -> None:
    agent = read_agent(project, names)
    placed: set[str] = set()
    for intent in agent.intents:
        if not intent.needs and not intent.content.get("parentId"):
            _Flow(agent, intent, placed).read()
    for intent in agent.intents:
        if intent.id not in placed:
            project.left(
                "intent", intent.name, "context_never_opened", contexts=", ".join(sorted(intent.needs))
            )
    tell_entities(agent)


class _Flow:
    """`placed` are the intents that have become part of something, or were told."""

    def __init__(self, agent: Agent, root: Intent, placed: set[str]) -> None:
        self.agent, self.project, self.root, self.placed = agent, agent.project, root, placed
        self.steps: dict[str, str] = {}  # the first step of each intent

    def read(self) -> None:
        self.placed.add(self.root.id)
        if code := self._why_not():
            self.project.left("intent", self.root.name, code)
            for intent in self._followers(self.root) if code != "is_knowledge" else ():
                self.placed.add(intent.id)
            return
        self.drawing = Drawing(self.project, self.root.name, what="intent")
        self.drawing.fields["examples"] = self.root.said
        self.drawing.finish(self._intent(self.root, 0))

    def _why_not(self) -> str:
        events = [text(one.get("name")) for one in mappings(self.root.content.get("events"))]
        if self.root.is_fallback:
            return "trouble_built_in"
        if any("WELCOME" in event for event in events):
            return "greeting_built_in"
        if not any(self.root.said.values()):
            return "begun_by_event" if events else "no_examples"
        asked = any(one.get("required") is True for one in self.root.parameters)
        return "" if asked or self._calls(self.root) or self._followers(self.root) else "is_knowledge"

    def _calls(self, intent: Intent) -> bool:
        return intent.content.get("webhookUsed") is True and self.agent.calls_programs

    def _followers(self, intent: Intent) -> list[Intent]:
        """What may follow: its children, and what needs a context that it opens."""
        own = text(intent.content.get("id"))
        return [
            one for one in self.agent.intents
            if one is not intent and (one.needs & intent.opens or own and one.content.get("parentId") == own)
        ]  # fmt: skip

    def _intent(self, intent: Intent, depth: int) -> str:
        """Its questions, its program, its words, then what follows it."""
        if intent.id in self.steps:
            return self.steps[intent.id]
        self.placed.add(intent.id)
        self.steps[intent.id] = at = self.drawing.new_id(intent.name)
        if intent is not self.root:
            self.project.mapped("intent", intent.name, "became_branch", flow=self.drawing.key)
        messages = self._messages(intent)
        said, cards = drawn(self.project, messages, where=intent.name, flow=self.drawing.key)
        followers = self._followers(intent) if depth < MOST_DEEP else []
        asked = [*self._asks(intent), *self._program(intent, speaks=not said and not cards)]
        if self._leads_straight_on(followers):
            then = self._intent(followers[0], depth + 1)
            asks = self._asked_with(said, followers[0], after=intent)
            return self.drawing.chain([*asked, *shown({} if asks else said, cards)], then=then, at=at)
        if followers:
            choice = self._choice(said or titles_of(cards), followers, buttons(messages), depth)
            return self.drawing.chain([*asked, *shown({}, cards), choice], then="", at=at)
        return self.drawing.chain([*asked, *shown(said, cards)], then="", at=at)

    def _asks(self, intent: Intent) -> list[Node]:
        steps: list[Node] = []
        for parameter in intent.parameters:
            if text(parameter.get("name")):
                slot = declare_slot(self.agent, parameter)
                self.drawing.slots.setdefault(slot, {})
                steps += [ask(slot)] if parameter.get("required") is True else []
        return steps

    def _program(self, intent: Intent, *, speaks: bool) -> list[Node]:
        """Its own words stand for those of the agent; where there are none, it alone speaks. One that the
        export does not name is a step as well: what its words promise is not done without it."""
        if intent.content.get("webhookUsed") is not True:
            return []
        name = text(next((one.get("action") for one in intent.responses if one.get("action")), ""))
        key = self.project.program(
            name or intent.name, self.drawing.key, url=self.agent.url, form="dialogflow_es"
        )
        if not speaks or not self.agent.calls_programs:
            return [act(key)]
        return done_by(key, self.project.reply_of(key, "dialogflow_es"), self.project.code())

    def _asked_with(self, said: dict[str, str], follower: Intent, *, after: Intent) -> bool:
        """What is said before the next intent is its first question: it is not asked twice. Its own prompt is
        what is said to an answer that is none."""
        first = next((one for one in follower.parameters if one.get("required") is True), None)
        before = {text(one.get("name")) for one in after.parameters}
        if not said or first is None or text(first.get("name")) in before:
            return False
        slot = self.project.slot_keys.of(text(first.get("name")))
        prompt = self.project.slots[slot].get("ask", {})
        self.drawing.slots[slot] = {"ask": said, **({"reject": prompt} if prompt else {})}
        return True

    def _messages(self, intent: Intent) -> list[dict[str, object]]:
        """The messages for all platforms, when there are such."""
        found = [one for response in intent.responses for one in mappings(response.get("messages"))]
        return [one for one in found if not one.get("platform")] or found

    def _leads_straight_on(self, followers: list[Intent]) -> bool:
        """One that asks for something itself needs no button before it."""
        return len(followers) == 1 and any(one.get("required") is True for one in followers[0].parameters)

    def _choice(self, said: dict[str, str], followers: list[Intent], titles: list[str], depth: int) -> Node:
        otherwise, options = "", []
        for follower in sorted(followers, key=lambda one: yes_or_no(one.name) == "no"):
            target = self._intent(follower, depth + 1)
            if follower.is_fallback:
                otherwise = target
                continue
            codes = [code for code, one in follower.said.items() if one] or [self.project.code()]
            short = follower.name.rsplit(" - ", 1)[-1]
            shown = label_for(follower.name, follower.said, titles) or in_words(short)
            options.append(option(short, label_of(short, shown, codes), follower.said, next=target))
        return choose(said, options, otherwise=otherwise)


DIALOGFLOW_ES = Importer("Dialogflow ES", claim, load)
