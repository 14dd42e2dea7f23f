"""A training of search from the button to what customers get, and back again."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.audit.rows import AuditEntry
from accounts.models import User
from assistant.asking import ask
from assistant.models import Assistant
from conversations.models import Notification
from evaluation.models import Scenario
from knowledge.models import Calibration, Document, EmbeddingSpace
from knowledge.search import Query, search
from knowledge.weighing import USUAL, Weighing, weigh, weighing_of
from llm.errors import ModelError
from tests.knowledge.articles import indexed
from tests.training.search.conftest import ASKED, NOWHERE, scenario
from training import tasks
from training.promoting import PromotionError
from training.search import promoting, register, running
from training.search.asking import Asker
from training.search.examining import examine
from training.search.rows import SearchPolicy, SearchTraining

pytestmark = [pytest.mark.django_db(transaction=True)]
TOO_HIGH = Weighing(lift=1.5)  # nearly nothing is answered


def learn(by: User | None = None) -> SearchTraining:
    training, new = register.ask(by=by)
    assert new and running.go_on(training.pk)
    training.refresh_from_db()
    return training


def now() -> Weighing:
    return weighing_of(EmbeddingSpace.objects.get(live=True))


def answered(assistant: Assistant, text: str = "Can I pay with PayPal?") -> str:
    return str(ask(assistant, text, language="en").answer.outcome)


def test_what_cannot_be_bettered_stays(questions: EmbeddingSpace) -> None:
    training = learn()
    assert (training.state, training.why) in (("refused", "same"), ("refused", "not_better"))
    assert now() == USUAL and training.signature and training.identity == questions.identity
    assert training.learned_from == {"scenario": {"en": [len(ASKED) * 3, len(NOWHERE)]}}
    ends = training.report["questions"]
    assert len(ends) == len(ASKED) * 3 + len(NOWHERE)
    assert sum(end[4] for end in ends) == pytest.approx(21, abs=4)
    assert training.asked == {} and training.done == training.total == len(ends)
    assert "PayPal" not in str(training.report)  # never the words


def test_what_is_better_waits_is_used_by_a_person_and_is_gone_back_from(
    assistant: Assistant, questions: EmbeddingSpace, editor: User
) -> None:
    weigh(questions, TOO_HIGH)
    assert answered(assistant) == "declined"
    training = learn(editor)
    assert (training.state, training.why) == ("candidate", "asked") and now() == TOO_HIGH
    assert training.lift < 0.4 and training.report["compared"]["answerable"]["candidate"] > 5
    assert Notification.objects.filter(kind="search", user=editor).count() == 1
    promoting.promote(training.pk, by=editor)
    assert now() == Weighing(training.words_share, training.lift)
    assert answered(assistant) == "answered"
    assert promoting.go_back_to_usual(by=editor)
    assert now() == USUAL
    training.refresh_from_db()
    assert (training.state, training.why) == ("retired", "usual")
    promoting.go_back(training.pk, by=editor)
    assert now().lift == training.lift
    actions = set(AuditEntry.objects.filter(who=editor).values_list("action", flat=True))
    assert {"published", "brought_back"} <= actions
    assert promoting.go_back_to_usual(by=editor) and not promoting.go_back_to_usual(by=editor)


def test_by_itself_it_is_used_at_once(questions: EmbeddingSpace, editor: User) -> None:
    promoting.choose(by_itself=True, by=editor)
    weigh(questions, TOO_HIGH)
    first = learn()
    assert (first.state, first.why) == ("in_use", "better") and now().lift == first.lift
    weigh(questions, TOO_HIGH)
    second = learn()
    first.refresh_from_db()
    assert (first.state, first.why, first.facts) == ("retired", "newer", {"number": second.pk})
    assert not Notification.objects.filter(kind="search").exists()


def test_a_candidate_is_held_against_what_it_was_compared_with(
    questions: EmbeddingSpace, editor: User
) -> None:
    weigh(questions, TOO_HIGH)
    training = learn()
    weigh(questions, USUAL)
    with pytest.raises(PromotionError, match="other_present"):
        promoting.promote(training.pk, by=editor)
    weigh(questions, TOO_HIGH)
    SearchTraining.objects.update(identity="another")
    with pytest.raises(PromotionError, match="other_model"):
        promoting.promote(training.pk, by=editor)
    assert now() == TOO_HIGH


def test_what_was_never_used_is_not_gone_back_to(questions: EmbeddingSpace, editor: User) -> None:
    training = learn()
    with pytest.raises(PromotionError, match="never_used"):
        promoting.go_back(training.pk, by=editor)
    with pytest.raises(PromotionError, match="no_candidate"):
        promoting.promote(training.pk, by=editor)


def test_a_candidate_is_set_aside_or_replaced_by_a_newer_one(questions: EmbeddingSpace, editor: User) -> None:
    weigh(questions, TOO_HIGH)
    first, second = learn(), learn()
    first.refresh_from_db()
    assert (first.state, first.why) == ("refused", "newer")
    assert promoting.set_aside(second.pk, by=editor) and not promoting.set_aside(second.pk, by=editor)
    assert now() == TOO_HIGH


def test_too_few_questions_are_refused_with_what_to_do(shop: EmbeddingSpace) -> None:
    scenario("Can I pay with PayPal?", cites_one=["payment"])
    training = learn()
    assert (training.state, training.why) == ("refused", "few")
    assert training.facts == {"answerable": 1, "unanswerable": 0} and not training.report


def test_before_anything_is_indexed_it_says_so(transactional_db: None) -> None:
    assert learn().why == "not_ready"


def test_without_any_to_be_declined_the_bar_stays(questions: EmbeddingSpace) -> None:
    Scenario.objects.filter(name__in=NOWHERE).delete()
    weigh(questions, TOO_HIGH)
    training = learn()
    assert not training.report["with_lift"] and training.lift == TOO_HIGH.lift and now() == TOO_HIGH


def test_the_same_questions_and_articles_have_the_same_hash(questions: EmbeddingSpace) -> None:
    first, second = learn(), learn()
    assert first.signature == second.signature and first.report == second.report
    scenario("Do you take Bitcoin?", cites_one=["payment"])
    third = learn()
    assert third.signature != second.signature
    indexed("Bitcoin", "We do not take Bitcoin.", external_id="bitcoin", calibrate=True)
    assert learn().signature != third.signature


def test_floors_of_an_older_release_are_measured_first(questions: EmbeddingSpace) -> None:
    Calibration.objects.update(fronts={})
    learn()
    assert not Calibration.objects.filter(fronts={}).exists()


def test_a_killed_worker_is_followed_by_another_which_asks_the_rest(
    questions: EmbeddingSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    training, _new = register.ask()
    asked: list[str] = []
    ask_one = Asker.ask

    def counting(self: Any, saved: Any) -> Any:
        if len(asked) == 7:
            raise SystemExit("killed")  # as a signal would, with nothing tidied up
        asked.append(saved.text)
        return ask_one(self, saved)

    monkeypatch.setattr("training.search.running.SECONDS_A_SHOW", 0.0)
    monkeypatch.setattr("training.search.running.SECONDS_A_SAVE", 0.0)
    monkeypatch.setattr(Asker, "ask", counting)
    with pytest.raises(SystemExit):
        running.go_on(training.pk)
    monkeypatch.undo()
    training.refresh_from_db()
    assert training.state == "running" and len(training.asked["found"]) == 7
    assert not running.go_on(training.pk)  # it is claimed still
    SearchTraining.objects.update(claimed_until="2020-01-01T00:00Z")
    rest: list[str] = []

    def noting(self: Any, saved: Any) -> Any:
        rest.append(saved.text)
        return ask_one(self, saved)

    monkeypatch.setattr(Asker, "ask", noting)
    assert running.go_on(training.pk)
    assert len(rest) == len(ASKED) * 3 + len(NOWHERE) - 7 and not set(rest) & set(asked)
    training.refresh_from_db()
    assert training.state == "refused" and training.report


def test_a_few_seconds_at_a_time_it_comes_to_an_end(questions: EmbeddingSpace) -> None:
    training, _new = register.ask()
    assert running.go_on_with_any(most_seconds=0.2)
    training.refresh_from_db()
    assert training.state == "running" and training.claimed_until is None
    assert 0 < training.done < training.total
    while running.go_on_with_any(most_seconds=2.0):
        pass
    training.refresh_from_db()
    assert training.state == "refused" and training.report
    assert not running.go_on_with_any()


def test_articles_that_change_meanwhile_are_asked_anew(questions: EmbeddingSpace) -> None:
    training, _new = register.ask()
    assert running.go_on_with_any(most_seconds=0.2)
    training.refresh_from_db()
    of = training.asked["of"]
    indexed("Bitcoin", "We do not take Bitcoin.", external_id="bitcoin", calibrate=True)
    assert running.go_on_with_any(most_seconds=0.0)
    training.refresh_from_db()
    assert training.asked["of"] != of and not training.asked["found"]


def test_one_that_is_cancelled_ends_and_changes_nothing(
    questions: EmbeddingSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    training, _new = register.ask()
    ask_one = Asker.ask

    def cancelling(self: Any, saved: Any) -> Any:
        register.cancel(training.pk)
        return ask_one(self, saved)

    monkeypatch.setattr(Asker, "ask", cancelling)
    running.go_on(training.pk)
    training.refresh_from_db()
    assert training.state == "cancelled" and training.asked == {} and not training.report


def test_without_vectors_it_waits_and_says_why(
    questions: EmbeddingSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    training, _new = register.ask()

    def refuse(*given: Any) -> Any:
        raise ModelError("unreachable")

    with monkeypatch.context() as patch:
        patch.setattr("training.search.asking.embed_query", refuse)
        assert not running.go_on_with_any()  # it is not tried again at once
    training.refresh_from_db()
    assert training.state == "running" and training.error.startswith("unreachable")
    tasks.train_search()
    training.refresh_from_db()
    assert training.error == "" and (training.done or training.report)


def test_what_goes_wrong_is_said_in_the_register(
    questions: EmbeddingSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    training, _new = register.ask()

    def stumble(*given: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr("training.search.running.examine", stumble)
    with pytest.raises(ZeroDivisionError):
        running.go_on(training.pk)
    training.refresh_from_db()
    assert (training.state, training.why) == ("failed", "trouble")
    assert register.ask()[1]


def test_what_somebody_else_put_in_use_meanwhile_is_what_it_is_compared_with(
    questions: EmbeddingSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    training, _new = register.ask()

    def and_then(*given: Any) -> Any:
        weigh(questions, TOO_HIGH)
        monkeypatch.undo()
        return examine(*given)

    monkeypatch.setattr("training.search.running.examine", and_then)
    assert running.go_on_with_any()  # not at its end
    assert running.go_on(training.pk)
    training.refresh_from_db()
    assert training.report["present"] == {"words_share": 0.08, "lift": 1.5}
    assert training.state == "candidate"


def test_there_is_one_policy(questions: EmbeddingSpace, editor: User) -> None:
    promoting.choose(by_itself=True, by=editor)
    promoting.choose(by_itself=False, by=editor)
    assert SearchPolicy.objects.get().by_itself is False


def test_search_itself_knows_nothing_of_trainings(questions: EmbeddingSpace) -> None:
    before = search(Query("Can I pay with PayPal?", language="en"))
    learn()
    after = search(Query("Can I pay with PayPal?", language="en"))
    assert before.passages == after.passages and Document.objects.exists()
