"""Rasa's flows (CALM) as ours: step by step, with their branches. Pure."""

from __future__ import annotations

from typing import Any

from flows.importers.drawing import Drawing, Node
from flows.importers.expressions import Unreadable, read_condition
from flows.importers.naming import key_of
from flows.importers.rasa_files import Bot
from flows.importers.rasa_ours import (
    asks_before,
    conditions,
    is_form,
    is_offer,
    kept_of,
    own_action,
    own_choice,
    own_form,
    restore_flow,
    restored,
)
from flows.importers.rasa_says import asks, text_of, typed, uttered
from flows.importers.steps import act, ask, assign, branch, call, done_by, hand_off
from untrusted.shapes import mapping, mappings, text, texts

# The flows for everyday trouble that have one of ours; `repair` of the graph.
REPAIRS = {
    "pattern_correction": "corrected", "pattern_cancel_flow": "cancelled",
    "pattern_continue_interrupted": "resumed", "pattern_cannot_handle": "not_understood",
    "pattern_internal_error": "failed", "pattern_human_handoff": "human",
}  # fmt: skip
PERSON = {"pattern_human_handoff", "action_human_handoff", "action_trigger_handoff", "action_handoff"}
SEARCH = "action_trigger_search"
SILENT = {"action_listen", "action_restart", "action_session_start", "action_clean_stack"}
MOST_DEPTH = 30


def read_flows(bot: Bot) -> None:
    for name, (_, definition) in bot.flows.items():
        if not name.startswith("pattern_"):
            key = bot.project.flow_keys.of(name)
            for one in mappings(definition.get("nlu_trigger")):
                intent = one.get("intent")
                bot.begun_by.setdefault(text(mapping(intent).get("name")) or text(intent), key)
    for name, (file, definition) in bot.flows.items():
        if name.startswith("pattern_") and name not in REPAIRS:
            bot.project.left("flow", name, "pattern_built_in")
        elif not mappings(definition.get("steps")):
            bot.project.left("flow", name, "no_steps", file=file)
        else:
            _Flow(bot, name, definition).draw()


def programmed(bot: Bot, drawing: Drawing, action: str) -> list[Node]:
    """One of the bot's own programs, all of which stand behind one address."""
    key = bot.project.program(action, drawing.key, url=bot.server, form="rasa")
    return done_by(key, bot.project.reply_of(key, "rasa"), bot.project.code())


