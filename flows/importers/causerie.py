"""Our own flows as YAML: what the editor and `export_flows` write, or somebody by hand. Pure.

Only recognised here. What they say is read by whoever asked (`flows/importing.py`), as the editor reads YAML
that is typed into it: narrowly, within limits, and with errors that name the line in the reader's language.
"""

from __future__ import annotations

import re

from flows.importers.base import Imported, Importer, Written
from flows.importers.project import Project
from flows.importers.sniffing import yaml_texts
from untrusted.together import Files

KEY = re.compile(r"^key[ \t]*:[ \t]*[\"']?[A-Za-z]\w*[\"']?[ \t]*(?:#.*)?$", re.MULTILINE)
PARTS = re.compile(r"^(nodes|slots|start|examples|begins|repair|name)[ \t]*:", re.MULTILINE)
SEPARATOR = re.compile(r"^---[ \t]*$", re.MULTILINE)  # within a text it would be indented


def claim(files: Files) -> set[str]:
    return {name for name, said in yaml_texts(files).items() if _is_ours(said)}


def _is_ours(said: str) -> bool:
    said = said.replace("\r\n", "\n")
    return bool(KEY.search(said) and PARTS.search(said))


def load(files: Files, claimed: set[str], language: str) -> Imported:
    project = Project(files, language)
    for name in sorted(claimed):
        with project.reading(name):
            project.made.written += [Written(name, one) for one in documents(files.text(name))]
    return project.made


def documents(text: str) -> list[str]:
    """Each flow of a file that holds several, with its lines where they were."""
    found, line = [], 0
    for document in SEPARATOR.split(text.removeprefix("\ufeff").replace("\r\n", "\n")):
        if any(one.strip() and one[0] not in "#%" for one in document.splitlines()):
            found.append("\n" * line + document)
        line += document.count("\n")
    return found


CAUSERIE = Importer("Causerie", claim, load)
