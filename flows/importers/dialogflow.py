"""What both Dialogflows have: values in texts, kinds of entities, messages and their buttons. Pure."""

from __future__ import annotations

import re
from typing import Any

from flows.importers.project import Project, joined
from untrusted.shapes import first_text, mapping, mappings, sequence, text, texts, within

# "$date", "$session.params.name", "#followup.time.original": values of the conversation. "$5" is money.
BLANK = re.compile(r"(?<![\w$])(?:[$#](?:[A-Za-z_][\w-]*\.)+([\w-]+)|\$([A-Za-z_][\w-]*))")
BY_MODEL = re.compile(r"\$request\.(generative|knowledge)\b[\w.\[\]-]*")
KINDS = {
    "date": "date",
    "time": "time",
    "date-time": "moment",
    "date-period": "period",
    "time-period": "period",
    "number": "number",
    "number-integer": "number",
    "cardinal": "number",
    "ordinal": "number",
    "age": "number",
    "percentage": "number",
    "unit-currency": "money",
    "currency-name": "text",
    "email": "email",
    "phone-number": "phone",
    "zip-code": "postal_code",
    "duration": "text",
}
PATTERNS = {"flight-number": r"[A-Z0-9]{2} ?\d{1,4}"}


def kind_of(entity: str) -> str:
    """The kind of slot for an entity of the system's own ("@sys.date"); "" for one that the bot defines."""
    name = entity.lstrip("@")
    if not name.startswith("sys."):
        return "" if name else "text"
    return KINDS.get(name.removeprefix("sys."), "text")


def with_blanks(project: Project, said: str) -> str:
    """`$session.params.date` and `$date.original` as `{date}`."""

    def blank(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        if name in ("original", "resolved", "value"):
            name = found[0].lstrip("$#").split(".")[-2]
        return f"{{{project.slot_keys.of(name)}}}"

    return BLANK.sub(blank, said)


def told(project: Project, messages: list[dict[str, Any]]) -> dict[str, str]:
    """What messages say, by language, one below the other. Of several ways to say it, the first."""
    parts = []
    for message in messages:
        code = text(message.get("languageCode")) or text(message.get("lang"))
        said = BY_MODEL.sub("", _said(message)).strip()
        if said:
            parts.append(project.text(with_blanks(project, said), code))
    return joined(*parts)


def _said(message: dict[str, Any]) -> str:
    kind = text(message.get("type"))
    if kind in {"1", "card", "basic_card"}:
        return "\n\n".join(
            filter(None, [text(message.get("title")), first_text(message, ("subtitle", "formattedText"))])
        )
    if kind in {"2", "quick_replies"}:
        return text(message.get("title"))
    said = [*texts(within(message, "text", "text")), *texts(message.get("speech"))]
    items = [first_text(item, ("displayText", "textToSpeech")) for item in mappings(message.get("items"))]
    return next(iter([*said, *filter(None, items)]), "") or _rich(message.get("payload"))


def _rich(payload: Any) -> str:
    """The texts of a custom payload that Dialogflow's own window would show."""
    cards = [card for group in sequence(mapping(payload).get("richContent")) for card in mappings(group)]
    found = [
        [text(card.get("title")), text(card.get("subtitle")), *texts(card.get("text"))]
        for card in cards
        if text(card.get("type")) in {"info", "description", "accordion"}
    ]
    return "\n\n".join("\n".join(filter(None, lines)) for lines in found)


def buttons(messages: list[dict[str, Any]]) -> list[str]:
    """The titles of quick replies, chips and suggestions."""
    found: list[str] = []
    for message in messages:
        found += texts(message.get("replies"))
        found += [text(one.get("title")) for one in mappings(message.get("suggestions"))]
        for group in sequence(mapping(message.get("payload")).get("richContent")):
            for card in mappings(group):
                found += [text(one.get("text")) for one in mappings(card.get("options"))]
    return [one for one in dict.fromkeys(found) if one]


def label_for(name: str, said: dict[str, list[str]], titles: list[str]) -> str:
    """Which button stands for an intent: the one that is among its examples, or in its name."""
    known = {one.lower() for told_in in said.values() for one in told_in}
    return next((one for one in titles if one.lower() in known or one.lower() in name.lower()), "")


def entries(
    project: Project, given: list[tuple[str, list[dict[str, Any]]]]
) -> dict[str, dict[str, list[str]]]:
    """The values of an entity with their synonyms by language. `given` is (language, entries)."""
    found: dict[str, dict[str, list[str]]] = {}
    for code, listed in given:
        for entry in listed:
            if value := text(entry.get("value")):
                words = [one for one in texts(entry.get("synonyms")) if one != value]
                found.setdefault(value, {}).setdefault(project.code(code), []).extend(words)
    return found