class _Flow:
    def __init__(self, bot: Bot, name: str, definition: dict[str, Any]) -> None:
        self.bot, self.project, self.name, self.definition = bot, bot.project, name, definition
        self.drawing = Drawing(bot.project, name)
        self.steps: dict[str, str] = {}  # their id: ours
        self.remembered = set(texts(definition.get("persisted_slots")))

    def draw(self) -> None:
        self._describe()
        steps = mappings(self.definition.get("steps"))
        restore_flow(self.drawing, steps)
        self._name_all(steps, 0)
        self.drawing.finish(self._sequence(steps, ""))

    def _describe(self) -> None:
        given, fields = self.definition, self.drawing.fields
        if named := self.project.text(text(given.get("name"))):
            fields["name"] = named
        fields["description"] = self.project.text(text(given.get("description")))
        intents = [one.get("intent") for one in mappings(given.get("nlu_trigger"))]
        fields["examples"] = self.bot.examples(
            [text(mapping(one).get("name")) or text(one) for one in intents]
        )
        fields["repair"] = REPAIRS.get(self.name, "")
        fields["begins"] = not fields["repair"]
        guard = text(given.get("if"))
        if guard.lower() == "false":
            fields["begins"] = False
        elif guard and (when := self._condition(guard)):
            fields["when"] = when
        if fields["repair"]:
            self.project.draft("flow", self.name, "became_repair", repair=fields["repair"])

    def _name_all(self, steps: list[dict[str, Any]], depth: int) -> None:
        """Every step that has an id gets one of ours, since jumps may lead forward."""
        for step in steps if depth < MOST_DEPTH else ():
            if (name := text(step.get("id"))) and name not in self.steps:
                self.steps[name] = self.drawing.new_id(name)
            for way in mappings(step.get("next")):
                for inner in (way.get("then"), way.get("else")):
                    self._name_all(mappings(inner), depth + 1)

    def _sequence(self, steps: list[dict[str, Any]], then: str, depth: int = 0) -> str:
        """Steps from the last to the first, so that each knows where it goes on."""
        if depth >= MOST_DEPTH:
            self.project.draft("step", self.name, "nested_too_deep")
            return ""
        for step in reversed(steps):
            at = self.steps.get(text(step.get("id")), "")
            if at in self.drawing.nodes:  # the id stands twice
                at = ""
            own = self._own(step, at, depth)
            then = own or self._step(step, self._next(step, then, depth), at)
        return then

    def _own(self, step: dict[str, Any], at: str, depth: int) -> str:
        """Buttons, and actions that are confirmed: Rasa writes them as slots, and we wrote them so. "" for
        any other step."""
        if is_form(step):
            return self._own_form(step, at)
        if not (is_offer(step) or asks_before(step)):
            return ""
        ways = mappings(step.get("next"))
        leads = [self._leads(way, depth) for way in ways if "else" not in way]
        otherwise = next((self._leads(way, depth) for way in ways if "else" in way), "")
        said = text_of(self.bot, asks(self.bot, text(step.get("collect"))))
        if is_offer(step):
            node = own_choice(step, said, leads, otherwise)
            return self.drawing.chain([node], then="", at=at) if node else ""
        act_step = self.drawing.nodes.get(leads[0] if leads else "", {})
        if act_step.get("kind") != "act":
            return ""
        act_step.update(confirm=said, declined=otherwise)
        self.drawing.alias(at, leads[0])
        return leads[0]

    def _own_form(self, step: dict[str, Any], at: str) -> str:
        """The questions that follow it are in it: none of them is a step of its own any more."""
        nodes, name = self.drawing.nodes, self.steps.get(text(step.get("next")), "")
        asks: list[Node] = []
        while name in nodes and nodes[name]["kind"] == "ask" and nodes[name] not in asks:
            asks.append(nodes[name])
            name = nodes[name]["next"]
        said = text_of(self.bot, text(step.get("action")))
        node = own_form(step, said, asks, self._target)
        if node is None:
            return ""
        then = asks[len(node["slots"]) - 1]["next"] if node["slots"] else self._next(step, "", 0)
        for one in asks[: len(node["slots"])]:
            del nodes[one["id"]]
        return self.drawing.chain([node], then=then, at=at)

    def _leads(self, way: dict[str, Any], depth: int) -> str:
        target = way.get("then", way.get("else"))
        if isinstance(target, list):
            return self._sequence(mappings(target), "", depth + 1)
        return self._named(text(target), "")

    def _next(self, step: dict[str, Any], then: str, depth: int) -> str:
        """Where a step goes on: a branch where it says so."""
        following = step.get("next")
        if not isinstance(following, list):
            return self._named(text(following), then) if following else then
        cases: list[tuple[Any, str]] = []
        otherwise, ways = "", mappings(following)
        known = conditions(step, sum("else" not in way for way in ways))
        for way in ways:
            leads = self._leads(way, depth)
            if "else" in way:
                otherwise = leads
            elif when := known.pop(0) if known else self._condition(text(way.get("if"))):
                cases.append((when, leads))
        return self.drawing.chain([branch(cases, next=otherwise)] if cases else [], then=otherwise)

    def _named(self, name: str, then: str) -> str:
        if name.upper() == "END":
            return ""
        if name not in self.steps:
            self.project.draft("step", self.name, "no_target", name=name)
            return then
        return self.steps[name]

    def _condition(self, said: str) -> dict[str, Any] | None:
        try:
            return read_condition(said, self._fact)
        except Unreadable as error:
            self.project.draft("condition", self.name, "condition_left", condition=said, reason=str(error))
            return None

    def _fact(self, name: str) -> str:
        root, _, rest = name.partition(".")
        if root == "slots" and rest:
            return f"slots.{self.project.slot_keys.of(rest)}"
        if name in self.bot.slots:  # older flows named slots alone
            return f"slots.{self.project.slot_keys.of(name)}"
        raise Unreadable(f"unknown: {name[:40]}")

    def _step(self, step: dict[str, Any], then: str, at: str) -> str:
        if action := text(step.get("action")):
            return self._action(action, step, then, at)
        nodes = [restored(node, step, self._target) for node in self._kind(step)]
        return self.drawing.chain(nodes, then=then, at=at)

    def _target(self, name: str) -> str:
        return self.steps.get(name, "")

    def _kind(self, step: dict[str, Any]) -> list[Node]:
        if slot := text(step.get("collect")):
            return [self._collect(slot, step)]
        if "set_slots" in step:
            pairs = [one for given in mappings(step["set_slots"]) for one in given.items()]
            return assign({self.project.slot(name): typed(value) for name, value in pairs})
        if flow := text(step.get("link")):
            return self._leave_for(flow)
        if flow := text(step.get("call")):
            return self._call(flow, step)
        if "noop" in step:  # cards alone have no words of Rasa's
            return [{"kind": "say"}] if kept_of(step, "say") else []
        self.project.left("step", self.name, "unknown_step", kind=", ".join(step)[:100])
        return []

    def _action(self, action: str, step: dict[str, Any], then: str, at: str) -> str:
        if own := own_action(step, self._target) or self._own_words(action, step):
            return self.drawing.chain([own], then=then, at=at)
        if action.startswith("utter_"):
            return uttered(self.bot, self.drawing, action, then=then, at=at)
        if action == SEARCH:
            answer = restored({"kind": "answer"}, step, self._target)
            return self.drawing.chain([answer], then=then, at=at)
        if action in SILENT:
            return self.drawing.chain([], then=then, at=at)
        if action in PERSON:
            return self.drawing.chain([hand_off(reason="customer_request")], then="", at=at)
        return self.drawing.chain(programmed(self.bot, self.drawing, action), then=then, at=at)

    def _own_words(self, action: str, step: dict[str, Any]) -> Node | None:
        """Words of ours in which more than slots are named, or that end the flow unhappily."""
        kind = "end" if "outcome" in kept_of(step, "end") else "say"
        if not (kept := kept_of(step, kind)):
            return None
        return {**kept, "kind": kind, "text": {**text_of(self.bot, action), **kept.get("text", {})}}

    def _collect(self, name: str, step: dict[str, Any]) -> Node:
        key = self.project.slot(name)
        slot: dict[str, Any] = {}
        utter = text(step.get("utter")) or asks(self.bot, name)
        if question := text_of(self.bot, utter):
            slot["ask"] = question
        else:
            self.project.draft("slot", name, "asked_by_program")
        rejections = mappings(step.get("rejections"))
        wrong = [when for one in rejections if (when := self._condition(text(one.get("if"))))]
        if wrong:
            slot["valid"] = {"not": {"any": wrong}}
            slot["reject"] = next(
                filter(None, (text_of(self.bot, text(one.get("utter"))) for one in rejections)), {}
            )
        if text(step.get("reset_after_flow_ends")).lower() == "false" or name in self.remembered:
            slot["remembered"] = True
        self.drawing.slots[key] = {**slot, **self.drawing.slots.get(key, {})}
        return ask(key, again=text(step.get("ask_before_filling")).lower() == "true")

    def _leave_for(self, flow: str) -> list[Node]:
        if flow in PERSON:
            return [hand_off(reason="customer_request")]
        if flow == "pattern_search":
            return [{"kind": "answer", "next": ""}]
        if flow not in self.bot.flows or flow.startswith("pattern_"):
            self.project.draft("step", self.name, "no_flow", flow=flow)
            return []
        return [call(self.project.flow_keys.of(flow), next="")]

    def _call(self, flow: str, step: dict[str, Any]) -> list[Node]:
        if step.get("mcp_server"):
            return self._tool(flow, step)
        left = self._leave_for(flow)
        for node in left:
            node.pop("next", None)  # it comes back
        return left

    def _tool(self, tool: str, step: dict[str, Any]) -> list[Node]:
        passed = mapping(step.get("mapping"))
        given = {
            key_of(text(one.get("param"))): f"{{{self.project.slot(text(one.get('slot')))}}}"
            for one in mappings(passed.get("input")) if text(one.get("param")) and text(one.get("slot"))
        }  # fmt: skip
        return [act(self.project.program(tool, self.drawing.key), given)]
