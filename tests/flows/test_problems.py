"""What is wrong with a flow is found before any customer meets it."""

from __future__ import annotations

import time

import pytest
from django.utils.translation import override
from hypothesis import given, settings

from flows.graph import Graph
from flows.known_actions import KnownAction, Parameter
from flows.problem_words import WORDS, with_place
from flows.problems import problems
from flows.repairs import stock_repairs
from tests.flows.drawn import graphs
from tests.flows.shop import CONTACT, OPENING, ORDER, RETURN, flow

LANGUAGES = ["en", "fr"]
LABEL = (
    Parameter("order"),
    Parameter("reason"),
    Parameter("copies", required=False, suits=("number",)),
    Parameter("e", own=True),
)
ACTIONS = {
    "make_label": KnownAction("make_label", parameters=LABEL, brings=("url",), changes="writes"),
    "old_label": KnownAction("old_label", "Old labels", parameters=LABEL, enabled=False),
    "free_times": KnownAction(
        "free_times", parameters=(Parameter("order"), Parameter("around", required=False, advised=True))
    ),
    "new_label": KnownAction("new_label", "New labels", parameters=LABEL, addressed=False),
    "find_order": KnownAction("find_order", parameters=(Parameter("order"),), refuses=("instead",)),
}
GIVEN = "given: {order: '{order}', reason: '{reason}'}"
CALLS = "\n  - {id: again, kind: call, flow: return, next: told}\n"

# (flow, what is replaced by what, level, step, field, code)
CARD = "cards: [{title: {en: Town, fr: Ville}%s}]"
BUTTON = ", buttons: [{label: {en: Look, fr: Voir}, %s}]"
THERE = "11111111-1111-4111-8111-111111111111"
TOLD = "kind: say\n    text"
ITEMS = "{id: items, kind: say, cards: [{title: {en: Lamp, fr: Lampe}, each: town}]}"


def _card(more: str) -> list[tuple[str, str]]:
    """The step that tells the opening times, with a card."""
    return [(TOLD, f"kind: say\n    {CARD % more}\n    text")]


