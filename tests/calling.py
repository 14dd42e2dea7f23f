"""Which functions of the product call which: enough of it to see what a transaction does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.source import Function, calls, functions, imported, module_of, product_files, steps


@cache
def _names(path: Path) -> dict[str, str]:
    """What a name in the module stands for: what it imports, and its own functions."""
    known = {name.rpartition(".")[2]: name for name in imported(path)}
    return known | {function.name: f"{module_of(path)}.{function.name}" for function in functions(path)}


def called(path: Path, tree: ast.AST) -> Iterator[str]:
    """The full names of the functions that are called, or handed on, in a part of the module."""
    known = _names(path)
    for call in calls(tree):
        for node in (call.func, *call.args):
            *front, last = steps(node) or [""]
            if not front and last in known:
                yield known[last]
            elif front in (["self"], ["cls"]):
                yield f"{module_of(path)}.{last}"
            elif len(front) == 1 and front[0] in known:
                yield f"{known[front[0]]}.{last}"


@cache
def _graph() -> dict[str, set[str]]:
    graph: dict[str, set[str]] = {}
    for path in product_files():
        for function in functions(path):
            graph.setdefault(f"{module_of(path)}.{function.name}", set()).update(called(path, function))
    return graph


def reaching(ends: set[str]) -> set[str]:
    """Every function that may end up in one of these."""
    found, fresh = set(ends), set(ends)
    while fresh:
        fresh = {name for name, others in _graph().items() if others & fresh} - found
        found |= fresh
    return found


def within_transactions(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """The parts of a module that run in a transaction, and where they stand."""
    for function in functions(path):
        if any(_is_transaction(decorator) for decorator in function.decorator_list):
            yield f"{module_of(path)}.{function.name}", _body(function)
        for node in ast.walk(function):
            if isinstance(node, ast.With) and any(_is_transaction(item.context_expr) for item in node.items):
                yield f"{module_of(path)}.{function.name}", ast.Module(node.body, [])


def _body(function: Function) -> ast.Module:
    return ast.Module(function.body, [])


def _is_transaction(node: ast.AST) -> bool:
    return steps(node)[-1:] in (["atomic"], ["record"])
