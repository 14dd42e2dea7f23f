"""Conversations as they are read from a help desk."""

from __future__ import annotations

from knowledge.loaders.base import Conversation, Place, Said

ROLES = {"c": "customer", "a": "agent", "b": "bot", "s": "system"}


def chat(text: str, **facts: object) -> Conversation:
    """Lines "c: …", "a: …", "b: …", "s: …"."""
    lines = [line.strip().partition(": ") for line in text.strip().splitlines() if line.strip()]
    messages = tuple(Said(ROLES[who], said) for who, _, said in lines)
    return Conversation(Place("chats.json", "entry", 1), "42", messages, **facts)


PROMO = chat("""
    c: HEY HO!
    a: good afternoon, how can I help you?
    c: I've got a promo code and I want to know when they expire.
    a: sure!  let me check that.
    a: one moment please
    c: ok thanks
    a: Ok, all promo codes expire after 7 days without fail.
    c: Perfect. Thanks
    a: have a nice day
""")
RETURN = chat("""
    a: Hi!
    a: How can I help you?
    c: Hi! I need to return an item, can you help me with that?
    a: sure, may I have your name please?
    c: Crystal Minh
    a: thanks, may I ask the reason for the return?
    s: Account has been pulled up for Crystal Minh.
    c: I got the wrong size.
    a: ok, may I have your username, email address and order ID please?
    c: cminh730@email.com
    c: Order ID: 3348917502
    a: ok Crystal Minh, unfortunately after 90 days we cannot accept the return. Is there anything else?
    c: No. Take care.
""")
LIVRAISON = chat("""
    b: Bonjour, je suis Léa, l'assistante de Lumen. Comment puis-je vous aider ?
    c: Bonjour
    c: Est-ce que vous livrez en Belgique ? Merci d'avance
    a: Bonjour Jean, un instant, je vérifie.
    a: Oui, nous livrons en Belgique en trois jours pour 9 €. Écrivez à aide@lumen.example si besoin.
    a: Avez-vous d'autres questions ?
    c: Non merci, bonne journée
    a: Merci, bonne journée à vous aussi !
""")