WRONG: list[tuple[str, list[tuple[str, str]], str, str, str, str]] = [
    (OPENING, [("start: town", "start: ''")], "stops", "", "start", "no_start"),
    (OPENING, [("start: town", "start: nowhere")], "stops", "", "start", "no_such_step"),
    (OPENING, [("next: told", "next: gone")], "stops", "town", "next", "no_such_step"),
    (OPENING, [("next: told", "next: told, otherwise: gone")], "stops", "town", "otherwise", "no_such_step"),
    (OPENING, [("next: told", "next: ''")], "warns", "told", "", "unreached"),
    (OPENING, [("next: told", "next: ''")], "warns", "town", "next", "ends_in_silence"),
    (RETURN, [("fr: Pourquoi le retournez-vous ?", "de: Warum?")],
     "warns", "", "slots.reason.ask", "no_translation"),
    (RETURN, [("text: {en: Let us send it back., fr: Renvoyons-le.}", "text: {}")],
     "stops", "hello", "text", "no_text"),
    (RETURN, [("en: It is broken, ", "")],
     "warns", "", "slots.reason.choices.0.label", "no_translation"),
    (OPENING, [("ask: {en: Which town?, fr: Quelle ville ?}", "ask: {}")],
     "warns", "", "slots.town.ask", "no_text"),
    (OPENING, [("In {town}", "In {city}")], "warns", "told", "text", "unknown_placeholder"),
    (OPENING, [("In {town}", "In {time.century}")], "warns", "told", "text", "unknown_placeholder"),
    (RETURN, [("reason: '{reason}'", "reason: '{raison}'")],
     "warns", "label", "given.reason", "unknown_placeholder"),
    (ORDER, [("{state: state}", "{state: failed.elsewhere}")],
     "warns", "find", "takes.state", "not_refused_with"),
    (ORDER, [("{state: state}", "{state: failed.instead}"), ("    failed: unknown\n", "")],
     "warns", "find", "takes.state", "refusal_in_vain"),
    (ORDER, [("It is {state}.", "It is {action.message}.")], "warns", "told", "text", "no_failure_before"),
    (OPENING, [("slot: town", "slot: city")], "stops", "town", "slot", "undeclared_slot"),
    (OPENING, _card(BUTTON % "link: 'ftp://example.org'"),
     "stops", "told", "cards.0.buttons.0.link", "no_link"),
    (OPENING, _card(BUTTON % "link: 'javascript:alert({town})'"),
     "stops", "told", "cards.0.buttons.0.link", "no_link"),
    (OPENING, _card(BUTTON % "link: ''"), "stops", "told", "cards.0.buttons.0.link", "no_target"),
    (OPENING, _card(BUTTON % "link: /help/, says: {en: Yes, fr: Oui}"),
     "stops", "told", "cards.0.buttons.0.link", "two_targets"),
    (OPENING, _card(BUTTON % "link: 'https://example.org/{city}'"),
     "warns", "told", "cards.0.buttons.0.link", "unknown_placeholder"),
    (OPENING, _card(", text: {en: '{item.name}', fr: '{town}'}"),
     "warns", "told", "cards.0.text", "unknown_placeholder"),
    (OPENING, _card(", text: {en: Open}"), "warns", "told", "cards.0.text", "no_translation"),
    (OPENING, _card(", each: town"), "warns", "told", "cards.0.each", "no_list"),
    (OPENING, [("nodes:\n", f"nodes:\n  - {ITEMS}\n"), ("next: told", "next: items")],
     "warns", "items", "next", "ends_in_silence"),
    (OPENING, _card(", picture: gone, alt: {en: A lamp, fr: Une lampe}"),
     "warns", "told", "cards.0.picture", "no_picture"),
    (OPENING, _card(", each: towns"), "stops", "told", "cards.0.each", "undeclared_slot"),
    (OPENING, _card(", buttons: [{}, {}, {}, {}]"), "stops", "told", "cards.0.buttons", "too_many_buttons"),
    (OPENING, _card(", buttons: [{}]"), "stops", "told", "cards.0.buttons.0.label", "no_text"),
    (OPENING, [(TOLD, f"kind: say\n    cards: [{', '.join(['{}'] * 11)}]\n    text")],
     "stops", "told", "cards", "too_many_cards"),
    (OPENING, [(TOLD, "kind: say\n    cards: [{}]\n    text")], "stops", "told", "cards.0.title", "no_text"),
    (RETURN, [("takes: {label: url}", "takes: {lable: url}")], "warns", "label", "", "undeclared_slot"),
    (OPENING, [("slots:\n", "slots:\n  spare: {}\n")], "warns", "", "slots.spare", "unused_slot"),
    (RETURN, [("""    choices:
      - {value: broken, label: {en: It is broken, fr: Il est cassé}}
      - {value: size, label: {en: Wrong size, fr: Mauvaise taille}}
""", "")], "stops", "", "slots.reason.choices", "no_choices"),
    (OPENING, [("{id: town, kind: ask, slot: town, next: told}",
                "{id: town, kind: choose, slot: town, text: {en: a, fr: b}, otherwise: told}")],
     "stops", "town", "options", "no_options"),
    (RETURN, [("next: order}", "next: early}"), ("nodes:\n", """nodes:
  - id: early
    kind: branch
    cases: [{when: {fact: slots.reason, op: is, value: size}, next: order}]
    next: order
""")], "warns", "early", "cases.0.when", "not_filled_before"),
    (OPENING, [("fr: 'À {town} de 9 h à 18 h.'}", "fr: 'À {town} de 9 h à 18 h.'}\n    next: town")],
     "stops", "town", "", "circle_asks_once"),
    (OPENING, [("slot: town", "slot: town, again: true"),
               ("fr: 'À {town} de 9 h à 18 h.'}", "fr: 'À {town} de 9 h à 18 h.'}\n    next: town")],
     "warns", "town", "", "circle_without_exit"),
    (OPENING, [("fr: 'À {town} de 9 h à 18 h.'}", "fr: 'À {town} de 9 h à 18 h.'}\n    next: told")],
     "stops", "told", "", "circle_without_question"),
    (ORDER, [("failed: unknown", "failed: find")], "warns", "find", "", "circle_without_question"),
    (OPENING, [("next: told", "next: call"), ("nodes:\n", """nodes:
  - {id: call, kind: call, flow: closing, next: told}
""")], "stops", "call", "flow", "no_such_flow"),
    (OPENING, [("start: town", "start: call"), ("nodes:\n", """nodes:
  - {id: call, kind: call, flow: opening, next: town}
""")], "stops", "call", "flow", "calls_itself"),
    (OPENING, [("next: told", "next: call"), ("nodes:\n", """nodes:
  - {id: call, kind: call, flow: opening, next: told}
""")], "warns", "call", "flow", "calls_each_other"),
    (RETURN, [("action: make_label", "action: ''")], "stops", "label", "action", "no_action"),
    (RETURN, [("action: make_label", "action: make_lable")], "stops", "label", "action", "no_such_action"),
    (RETURN, [("action: make_label", "action: old_label")], "stops", "label", "action", "action_off"),
    (RETURN, [("make_label", "old_label"), ("declined: kept", "declined: kept\n    failed: kept")],
     "stops", "label", "action", "action_off"),
    (RETURN, [("action: make_label", "action: new_label")],
     "stops", "label", "action", "action_without_address"),
    (RETURN, [(GIVEN, "given: {reason: '{reason}'}")], "stops", "label", "given.order", "argument_missing"),
    (ORDER, [("given: {order: '{order}'}", "given: {}")], "warns", "find", "given.order", "argument_missing"),
    (ORDER, [("action: find_order", "action: free_times")],
     "warns", "find", "given.around", "argument_advised"),
    (RETURN, [(GIVEN, GIVEN[:-1] + ", copies: '{order}'}")],
     "warns", "label", "given.copies", "argument_unfit"),
    (RETURN, [(GIVEN, GIVEN[:-1] + ", e: x}")], "stops", "label", "given.e", "argument_unknown"),
    (RETURN, [("takes: {label: url}", "takes: {label: link.0}")],
     "warns", "label", "takes.label", "not_brought"),
    (ORDER, [("given: {order: '{order}'}", "given: {order: '{Your order}'}")],
     "stops", "find", "given.order", "no_placeholder"),
    (OPENING, [("fr: 'À {town} de 9 h à 18 h.'", "fr: 'À {la ville}.'")],
     "warns", "told", "text", "no_placeholder"),
    (OPENING, [("examples:\n  en: [when are you open]\n  fr: [quels sont vos horaires]\n", "")],
     "warns", "", "examples", "no_examples"),
    (OPENING, [("  fr: [quels sont vos horaires]\n", "")], "warns", "", "examples", "no_examples_in"),
    (OPENING, [("description: {en: When the shop is open., fr: Quand la boutique est ouverte.}\n", "")],
     "warns", "", "description", "no_description"),
    (CONTACT, [("slots: [name, email, day]", "slots: []"), ("optional: [day]", "optional: []")],
     "stops", "details", "slots", "empty_form"),
    (CONTACT, [("slots: [name, email, day]", "slots: [day]")], "warns", "details", "slots", "form_of_one"),
    (CONTACT, [("name, email, day]", ", ".join(["name", "email", "day"] * 4) + "]")],
     "stops", "details", "slots", "long_form"),
    (CONTACT, [("name, email, day]", "name, email, day, name]")],
     "warns", "details", "slots.3", "field_twice"),
    (CONTACT, [("name, email, day]", "name, email, day, town]")],
     "stops", "details", "slots", "undeclared_slot"),
    (CONTACT, [("kind: date", "kind: file")], "stops", "details", "slots.2", "file_in_form"),
    (CONTACT, [("optional: [day]", "optional: [town]")],
     "warns", "details", "optional.0", "optional_elsewhere"),
    (CONTACT, [("    label: {en: Name, fr: Nom}\n", "")], "stops", "", "slots.name.label", "no_text"),
    (CONTACT, [("label: {en: Name, fr: Nom}", "label: {en: Name}")],
     "warns", "", "slots.name.label", "no_translation"),
    (OPENING, [("when are you open", "Where is my PARCEL?")], "warns", "", "examples.en.0", "same_example"),
]  # fmt: skip


