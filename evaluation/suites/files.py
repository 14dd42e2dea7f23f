"""A file of scenarios, whatever wrote it: a suite of ours (YAML), questions with known answers (JSONL), or
the end-to-end tests of a Rasa project.

The tests of other systems are read by the process that reads their bots; ours are plain data.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.utils.translation import gettext as _

from evaluation.imported_tests import scripts_of
from evaluation.suites.questions import suite_of
from evaluation.suites.yaml_form import MOST_SCENARIOS, SuiteFile, from_yaml
from flows.importing import read_bots
from flows.yaml_reading import YamlError
from knowledge.measuring import read_questions
from untrusted.process import ReadingFailed

LARGEST = 5_000_000  # bytes
OF_RASA = re.compile(r"^(?:test_cases|e2e_tests|stories):", re.MULTILINE)


class Unreadable(Exception):
    """Why a file is no suite, in words for whoever brought it."""


def read_file(path: Path, name: str = "") -> SuiteFile:
    """`name` is what the file was called where it came from. Raises Unreadable."""
    called = name or path.name
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(_("%(file)s is too large for a suite: divide it.") % {"file": called})
        if called.endswith(".jsonl"):
            return suite_of(read_questions(path), Path(called).stem)
        text = path.read_text(encoding="utf-8-sig")
        if OF_RASA.search(text):
            return _of_rasa(path, called)
        return from_yaml(text)
    except UnicodeDecodeError as error:
        told = _("%(file)s is no text in UTF-8. Save it as UTF-8, and bring it again.") % {"file": called}
        raise Unreadable(told) from error
    except YamlError as error:
        raise Unreadable(f"{called}: {error}") from error
    except (OSError, ValueError) as error:
        raise Unreadable(_("%(file)s cannot be read: %(why)s") % {"file": called, "why": error}) from error


def _of_rasa(path: Path, called: str) -> SuiteFile:
    try:
        reading = read_bots(path)
    except ReadingFailed as error:
        raise Unreadable(_("%(file)s cannot be read: %(why)s") % {"file": called, "why": error}) from error
    scripts = tuple(scripts_of(reading.scenarios))[:MOST_SCENARIOS]
    if not scripts:
        raise Unreadable(
            _("There is no test in %(file)s in which a customer says something.") % {"file": called}
        )
    return SuiteFile(suite=Path(called).stem[:100], scenarios=scripts)
