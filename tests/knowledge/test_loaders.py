"""Files become documents; what cannot is refused with a reason, and no file does harm."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.intake.direct import items_under, usual_manner
from knowledge.intake.items import Item
from knowledge.loaders import markdown
from knowledge.loaders.base import RawFile, Record, Refusal, Refused
from tests.knowledge.lines import LAMP, line, read, why
from untrusted.archives import Archive


def reasons(text: str) -> list[str]:
    return [why(item) for item in read(text) if isinstance(item, Refused)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"id": "a", ', "not valid JSON"),
        ("[1, 2]", "not a JSON object"),
        ("[" * 5000, "not valid JSON"),
        (line(id=""), "no id"),
        (line(id={"a": 1}), "no id"),
        (line(id="x" * 300), "longer than 200"),
        (line(title="  "), "no title"),
        (line(body=" "), "no text"),
        (line(body=7), "no text"),
        (line(body="x" * 500_000), "longer than 400,000"),
        (line(body="\u200b\u200b", format="markdown"), "nothing readable"),
        (line(lang="xx"), "not one of en, fr"),
        (line(format="pdf"), "not text, html or markdown"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_a_reason(text, reason):
    found = read(line(id="good") + "\n" + text)
    assert isinstance(found[0], Item) and isinstance(found[1], Refused)
    assert reason in why(found[1]) and found[1].place.number == 2


@given(st.text(max_size=200))
def test_any_line_is_an_item_or_a_refusal(text):
    assert all(isinstance(found, Item | Refused) for found in read(text))


NAMES = st.sampled_from(["id", "lang", "title", "body", "keywords", "url", "audience", "category"])
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=9), st.lists(st.text(max_size=5))
)


@given(st.dictionaries(NAMES, VALUES))
def test_any_fields_are_an_item_or_a_refusal(fields):
    assert all(isinstance(found, Item | Refused) for found in read(json.dumps(fields)))


def test_front_matter_gives_the_fields_and_the_file_name_stands_in_for_the_id():
    (item,) = markdown.load(RawFile("a/lamp.md", LAMP.encode()))
    assert isinstance(item, Record) and item.path == "a/lamp.md"
    assert (item.fields["id"], item.fields["lang"], item.fields["title"]) == ("lamp", "en", "The lamp")
    assert item.fields["keywords"] == ["light", "bulb"]
    (bare,) = markdown.load(RawFile("a/b.md", b"# A *fine* title\n\nText"))
    assert (bare.fields["id"], bare.fields["title"]) == ("a/b", "A fine title")


@pytest.mark.parametrize("bad", ["a: &x [1]\nb: *x", "a: [", "!!python/object:os.system x", "- \t- a: b: c"])
def test_dangerous_or_broken_front_matter_does_no_harm(bad):
    (found,) = markdown.load(RawFile("a.md", f"---\n{bad}\n---\n# T\n\ntext".encode()))
    assert isinstance(found, Refused) or found.fields["title"] == "T"


def archive(path: Path, *entries: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries:
            made.writestr(name, data)
    return path


def test_an_archive_is_read_without_unpacking_it(tmp_path):
    path = archive(tmp_path / "kb.zip", ("en/lamp.md", LAMP.encode()), ("logo.png", b"x"))
    found = list(items_under(path, usual_manner()))
    assert [item.external_id for item in found if isinstance(item, Item)] == ["lamp"]
    assert [item.code for item in found if isinstance(item, Refused)] == ["assets_left"]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "name", ["../x.md", "/etc/x.md", "a/../../x.md", "c:\\x.md", "..\\x.md", "n" * 500 + ".md"]
)
def test_names_that_lead_elsewhere_are_refused(tmp_path, name):
    path = archive(tmp_path / "kb.zip", (name, LAMP.encode()), ("lamp.md", LAMP.encode()))
    opened = Archive(path)
    assert opened.names == ["lamp.md"] and len(opened.refused) == 1


def test_a_bomb_is_refused_after_reading_little_of_it(tmp_path):
    path = archive(tmp_path / "kb.zip", ("bomb.md", b"0" * 30_000_000), ("lamp.md", LAMP.encode()))
    opened = Archive(path)
    with pytest.raises(Refusal, match="packed_too_tight"):
        opened.read("bomb.md")
    assert opened.read("lamp.md") == LAMP.encode()


def test_entries_that_share_bytes_are_refused(tmp_path):
    path = archive(tmp_path / "kb.zip", ("a.md", LAMP.encode()), ("b.md", LAMP.encode()))
    data = path.read_bytes()
    with zipfile.ZipFile(path) as made:
        offsets = [entry.header_offset for entry in made.infolist()]
    second = data.rindex(b"PK\x01\x02")
    overlapping = data[: second + 42] + offsets[0].to_bytes(4, "little") + data[second + 46 :]
    path.write_bytes(overlapping)
    assert [refused.code for refused in Archive(path).refused][-1:] == ["shares_bytes"]


def test_a_symbolic_link_is_refused(tmp_path):
    path = tmp_path / "kb.zip"
    with zipfile.ZipFile(path, "w") as made:
        link = zipfile.ZipInfo("passwd.md")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    assert [refused.code for refused in Archive(path).refused] == ["symbolic_link"]


def test_too_many_files_are_refused(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for number in range(5001):
            made.writestr(f"{number}.md", "")
    path = tmp_path / "kb.zip"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(Refusal, match="too_many_files"):
        Archive(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 400), junk=st.binary(max_size=20))
def test_a_damaged_archive_is_refused(tmp_path, cut, junk):
    path = archive(tmp_path / "kb.zip", ("lamp.md", LAMP.encode() * 20))
    data = path.read_bytes()
    path.write_bytes(data[:cut] + junk + data[cut + len(junk) :])
    with suppress(Refusal):
        opened = Archive(path)
        for name in opened.names:
            with suppress(Refusal):
                assert isinstance(opened.read(name), bytes)
