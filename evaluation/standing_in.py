"""What would tell who somebody is, replaced by words of the same kind that belong to nobody. Pure.

A placeholder would do for reading, but a scenario is played again: where a flow asks for an e-mail address,
“[e-mail address]” is none. Addresses are of a domain that is kept for examples (RFC 2606); the telephone
numbers are those that are set aside for films (Ofcom, Arcep); the bank account and the card are test numbers.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from evaluation.redacting import rules_for, said_of_oneself
from knowledge.cleaning.personal import find_personal

STAND_INS = {
    "email": "camille@example.org",
    "iban": "FR1420041010050500013M02606",
    "card": "4111 1111 1111 1111",
    "name": "Camille",
}
PHONES = {"fr": "01 99 00 12 34", "en": "020 7946 0123"}


def with_stand_ins(text: str, language: str, names: Collection[str] = ()) -> str:
    """`names` are people's, as far as they are known: whole ones and their parts. What customers call
    themselves in the text goes with them."""
    known = [part for name in names for part in (name, *name.split())]
    rules = rules_for([*known, *said_of_oneself(text)])
    phone = PHONES.get(language.partition("-")[0], PHONES["en"])
    for finding in reversed(find_personal(text, rules)):
        text = text[: finding.start] + STAND_INS.get(finding.kind, phone) + text[finding.end :]
    return text


def all_with_stand_ins(part: Any, language: str, names: Collection[str] = ()) -> Any:
    """The same in all texts of plain data."""
    if isinstance(part, str):
        return with_stand_ins(part, language, names)
    if isinstance(part, dict):
        return {key: all_with_stand_ins(one, language, names) for key, one in part.items()}
    return [all_with_stand_ins(one, language, names) for one in part] if isinstance(part, list) else part
