"""Which questions count, where they come from, and what answers them."""

from __future__ import annotations

from uuid import uuid4

import pytest

from assistant.models import Assistant
from conversations.models import Conversation, Customer, Message, Turn
from conversations.posting import record
from evaluation.corrections.rows import Correction
from evaluation.models import Gap, GapQuestion, Review, ReviewItem
from knowledge.models import Document, EmbeddingSpace
from knowledge.reading import Reading
from knowledge.search import Query, Results
from tests.knowledge.articles import publish
from tests.training.search.conftest import scenario
from training.search.asking import Asker
from training.search.saved import Saved, gather, words_of

pytestmark = [pytest.mark.django_db(transaction=True)]


def key(external_id: str) -> int:
    return Document.objects.get(external_id=external_id, language="en").pk


def only() -> Saved:
    [found] = gather().questions
    return found


def answer(assistant: Assistant, asked: str, *, outcome: str, cites: str = "") -> Message:
    talk = Conversation.objects.create(
        assistant=assistant, customer=Customer.objects.create(name="Carla"), language="en"
    )
    return another(talk, asked, outcome=outcome, cites=cites)


def another(talk: Conversation, asked: str, *, outcome: str, cites: str = "") -> Message:
    with record(talk.pk) as writing:
        question = writing.post(kind=Message.Kind.CUSTOMER, text=asked, client_id=uuid4())
        turn = Turn.objects.create(conversation=talk, question=question, state="done")
        said = writing.post(
            kind=Message.Kind.ASSISTANT, text="So it is.", turn=turn, outcome=outcome, language="en"
        )
    if cites:
        said.citations.create(
            number=1, document_id=key(cites), external_id=cites, title=cites, url="/", language="en",
            passage="So it is.",
        )  # fmt: skip
    return said


def reviewed(message: Message, verdict: str = "right") -> None:
    item = ReviewItem.objects.create(message=message, asked_at=message.created_at)
    Review.objects.create(item=item, verdict=verdict)


def test_a_scenario_says_what_it_cites_by_id_or_by_title(shop: EmbeddingSpace) -> None:
    scenario("Can I pay with PayPal?", cites=["ways TO pay"])
    assert only().articles == {key("payment")} and only().answerable
    scenario("Do you take cheques?", cites_one=["payment", "INVOICE"])
    assert gather().questions[0].articles == {key("payment"), key("invoice")}


def test_a_scenario_that_expects_to_be_declined_has_no_answer(shop: EmbeddingSpace) -> None:
    scenario("Who wrote Hamlet?", outcome=["declined", "asked_back", "handoff"])
    assert not only().answerable
    scenario("Anything?", outcome=["declined", "answered"])  # says nothing
    scenario("Good morning")
    assert gather().answerable == 0 and gather().unanswerable == 1


def test_what_was_said_before_belongs_to_the_question(shop: EmbeddingSpace) -> None:
    scenario("And with a card?", before=("Can I pay with PayPal?",), cites=["payment"])
    assert only().history == ("Can I pay with PayPal?",) and only().turn == 1


@pytest.mark.parametrize("expects", [{"flow": "returns"}, {"outcome": "guided"}, {"slots": {"order": "1"}}])
def test_what_a_flow_hears_is_no_question_to_search(shop: EmbeddingSpace, expects: dict[str, object]) -> None:
    scenario("I want to return it", cites=["returns"], **expects)
    assert gather().questions == ()


def test_what_is_off_or_whose_article_is_gone_is_left_out_and_counted(shop: EmbeddingSpace) -> None:
    row = scenario("Can I pay with PayPal?", cites=["payment"])
    scenario("Where is the moon?", cites=["astronomy"])
    assert (len(gather().questions), gather().gone) == (1, 1)
    row.enabled = False
    row.save()
    assert gather().questions == ()


def test_the_same_question_counts_once_and_the_scenario_first(
    shop: EmbeddingSpace, assistant: Assistant
) -> None:
    scenario("Can I pay with PayPal?", cites=["payment"])
    reviewed(answer(assistant, "can I pay  with PAYPAL?", outcome="answered", cites="invoice"))
    assert gather().twice == 1 and only().kind == "scenario" and only().articles == {key("payment")}


