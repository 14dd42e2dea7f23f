"""What a tool takes or brings as customers read it: a line for each value, which is no Markdown. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

LONGEST_VALUE = 200
MOST_LINES = 12
MOST_OF_A_LIST = 5
HIDDEN = "•••"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")
NAMING = ("name", "title", "label", "number", "id")  # what says best what one of a list is


def named_parts(data: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Of parts that a server gives in several languages (`status_en`, `status_fr`) the customer's own."""
    others = {f"_{code}" for code, _name in settings.LANGUAGES if code != language}
    kept = {name: one for name, one in data.items() if name[-3:] not in others and one not in (None, "", [])}
    own = {name[:-3]: one for name, one in kept.items() if name.endswith(f"_{language}")}
    return own | {
        name: one for name, one in kept.items() if name not in own and not name.endswith(f"_{language}")
    }


def lines(parts: Mapping[str, Any], language: str, hidden: Iterable[str] = ()) -> list[str]:
    """`hidden`: the names of those whose values are nobody's business."""
    with translation.override(language):
        return [
            # Translators: what something is, and its value, in a list: "- number: LP-2041170".
            _("- %(name)s: %(value)s")
            % {"name": name.replace("_", " "), "value": HIDDEN if name in hidden else _as_code(value)}
            for name, value in list(parts.items())[:MOST_LINES]
        ]


def exactly(given: Mapping[str, Any], language: str, hidden: Iterable[str] = ()) -> list[str]:
    """All that will be sent, nothing left out and nothing shortened (see `can_be_shown`)."""
    whole = {name: _whole(value) for name, value in given.items()}
    return lines(whole, language, hidden)


def can_be_shown(given: Mapping[str, Any]) -> bool:
    return len(given) <= MOST_LINES and all(len(str(_whole(one))) <= LONGEST_VALUE for one in given.values())


def _whole(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | Mapping) else value


def _as_code(value: Any) -> str:
    """A value from elsewhere cannot be a link, a picture or a heading there."""
    text = " ".join(_shown(value).split())
    if len(text) > LONGEST_VALUE:
        text = f"{text[:LONGEST_VALUE]}…"
    return f"`{text.replace('`', '’')}`" if text else "–"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str):
        return _moment(value)
    if isinstance(value, list):
        more = ["…"] if len(value) > MOST_OF_A_LIST else []
        return ", ".join([*(_shown(one) for one in value[:MOST_OF_A_LIST]), *more])
    if isinstance(value, Mapping):
        name = next((value[key] for key in NAMING if value.get(key)), None)
        return _shown(name) if name is not None else ", ".join(_shown(one) for one in value.values())
    return str(value)


def _moment(text: str) -> str:
    """A day or a moment as a computer writes it, as people do."""
    try:
        if DAY.fullmatch(text):
            return date_format(date.fromisoformat(text), "DATE_FORMAT")
        if MOMENT.fullmatch(text):
            return date_format(datetime.fromisoformat(text), "DATETIME_FORMAT")
    except ValueError:
        pass
    return text


def in_words(data: Any) -> str:
    """Everything in it, in a form that words and figures can be looked for: sums of money with their cents,
    lists with how many there are."""
    if isinstance(data, Mapping):
        return "\n".join(f"{str(name).replace('_', ' ')}: {in_words(one)}" for name, one in data.items())
    if isinstance(data, list):
        return "\n".join([str(len(data)), *(in_words(one) for one in data)])
    if isinstance(data, float):
        return f"{data} {data:.2f}"
    return "" if data is None else str(data).replace("_", " ") if isinstance(data, str) else str(data)
