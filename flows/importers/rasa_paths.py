"""Rasa's rules and stories as paths: who says what, in order, without what our runner does by itself. Pure.

A form that is interrupted, a story that goes over to what begins another flow: the runner goes back and
changes over by itself, so these stories end there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flows.importers.rasa_files import Bot
from flows.importers.rasa_says import typed
from untrusted.shapes import mapping, mappings, sequence, text

NOTHING = {"", "null", "~", "none"}
BUILT_IN = {"nlu_fallback", "session_start", "out_of_scope"}


@dataclass(frozen=True)
class Token:
    """`kind` is intent, do (an action or utterance), form, set, or point (a checkpoint)."""

    kind: str
    name: str = ""
    intents: tuple[str, ...] = ()
    value: Any = None


@dataclass
class Paths:
    """`begun` are paths by the intents that begin them, `after` what follows a form, `points` what follows a
    checkpoint."""

    begun: list[list[Token]] = field(default_factory=list)
    after: dict[str, list[Token]] = field(default_factory=dict)
    points: dict[str, list[list[Token]]] = field(default_factory=dict)


def paths_of(bot: Bot) -> Paths:
    paths = Paths()
    for file, one in bot.told:
        name = text(one.get("story")) or text(one.get("rule"))
        what = "rule" if "rule" in one else "story"
        tokens = list(_tokens(bot, mappings(one.get("steps"))))
        for token in (one for one in tokens if one.kind == "unknown"):
            bot.project.draft(what, name or file, "unknown_step", kind=token.name)
        tokens = [token for token in tokens if token.kind != "unknown"]
        if not _sort(paths, tokens, _loop(one)):
            bot.project.left(what, name or file, "begins_without_customer")
    starters = {intent for path in paths.begun for intent in path[0].intents}
    paths.begun = [_cut(path, starters) for path in paths.begun]
    for path in paths.begun:
        _complete(path, paths.after)
    return paths


def _loop(one: dict[str, Any]) -> str:
    return next(
        (text(given["active_loop"]) for given in mappings(one.get("condition")) if "active_loop" in given), ""
    )


def _sort(paths: Paths, tokens: list[Token], loop: str) -> bool:
    """Whether a path has a place."""
    if loop not in NOTHING:
        rest = [token for token in tokens if not (token.kind == "form" and token.name == loop)]
        if not any(token.kind == "intent" for token in rest):
            paths.after.setdefault(loop, rest)
        return True
    if tokens and tokens[0].kind == "point":
        paths.points.setdefault(tokens[0].name, []).append(tokens[1:])
    elif tokens and tokens[0].kind == "intent":
        paths.begun.append(tokens)
    return bool(tokens) and tokens[0].kind in ("point", "intent")


def _tokens(bot: Bot, steps: list[dict[str, Any]]) -> Iterator[Token]:
    loop = ""
    for step in steps:
        for token in _step(bot, step):
            if token.kind == "loop":
                loop = "" if token.name in NOTHING else token.name
                continue
            if token.kind == "form":
                if loop == token.name:
                    continue  # it goes on
                loop = token.name
            yield token


def _step(bot: Bot, step: dict[str, Any]) -> Iterator[Token]:
    if "or" in step:
        intents = tuple(text(one.get("intent")) for one in mappings(step["or"]) if one.get("intent"))
        yield Token("intent", intents=intents) if intents else Token("unknown", "or")
    elif intent := text(step.get("intent")):
        yield Token("intent", intents=(intent.split("{")[0],))
    elif "active_loop" in step:
        yield Token("loop", text(step["active_loop"]))
    elif action := text(step.get("action")) or text(step.get("bot")):
        yield Token("form" if action in bot.forms else "do", action)
    elif "slot_was_set" in step:
        yield from _set(step["slot_was_set"])
    elif point := text(step.get("checkpoint")):
        yield Token("point", point)
    elif "user" not in step:
        yield Token("unknown", ", ".join(step)[:60])


def _set(given: Any) -> Iterator[Token]:
    for one in sequence(given) or [given]:
        for name, value in mapping(one).items():
            if name != "requested_slot":
                yield Token("set", name, value=typed(value))


def _cut(path: list[Token], starters: set[str]) -> list[Token]:
    """Up to where the customer begins something else, or interrupts a form."""
    kept: list[Token] = [path[0]]
    for token in path[1:]:
        if token.kind == "intent" and (set(token.intents) <= starters or kept[-1].kind == "form"):
            break
        kept.append(token)
    return kept


def _complete(path: list[Token], after: dict[str, list[Token]]) -> None:
    """What rules say happens when a form is filled in follows it in every story that ends with it."""
    if path[-1].kind == "form" and path[-1].name in after:
        path += after[path[-1].name]
