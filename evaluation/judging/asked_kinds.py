"""What kind of thing is asked for, where the words of a question say so, and whether an answer gives it: a
price, a time, a day, a number, a yes or a no. Pure."""

from __future__ import annotations

import re

from assistant.citations import MARK
from evaluation.judging.figures import values_of
from evaluation.judging.senses import denies
from knowledge.terms import fold

# By the first that fits. Folded: small letters, no accents.
KINDS: list[tuple[str, frozenset[str], re.Pattern[str]]] = [
    (
        "price",
        frozenset(["price", "share"]),
        re.compile(
            r"\bhow much (?:is|are|does|do|for|to|extra)\b"
            r"|\b(?:what|how much)\b.*\b(?:cost|charge|price|fee)s?\b|\bcost me\b"
            r"|\bcombien (?:ca |cela )?(?:coute|vaut|pour|faut-il payer|je paie|vous|me)|\bcombien\b.*\bcoute"
            r"|\bquel(?:le)?s?\b.*\b(?:prix|tarif|montant|frais)\b"
            r"|\ba quel prix\b|\bmontant minimum\b|\bpayante?s?\b|\bje paie\b"
        ),
    ),
    (
        "time",
        frozenset(["time", "date", "hours"]),
        re.compile(
            r"\bhow (?:long|fast|soon)\b|\bcombien de (?:temps|jours|semaines|mois)\b|\bquels? delais?\b"
        ),
    ),
    (
        "when",
        frozenset(["time", "date", "hours", "days"]),
        re.compile(
            r"^when\b|\bwhen (?:do|does|is|are|will|can)\b|\b(?:until|till|by|from|since|before) when\b"
            r"|\bwh(?:at|ich) (?:time|day|date|hour)s?\b|\blast (?:day|date|moment)\b|\bhow (?:late|early)\b"
            r"|\bdeadline\b|\btoo late\b|\bopening hours\b"
            r"|\bquand\b|\bquel(?:le)?s? (?:jour|date|heure|delai)s?\b|\bhoraires?\b"
        ),
    ),
    (
        "number",
        frozenset(["number", "price", "share", "time"]),
        re.compile(
            r"\bhow (?:many|big|high|tall|heavy|far|wide|deep|old)\b|\bcombien\b"
            r"|\ba quelle (?:hauteur|distance|temperature)\b|\bquelle (?:taille|longueur|largeur|puissance)\b"
        ),
    ),
]
# Times that are no figure.
SOON = re.compile(
    r"\b(?:at once|immediately|right away|straight away|instantly|today|tomorrow|any ?time|never|always"
    r"|aussitot|immediatement|tout de suite|aujourd'hui|demain|a tout moment|jamais|toujours)\b"
    r"|\b(?:a|an|un|une|the next|le jour|dans la) (?:working )?"
    r"(?:hour|day|week|month|year|heure|jour|journee|ouvre|semaine|mois|an)\b"
)
_VERB = r"(?:is|are|do|does|did|can|could|will|would|should|may|must|has|have|am)"
YES_OR_NO = re.compile(
    rf"^(?:(?:and|so|but|ok|hello|hi|et|bonjour)[ ,]+)?{_VERB}\b|[.!?,;:] {_VERB}\b[^.]*\?"
    r"|\best-ce que?\b|\b\w+-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles)\b"
)
ASKS_FOR_MORE = re.compile(
    r"\b(?:quand|combien|comment|ou|quel(?:le)?s?|pourquoi|que|qui|lequel|laquelle"
    r"|when|how|where|what|which|why|who)\b|\bqu'est"
)
YES_NO = "yes_no"
OPENS = re.compile(r"^\W*(?:yes|no|oui|non|si)\b")


def asked_kind(question: str) -> str:
    """ "price", "time", "when", "number", or "" where any kind of answer will do."""
    folded = fold(question).strip()
    return next((kind for kind, _values, pattern in KINDS if pattern.search(folded)), "")


def asks_yes_or_no(question: str) -> bool:
    folded = fold(question).strip()
    bare = re.sub(r"\best-ce que?\b", "", folded)
    return bool(YES_OR_NO.search(folded)) and not ASKS_FOR_MORE.search(bare)


def is_given(kind: str, said: str, language: str) -> bool:
    """Whether an answer has a value of that kind; of a number any figure will do."""
    bare = MARK.sub("", said)
    values = values_of(bare, language)
    if kind == "number":
        return bool(re.search(r"\d", bare)) or bool(values)
    wanted = next((values for name, values, _pattern in KINDS if name == kind), frozenset())
    if any(value.kind in wanted for value in values):
        return True
    return kind in ("time", "when") and bool(SOON.search(fold(bare)))


def says_yes_or_no(question: str, said: str) -> bool:
    """To a question that asks for it; what comes after it explains."""
    return asks_yes_or_no(question) and bool(OPENS.match(fold(said).lstrip("*_ ")))


def gives_what_was_asked(question: str, said: str, language: str) -> int:
    """1 where it does, -1 where something of a kind was asked for and is not given, 0 where nobody can tell:
    "we do not keep it" is an answer to "how long"."""
    kind = asked_kind(question)
    if not kind:
        return 0
    if is_given(kind, said, language):
        return 1
    return 0 if denies(said) else -1
