"""The rules of the house, as tests: imports, doors, where `async` lives, sizes and names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LEVELS = {
    "llm": 0,
    "accounts": 0,
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
# Doors of `chatbot` that every app may use; the rest of it wires the apps together and stands outside.
SHARED = {"outgoing", "markdown", "addresses", "celery"}
BESIDE = {("training", "evaluation"), ("insights", "evaluation")}
# `accounts.permissions` and the staff model may be asked by every app.
EVERYWHERE = {"accounts"}
# Where streams are awaited: `async def` stands in these modules and packages only.
ASYNC_HOMES = (
    "llm",
    "assistant/reply.py",
    "assistant/asking.py",
    "assistant/looking_up.py",
    "assistant/meaning.py",
    "assistant/writing.py",
    "conversations/consumers",
    "conversations/responder",
    "conversations/live",
)


def product_files(*, tests: bool = False) -> list[Path]:
    apps = [*LEVELS, "chatbot"] + (["tests", "benchmarks"] if tests else [])
    files = (path for app in apps for path in (ROOT / app).rglob("*.py"))
    return sorted(path for path in files if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def may_import(app: str, module: str) -> bool:
    first, _, rest = module.partition(".")
    if first == "chatbot":
        return app == "chatbot" or rest.split(".")[0] in SHARED
    if first not in LEVELS or first == app or first in EVERYWHERE or app == "chatbot":
        return True
    return LEVELS[first] < LEVELS[app] or (app, first) in BESIDE


@pytest.mark.parametrize("path", product_files(), ids=name_of)
def test_imports_go_down(path: Path) -> None:
    app = path.relative_to(ROOT).parts[0]
    assert [module for module in imported(path) if not may_import(app, module)] == []


def users_of(module: str) -> set[str]:
    return {
        name_of(path)
        for path in product_files()
        if any(name == module or name.startswith(f"{module}.") for name in imported(path))
    }


def inside(files: set[str], *homes: str) -> bool:
    """Whether every file is one of the homes or stands in one; a home `a/b` may be a module or a package."""
    return all(
        any(file in (home, f"{home}.py") or file.startswith(f"{home}/") for home in homes) for file in files
    )


def test_only_llm_imports_openai() -> None:
    assert inside(users_of("openai"), "llm"), users_of("openai")


def test_only_one_module_renders_markdown() -> None:
    assert inside(users_of("markdown_it") | users_of("nh3"), "chatbot/markdown.py")


def test_only_live_touches_redis() -> None:
    assert inside(users_of("redis"), "conversations/live", "chatbot/embedded")


def test_nothing_uses_a_lossy_channel_layer() -> None:
    assert users_of("channels.layers") == set()


def writes(path: Path, model: str) -> bool:
    """Whether the module makes, changes or deletes rows of `model`."""
    text = path.read_text()
    verbs = "create|bulk_create|get_or_create|update_or_create|update|bulk_update|delete"
    made = re.search(rf"(?<![\w.\[\"']){model}\(\s*[a-z_]+=", text)
    return bool(made or re.search(rf"\b{model}\.objects(\.[a-z_]+\([^()]*\))*\.({verbs})\(", text))


@pytest.mark.parametrize(
    ("model", "door"),
    [("Message", "conversations/posting.py"), ("Chunk", "knowledge/indexing.py")],
)
def test_rows_are_written_through_one_door(model: str, door: str) -> None:
    assert {name_of(path) for path in product_files() if writes(path, model)} <= {door}


def test_async_lives_where_streams_are_awaited() -> None:
    homes = {
        name_of(path)
        for path in product_files()
        if any(isinstance(function, ast.AsyncFunctionDef) for function in functions(path))
    }
    elsewhere = {home for home in homes if not home.startswith("chatbot/")}
    assert {home for home in elsewhere if not inside({home}, *ASYNC_HOMES)} == set()


@pytest.mark.parametrize("path", product_files(tests=True), ids=name_of)
def test_files_and_functions_stay_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300
    assert {f.name: lines_of(f) for f in functions(path) if lines_of(f) > 40} == {}


def longest(stem: str, limit: int) -> dict[str, int]:
    """Functions of the modules or packages called `stem` that have more than `limit` lines."""
    return {
        f"{name_of(path)}:{function.name}": lines_of(function)
        for path in product_files()
        if stem in (path.stem, path.parent.name)
        for function in functions(path)
        if lines_of(function) > limit
    }


def test_consumer_methods_hand_over() -> None:
    assert longest("consumers", 15) == {}


def test_tasks_load_and_call_one_function() -> None:
    assert longest("tasks", 6) == {}


def test_templates_stay_short() -> None:
    templates = [path for path in ROOT.glob("templates/**/*") if path.is_file()]
    assert {name_of(p): n for p in templates if (n := len(p.read_text().splitlines())) > 120} == {}


def test_scripts_and_styles_stay_short() -> None:
    own = [path for ending in ("js", "css") for path in ROOT.glob(f"static/**/*.{ending}")]
    own = [path for path in own if "vendor" not in path.parts]
    assert {name_of(p): n for p in own if (n := len(p.read_text().splitlines())) > 300} == {}


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "helpers", "common", "misc"}
    assert {name_of(p) for p in product_files(tests=True) if drawers & {p.stem, *p.parts}} == set()


def test_no_app_hides_a_library() -> None:
    assert {"channels", "openai", "celery", "redis"} & {p.name for p in ROOT.iterdir() if p.is_dir()} == set()


def test_every_exception_caught_blindly_stands_at_a_process_boundary() -> None:
    """`except Exception` needs a reason beside it: `# boundary: …`."""
    found = [
        f"{name_of(path)}:{number}"
        for path in product_files()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"except (Base)?Exception\b|except:", line) and "boundary:" not in line
    ]
    assert found == []
