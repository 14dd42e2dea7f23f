"""A message that says nothing but in which language it wants to be answered.

Which language a message is written in: knowledge/language.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language_info, override

from assistant.stock import any_of, folded, read_stock


def asked_for(text: str, languages: Sequence[str]) -> str | None:
    """The one of `languages` that a message asks to be answered in, when it says nothing else."""
    words = folded(text)
    return next((code for code in languages if _asks_for(code).fullmatch(words)), None)


@lru_cache(maxsize=32)
def _asks_for(code: str) -> re.Pattern[str]:
    """Requests for a language in every language we know, under each of its names."""
    names = {folded(str(get_language_info(code)[key])) for key in ("name", "name_local")}
    for reader, _name in settings.LANGUAGES:
        with override(reader):
            names.add(folded(str(get_language_info(code)["name_translated"])))
    name = f"(?:{'|'.join(sorted(map(re.escape, names)))})"
    patterns = [line.replace("LANGUAGE", name) for stock in read_stock("language") for line in stock["asks"]]
    return any_of(patterns)
