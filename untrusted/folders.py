"""Where a project lies among the files of an import: at the top, in a folder, or in several. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import basename, dirname

# What operating systems leave in archives.
JUNK = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")
# Folders and endings that name a language; the codes that are also words ("it", "no") are left out.
LANGUAGE = re.compile(r"(?:^|[/_.-])(en|fr|de|es|pt|nl)(?=[/_.-]|$)")


def real(names: Iterable[str]) -> list[str]:
    return [name for name in names if not JUNK.search(name)]


def folder(name: str, up: int = 1) -> str:
    """The folder of a file; with `up` 2 the folder of that folder."""
    for _ in range(up):
        name = dirname(name)
    return name


def relative(name: str, root: str) -> str:
    return name[len(root) + 1 :] if root else name


def inside(names: Iterable[str], root: str) -> list[str]:
    return [name for name in names if not root or name.startswith(f"{root}/")]


def nearest(name: str, roots: Iterable[str]) -> str | None:
    """The innermost of the folders in which a file lies."""
    holding = [root for root in roots if not root or name.startswith(f"{root}/")]
    return max(holding, key=len, default=None)


def stem(name: str) -> str:
    return basename(name).rsplit(".", 1)[0]


def language_of(name: str) -> str:
    """The language that a path names: "data/fr/nlu.yml", "nlu_fr.yml"."""
    found = LANGUAGE.findall(name.rsplit(".", 1)[0].lower())
    return found[-1] if found else ""


class Ids:
    """Ids that stay apart when an import holds a project twice: the second takes the name of its folder."""

    def __init__(self, system: str) -> None:
        self._system = system
        self._owners: dict[tuple[str, str], str] = {}

    def of(self, name: str, language: str, root: str) -> str:
        owner = self._owners.setdefault((name, language), root)
        return f"{self._system}:{name if owner == root else f'{root}/{name}'}"
