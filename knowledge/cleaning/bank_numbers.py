"""Numbers of bank accounts (IBAN) and payment cards, known by their check digits. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban, luhn

from knowledge.cleaning.base import Finding, Rules

IBAN_START = re.compile(r"(?<![^\W_])[A-Z]{2}\d{2}(?=[ -]?[A-Z0-9])", re.IGNORECASE)
IBAN_LENGTHS = range(34, 14, -1)
LONGEST_IBAN = 34 + 9  # with a space after every fourth
DIGITS = re.compile(r"(?<![\w.,])\d(?:[ -]?\d){11,18}(?![\w]|[.,]\d)")
# First digits and lengths of Visa, Mastercard, American Express, JCB, Discover and UnionPay, Diners, Maestro.
CARD = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|35\d{14}|(?:1800|2131)\d{11}"
    r"|6[0245]\d{14,17}"
    r"|3(?:0[0-5]|[689]\d)\d{11}|(?:50|5[6-9]|6\d)\d{10,17}"
)
# So many digits are common for other things; then the words before must speak of a card.
SURE_LENGTHS = {15, 16}
ABOUT_CARDS = re.compile(
    r"\b(?:cards?|cartes?|cb|cc|visa|mastercard|amex|maestro|credit|crédit|debit|débit|bancaire)\b",
    re.IGNORECASE,
)
BEFORE = 60  # characters


def find_ibans(text: str, rules: Rules) -> Iterator[Finding]:
    allowed = {_compact(number) for number in rules.allowed}
    for start in IBAN_START.finditer(text):
        end = _iban_end(text, start.start())
        if end and _compact(text[start.start() : end]) not in allowed:
            yield Finding("iban", text[start.start() : end], start.start(), end)


def _iban_end(text: str, start: int) -> int:
    """Where the longest valid number that begins here ends; 0 when none does."""
    ends = []  # after each letter or digit, over single spaces and hyphens
    for at in range(start, min(len(text), start + LONGEST_IBAN)):
        if text[at].isascii() and text[at].isalnum():
            ends.append(at + 1)
        elif text[at] not in " -" or text[at - 1] in " -":
            break
    for length in IBAN_LENGTHS:
        end = ends[length - 1] if length <= len(ends) else start
        whole = end > start and not text[end : end + 1].isalnum()
        if whole and iban.is_valid(text[start:end], check_country=False):
            return end
    return 0


def find_cards(text: str, rules: Rules) -> Iterator[Finding]:
    allowed = {_compact(number) for number in rules.allowed}
    for match in DIGITS.finditer(text):
        number = _compact(match.group())
        if not CARD.fullmatch(number) or not luhn.is_valid(number) or number in allowed:
            continue
        about = ABOUT_CARDS.search(text, max(0, match.start() - BEFORE), match.start())
        if len(number) in SURE_LENGTHS or about:
            yield Finding("card", match.group(), *match.span())


def _compact(number: str) -> str:
    return re.sub(r"[\s-]", "", number).upper()
