"""Intents that are no knowledge: greetings, asking for a person, not having understood. Pure.

The assistant has its own ways with all three; as articles they would only be found instead of answers.
"""

from __future__ import annotations

import re

from untrusted.shapes import words_of

WORD = re.compile(r"[A-ZÀ-Þ]?[a-zà-ÿ]+|[A-ZÀ-Þ]+(?![a-zà-ÿ])")

# Words of names that say nothing about what is asked.
IDLE = words_of("intent default user utter say ask faq general message response confirmation trigger nlu the")
GROUPS = {"chitchat", "smalltalk", "chit chat", "small talk", "bavardage"}
SMALL = words_of(
    "greet greeting greetings hello hi hey welcome bonjour salut salutation salutations saluer bienvenue "
    "goodbye bye farewell thank thanks thankyou you merci remerciement remerciements remercier affirm "
    "affirmation affirmative yes oui ok okay deny negation no non decline refuse mood great good happy "
    "unhappy sad insult insults joke jokes compliment compliments chitchat smalltalk"
    " stop cancel restart repeat"
)
PHRASES = {
    *("bot challenge", "are you a bot", "are you human", "how are you", "who are you", "what is your name"),
    *("au revoir", "ca va", "comment ca va", "comment allez vous", "qui es tu", "es tu un robot", "d accord"),
    *("chit chat", "small talk", "start conversation", "end conversation"),
}
FALLBACK = {
    *("fallback", "out of scope", "negative", "no match", "no input", "unknown", "hors sujet", "incompris"),
}
HANDING = words_of(
    "handoff handover hand off over human humain agent operator live livechat talk speak chat to with a an "
    "real person representative escalate escalation request transfer connect advisor conseiller parler un une"
)
PERSON = words_of(
    "person handoff handover human humain agent operator representative escalate escalation conseiller"
)


def why_not(name: str) -> str:
    """The code of why an intent of this name is not taken, empty when nothing speaks against it."""
    words = [word.lower() for word in WORD.findall(name)]
    phrase = " ".join(words)
    if "/" in name and (code := why_not(name.partition("/")[0])):
        return code
    telling = [word for word in words if word not in IDLE]
    if not telling:
        return ""
    if phrase in FALLBACK or " ".join(telling) in FALLBACK:
        return "left_fallback"
    if (
        {words[0], " ".join(words[:2])} & GROUPS
        or set(telling) <= SMALL
        or {phrase, " ".join(telling)} & PHRASES
    ):
        return "left_small_talk"
    return "left_handing_over" if set(telling) <= HANDING and PERSON & set(telling) else ""
