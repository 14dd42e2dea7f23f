"""Whether an action is there and can be done, gets what it needs, and brings what is kept of it. Pure.

One that cannot be done stops customers also where a step comes after its failure: it would fail each time.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows import graph as form
from flows.checks.base import Draft, Level, Problem
from flows.checks.facts import is_known
from flows.conditions import facts_named
from flows.known_actions import KnownAction
from flows.paths import is_of_a_refusal
from flows.texts import PLACEHOLDER, path_of


def check(draft: Draft) -> Iterator[Problem]:
    for node in draft.graph.nodes:
        if isinstance(node, form.Act):
            yield from _act(draft, node)
    yield from _why_before_it_failed(draft)


def _act(draft: Draft, node: form.Act) -> Iterator[Problem]:
    if not node.action:
        yield Problem("stops", node.id, "action", "no_action")
    elif draft.actions is not None and node.action not in draft.actions:
        yield Problem("stops", node.id, "action", "no_such_action", {"action": node.action})
    elif draft.actions is not None:
        known = draft.actions[node.action]
        if code := _why_not(known):
            params = {"action": known.title or known.name, "page": known.page}
            yield Problem("stops", node.id, "action", code, params)
        yield from _given(node, known, "warns" if node.failed else "stops")
        yield from _unfit(draft, node, known)
        yield from _kept(node, known)


def _why_not(known: KnownAction) -> str:
    if not known.addressed:
        return "action_without_address"
    return "" if known.enabled else "action_off"


def _given(node: form.Act, known: KnownAction, level: Level) -> Iterator[Problem]:
    asked = {one.name: one for one in known.parameters if not one.own}
    for name, parameter in asked.items():
        if parameter.required and not node.given.get(name, "").strip():
            yield Problem(level, node.id, f"given.{name}", "argument_missing", {"name": known.called(name)})
        elif parameter.advised and not node.given.get(name, "").strip():
            yield Problem("warns", node.id, f"given.{name}", "argument_advised", {"name": known.called(name)})
    for name in node.given:
        if name not in asked and node.given[name].strip():
            yield Problem(level, node.id, f"given.{name}", "argument_unknown", {"name": name})


def _unfit(draft: Draft, node: form.Act, known: KnownAction) -> Iterator[Problem]:
    """A slot of a kind that the action cannot read. What is chosen from a list, or brought, may be of any."""
    suits = {one.name: one.suits for one in known.parameters if one.suits and not one.own}
    for name, template in node.given.items():
        alone = PLACEHOLDER.fullmatch(template.strip())
        asked = path_of(alone[1]).removeprefix("slots.") if alone else ""
        slot = draft.graph.slots.get(asked)
        if name not in suits or slot is None or slot.offered or asked not in draft.asked:
            continue
        if slot.kind not in suits[name]:
            params = {"slot": asked, "name": known.called(name)}
            yield Problem("warns", node.id, f"given.{name}", "argument_unfit", params)


def _kept(node: form.Act, known: KnownAction) -> Iterator[Problem]:
    for slot, path in node.takes.items():
        name, _, rest = path.partition(".")
        if is_of_a_refusal(path):
            part = rest.partition(".")[0]
            if not node.failed:
                yield Problem("warns", node.id, f"takes.{slot}", "refusal_in_vain", {"slot": slot})
            elif part and known.refuses and part not in known.refuses:
                yield Problem("warns", node.id, f"takes.{slot}", "not_refused_with", {"name": part})
        elif name and known.brings and name not in known.brings:
            yield Problem("warns", node.id, f"takes.{slot}", "not_brought", {"name": name})


def _why_before_it_failed(draft: Draft) -> Iterator[Problem]:
    """Why an action failed is known only on the ways behind “failed”."""
    failing = [node.failed for node in draft.graph.nodes if isinstance(node, form.Act) and node.failed]
    behind = draft.reached_from(failing)
    looked_at = [(node, field, path) for node, field, one in draft.conditions() for path in facts_named(one)]
    for node, field, path in sorted({*looked_at, *draft.placeholders}):
        known = node in behind if node else bool(behind)
        if path.startswith("action.") and is_known(draft, path) and not known:
            yield Problem("warns", node, field, "no_failure_before", {"name": path})
