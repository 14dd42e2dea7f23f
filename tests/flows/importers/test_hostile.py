"""Files that want to do harm: each ends as a line of the report, and what stands beside it is read."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.importers.botpress import BOTPRESS as BOTPRESS_12
from flows.importers.botpress_cloud import BOTPRESS_CLOUD
from flows.importers.expressions import Unreadable, read_condition
from flows.importers.kinds import IMPORTERS
from flows.importers.naming import Keys, key_of, without_secrets
from flows.importers.rasa_files import is_theirs
from flows.importers.typebot import TYPEBOT as TYPEBOT_FILES
from flows.importing import Reading, read_bots
from tests.flows.importers.exports import BOTPRESS, CLOUD, RASA_CALM, TYPEBOT, Read, as_text, bot

DEEP = "[" * 100_000 + "]" * 100_000
LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(
    f"{one}: &{one} [*{before},*{before},*{before},*{before}]"
    for before, one in zip("abcdefgh", "bcdefghi", strict=True)
)
RULES = "rules:\n  - rule: x\n    steps: [{intent: a}, {action: utter_b}]\n"


def beside(path: Path, **files: bytes) -> Reading:
    for name, content in RASA_CALM.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(content)
    for name, data in files.items():
        (path / name.replace("_dot_", ".")).write_bytes(data)
    return read_bots(path)


def lines(reading: Reading) -> set[tuple[str, str]]:
    return {(line.where, line.code) for line in reading.report if line.level == "left_out"}


def zipped(*entries: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return data.getvalue()


def test_hostile_files_are_named_and_the_bot_beside_them_is_read(tmp_path):
    reading = beside(
        tmp_path,
        bomb_dot_zip=zipped(("zeros.json", b"0" * 150_000_000)),
        out_dot_zip=zipped(("../../etc/x.json", b"{}"), ("/abs.json", b"{}")),
        broken_dot_zip=b"PK\x03\x04 no",
        laughs_dot_yml=(LAUGHS + "\n" + RULES).encode(),
        deep_dot_json=DEEP.encode(),
        deep_dot_yml=("rules: " + DEEP + "\n" + RULES).encode(),
        half_dot_json=as_text(TYPEBOT)[:500].encode(),
        bytes_dot_yml=bytes(range(256)) * 100,
    )
    assert reading.bots == ["Rasa"] and len(reading.flows) == 4
    told = lines(reading)
    assert ("laughs.yml", "yaml_aliases") in told and ("broken.zip", "not_an_archive") in told
    assert {code for where, code in told if "etc" in where or "abs" in where} == {"leads_out"}


def test_200_megabytes_are_not_read(tmp_path):
    with (tmp_path / "large.json").open("wb") as file:
        file.write(b'{"flows": [' + b" " * 1000)
        file.truncate(200_000_000)
    reading = read_bots(tmp_path)
    assert reading.bots == [] and not reading.flows


@pytest.mark.parametrize("kind", ["bomb", "links", "cut"])
def test_a_hostile_tar_ends_in_a_line(tmp_path, kind):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz", compresslevel=1) as archive:
        size = 80_000_000 if kind == "bomb" else 10
        entry = tarfile.TarInfo("flows/a.flow.json")
        entry.size = size
        archive.addfile(entry, io.BytesIO(b"0" * size))
        for name, target in (("out", "/etc/passwd"), ("../up", "x")) if kind == "links" else ():
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, target
            archive.addfile(link)
    packed = data.getvalue()[:-30] if kind == "cut" else data.getvalue()
    (tmp_path / "bot.tgz").write_bytes(packed)
    codes = {code for _, code in lines(read_bots(tmp_path / "bot.tgz"))}
    expected = {"bomb": "unpacks_too_large", "links": "symbolic_link", "cut": "not_an_archive"}
    assert expected[kind] in codes


def test_a_tar_that_is_only_packed_is_no_archive(tmp_path):
    (tmp_path / "notes.gz").write_bytes(gzip.compress(b"hello"))
    reading = read_bots(tmp_path)
    assert ("notes.gz", "not_an_archive") in lines(reading) and reading.bots == []


def test_a_bot_that_takes_too_long_is_given_up(tmp_path):
    for name, content in RASA_CALM.items():
        (tmp_path / Path(name).name).write_text(content)
    reading = read_bots(tmp_path, most_seconds=0)
    assert [(line.what, line.code) for line in reading.report if line.what == "bot"] == [
        ("bot", "took_too_long")
    ]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://user:pass@api.example.com:8443/v1?key=1#x", "https://api.example.com:8443/v1"),
        ("https://hooks.example.com/T0/abcDEF0123456789ghijKLMN", "https://hooks.example.com/T0/…"),
        ("javascript:alert(1)", ""),
        ("http://[bad", ""),
    ],
)
def test_addresses_lose_what_is_secret_in_them(address, kept):
    assert without_secrets(address) == kept


@given(st.text(max_size=200))
def test_any_condition_is_read_or_refused(said):
    with suppress(Unreadable):
        read_condition(said, lambda name: "slots.x")


@given(st.text(max_size=100))
def test_any_name_becomes_a_key(name):
    key = key_of(name)
    assert key[0].isalpha() and key.isascii() and len(key) <= 60


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
BOTS: list[dict[str, Any]] = [
    BOTPRESS,
    {"bot.json": CLOUD},
    {"bot.json": TYPEBOT},
    bot("dialogflow_es.json"),
    bot("dialogflow_cx.json"),
]


def replaced(content: Any, path: list[int], value: Any) -> Any:
    """The same, with something else at a place deep inside."""
    if not path or not isinstance(content, dict | list) or not content:
        return value
    if isinstance(content, list):
        at = path[0] % len(content)
        return [*content[:at], replaced(content[at], path[1:], value), *content[at + 1 :]]
    key = list(content)[path[0] % len(content)]
    return {**content, key: replaced(content[key], path[1:], value)}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(BOTS), st.lists(st.integers(0, 9), min_size=2, max_size=10), JSON)
def test_whatever_stands_in_a_bot_no_importer_fails_and_every_flow_is_valid(files, path, value):
    changed = {name: json.loads(json.dumps(one)) for name, one in files.items()}
    changed = replaced(changed, path, value)
    for importer in IMPORTERS:
        read = Read(importer, {name: one if one is not None else "" for name, one in changed.items()})
        assert all(flow.nodes for flow in read.made.flows)


@pytest.mark.parametrize("key", ["rules", "responses", "flows", "intents", "pipeline", "slots", "test_cases"])
def test_a_file_of_many_keys_is_looked_at_once(key):
    """An expression that begins anew at each of them would take hours."""
    began = time.monotonic()
    assert not is_theirs(f"{key}:\n" * 120_000) and time.monotonic() - began < 10


def test_many_steps_of_one_name_are_told_apart_at_once():
    keys, began = Keys("x"), time.monotonic()
    found = [keys.new("Group") for _ in range(30_000)]
    assert len({*found}) == 30_000 and found[:3] == ["group", "group_2", "group_3"]
    assert keys.new("group_2") == "group_2_2" and time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("importer", "files"),
    [
        (BOTPRESS_12, {f"{root}/{name}": one for root in "ab" for name, one in BOTPRESS.items()}),
        (BOTPRESS_CLOUD, {"a.json": CLOUD, "b.json": CLOUD}),
        (TYPEBOT_FILES, {"a.json": TYPEBOT, "b.json": TYPEBOT}),
    ],
    ids=["Botpress 12", "Botpress Cloud", "Typebot"],
)
def test_two_bots_in_one_upload_are_read_beside_each_other(importer, files):
    """They share what their programs are called, and nothing of what their values are. Which of two flows
    with one key is taken says whoever reads them all."""
    one = Read(importer, {name: content for name, content in files.items() if name.startswith("a")})
    both = Read(importer, files)
    assert [hook.name for hook in both.made.webhooks] == [hook.name for hook in one.made.webhooks]
    own = [(flow.key, flow.slots.keys()) for flow in one.made.flows]
    assert [(flow.key, flow.slots.keys()) for flow in both.made.flows] == own * 2
