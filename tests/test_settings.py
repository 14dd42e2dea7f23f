"""`.env.example` names all settings and no others; the names of an installation follow its address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from chatbot.environment import hosts_of

ROOT = Path(__file__).resolve().parent.parent
READ = re.compile(r"""(?:env\.\w+|require|_number)\(\s*"([A-Z][A-Z_]+)\"""")


def test_every_setting_is_in_the_example_and_nothing_else_is():
    sources = [*(ROOT / "chatbot").glob("*.py"), ROOT / "chatbot" / "embedded" / "configuration.py"]
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
