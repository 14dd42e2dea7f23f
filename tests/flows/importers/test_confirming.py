"""An imported bot that asks before it does something: customers are asked once, and never not at all."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.graph import Graph
from flows.importers.confirming import Confirming
from flows.importers.dialogflow_es import DIALOGFLOW_ES
from flows.importers.drawing import Drawing
from flows.importers.project import Project
from flows.importers.rasa import RASA
from flows.importers.steps import act, ask, assign, branch, choose, option, say
from flows.importers.typebot import TYPEBOT as TYPEBOT_IMPORTER
from flows.state import ChooseOption, Confirm, Do, Say, SetSlot, StartFlow
from tests.flows.importers.exports import RASA_CALM, TYPEBOT, Read, bot
from tests.flows.importers.test_rasa import CLASSIC
from tests.flows.talking import Talk
from untrusted.together import Files

SURE = {"en": "Shall I send it?"}


def talk(flow: Graph, *more: Graph) -> Talk:
    """Every action is one that the runner asks about by itself."""
    actions = {node.action for node in flow.nodes if node.kind == "act"}
    begun = Talk.over(flow, *more)
    begun.library = replace(begun.library, confirmed_actions=frozenset(actions))
    return begun


def test_a_form_that_ends_with_a_confirmation_asks_once():
    read = Read(RASA, CLASSIC)
    flow = read.flows["book"]
    step = next(node for node in flow.nodes if node.kind == "act")
    assert step.confirm == {"en": "Shall I book {size}?"} and "confirm_booking" not in flow.slots
    assert step.given["confirm_booking"] == "true"  # what the program looks at
    assert [one.kind for one in read.made.webhooks[0].parameters][-1] == "boolean"
    assert ("book", "asked_once") in read.codes("mapped")
    said = talk(flow)
    said.hear(StartFlow("book"), SetSlot("size", "large"), SetSlot("code", "AB1234"))
    assert said.to_do is None
    said.hear(Confirm(True))
    assert said.to_do
    assert said.to_do.given == {"size": "large", "code": "AB1234", "confirm_booking": "true"}


def test_a_no_leads_where_the_bot_led():
    domain = CLASSIC["domain.yml"].replace(
        "  utter_bye:", "  utter_cancelled: [{text: Then not.}]\n  utter_bye:"
    )
    flow = Read(RASA, {**CLASSIC, "domain.yml": domain}).flows["book"]
    said = talk(flow)
    said.hear(StartFlow("book"), SetSlot("size", "large"), SetSlot("code", "AB1234"))
    assert said.hear(Confirm(False)) == "Then not." and said.to_do is None


def test_a_question_with_a_branch_behind_it_is_the_confirmation():
    """“if: slots.confirmed” leads to the action, anything else elsewhere."""
    flow = Read(RASA, RASA_CALM).flows["transfer_money"]
    step = flow.node("go")
    assert step.confirm and flow.node(step.declined).kind == "set" and "confirmed" not in flow.slots


def test_a_slot_that_something_else_looks_at_is_still_filled():
    flows = RASA_CALM["flows.yml"].replace(
        "      - call: rate_us\n",
        "      - noop: true\n        next:\n          - if: slots.confirmed\n            then:\n"
        "              - call: rate_us\n          - else: END\n",
    )
    flow = Read(RASA, {**RASA_CALM, "flows.yml": flows}).flows["transfer_money"]
    step = flow.node("go")
    assert flow.node(step.next).values == {"confirmed": True} and step.confirm
    assert flow.node(step.declined).values == {"confirmed": False}


def test_two_buttons_are_the_confirmation_and_what_is_said_on_the_way_comes_after():
    files = deepcopy(bot("dialogflow_es.json"))
    files["intents/Order.json"]["webhookUsed"] = False
    files["intents/Order - yes.json"]["webhookUsed"] = True
    read = Read(DIALOGFLOW_ES, files)
    flow = read.flows["order"]
    step = next(node for node in flow.nodes if node.kind == "act")
    asked = next(node for node in flow.nodes if node.kind == "choose")
    assert asked.options[0].confirms == step.id and not asked.options[1].confirms
    assert flow.node(step.next).text["en"] == "Ordered." and ("Order", "asked_once") in read.codes("mapped")
    said = talk(flow)
    assert said.hear(StartFlow("order"), SetSlot("size", "small")) == "One small, right? [Yes] [No]"
    said.hear(ChooseOption("yes"))
    assert said.to_do
    assert said.to_do.given == {"size": "small"}


def test_buttons_of_typebot_are_the_confirmation():
    content = deepcopy(TYPEBOT)
    group = content["groups"][1]["blocks"]
    group[1:6] = [
        {"id": "b20", "type": "text", "content": {"richText": [{"children": [{"text": "Send it?"}]}]}},
        {"id": "b21", "type": "choice input", "items": [
            {"id": "i3", "content": "Yes, please"}, {"id": "i4", "content": "No", "outgoingEdgeId": "e3"},
        ]},
        next(one for one in group if one["type"] == "Webhook"),
    ]  # fmt: skip
    flow = next(iter(Read(TYPEBOT_IMPORTER, {"bot.json": content}).flows.values()))
    step = next(node for node in flow.nodes if node.kind == "act")
    asked = next(node for node in flow.nodes if node.kind == "choose" and node.options[0].confirms)
    assert asked.text == {"en": "Send it?"} and asked.options[0].confirms == step.id


def test_a_button_that_leads_elsewhere_by_now_is_no_yes_to_the_action():
    """Somebody has led it to another action since: the customer is asked about that one."""
    nodes = {"a": choose(SURE, [YES, NO]), "do": DO, "say": {**SAID, "next": "else"}, "else": act("other")}
    graph, _project = drawn(nodes)
    data = graph.model_dump(by_alias=True)
    data["nodes"][0]["options"][0]["next"] = "else"
    said = talk(Graph.model_validate(data))
    said.hear(StartFlow("flow"))
    assert said.hear(ChooseOption("yes")) == "Shall I go ahead? [Yes] [No]" and said.to_do is None


def drawn(nodes: dict[str, dict[str, Any]], start: str = "a", **slots: Any) -> tuple[Graph, Project]:
    project = Project(Files([], lambda _name: None), "en")  # type: ignore[return-value]
    drawing = Drawing(project, "flow")
    drawing.slots.update(slots or {"sure": {"kind": "yes_no", "ask": SURE}})
    for name, given_node in deepcopy(nodes).items():
        node = {part: one for part, one in given_node.items() if part != "hint"}
        if node.get("action") == "program":
            project.programs.named("program")
        ends = {} if node["kind"] == "choose" else {"next": ""}
        drawing.nodes[name] = {"id": name, **ends, **node}
    graph = drawing.finish(start)
    assert graph is not None
    return graph, project


def asks_once(node: Any) -> bool:
    return bool(getattr(node, "confirm", {})) or any(one.confirms for one in getattr(node, "options", ()))


YES = option("yes", {}, next="do")
NO = option("no", {}, next="say")
DO, SAID = act("program"), {**say({"en": "All right."})[0]}
ASKED = {"a": {**ask("sure"), "next": "b"}, "do": DO, "say": SAID}
IS_NO = {"fact": "slots.sure", "op": "is", "value": False}
IS_CLOSED = {"fact": "time.open", "op": "is", "value": False}


@pytest.mark.parametrize(
    "nodes",
    [
        {"a": choose(SURE, [YES, option("more", {}, next="say")]), "do": DO, "say": SAID},
        {"a": choose(SURE, [YES, NO, option("sí", {"en": "Yes"}, next="say")]), "do": DO, "say": SAID},
        {"a": choose(SURE, [option("yes", {}, next="say"), NO]), "do": DO, "say": SAID},
        {"a": choose({}, [YES, NO]), "do": DO, "say": SAID},
        {"a": choose(SURE, [YES, NO], otherwise="do"), "do": DO, "say": SAID},
        {"a": choose(SURE, [YES, NO]), "do": DO, "say": {**SAID, "next": "do"}},
        {"a": choose(SURE, [YES, NO]), "do": act("other"), "say": SAID},
        {"a": choose(SURE, [option("yes", {}, next="b"), NO]), "b": {**ask("more"), "next": "do"}, "do": DO,
         "say": SAID},
        {"a": choose(SURE, [option("yes", {}, next="b"), NO]),
         "b": {**assign({"x": "{y}"})[0], "next": "do"}, "do": DO, "say": SAID},
        {**ASKED, "a": {**ask("sure"), "next": "do"}, "do": {**DO, "next": "say"}},
        {**ASKED, "b": {**branch([({**IS_NO, "fact": "customer.verified"}, "say")]), "next": "do"}},
        {**ASKED, "b": {**branch([({"any": [IS_NO, IS_CLOSED]}, "say")]), "next": "do"}},
    ],
)  # fmt: skip
def test_only_a_question_about_this_very_action_is_moved(nodes):
    graph, project = drawn(nodes)
    assert graph.start == "a" and not any(asks_once(node) for node in graph.nodes)
    assert "asked_once" not in {line.code for line in project.made.report}


def test_what_is_kept_on_the_way_is_given_as_it_is():
    nodes = {
        "a": choose(SURE, [option("yes", {}, next="b"), NO], slot="answer"),
        "b": {**assign({"times": 2.0, "note": "by phone"})[0], "next": "c"},
        "c": {**say({"en": "One moment."})[0], "next": "do"},
        "do": {**act("program", {"times": "{times}", "said": "{answer}: {note}"}), "next": "say"},
        "say": SAID,
    }
    graph, _project = drawn(nodes)
    step = graph.node("do")
    assert graph.node("a").options[0].confirms == "do"
    assert step.given == {"times": "2.0", "said": "{answer}: by phone"}
    assert graph.node(step.next).values == {"times": 2.0, "note": "by phone"}
    assert graph.node(graph.node(step.next).next).text == {"en": "One moment."}
    assert graph.node(graph.node(graph.node(step.next).next).next).text == {"en": "All right."}


# --- Whatever is drawn

NAMES = ["a", "b", "c", "d", "e", "f", "g", "h"]


@st.composite
def drawings(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Steps that only lead on, so that each is walked once; every question is about a slot of its own."""
    nodes: dict[str, dict[str, Any]] = {}
    for at, name in enumerate(NAMES):
        later = st.sampled_from([*NAMES[at + 1 :], ""])
        kind = draw(st.sampled_from(["ask", "choose", "branch", "say", "set", "act", "act"]))
        nodes[name] = _step(draw, kind, name, later)
        if kind != "choose":
            nodes[name]["next"] = draw(later)
    return nodes


