"""The product's source, read as trees: for the tests of its rules and of its style."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The apps and their levels: an app imports only from lower ones (DESIGN, section 2).
LEVELS = {
    "llm": 0,
    "accounts": 0,
    "background": 0,
    "untrusted": 0,
    "knowledge": 1,
    "flows": 1,
    "actions": 1,
    "assistant": 2,
    "conversations": 3,
    "messengers": 4,
    "evaluation": 4,
    "api": 4,
    "training": 5,
    "insights": 5,
    "privacy": 6,
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def product_files(*, tests: bool = False) -> tuple[Path, ...]:
    apps = [*LEVELS, "chatbot"] + (["tests", "benchmarks"] if tests else [])
    files = (path for app in apps for path in (ROOT / app).rglob("*.py"))
    return tuple(sorted(path for path in files if "migrations" not in path.parts))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    return name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


@cache
def imported(path: Path, *, for_types: bool = True) -> tuple[str, ...]:
    """What a module imports, by its full name; without `for_types` not what only type checkers see."""
    return tuple(_imports(path, for_types))


def _imports(path: Path, for_types: bool) -> Iterator[str]:
    unseen = set() if for_types else {inner for node in ast.walk(parsed(path)) if _is_for_types(node)
                                      for inner in ast.walk(node)}  # fmt: skip
    for node in ast.walk(parsed(path)):
        if node in unseen:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(module_of(path).split(".")[: -node.level]) if node.level else ""
            yield from (".".join(filter(None, [start, node.module, alias.name])) for alias in node.names)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


@cache
def functions(path: Path) -> tuple[Function, ...]:
    nodes = ast.walk(parsed(path))
    return tuple(node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines_of(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def users_of(*modules: str) -> set[str]:
    """The files that import any of these modules, or something in them."""
    return {
        name_of(path)
        for path in product_files()
        for name in imported(path)
        if any(name == module or name.startswith(f"{module}.") for module in modules)
    }


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def steps(node: ast.AST) -> list[str]:
    """`Message.objects.filter(…).update` as its names, in order."""
    if isinstance(node, ast.Attribute):
        return [*steps(node.value), node.attr]
    if isinstance(node, ast.Call):
        return steps(node.func)
    if isinstance(node, ast.Subscript):
        return steps(node.value)
    return [node.id] if isinstance(node, ast.Name) else []


def let_go() -> None:
    """The trees are a million objects, through which every later test would look for garbage."""
    parsed.cache_clear()
    functions.cache_clear()
