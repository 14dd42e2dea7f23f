"""What is about a line without having its words, among the questions that the sample's customers ask."""

from __future__ import annotations

import asyncio
import json

import pytest

from assistant.guidance.conditions import BAR
from assistant.guidance.likeness import language_of, near
from assistant.management.commands.load_sample import SAMPLE
from knowledge.language import detect_language
from llm.clients import close_clients

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("titles")]
# A row's lines, and what is about them in other words.
ROWS = {
    (
        "it gave me an electric shock",
        "I burnt myself",
        "it caught fire",
        "there was smoke and flames",
        "je me suis brûlé",
        "ça a pris feu",
    ): [
        "There is smoke coming out of my lamp",
        "My son was electrocuted by your lamp",
        "Je me suis brûlée en touchant votre lampe",
        "The lamp burned my hand",
        "I touched the switch and it zapped me",
        "Votre lampe a mis le feu à mon rideau",
    ],
    ("lawyer", "legal action", "going to court"): [
        "My attorney will contact you",
        "Vous aurez des nouvelles de mon avocat",
        "I'll see you in court",
        "Je vais saisir le tribunal",
    ],
    ("delivery to Corsica",): [
        "Do you ship to Corsica?",
        "Combien de temps pour recevoir un colis en Corse ?",
        "Livrez-vous en Corse ?",
    ],
    ("prices of competitors",): [
        "Are your competitors less expensive?",
        "Vos concurrents sont-ils moins chers ?",
    ],
}
NEAR_BUT_NOT_ABOUT = [
    "Will it set off a smoke detector?",
    "Which bulb do I need, now that the old one is burnt out?",
    "Puis-je la poser sous un détecteur de fumée ?",
]


# What people say of themselves, beside which a line about oneself is near everything.
EVERYDAY = [
    "I have lost my invoice",
    "I have moved house",
    "I was charged twice",
    "I bought the wrong bulb",
    "I would like to know if my order has shipped",
    "j'ai cassé mon abat-jour",
    "j'ai acheté la mauvaise ampoule",
    "j'ai été débité deux fois",
    "j'ai reçu un colis abîmé",
    "j'ai déménagé",
]


def nearest(said: list[str], lines: tuple[str, ...], *, urgent: bool = False) -> list[float]:
    async def ask() -> list[float]:
        try:
            found = [
                await near(text, detect_language(text, ["en", "fr"], "en"), lines, lines if urgent else ())
                for text in said
            ]
        finally:
            await close_clients()
        return [max(one.values(), default=0.0) for one in found]

    return asyncio.run(ask())


def test_what_is_meant_is_found_in_either_language() -> None:
    scores = [score for lines, said in ROWS.items() for score in nearest(said, lines)]
    assert sum(score >= BAR for score in scores) >= 0.85 * len(scores)


def test_what_customers_ask_otherwise_is_left_alone() -> None:
    """126 questions, none of which is about these rows but one: it asks for a competitor's price."""
    rows = (SAMPLE / "questions.jsonl").read_text("utf-8").splitlines()
    asked = [json.loads(row)["question"] for row in rows]
    scores = [score for lines in ROWS for score in nearest(asked, lines)]
    assert sum(score >= BAR for score in scores) <= 0.01 * len(scores)
    near_it = [score for lines in ROWS for score in nearest(NEAR_BUT_NOT_ABOUT, lines)]
    assert max(near_it) < BAR


def test_what_breaks_off_everything_is_not_what_people_say_every_day() -> None:
    shocks, courts = list(ROWS)[:2]
    for lines in (shocks, courts):  # nothing that is meant is lost by it
        found = [nearest(ROWS[lines], lines, urgent=urgent) for urgent in (True, False)]
        assert [score >= BAR for score in found[0]] == [score >= BAR for score in found[1]]
    own = (*shocks, "I got an electric shock", "j'ai pris le jus", "I was hurt", "J'ai été blessé")
    called = sum(score >= BAR for score in nearest(EVERYDAY, own, urgent=True))
    by_the_bar = sum(score >= BAR for score in nearest(EVERYDAY, own))
    assert called <= 0.4 * by_the_bar, (called, by_the_bar)


def test_the_language_of_a_line_is_read_once() -> None:
    """An answer has many sentences, and each is compared with every line."""
    before = language_of.cache_info().misses
    nearest(["The first sentence.", "And the second one."], ("a line that nobody has read yet",))
    assert language_of.cache_info().misses == before + 1
