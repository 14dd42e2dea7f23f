"""Personal data in a text: found, and on request replaced by words that say what stood there. Pure.

What is looked for can be known for certain or nearly: addresses by their form, numbers by their plans and
check digits, names from a list. Payment cards are masked even where the rest is only flagged.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace

from knowledge.cleaning.bank_numbers import find_cards, find_ibans
from knowledge.cleaning.base import Draft, Finding, Rules
from knowledge.cleaning.prose import address_spans, code_spans, overlaps
from knowledge.cleaning.telephones import find_telephones
from knowledge.language import detect_language

Find = Callable[[str, Rules], list[Finding]]

SURE = ["email", "iban", "card", "phone", "name"]  # the surest first
EMAIL = re.compile(
    r"(?<![\w.+%-])(?<!://)[\w+%-][\w.+%'-]{0,63}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[a-z]{2,24}(?![\w-]"
    r")",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+")
LINK = re.compile(
    r"!?\[([^\[\]\n]*)\]\(([^()\[\]\s<>]*(?:\([^()\s]*\)[^()\[\]\s<>]*)?)(?:\s\"[^\"\n]*\")?\)"
    r"|<(?:mailto:|tel:)?([^<>\s]+)>"
)
PLACEHOLDERS = {
    "en": {
        "email": "[e-mail address]", "phone": "[phone number]", "iban": "[bank account]",
        "card": "[card number]", "name": "[name]",
    },
    "fr": {
        "email": "[adresse e-mail]", "phone": "[numéro de téléphone]", "iban": "[compte bancaire]",
        "card": "[numéro de carte]", "name": "[nom]",
    },
}  # fmt: skip


def find_personal(text: str, rules: Rules) -> list[Finding]:
    """In order, none over another. In addresses of links and in code only what cannot be anything else."""
    code, addresses = code_spans(text), address_spans(text)
    numbers = [
        finding
        for finding in [*find_ibans(text, rules), *find_cards(text, rules)]
        if _outside(finding, addresses)
    ]
    phones = [
        finding
        for finding in find_telephones(text, rules)
        if _outside(finding, code) and (_outside(finding, addresses) or _after_tel(text, finding))
    ]
    names = [finding for finding in _names(text, rules) if _outside(finding, addresses)]
    return _apart([*_emails(text, rules), *numbers, *phones, *names])


def redact(text: str, rules: Rules, language: str, find: Find = find_personal) -> tuple[str, int]:
    """The text with placeholders in its language, and how many. A link to personal data becomes its words."""
    findings = find(text, rules)
    if not findings:
        return text, 0
    text = _unlink(text, findings)
    words = PLACEHOLDERS.get(language.split("-")[0], PLACEHOLDERS["en"])
    addresses = address_spans(text)
    for finding in reversed(find(text, rules)):
        start, end = _whole_address(finding, addresses)
        text = text[:start] + words[finding.kind] + text[end:]
    return text, len(findings)


def protect_personal(draft: Draft, rules: Rules) -> tuple[Draft, int]:
    """The cleaning step: everything when the rules say redact, else cards alone."""
    find = find_personal if rules.personal == "redact" else cards_alone
    language = draft.language or detect_language(draft.body[:2000], rules.languages, "en")
    title, in_title = redact(draft.title, rules, language, find)
    body, in_body = redact(draft.body, rules, language, find)
    return replace(draft, title=title, body=body), in_title + in_body


def cards_alone(text: str, rules: Rules, *, in_addresses: bool = False) -> list[Finding]:
    """Those that `find_personal` finds too: none inside an IBAN."""
    addresses = [] if in_addresses else address_spans(text)
    cards = [finding for finding in find_cards(text, rules) if _outside(finding, addresses)]
    found = _apart([*find_ibans(text, rules), *cards]) if cards else []
    return [finding for finding in found if finding.kind == "card"]


def _emails(text: str, rules: Rules) -> Iterator[Finding]:
    allowed = {entry.casefold() for entry in rules.allowed}
    for match in EMAIL.finditer(text) if "@" in text else ():
        address = match.group().casefold()
        if address not in allowed and "@" + address.rpartition("@")[2] not in allowed:
            yield Finding("email", match.group(), *match.span())


def _names(text: str, rules: Rules) -> Iterator[Finding]:
    """Listed names as whole words. A single word needs its capital: "Rose" is a name, "rose" is not."""
    starts: dict[str, list[str]] = {}
    for name in sorted(rules.names, key=len, reverse=True):
        if first := WORD.search(name):
            starts.setdefault(first.group().casefold(), []).append(name)
    for match in WORD.finditer(text) if starts else ():
        for name in starts.get(match.group().casefold(), ()):
            end = match.start() + len(name)
            same = text[match.start() : end].casefold() == name.casefold()
            whole = not text[end : end + 1].isalpha()
            if same and whole and (" " in name or match.group()[0].isupper()):
                yield Finding("name", text[match.start() : end], match.start(), end)
                break


def _outside(finding: Finding, spans: list[tuple[int, int]]) -> bool:
    return not overlaps(finding.start, finding.end, spans, [start for start, _ in spans])


def _after_tel(text: str, finding: Finding) -> bool:
    return text[max(0, finding.start - 4) : finding.start].lower() == "tel:"


def _apart(found: list[Finding]) -> list[Finding]:
    """Each character belongs to the finding of the surest kind: an IBAN has telephone numbers inside."""
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda finding: (SURE.index(finding.kind), finding.start)):
        at = bisect_left(kept, finding.start, key=lambda other: other.start)
        clear_before = not at or kept[at - 1].end <= finding.start
        clear_after = at == len(kept) or finding.end <= kept[at].start
        if clear_before and clear_after:
            kept.insert(at, finding)
    return kept


def _unlink(text: str, findings: list[Finding]) -> str:
    def words(match: re.Match[str]) -> str:
        label, target, auto = match.groups()
        group = 2 if auto is None else 3
        held = any(match.start(group) <= f.start and f.end <= match.end(group) for f in findings)
        if not held:
            return match.group()
        return label if auto is None else auto

    return LINK.sub(words, text)


def _whole_address(finding: Finding, addresses: list[tuple[int, int]]) -> tuple[int, int]:
    """A bare address of a page that holds personal data goes as a whole."""
    for start, end in addresses:
        if start <= finding.start and finding.end <= end:
            return start, end
    return finding.start, finding.end