def _step(draw: st.DrawFn, kind: str, name: str, later: st.SearchStrategy[str]) -> dict[str, Any]:
    other = f"sure_{draw(st.sampled_from(NAMES[:3]))}"
    if kind == "ask":
        return ask(f"sure_{name}")
    if kind == "choose":
        ways = [option(value, {}, next=draw(later)) for value in ("yes", "no")]
        return choose({"en": f"Question {name}?"}, ways, slot=draw(st.sampled_from(["", f"sure_{name}"])))
    if kind == "branch":
        when = {"fact": f"slots.{other}", "op": "is", "value": draw(st.booleans())}
        return branch([(when, draw(later))])
    if kind == "say":
        return say({"en": f"Said {name} {{{other}}}"})[0]
    if kind == "set":
        return assign({"note": "noted"})[0]
    return act("program", {"note": "{note}", "sure": "{sure_a}", "at": name})


def slots_of(nodes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        f"sure_{name}": {"kind": "yes_no" if node["kind"] == "ask" else "text",
                         "ask": {"en": f"Question {name}?"}}
        for name, node in nodes.items()
    }  # fmt: skip


def walked(graph: Graph, answers: list[bool], *, confirmed: bool) -> tuple[list[Any], Talk]:
    """What was asked, answered and done, in order; each action succeeds."""
    said = talk(graph) if confirmed else Talk.over(graph)
    told: list[Any] = []
    said.hear(StartFlow("flow"))
    for yes in [*answers, *[True] * 20]:
        while (doing := said.to_do) is not None:
            told.append((doing.action, {name: str(one).lower() for name, one in doing.given.items()}))
            said.acted()
        if not said.state.frames or said.state.frames[-1].flow != "flow":
            break
        frame = said.state.frames[-1]
        told.append([one.text for one in said.effects if isinstance(one, Say) and one.buttons][-1])
        told.append(yes)
        node = graph.node(frame.node)
        command = {
            "slot": lambda node=node, yes=yes: SetSlot(node.slot, yes),
            "choice": lambda yes=yes: ChooseOption("yes" if yes else "no"),
            "confirmation": lambda yes=yes: Confirm(yes),
        }[frame.waiting]()
        said.hear(command)
    return told, said


