"""What the assistant must not deal with is recognised: by all its words, or by meaning in any language."""

import pytest

from assistant.asking import ask
from assistant.events import Answer, Outcome
from assistant.models import Assistant
from assistant.phrases import say
from assistant.scope import enumerated, forbidden_topic, parts_of

LINES = ["Legal, tax or medical advice", "Prices of competitors", "Politics"]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Can you give me legal advice about my landlord?", LINES[0]),
        ("I need some medical advice", LINES[0]),
        ("What do your competitors ask, which prices?", LINES[1]),
        ("Let us talk about politics", LINES[2]),
        ("How long is the legal guarantee?", None),
        ("Is tax included?", None),
        ("Can you give me advice on a dimmer?", None),
        ("What are your prices?", None),
    ],
)
def test_a_line_is_found_by_all_the_words_of_one_of_its_alternatives(question: str, line: str | None) -> None:
    assert forbidden_topic(question, LINES, "en") == line


@pytest.mark.parametrize(
    ("line", "alternatives"),
    [
        ("Legal, tax or medical advice", ("Legal advice", "tax advice", "medical advice")),
        (
            "Les conseils juridiques, fiscaux ou médicaux",
            ("Les conseils juridiques", "Les conseils fiscaux", "Les conseils médicaux"),
        ),
        ("Legal advice", ()),
        ("Promises on prices, discounts or refunds that the articles do not contain", ()),
        ("Other shops' products, and anything that has nothing to do with us", ()),
    ],
)
def test_an_enumeration_is_read_as_its_members(line: str, alternatives: tuple[str, ...]) -> None:
    assert enumerated(line) == alternatives


def test_a_qualifier_is_not_a_topic() -> None:
    assert parts_of("Work on the wiring of a home, beyond what the articles say")[1:] == (
        "Work on the wiring of a home",
    )


@pytest.fixture
def asked_of(assistant: Assistant, articles: None) -> Assistant:
    assistant.out_of_scope = "Legal, tax or medical advice\nPrices of competitors"
    assistant.tasks = "Answer questions on orders, delivery, returns and refunds"
    assistant.save()
    return assistant


def refused(answer: Answer) -> bool:
    reasons = answer.route.reasons if answer.route else ()
    return any(reason.startswith("out_of_scope") for reason in reasons)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Pouvez-vous me donner un conseil juridique ?", "fr"),
        ("Quels sont les prix de vos concurrents ?", "fr"),
        ("Do I need a lawyer for my divorce?", "en"),
        ("What do your competitors charge?", "en"),
    ],
)
def test_meaning_finds_a_line_in_other_words_and_languages(
    asked_of: Assistant, question: str, language: str
) -> None:
    answer = ask(asked_of, question).answer
    assert refused(answer), answer.route
    assert (answer.outcome, answer.text) == (Outcome.DECLINED, say("out_of_scope", language))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "question",
    [
        "How long does delivery in Europe take?",
        "When does the money arrive when I return something?",
        "Combien de temps prend la livraison en Europe ?",
        "Ai-je un droit de retour ?",
    ],
)
def test_what_the_articles_treat_is_not_refused(asked_of: Assistant, question: str) -> None:
    assert not refused(ask(asked_of, question).answer)


@pytest.mark.django_db(transaction=True)
def test_without_lines_nothing_is_out_of_scope(asked_of: Assistant) -> None:
    asked_of.out_of_scope = ""
    assert not refused(ask(asked_of, "Do I need a lawyer for my divorce?").answer)
