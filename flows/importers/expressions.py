"""Conditions that other systems write as text, read as ours: never run. Pure.

Rasa's predicates, Dialogflow CX's conditions and the simple ones of JavaScript are so alike that one reader
does for all. What it does not know (functions, sums, two facts compared) is Unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

LONGEST = 2_000
DEEPEST = 40
ALWAYS: dict[str, Any] = {"all": []}
NEVER: dict[str, Any] = {"any": []}
TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<number>-?\d+(?:\.\d+)?(?![\w.]))
    |(?P<sign>===|!==|==|!=|<>|>=|<=|&&|\|\||[=><!:()])
    |(?P<name>[$\#@]?[A-Za-z_][\w$]*(?:[.\-][\w$]+|\[(?:"[^"\]]*"|'[^'\]]*'|\d+)\])*))""",
    re.VERBOSE,
)
WORDS = {"and": "&&", "or": "||", "not": "!", "is": "is", "contains": ":", "matches": "matches", "in": "in"}
FIXED: dict[str, Any] = {"true": True, "false": False, "null": None, "none": None, "undefined": None,
                         "empty": None}  # fmt: skip
OPS = {"=": "is", "==": "is", "===": "is", "is": "is", "!=": "is_not", "!==": "is_not", "<>": "is_not",
       ">": "above", "<": "below", ">=": "at_least", "<=": "at_most", ":": "contains"}  # fmt: skip
TURNED = {"above": "below", "below": "above", "at_least": "at_most", "at_most": "at_least"}

Named = Callable[[str], str]  # the path of a fact; raises Unreadable


class Unreadable(Exception):
    """What is said of a condition that is none of the simple ones."""


class Fact(str):
    """A path, as opposed to a text."""


def read_condition(text: str, named: Named) -> dict[str, Any]:
    """`named` says which fact of ours a name of theirs is. Raises Unreadable."""
    if len(text) > LONGEST:
        raise Unreadable("too long")
    reader = _Reader(_tokens(text), named)
    found = reader.either()
    if reader.rest:
        raise Unreadable(f"unexpected {reader.rest[0][1][:20]}")
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, at = [], 0
    text = text.strip().rstrip(";")
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise Unreadable(f"unexpected {text[at : at + 20].strip()}")
        kind, value = found.lastgroup, found[found.lastgroup]
        word = WORDS.get(value.lower()) if kind == "name" else None
        tokens.append(("sign", word) if word else (kind, value))
        at = found.end()
        if not text[at:].strip():
            break
    return tokens


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]], named: Named) -> None:
        self.rest, self._named, self._depth = tokens, named, 0

    def _takes(self, *signs: str) -> str:
        if self.rest and self.rest[0][0] == "sign" and self.rest[0][1] in signs:
            return self.rest.pop(0)[1]
        return ""

    def either(self) -> dict[str, Any]:
        found = [self._both()]
        while self._takes("||"):
            found.append(self._both())
        return found[0] if len(found) == 1 else {"any": found}

    def _both(self) -> dict[str, Any]:
        found = [self._one()]
        while self._takes("&&"):
            found.append(self._one())
        return found[0] if len(found) == 1 else {"all": found}

    def _one(self) -> dict[str, Any]:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable("nested too deep")
        try:
            if self._takes("!"):
                return {"not": self._one()}
            if self._takes("("):
                found = self.either()
                if not self._takes(")"):
                    raise Unreadable("a bracket is not closed")
                return found
            return self._compared()
        finally:
            self._depth -= 1

    def _compared(self) -> dict[str, Any]:
        left = self._operand()
        op = OPS.get(self._takes(*OPS), "")
        if not op:
            return _alone(left)
        if op == "is" and self._takes("!"):
            op = "is_not"
        return _test(left, op, self._operand())

    def _operand(self) -> Any:
        if not self.rest or self.rest[0][0] == "sign":
            raise Unreadable(f"unexpected {self.rest[0][1] if self.rest else 'end'}")
        kind, value = self.rest.pop(0)
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", value[1:-1])
        if kind == "number":
            return float(value) if "." in value else int(value)
        if value.lower() in FIXED:
            return FIXED[value.lower()]
        return Fact(self._named(value))


def _alone(value: Any) -> dict[str, Any]:
    """A fact by itself is true when it is known and not "no"."""
    if isinstance(value, Fact):
        return {"all": [{"fact": str(value), "op": "known"},
                        {"fact": str(value), "op": "is_not", "value": False}]}  # fmt: skip
    return ALWAYS if value else NEVER


def _test(left: Any, op: str, right: Any) -> dict[str, Any]:
    if isinstance(right, Fact) and not isinstance(left, Fact):
        left, right, op = right, left, TURNED.get(op, op)
    if isinstance(right, Fact):
        raise Unreadable("two facts are compared")
    if not isinstance(left, Fact):
        if op not in ("is", "is_not"):
            raise Unreadable("no fact is compared")
        return ALWAYS if (left == right) == (op == "is") else NEVER
    if right is None and op in ("is", "is_not"):
        return {"fact": str(left), "op": "unknown" if op == "is" else "known"}
    return {"fact": str(left), "op": op, "value": right}
