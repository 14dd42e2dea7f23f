"""A customer who wants a person is understood; a question about persons is left alone."""

import pytest

from assistant.handoff import asks_for_a_person


@pytest.mark.parametrize(
    "text",
    [
        "Talk to a person",
        "I would like to talk to a person",
        "hello, I'd like to speak with someone about my order",
        "Could you put me through to customer service?",
        "This is useless, let me talk to a human",
        "I need to talk to customer support because my order is broken",
        "I don't wanna talk to a bot",
        "can someone call me?",
        "are there any humans here?",
        "real agent please",
        "handoff",
        "Parler à une personne",
        "Je voudrais parler à une personne",
        "Je voudrais parler à un conseiller, s'il vous plaît",
        "Passez-moi un conseiller",
        "pouvez-vous me passer un conseiller ?",
        "Peut-on me mettre en relation avec un conseiller ?",
        "je veux un humain pas un robot",
        "je ne veux pas parler à un robot",
        "Quelqu'un peut-il m'appeler ?",
        "un humain svp",
    ],
)
def test_a_request_is_understood(text: str) -> None:
    assert asks_for_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Is it illegal to talk to someone on the phone while driving?",
        "Can I give someone my login?",
        "Can someone else collect my parcel?",
        "Do I need a person to sign for the delivery?",
        "What is an agent?",
        "I need an agent key for my router",
        "What hours is customer service open?",
        "Un agent immobilier peut-il demander mes relevés ?",
        "Une autre personne peut-elle récupérer mon colis ?",
        "Comment devenir conseiller ?",
        "Mon employeur peut-il parler à quelqu'un de mon dossier ?",
        "personne ne répond à mes mails",
        "Comment contacter le service client ?",
    ],
)
def test_a_question_about_persons_is_not_a_request(text: str) -> None:
    assert not asks_for_a_person(text)