def test_corrections_say_which_article_answers(shop: EmbeddingSpace, assistant: Assistant) -> None:
    said = answer(assistant, "Do you take cheques?", outcome="answered", cites="invoice")
    row = Correction.objects.create(
        message=said, assistant=assistant, question="Do you take cheques?", language="en", cause="article",
        document_id=key("payment"),
    )  # fmt: skip
    assert (only().kind, only().row, only().articles) == ("correction", row.pk, {key("payment")})
    Correction.objects.update(state="withdrawn")
    assert gather().questions == ()


def test_a_translation_answers_as_well(shop: EmbeddingSpace, assistant: Assistant) -> None:
    french = publish("Moyens de paiement", "Nous acceptons PayPal.", external_id="payment", language="fr")
    said = answer(assistant, "Do you take cheques?", outcome="declined")
    Correction.objects.create(
        message=said, assistant=assistant, question="Puis-je payer ?", language="fr", cause="missing",
        document_id=key("payment"),
    )  # fmt: skip
    assert only().articles == {key("payment"), french.pk}


def test_questions_of_a_closed_gap_are_answered_by_its_article(
    shop: EmbeddingSpace, assistant: Assistant
) -> None:
    gap = Gap.objects.create(title="Cheques", state="answered", document_id=key("payment"))
    said = answer(assistant, "Cheques?", outcome="declined")
    assert said.turn
    GapQuestion.objects.create(
        gap=gap, message=said.turn.question, text="Do you take cheques?", language="en", reason="declined",
        asked_at=said.created_at, vector=[0.0] * 3, made_by="x",
    )  # fmt: skip
    assert (only().kind, only().articles) == ("gap", {key("payment")})
    Gap.objects.update(state="open")
    assert gather().questions == ()


def test_reviewed_answers_count_where_they_are_right(shop: EmbeddingSpace, assistant: Assistant) -> None:
    reviewed(answer(assistant, "Do you take cheques?", outcome="answered", cites="payment"))
    reviewed(answer(assistant, "Who wrote Hamlet?", outcome="declined"))
    reviewed(answer(assistant, "Where is my bill?", outcome="answered", cites="gift"), "incorrect")
    found = gather()
    assert (found.answerable, found.unanswerable) == (1, 1)
    assert found.counted() == {"review": {"en": [1, 1]}}


def test_a_reviewed_follow_up_is_left_out(shop: EmbeddingSpace, assistant: Assistant) -> None:
    first = answer(assistant, "Do you take cheques?", outcome="answered", cites="payment")
    reviewed(another(first.conversation, "And cards?", outcome="answered", cites="payment"))
    assert gather().questions == ()


def test_words_are_read_where_they_stand(shop: EmbeddingSpace, assistant: Assistant) -> None:
    row = scenario("And with a card?", before=("Hello",), cites=["payment"])
    said = answer(assistant, "Do you take cheques?", outcome="answered", cites="payment")
    reviewed(said)
    review = Review.objects.get()
    assert words_of("scenario", [row.pk])[row.pk, 1] == "And with a card?"
    assert words_of("review", [review.pk]) == {(review.pk, 0): "Do you take cheques?"}
    said.conversation.delete()
    assert words_of("review", [review.pk]) == {}


def test_a_question_is_asked_in_the_language_that_it_is_in(
    shop: EmbeddingSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scenario may begin in one language and ask in another: the reply looks at the words."""
    asked: list[str | None] = []

    def read(self: Asker, query: Query) -> list[tuple[Results, Reading]]:
        asked.append(query.language)
        return [(Results([], 0.0), Reading(False, 0.0))]

    monkeypatch.setattr(Asker, "_read", read)
    scenario("Combien de temps dure la livraison de mon colis ?", language="en", cites=["delivery"])
    scenario("How long is the warranty of this lamp?", language="fr", cites=["warranty"])
    for saved in gather().questions:
        Asker(shop, (0.08,)).ask(saved)
    assert asked == ["en", "fr"]
