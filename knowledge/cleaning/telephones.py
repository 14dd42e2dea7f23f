"""Telephone numbers of persons in running text: by Google's number plans, not every row of digits. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberMatcher,
    PhoneNumberType,
    format_number,
    number_type,
    parse,
)

from knowledge.cleaning.base import Finding, Rules

ENOUGH_DIGITS = re.compile(r"(?:\d[\s./()-]{0,3}){7}")
# As it is written in North America, whether or not the area exists; bare digits must be said to be a number.
AMERICAN = re.compile(
    r"(?<![\w(/.+-])(?:\+?1(?:[ .-]{1,3}))?(?:\(\d{3}\)[ .-]{0,3}|\d{3}([ .-]{0,3}))\d{3}(?(1)\1"
    r"|[ .-]{1,3})\d{4}(?![\w/-]|[.,]\d)"
)
DATE = re.compile(
    r"[0-3]?\d[./-][0-3]?\d[./-](?:\d{4}|\d\d)(?![\d.])|\d{4}[./-][01]?\d[./-][0-3]?\d(?![\d.])"
)
TELEPHONE = re.compile(
    r"\b(?:phones?|tel|tél|mobile|cell|cellphone|call|dial|fax|whatsapp|sms|text me|téléphone|portable"
    r"|numéro de tél\w*"
    r"|appele[zr]|joindre|reach|(?:mon|votre|my|your) (?:numéro|number))\b",
    re.IGNORECASE,
)
# What else has a long number: just before it, and no word about telephones.
OTHER_NUMBER = re.compile(
    r"(?:\b(?:order|commande|invoice|facture|ref|réf|reference|référence|no|nr|num|number|numéro|ticket"
    r"|dossier|siret|siren"
    r"|rcs|tva|vat|tracking|suivi|colis|version|isbn|issn|ean|case|account|compte|client|customer|id|article"
    r"|code|serial"
    r"|série|contrat|contract|imei)|n°|#)[^\w\n]{0,3}(?:\w{1,8}[^\w\n]{1,3}){0,2}$",
    re.IGNORECASE,
)
BEFORE = 40  # characters
# Lines of companies: whoever writes one down gives away nobody.
SERVICES = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.UAN,
}


def find_telephones(text: str, rules: Rules) -> Iterator[Finding]:
    """Numbers of the region, international ones, and where English is among the languages American ones."""
    if not ENOUGH_DIGITS.search(text):
        return
    numbers = [number for number in rules.allowed if "@" not in number]
    allowed = {_international(number, region) for number in numbers for region in (rules.region, "US")} - {""}
    for match in PhoneNumberMatcher(text, rules.region):
        service = number_type(match.number) in SERVICES and not match.raw_string.startswith("+")
        written = format_number(match.number, PhoneNumberFormat.E164)
        if not service and written not in allowed and _is_one(text, match.start, match.end, rules.region):
            yield Finding("phone", match.raw_string, match.start, match.end)
    for found in AMERICAN.finditer(text) if "en" in rules.languages else ():
        if _international(found.group(), "US") not in allowed and _is_one(text, *found.span(), "US"):
            yield Finding("phone", found.group(), *found.span())


def _is_one(text: str, start: int, end: int, region: str) -> bool:
    written, before = text[start:end], text[max(0, start - BEFORE) : start]
    if written.startswith("+"):
        return True
    if DATE.match(written) or before.endswith(("€", "$", "£")):
        return False
    said = TELEPHONE.search(before)
    if not said and OTHER_NUMBER.search(before):
        return False
    # A bare row of digits is a number in France ("0612345678"); in America it may be anything.
    return bool(said) or not written.isdigit() or (region != "US" and written.startswith("0"))


def _international(number: str, region: str) -> str:
    try:
        return str(format_number(parse(number, region), PhoneNumberFormat.E164))
    except NumberParseException:
        return ""
