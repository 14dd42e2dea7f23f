"""What conversations teach: the customer's question with the answer of a person."""

from __future__ import annotations

import pytest

from knowledge.cleaning.conversations import candidates, names_given
from tests.knowledge.cleaning.chats import LIVRAISON, PROMO, RETURN, chat


def pairs(text: str, **facts: object) -> list[tuple[str, str]]:
    return [(candidate.question, candidate.answer) for candidate in candidates(chat(text, **facts))]


def test_small_talk_and_waiting_are_left_out():
    (candidate,) = candidates(PROMO)
    assert candidate.question == "I've got a promo code and I want to know when they expire."
    assert candidate.answer == "Ok, all promo codes expire after 7 days without fail."
    assert (candidate.by, candidate.language, candidate.specific) == ("agent", "en", False)
    assert (candidate.conversation, candidate.place) == ("42", PROMO.place)


def test_a_question_waits_while_the_agent_asks_back():
    (candidate,) = candidates(RETURN)
    assert candidate.question == "I need to return an item, can you help me with that?"
    assert candidate.answer == "ok [name], unfortunately after 90 days we cannot accept the return."


def test_a_french_conversation_gives_a_french_candidate():
    (candidate,) = candidates(LIVRAISON)
    assert candidate.question == "Est-ce que vous livrez en Belgique ?"
    assert candidate.answer == (
        "Oui, nous livrons en Belgique en trois jours pour 9 €. Écrivez à [adresse e-mail] si besoin."
    )
    assert candidate.language == "fr"


def test_messages_in_a_row_are_one_question_and_one_answer():
    assert pairs("""
        c: My lamp does not switch on
        c: I tried another bulb
        a: Please press the reset button under the foot.
        a: It takes ten seconds.
    """) == [
        (
            "My lamp does not switch on I tried another bulb",
            "Please press the reset button under the foot. It takes ten seconds.",
        )
    ]


@pytest.mark.parametrize(
    "reply",
    [
        "Let me check that for you.",
        "One moment please",
        "Could you give me your order number?",
        "May I have your name please",
        "I'm sorry to hear that.",
        "I will transfer you to a colleague.",
        "Hello, how can I help you today?",
        "Un instant, je vérifie.",
        "Pouvez-vous m'indiquer votre numéro de commande",
        "Je suis désolée pour ce désagrément.",
        "Je vous mets en relation avec un conseiller.",
        "Yes of course",
    ],
)
def test_a_reply_that_answers_nothing_is_no_answer(reply):
    assert pairs(f"c: How long does delivery to Spain take?\na: {reply}") == []


@pytest.mark.parametrize(
    "reply",
    [
        "I'm sorry, but we do not deliver to Spain.",
        "Désolé, nous ne livrons pas en Espagne.",
        "When you order before noon it takes two days.",
        "less than a week",
    ],
)
def test_a_reply_that_answers_is_one_though_it_begins_politely(reply):
    assert pairs(f"c: How long does delivery to Spain take?\na: {reply}") == [
        ("How long does delivery to Spain take?", reply)
    ]


@pytest.mark.parametrize("said", ["Hello", "Thanks!", "ok", "Bonjour à tous", "Merci beaucoup", "👍", "?"])
def test_small_talk_is_no_question(said):
    assert pairs(f"c: {said}\na: Our shops are open from nine to five.") == []


def test_a_french_request_that_begins_with_thanks_is_a_question():
    ((question, _),) = pairs("c: Merci d'annuler ma commande\na: Cliquez sur Annuler dans votre compte.")
    assert question == "Merci d'annuler ma commande"


@pytest.mark.parametrize(
    "answer",
    [
        "Your order 3348917502 leaves the warehouse tomorrow.",
        "Your refund has been sent to your bank.",
        "I can see that it is still with the carrier.",
        "Votre colis est parti ce matin.",
        "J'ai modifié l'adresse pour vous.",
    ],
)
def test_an_answer_about_one_order_is_marked(answer):
    (candidate,) = candidates(chat(f"c: Where is my parcel, please tell me?\na: {answer}"))
    assert candidate.specific
    assert "3348917502" not in candidate.answer


def test_personal_data_and_numbers_are_replaced():
    ((question, answer),) = pairs("""
        c: I am jo@example.com, +44 117 496 0507, where is my order 3348917502?
        a: Orders are delivered within 3 days, jo@example.com, it costs 4.90 € since 2024.
    """)
    assert question == "I am [e-mail address], [phone number], where is my order [number]?"
    assert answer == "Orders are delivered within 3 days, [e-mail address], it costs 4.90 € since 2024."


def test_names_are_learned_from_the_conversation():
    assert names_given(RETURN.messages) == {"Crystal Minh", "Crystal", "Minh"}
    assert names_given(chat("c: Je m'appelle Jean Dupont").messages) == {"Jean Dupont", "Jean", "Dupont"}
    assert names_given(PROMO.messages) == set()


def test_content_customers_count_and_refuted_answers_are_left_out():
    asked = "c: How do I clean the lamp shade?\na: Use a dry cloth and no water.\nc: "
    (usual,) = candidates(chat(asked + "And the foot?"))
    (content,) = candidates(chat(asked + "Great, thanks!", resolved=True, satisfaction=5))
    assert content.worth == usual.worth + 3
    assert candidates(chat(asked + "That doesn't work")) == []
    assert candidates(chat(asked + "Ça ne marche pas")) == []


def test_a_bot_is_named_as_such():
    (candidate,) = candidates(chat("c: When are you open?\nb: From nine to five, Monday to Friday."))
    assert candidate.by == "bot"


def test_an_empty_conversation_teaches_nothing():
    assert candidates(chat("")) == []
    assert candidates(chat("a: Anybody there?\ns: The customer has left.")) == []
