"""Whether an answer has the tone that customers are spoken to with: nobody is shouted at, blamed, brushed
off or insulted, spoken to like a friend or like a file; and in French nobody is addressed both ways, or as
"tu" who says "vous". Pure, by short lists of words, folded."""

from __future__ import annotations

import re

from evaluation.judging.verdicts import Because, Verdict
from knowledge.terms import fold

SHOUTED = re.compile(r"\b[A-ZÀ-Ý]{4,}\b(?:[ ,']+\b[A-ZÀ-Ý]{2,}\b){2,}")
MARKS = re.compile(r"[!?]{3,}|!\s*!")
CODE = re.compile(r"`[^`]*`|\S*\d\S*|https?://\S+")
FOND = re.compile(
    "[\U0001f60d\U0001f618-\U0001f61c\U0001f495-\U0001f49f\U0001f970\U0001f923\U0001f602\u2764]"
)
TU = re.compile(r"\b(?:tu|toi|te|ton|ta|tes|t'\w+)\b")
VOUS = re.compile(r"\b(?:vous|votre|vos)\b")
LISTS: dict[str, dict[str, re.Pattern[str]]] = {
    "blames": {
        "en": re.compile(
            r"\byour (?:own )?(?:fault|mistake)\b|\byou should have\b|\byou failed to\b|\bobviously\b"
            r"|\bas (?:i|we) (?:have )?(?:already |just )?(?:said|told)\b|\bi already told you\b"
            r"|\bread (?:it|the \w+) (?:again|properly|carefully)\b|\byou must have \w+"
            r"|\bpay (?:more |better )?attention\b|\bwhat did you expect\b|\byou (?:just )?have to learn\b"
        ),
        "fr": re.compile(
            r"\b(?:de )?votre (?:propre )?(?:faute|erreur)\b|\bvous auriez du\b|\bvous n'avez qu'a\b"
            r"|\bevidemment\b|\bcomme (?:je|on|nous) (?:vous )?l'(?:ai|a|avons) (?:deja )?dit\b|\brelisez\b"
            r"|\bvous l'avez (?:surement|certainement|sans doute)\b|\bplus attention\b"
            r"|\ba quoi vous attend\w+|\bil (?:fallait|suffisait de) (?:lire|regarder|faire)\b"
        ),
    },
    "insults": {
        "en": re.compile(r"\b(?:stupid|idiot(?:ic)?|nonsense|shut up|ridiculous|calm down|damn|dumb)\b"),
        "fr": re.compile(
            r"\b(?:stupide|idiot(?:e)?|n'importe quoi|ridicule|calmez-vous|taisez-vous|merde|betise)\b"
        ),
    },
    "brushes_off": {
        "en": re.compile(
            r"\bnot (?:my|our) (?:problem|business|job)\b|\bnobody else\b.*\b(?:complain|ask)s?\b"
            r"|\bare you (?:serious|kidding)\b|\b(?:relax|chill)\b|\bwhatever[,.!]|\bso what\b"
            r"|\bdeal with it\b"
            r"|\bnot that hard\b|\bend of the world\b|\btoo bad\b|\bnothing (?:we|i) can do\b"
            r"|\bmake up your mind\b"
        ),
        "fr": re.compile(
            r"\bpas (?:mon|notre) (?:probleme|affaire|travail)\b|\bpersonne d'autre ne\b"
            r"|\bvous plaisantez\b|\bet alors\b|\bdebrouillez-vous\b|\btant pis\b|\bla fin du monde\b"
            r"|\bpourtant pas (?:si )?(?:complique|difficile|sorcier)\b|\bc'est comme ca\b"
            r"|\bdecidez-vous\b|\bon n'y peut rien\b|\bpas trop tot\b"
        ),
    },
    "too_familiar": {
        "en": re.compile(
            r"\b(?:dude|bro|buddy|mate|sweetie|darling|sweetheart|lol|lmao|omg|yeah|yep|nope"
            r"|gonna|wanna|gotta|oops|ya)\b"
        ),
        "fr": re.compile(
            r"\b(?:mdr|lol|ptdr|coucou|ouais|mec|cherie?|bisous?|mon pote"
            r"|t'inquiete|kiffe\w*)\b|\b(?:ma (?:belle|grande)|mon (?:vieux|grand))[ ]?[,.!]"
        ),
    },
    "like_a_file": {
        "en": re.compile(
            r"\bthe (?:user|customer|client|applicant) is (?:requested|required|asked|advised)\b"
            r"|\bshall be \w+ed\b|\binvalid (?:request|input|query|entry)\b"
            r"|\brefer to the (?:documentation|manual|terms)\b"
            r"|\bno further correspondence\b|\bhereby\b|\bpursuant to\b"
        ),
        "fr": re.compile(
            r"\b(?:l'usager|l'utilisateur|le client|l'interesse)\b.{0,20}\best (?:prie|tenu)e?\b"
            r"|\b(?:sera|seront) (?:rejete|classe|ignore)e?s?\b"
            r"|\b(?:demande|requete|saisie) (?:invalide|rejetee|non conforme)\b"
            r"|\bse (?:reporter|referer) a\b|\baucune suite\b"
            r"|\bpar la presente\b|\bconformement a l'article\b"
        ),
    },
}


def tone(said: str, language: str, words: str = "") -> Verdict:
    """`words` are the customer's: how they say "you" is how they are spoken to."""
    if not said.strip():
        return Verdict()
    code, bare = language.partition("-")[0], CODE.sub(" ", said)
    folded, asked = fold(bare), fold(words)
    found = [("shouts", SHOUTED.search(bare) or MARKS.search(bare))]
    found += [(name, by[code].search(folded)) for name, by in LISTS.items() if code in by]
    found += [("too_familiar", FOND.search(said))]
    if code == "fr" and (informal := TU.search(folded) or _orders_a_friend(folded)):
        found += [("both_forms", VOUS.search(folded)), ("says_tu", informal if VOUS.search(asked) else None)]
    because = {name: Because(name, {"found": match[0].strip()}) for name, match in found if match}
    return Verdict(not because, float(not because), tuple(because.values()))


def _orders_a_friend(folded: str) -> re.Match[str] | None:
    """ "Va sur la page": there the form of address is in the verb alone."""
    return re.match(r"(?:va|clique|regarde|essaie|prends|choisis|appelle|envoie)\b(?!-)", folded.strip())
