"""French is complete: every text is translated, keeps its placeholders, and is compiled and committed."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import polib
import pytest

from chatbot.embedded import translating
from chatbot.embedded.configuration import ROOT

CATALOGUES = [ROOT / translating.FOLDER / f"{domain}.po" for domain in translating.DOMAINS]
# "%(name)s", "%s", "%d" and "{name}"; "100 %" is none.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

pytestmark = [
    pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name),
    pytest.mark.xdist_group("translations"),  # collecting takes seconds: once is enough
]


def _entries(path: Path) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def _pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each text with its translation. French says the first plural form of 0 and 1, the second of more."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]


def test_every_text_has_a_translation_that_somebody_confirmed(path):
    uncertain = [entry.msgid for entry in _entries(path) if entry.fuzzy or not entry.translated()]
    assert not uncertain, f"{path.name}: not in French: {uncertain}"


def test_a_translation_keeps_the_placeholders_of_its_text(path):
    pairs = [pair for entry in _entries(path) for pair in _pairs(entry)]
    changed = [pair for pair in pairs if _placeholders(pair[0]) != _placeholders(pair[1])]
    assert not changed


def test_a_translation_has_as_many_lines_as_its_text(path):
    pairs = [pair for entry in _entries(path) for pair in _pairs(entry)]
    assert not [text for text, french in pairs if text.count("\n") != french.count("\n")]


def test_french_signs_stand_apart_from_the_words_before_them(path):
    french = [text for entry in _entries(path) for _, text in _pairs(entry)]
    # "##:" or "https://" would be code; a word or a quotation mark before the sign is prose.
    close = [text for text in french if re.search(r"[\w»)] ?[?!;](\s|$)|[\w»)] ?:(\s|$)|« | »|\w'\w", text)]
    assert not close, "an unbreakable space belongs before : ; ? ! and inside « », and ’ is the apostrophe"


def test_what_is_compiled_is_what_is_written(path):
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    said = {(entry.msgctxt, entry.msgid): _pairs(entry) for entry in compiled}
    assert said == {(entry.msgctxt, entry.msgid): _pairs(entry) for entry in _entries(path)}


@pytest.fixture(scope="module")
def collected_anew(tmp_path_factory) -> Path:
    """A copy of the sources with freshly collected catalogues."""
    if not translating.can_translate():
        if os.environ.get("CI"):
            pytest.fail(translating.NEEDED)
        pytest.skip(translating.NEEDED)
    root = tmp_path_factory.mktemp("texts") / "checkout"
    left_out = shutil.ignore_patterns(*translating.NOT_SHOWN, ".git", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, root, ignore=left_out)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_SETTINGS_MODULE", "chatbot.settings")
        translating.collect(root)
    return root


def test_every_text_of_the_sources_is_in_the_catalogue_and_no_other(path, collected_anew):
    anew = {(entry.msgctxt, entry.msgid) for entry in _entries(collected_anew / path.relative_to(ROOT))}
    held = {(entry.msgctxt, entry.msgid) for entry in _entries(path)}
    assert held == anew, "run `make translations`"