def found(graph: Graph, **flows: str) -> set[tuple[str, str, str, str]]:
    others = {key: flow(text) for key, text in {"order": ORDER, **flows}.items()}
    return {
        (one.level, one.node, one.field, one.code)
        for one in problems(graph, languages=LANGUAGES, flows=others, actions=ACTIONS, pictures=[THERE])
    }


@pytest.mark.parametrize("text", [RETURN, OPENING, ORDER], ids=lambda text: text.splitlines()[0])
def test_a_good_flow_has_none(text: str) -> None:
    assert found(flow(text)) == set()


@pytest.mark.parametrize(
    "graph", [graph for _number, graph in stock_repairs().values()], ids=lambda one: one.key
)
def test_the_flows_that_come_with_the_product_have_none(graph: Graph) -> None:
    assert found(graph) == set()


def test_a_picture_that_is_there_is_none() -> None:
    more = f", picture: {THERE}, alt: {{en: A lamp, fr: Une lampe}}"
    assert found(flow(OPENING, *_card(more))) == set()


@pytest.mark.parametrize(("text", "replaced", "level", "step", "field", "code"), WRONG)
def test_it_is_found_where_it_stands(
    text: str, replaced: list[tuple[str, str]], level: str, step: str, field: str, code: str
) -> None:
    assert (level, step, field, code) in found(flow(text, *replaced))


