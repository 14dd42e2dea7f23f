"""What each kind of step does when the conversation comes to it. Used by the runner only.

Each function changes the run: it goes on to another step, or leaves the frame waiting for something.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from flows import graph
from flows.buttons import buttons_of, yes_or_no
from flows.conditions import holds
from flows.form_filling import form
from flows.offers import with_offers
from flows.run import MOST_FRAMES, Run
from flows.shown_cards import sign_of
from flows.state import Acted, AnswerFromKnowledge, Button, Do
from flows.taking import keep, take
from flows.texts import filled, in_language


def say(run: Run, node: graph.Say) -> None:
    text, cards = run.words(node.text), run.cards(node.cards)
    told = f"{node.id}:{text}{sign_of(cards)}"
    if told in run.top.skip:  # after a correction: it was said before
        skip = list(run.top.skip)
        skip.remove(told)
        run.change(skip=tuple(skip))
    else:
        run.say(text, cards=cards)
        run.change(said=(*run.top.said, told)[-graph.MOST_NODES :])
    run.go(node.next)


def ask(run: Run, node: graph.Ask) -> None:
    flow = run.flow_of(run.top)
    slot = flow.slots.get(node.slot) if flow else None
    if slot is None or (not node.again and run.top.slots.get(node.slot) is not None):
        run.go(node.next)
        return
    asked = with_offers(slot, run.top.slots, run.about.language)
    run.say(run.words(slot.ask) or run.phrase("ask"), buttons_of(run, asked))
    run.change(waiting="slot")


def choose(run: Run, node: graph.Choose) -> None:
    if not node.options:
        run.go(node.otherwise)
        return
    labels = [in_language(option.label, run.about.language) or option.value for option in node.options]
    run.say(run.words(node.text), tuple(Button(label, label) for label in labels))
    run.change(waiting="choice")


def branch(run: Run, node: graph.Branch) -> None:
    facts = run.facts()
    run.go(next((case.next for case in node.cases if holds(case.when, facts)), node.next))


def assign(run: Run, node: graph.Set) -> None:
    facts = run.facts()
    for name, value in node.values.items():
        keep(run, name, filled(value, facts))
    run.go(node.next)


def act(run: Run, node: graph.Act) -> None:
    if not run.top.confirmed and (node.confirm or run.library.must_confirm(node.action)):
        question = run.words(node.confirm) or run.phrase("confirm")
        run.say(question, yes_or_no(run))
        run.change(waiting="confirmation")
        return
    facts = run.facts()
    given = {name: filled(template, facts) for name, template in node.given.items()}
    run.effects.append(Do(node.action, given, _key(run, node.id, given)))
    run.change(waiting="action")


def _key(run: Run, node: str, given: Mapping[str, Any]) -> str:
    """The same wherever it is repeated from, since a lost answer must not do it twice; another one when the
    same step is taken with other arguments, after a correction."""
    frame = run.top
    digest = hashlib.blake2b(json.dumps(given, sort_keys=True, default=str).encode(), digest_size=6)
    times = frame.trail.count(node)
    return f"{frame.begun}.{len(run.frames)}/{frame.flow}/{node}/{times}/{digest.hexdigest()}"


def acted(run: Run, node: graph.Act, event: Acted) -> None:
    """What it brought goes into slots. One that failed leads where the flow says, else to a person."""
    if event.final:
        run.change(done=(*run.top.done, node.id))
    if event.pending:
        if not node.pending:
            run.say(run.phrase("pending"))
        run.go(node.pending)
        return
    take(run, node, event)
    if not event.ok:
        _failed(run, node, event)
        return
    run.go(node.next)


def _failed(run: Run, node: graph.Act, event: Acted) -> None:
    if node.failed:
        run.go(node.failed)
        return
    if event.message:  # an honest reason comes before the offer of a person
        run.say(run.words({run.about.language: "{action.message}"}))
    run.break_off("given_up", "failed", error=event.error)


def answer(run: Run, node: graph.Answer) -> None:
    question = run.words(node.question) or str(run.top.about.get("question", "")) or run.asked
    run.effects.append(AnswerFromKnowledge(question))
    run.change(waiting="answer")


def hand_off(run: Run, node: graph.HandOff) -> None:
    run.say(run.words(node.text))
    run.hand_over(node.reason)
    run.drop_group("done", handed_over=True)
    run.resting = True


def call(run: Run, node: graph.Call) -> None:
    found = run.library.current(node.flow)
    if found is None or len(run.frames) >= MOST_FRAMES:
        run.break_off("lost", "failed", error="call")
        return
    ours = run.top.slots
    slots = {**ours, **{theirs: ours.get(mine) for theirs, mine in node.gives.items()}}
    run.push(found, called=True, slots={name: value for name, value in slots.items() if value is not None})


def returned(run: Run, slots: dict[str, Any]) -> None:
    """A called flow is over: take its slots back and go on behind the call."""
    node, flow = run.node(), run.flow_of(run.top)
    if not isinstance(node, graph.Call) or flow is None:
        run.go("")
        return
    taken = {ours: slots.get(theirs) for ours, theirs in node.takes.items()}
    for name, value in {**{k: v for k, v in slots.items() if k in flow.slots}, **taken}.items():
        if value is not None:
            keep(run, name, value)
    run.go(node.next)


def end(run: Run, node: graph.End) -> None:
    run.say(run.words(node.text))
    run.outcome = node.outcome
    run.go("")


WALK: dict[str, Callable[[Run, Any], None]] = {
    "say": say,
    "ask": ask,
    "form": form,
    "choose": choose,
    "branch": branch,
    "set": assign,
    "act": act,
    "answer": answer,
    "handoff": hand_off,
    "call": call,
    "end": end,
}
