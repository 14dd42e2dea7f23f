"""A folder full of hostile files: each is named with its reason, and the good one among them is read."""

from __future__ import annotations

from collections import defaultdict

import pytest

from knowledge.intake.reading import read_files
from knowledge.loaders.base import Record, Refused
from knowledge.refusals import REASONS
from tests.knowledge.intake import hostile


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    hostile.write_all(folder, enormous=True)
    codes: dict[str, list[str]] = defaultdict(list)
    titles = []
    for found in read_files(folder):
        if isinstance(found, Refused):
            codes[found.place.file].append(found.code)
        elif isinstance(found, Record):
            titles.append(str(found.fields["title"]))
    return codes, titles


@pytest.mark.parametrize(
    ("name", "code"), [(name, code) for name, (_make, code) in hostile.FILES.items() if code]
)
def test_each_is_refused_with_its_reason(outcome, name, code):
    codes, _titles = outcome
    stem = name.removesuffix(".zip")
    said = {
        each for file, many in codes.items() if file == name or file.startswith(f"{stem}/") for each in many
    }
    said |= {
        each for file, many in codes.items() if name == "traversal.zip" and "x.md" in file for each in many
    }
    said |= {each for file, many in codes.items() if name == "link.zip" and "passwd" in file for each in many}
    assert code in said


def test_the_good_one_is_read_and_nothing_of_the_others_is_said_in_codes_without_words(outcome):
    codes, titles = outcome
    assert "Lamps" in titles
    assert {code for many in codes.values() for code in many} <= set(REASONS)
    assert codes["enormous.txt"] == ["file_too_large"]