def test_a_flow_without_steps_cannot_begin() -> None:
    assert ("stops", "", "nodes", "no_steps") in found(Graph(key="empty"))


def test_flows_that_call_each_other_before_asking_are_stopped() -> None:
    first = OPENING.replace("start: town", "start: call").replace(
        "nodes:\n", "nodes:\n  - {id: call, kind: call, flow: other, next: town}\n"
    )
    other = first.replace("key: opening", "key: other").replace("flow: other", "flow: opening")
    assert ("stops", "call", "flow", "calls_itself") in found(flow(first), other=other)
    assert ("stops", "call", "flow", "calls_itself") not in found(flow(first), other=OPENING)


def test_a_slot_that_a_called_flow_hands_back_counts_as_filled() -> None:
    after_call = """nodes:
  - {id: call, kind: call, flow: order, next: late}
  - id: late
    kind: branch
    cases: [{when: {fact: slots.state, op: is, value: sent}, next: told}]
    next: town
"""
    text = OPENING.replace("nodes:\n", after_call).replace("slots:\n", "slots:\n  state: {}\n")
    text = text.replace("start: town", "start: call")
    assert found(flow(text)) == set()


def test_what_customers_said_already_may_be_asked_for_with_known() -> None:
    branch = """nodes:
  - {id: early, kind: branch, next: town, cases: [{when: {fact: slots.town, op: known}, next: told}]}
"""
    assert found(flow(OPENING, ("nodes:\n", branch), ("start: town", "start: early"))) == set()


def test_what_stops_customers_comes_first() -> None:
    graph = flow(OPENING, ("next: told", "next: gone"), ("description:", "unlike: {}\ndescription:"))
    levels = [one.level for one in problems(graph, languages=["en", "fr", "de"])]
    assert levels == sorted(levels)
    assert set(levels) == {"stops", "warns"}


def test_each_has_words_in_both_languages_that_hold_all_it_says() -> None:
    told = {}
    for text, replaced, *_where in WRONG:
        for one in problems(
            flow(text, *replaced),
            languages=LANGUAGES,
            flows={"order": flow(ORDER)},
            actions=ACTIONS,
            pictures=[THERE],
            spoken=["de"],
        ):
            with override("fr"):
                french = with_place(one)
            told[one.code] = with_place(one)
            assert "%(" not in told[one.code] + french
            assert told[one.code] != french
    assert set(WORDS) - set(told) == {"no_steps", "too_many_steps", "never", "unknown_fact", "no_flow_here"}


@settings(max_examples=150)
@given(graphs)
def test_whatever_is_drawn_can_be_checked_and_told(graph: Graph) -> None:
    for one in problems(graph, languages=LANGUAGES, flows={"a": graph}, actions={}):
        assert with_place(one)


def large(steps: int) -> Graph:
    """Says, asks, branches, acts and lets choose, over and over; each of five steps leads to the next."""
    nodes = []
    for at in range(0, steps, 5):
        first, after = f"s{at}", f"s{at + 5}" if at + 5 < steps else f"s{at}"
        nodes += [
            {"id": first, "kind": "say", "text": {"en": "Hello {town}"}, "next": f"{first}b"},
            {"id": f"{first}b", "kind": "ask", "slot": "town", "next": f"{first}c"},
            {"id": f"{first}c", "kind": "branch", "next": f"{first}e", "cases": [
                {"when": {"fact": "slots.town", "op": "is", "value": "x"}, "next": f"{first}d"}]},
            {"id": f"{first}d", "kind": "act", "action": "find", "next": f"{first}e"},
            {"id": f"{first}e", "kind": "choose", "text": {"en": "Which?"}, "options": [
                {"value": "a", "next": after}, {"value": "b", "next": "s0"}]},
        ]  # fmt: skip
    return Graph.model_validate(
        {"key": "large", "start": "s0", "slots": {"town": {}, "two": {}}, "nodes": nodes}
    )


def test_500_steps_are_checked_at_once() -> None:
    graph, took = large(500), []
    for _ in range(5):
        began = time.process_time()
        found(graph)
        took.append(time.process_time() - began)
    assert min(took) < 0.1  # 15 ms on a machine that does nothing else
    assert ("warns", "", "nodes", "too_many_steps") in found(graph)
