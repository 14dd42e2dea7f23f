"""What kind of thing is asked for, where the words of a question say so: a price, a time, a day. Pure."""

from __future__ import annotations

import re

from knowledge.terms import fold
from knowledge.upkeep.values import values_in

# By the first that fits. Folded: small letters, no accents.
KINDS: list[tuple[str, frozenset[str], re.Pattern[str]]] = [
    (
        "price",
        frozenset(["price", "share"]),
        re.compile(
            r"\bhow much (?:is|are|does|do|for|to|extra)\b"
            r"|\b(?:what|how much)\b.*\b(?:cost|charge|price|fee)s?\b"
            r"|\bcombien (?:ca |cela )?(?:coute|pour|faut-il payer)"
            r"|\bquel(?:le)?s?\b.*\b(?:prix|tarif|montant|frais)\b"
            r"|\ba quel prix\b|\bmontant minimum\b"
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
            r"^when\b|\bwhen (?:do|does|is|are|will|can)\b|\bwhat time\b|\b(?:last|which) day\b"
            r"|\bquand\b|\bquelle heure\b|\bhoraires?\b|\bquelle? date\b"
        ),
    ),
    (
        "number",
        frozenset(["number", "price", "share", "time"]),
        re.compile(r"\bhow many\b|\bcombien de\b|\bcombien d'"),
    ),
]


def asked_kind(question: str) -> str:
    """ "price", "time", "when", "number", or "" where any kind of answer will do."""
    folded = fold(question).strip()
    return next((kind for kind, _values, pattern in KINDS if pattern.search(folded)), "")


def is_given(kind: str, said: str, language: str) -> bool:
    """Whether an answer has a value of that kind; of a number any figure will do."""
    if kind == "number":
        return bool(re.search(r"\d", said)) or bool(values_in(said, language))
    wanted = next((values for name, values, _pattern in KINDS if name == kind), frozenset())
    return any(value.kind in wanted for value in values_in(said, language))
