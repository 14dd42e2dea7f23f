""".env.example is the list of settings: all of them, and no others."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READ = re.compile(r"""(?:env\.\w+|require|_number)\(\s*"([A-Z][A-Z_]+)\"""")


def test_every_setting_is_in_the_example_and_nothing_else_is():
    sources = [*(ROOT / "chatbot").glob("*.py"), ROOT / "chatbot" / "embedded" / "configuration.py"]
    read = {name for path in sources for name in READ.findall(path.read_text())}
    told = set(re.findall(r"^# ([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert told == read
