"""`make translations`: collect the product's texts and compile their French; and check that none is missing.

Both need GNU gettext (Debian, Ubuntu: apt install gettext; macOS: brew install gettext); running does not.
"""

from __future__ import annotations

import gettext
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from chatbot.embedded.configuration import NOWHERE, ROOT
from chatbot.embedded.problems import CannotStart

LANGUAGE = "fr"
DOMAINS = ("django", "djangojs")
FOLDER = Path("locale") / LANGUAGE / "LC_MESSAGES"
NOT_SHOWN = (".venv", "var", "tests", "benchmarks", "docs", "deploy", "node_modules")
NEEDED = (
    "Translations need GNU gettext: install it (Debian, Ubuntu: apt install gettext; macOS: "
    "brew install gettext)."
)


def can_translate() -> bool:
    return bool(shutil.which("xgettext") and shutil.which("msgfmt"))


def update() -> int:
    if not can_translate():
        raise CannotStart(NEEDED)
    collect(ROOT)
    compile_texts(ROOT)
    for problem in missing(ROOT):
        print(problem)
    return 0


def collect(root: Path) -> None:
    ignored = [f"--ignore={name}" for name in NOT_SHOWN]
    for domain in DOMAINS:
        words = ["makemessages", "-l", LANGUAGE, "-d", domain, "--no-obsolete", "--add-location=file"]
        _manage(root, *words, *ignored)


def compile_texts(root: Path) -> None:
    _manage(root, "compilemessages", "-l", LANGUAGE, *(f"--ignore={name}" for name in NOT_SHOWN))


def _manage(root: Path, *words: str) -> None:
    environment = {**os.environ, **NOWHERE}
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CannotStart(f"`manage.py {words[0]}` failed: {(done.stderr or done.stdout).strip()}")


def problems() -> list[str]:
    """What is not translated, or not compiled; the checkout itself is not changed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "checkout"
        shutil.copytree(
            ROOT, root, ignore=shutil.ignore_patterns(*NOT_SHOWN, ".git", "__pycache__", ".*_cache")
        )
        before = {domain: compiled(ROOT, domain) for domain in DOMAINS}
        collect(root)
        found = missing(root)
        compile_texts(root)
        stale = [domain for domain in DOMAINS if before[domain] != compiled(root, domain)]
    return found + [
        f"{FOLDER / domain}.mo is not what its .po says: run `make translations`." for domain in stale
    ]


def missing(root: Path) -> list[str]:
    """One line per domain that has texts without a (certain) translation."""
    lines = []
    for domain in DOMAINS:
        command = [
            "msgfmt",
            "--statistics",
            "--check-format",
            "-o",
            os.devnull,
            str(root / FOLDER / f"{domain}.po"),
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stderr.strip()
        if any(word in said for word in ("untranslated", "fuzzy", "error")):
            lines.append(f"{FOLDER / domain}.po: {said}")
    return lines


def compiled(root: Path, domain: str) -> dict[object, str]:
    """The compiled texts without their header, which holds a date."""
    path = root / FOLDER / f"{domain}.mo"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue: dict[object, str] = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    catalogue.pop("", None)
    return catalogue


def check() -> int:
    if not can_translate():
        if os.environ.get("CI"):
            raise CannotStart(NEEDED)
        print(f"NOT CHECKED: {NEEDED}")
        return 0
    found = problems()
    for problem in found:
        print(problem)
    return 1 if found else 0
