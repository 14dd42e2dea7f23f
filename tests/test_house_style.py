"""Sizes and names (DESIGN, section 8): short files, short functions, no drawers, no blind excepts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source import ROOT, functions, let_go, lines_of, name_of, product_files


@pytest.fixture(autouse=True, scope="module")
def no_tree_outlives_them() -> Iterator[None]:
    yield
    let_go()


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