@settings(max_examples=300, deadline=None)
@given(drawings(), st.lists(st.booleans(), max_size=8))
def test_nothing_is_done_without_a_yes_to_a_question_directly_before(nodes, answers):
    graph, _project = drawn(nodes, **slots_of(nodes))
    told, _said = walked(graph, answers, confirmed=True)
    for at, one in enumerate(told):
        if isinstance(one, tuple):
            assert told[at - 1] is True and isinstance(told[at - 2], str)


@settings(max_examples=300, deadline=None)
@given(drawings(), st.lists(st.booleans(), max_size=8))
def test_the_same_is_asked_and_done_as_if_no_question_were_told_apart(nodes, answers):
    moved, project = drawn(deepcopy(nodes), **slots_of(nodes))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Confirming, "settle", lambda *_args, **_how: None)
        as_it_was, _project = drawn(deepcopy(nodes), **slots_of(nodes))
    before, _ = walked(as_it_was, answers, confirmed=False)
    after, _ = walked(moved, answers, confirmed=False)
    assert after == before
    questions = {line.code for line in project.made.report}
    assert ("asked_once" in questions) == any(map(asks_once, moved.nodes))


def test_every_kind_of_thing_that_is_done_is_a_do() -> None:
    """What the properties above look for."""
    graph, _project = drawn({"a": {**ask("sure"), "next": "do"}, "do": DO})
    said = talk(graph)
    said.hear(StartFlow("flow"), SetSlot("sure", True))
    said.hear(Confirm(True))
    assert [one.action for one in said.effects if isinstance(one, Do)] == ["program"]
