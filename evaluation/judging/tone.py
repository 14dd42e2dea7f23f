"""Whether an answer has the tone that customers are spoken to with. Pure, by short lists of words."""

from __future__ import annotations

import re

from evaluation.judging.verdicts import Because, Verdict
from knowledge.terms import fold

SHOUTED = re.compile(r"\b[A-ZÀ-Ý]{4,}\b(?:[ ,]+\b[A-ZÀ-Ý]{2,}\b){2,}")
MARKS = re.compile(r"[!?]{3,}|!\s*!")
CODE = re.compile(r"`[^`]*`|\S*\d\S*|https?://\S+")
TU = re.compile(r"\b(?:tu|toi|te|ton|ta|tes|t'\w+)\b")
VOUS = re.compile(r"\b(?:vous|votre|vos)\b")
BLAME = {
    "en": re.compile(
        r"\byour (?:own )?(?:fault|mistake)\b|\byou should have\b|\byou failed to\b|\bobviously\b"
        r"|\bas i (?:already|just) (?:said|told)\b|\bread (?:it|the \w+) (?:again|properly|carefully)\b"
    ),
    "fr": re.compile(
        r"\b(?:de )?votre (?:propre )?(?:faute|erreur)\b|\bvous auriez du\b|\bvous n'avez qu'a\b"
        r"|\bevidemment\b"
        r"|\bcomme je (?:vous )?l'ai deja dit\b|\brelisez\b"
    ),
}
RUDE = {
    "en": re.compile(r"\b(?:stupid|idiot(?:ic)?|nonsense|shut up|ridiculous|calm down|damn)\b"),
    "fr": re.compile(r"\b(?:stupide|idiot(?:e)?|n'importe quoi|ridicule|calmez-vous|taisez-vous|merde)\b"),
}


def tone(said: str, language: str) -> Verdict:
    """Nobody is shouted at, blamed or insulted, and in French nobody is addressed both ways."""
    if not said.strip():
        return Verdict()
    code, bare = language.partition("-")[0], CODE.sub(" ", said)
    folded = fold(bare)
    found = [
        ("shouts", SHOUTED.search(bare) or MARKS.search(bare)),
        ("blames", BLAME[code].search(folded) if code in BLAME else None),
        ("insults", RUDE[code].search(folded) if code in RUDE else None),
        ("both_forms", TU.search(folded) if code == "fr" and VOUS.search(folded) else None),
    ]
    because = tuple(Because(name, {"found": match[0].strip()}) for name, match in found if match)
    return Verdict(not because, float(not because), because)
