"""A training from its beginning to what becomes of it: in use, a candidate, gone back to, pinned."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from accounts.audit.rows import AuditEntry
from accounts.models import User
from assistant.models import Assistant, Router
from assistant.routing import asking, catching_up, learning, samples
from conversations.models import Notification
from flows.models import Flow
from flows.publishing import archive, create_flow, publish, save_draft
from llm.errors import ModelError
from tests.assistant.talking import Talk
from tests.assistant.test_examples_of_a_draft import GIFTS, MEANT, gifts
from training import promoting, register, running
from training.apart import Pairs
from training.models import Policy, Training

pytestmark = [pytest.mark.django_db(transaction=True)]
# Of two meanings at once: what the shop's own flows are begun by, given to another one.
SPOILT = {"en": [*GIFTS["examples"]["en"], "a gift card for the birthday of a friend"]}


def in_use() -> Training:
    return Training.objects.in_use().get()


def with_gifts(**changes: Any) -> Flow:
    flow = create_flow(gifts(**changes), author=None)
    publish(flow.pk, author=None)
    assert running.train_if_changed()
    return flow


def change(flow: Flow, **changes: Any) -> None:
    save_draft(flow.pk, gifts(**changes), author=None, seen=Flow.objects.get(pk=flow.pk).draft_number)
    publish(flow.pk, author=None)


def said_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next one that is learned is worse than what is in use."""
    pairs = {"both": 30, "present": 5, "candidate": 0, "neither": 1}
    lost = [{"text": "a voucher", "label": "gift_card", "began": "", "before": "gift_card"}] * 5
    found = {"pairs": pairs, "left_out": 0, "worse": lost, "better": []}
    monkeypatch.setattr("training.examining.compared", lambda *given: found)


def test_what_was_learned_first_is_in_use_and_says_from_what(flows: None) -> None:
    training = in_use()
    assert (training.why, training.state) == ("first", "in_use")
    assert Router.objects.get().training == training.pk
    labels = {one.label for one in samples.gather()}
    assert set(training.learned_from) == labels
    assert sum(sum(of.values()) for of in training.learned_from.values()) == len(samples.gather())
    assert {"en", "fr"} <= set(training.learned_from["return_item"])
    assert training.report["held_out"] and training.report["curve"]["folds"]
    assert training.learning_seconds > 0 and training.signature


def test_a_new_flow_is_in_use_at_once(assistant: Assistant, flows: None) -> None:
    before = in_use()
    Policy.objects.update_or_create(pk=1, defaults={"by_itself": False})
    with_gifts()
    assert (in_use().why, in_use().facts) == ("flows", {"new": ["gift_card"], "gone": []})
    before.refresh_from_db()
    assert (before.state, before.why, before.facts) == ("retired", "newer", {"number": in_use().pk})
    asking.read_anew()
    assert "Which amount?" in Talk(assistant).say(MEANT)


def test_a_flow_that_is_gone_counts_at_once(flows: None) -> None:
    flow = with_gifts()
    archive(flow.pk)
    assert running.train_if_changed()
    assert in_use().facts == {"new": [], "gone": ["gift_card"]}


def test_where_only_examples_changed_it_is_compared(flows: None) -> None:
    flow = with_gifts()
    before = in_use()
    change(flow, examples=SPOILT)
    assert running.train_if_changed()
    found = in_use()
    assert found.pk != before.pk and found.why in ("not_worse", "better", "too_few")
    compared = found.report["compared"]
    assert compared["number"] == before.pk
    assert sum(compared["pairs"].values()) > 20
    assert not running.train_if_changed()


def test_one_that_is_worse_waits_and_staff_are_told(
    flows: None, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    flow = with_gifts()
    before = in_use()
    change(flow, examples=SPOILT)
    said_worse(monkeypatch)
    assert running.train_if_changed()
    candidate = Training.objects.candidates().get()
    assert candidate.why == "worse" and in_use() == before
    assert Router.objects.get().training == before.pk
    told = Notification.objects.get(user=editor)
    assert told.link == f"/staff/training/{candidate.pk}/" and str(candidate.pk) in told.words
    assert not running.train_if_changed()  # it is not learned over and over
    promoting.promote(candidate.pk, by=editor)
    assert in_use() == candidate and Router.objects.get().training == candidate.pk
    entry = AuditEntry.objects.filter(action="published", who=editor).get()
    assert (entry.before, entry.after) == ({"in_use": before.pk}, {"in_use": candidate.pk})


def test_it_waits_for_staff_where_they_want_it_so(flows: None, editor: User) -> None:
    flow = with_gifts()
    promoting.choose(by_itself=False, by=editor)
    change(flow, examples=SPOILT)
    assert running.train_if_changed()
    candidate = Training.objects.candidates().get()
    assert candidate.why == "asked"
    assert promoting.set_aside(candidate.pk, by=editor)
    candidate.refresh_from_db()
    assert (candidate.state, candidate.why) == ("refused", "person")
    assert not running.train_if_changed()


def test_an_older_one_is_gone_back_to_and_stays_until_it_is_unpinned(
    assistant: Assistant, flows: None, editor: User
) -> None:
    before = in_use()
    with_gifts()
    promoting.go_back(before.pk, by=editor)
    assert in_use() == before and register.policy().pinned == before
    router = Router.objects.get()
    assert (router.training, router.signature) == (before.pk, before.signature)
    asking.read_anew()
    assert "Which amount?" not in Talk(assistant).say(MEANT)
    create_flow(gifts(key="voucher", name={"en": "Vouchers"}), author=None)
    publish(Flow.objects.get(key="voucher").pk, author=None)
    assert running.train_if_changed()
    waits = Training.objects.candidates().get()
    assert (waits.why, waits.facts["new"]) == ("pinned", ["gift_card", "voucher"])
    with pytest.raises(promoting.PromotionError):
        promoting.promote(waits.pk, by=editor)
    assert promoting.unpin(by=editor) == waits
    assert in_use() == waits and in_use().why == "flows"
    assert register.policy().pinned is None


def test_what_was_gone_back_from_is_learned_anew_when_nothing_is_pinned(flows: None, editor: User) -> None:
    before = in_use()
    with_gifts()
    promoting.go_back(before.pk, by=editor)
    assert not running.train_if_changed()
    assert promoting.unpin(by=editor) is None
    assert running.train_if_changed()
    assert in_use().facts["new"] == ["gift_card"]


def test_what_was_cancelled_is_not_begun_again_by_itself(flows: None) -> None:
    flow = create_flow(gifts(), author=None)
    publish(flow.pk, author=None)
    assert not running.train_if_changed(most_seconds=-1)
    assert register.cancel(Training.objects.open().get().pk)
    assert not running.train_if_changed()
    change(flow, examples=SPOILT)
    assert running.train_if_changed()


def test_a_router_of_another_embedding_model_is_not_gone_back_to(flows: None, editor: User) -> None:
    before = in_use()
    with_gifts()
    Training.objects.filter(pk=before.pk).update(identity="another")
    with pytest.raises(promoting.PromotionError, match="other_model"):
        promoting.go_back(before.pk, by=editor)


def test_only_the_newest_keep_their_numbers(
    flows: None, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.register.KEPT", 2)
    first = in_use()
    promoting.go_back(first.pk, by=editor)
    for _ in range(4):
        training, _new = register.ask(by=editor)
        assert running.go_on(training.pk)
    kept = list(Training.objects.filter(kept=True).values_list("pk", flat=True))
    assert len(kept) == 3 and first.pk in kept  # what is pinned, and the newest
    old = Training.objects.filter(kept=False).first()
    assert old and old.figures and not old.numbers
    with pytest.raises(promoting.PromotionError, match="not_kept"):
        promoting.go_back(old.pk, by=editor)


def test_there_is_one_at_a_time_and_it_can_be_cancelled(
    flows: None, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = in_use()
    training, new = register.ask(by=editor)
    assert new and register.ask(by=editor) == (training, False)
    fitted_to = learning.fitted_to

    def cancelled_meanwhile(*given: Any, **more: Any) -> Any:
        assert register.cancel(training.pk)
        return fitted_to(*given, **more)

    monkeypatch.setattr("training.learned.learning.fitted_to", cancelled_meanwhile)
    assert not running.go_on(training.pk)
    training.refresh_from_db()
    assert training.state == "cancelled" and in_use() == before
    assert not running.go_on(training.pk)


def test_another_worker_leaves_it_alone_until_the_first_one_is_dead(flows: None) -> None:
    training, _new = register.ask()
    assert register.claim(training.pk)
    assert not running.go_on(training.pk)
    Training.objects.filter(pk=training.pk).update(claimed_until="2020-01-01T00:00Z")
    assert running.go_on(training.pk)


def test_whoever_judges_waits_for_a_worker_that_is_at_it(flows: None) -> None:
    training, _new = register.ask()
    assert register.claim(training.pk)
    assert not catching_up.train_if_changed(most_seconds=0.1)
    later = threading.Timer(0.8, _let_go)
    later.start()
    assert catching_up.train_if_changed(most_seconds=30)
    later.join()
    assert in_use() == training
    assert not catching_up.train_if_changed(most_seconds=30)


def _let_go() -> None:
    Training.objects.update(claimed_until=None)
    connection.close()  # it is this thread's own


def test_without_vectors_it_says_so_and_goes_on_later(flows: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = in_use()
    create_flow(gifts(), author=None)
    publish(Flow.objects.get(key="gift_card").pk, author=None)

    def refuse(*given: Any) -> Any:
        raise ModelError("unreachable")

    with monkeypatch.context() as broken:
        broken.setattr("assistant.routing.learning.embed_query", refuse)
        assert not running.train_if_changed()
    waits = Training.objects.open().get()
    assert waits.error.startswith("unreachable") and in_use() == before
    assert running.train_if_changed()
    waits.refresh_from_db()
    assert (waits.state, waits.error) == ("in_use", "")


def test_a_few_seconds_at_a_time(flows: None, monkeypatch: pytest.MonkeyPatch) -> None:
    create_flow(gifts(), author=None)
    publish(Flow.objects.get(key="gift_card").pk, author=None)
    assert not running.train_if_changed(most_seconds=-1)
    assert Training.objects.open().get().claimed_until is None
    assert running.train_if_changed()


def test_what_goes_wrong_is_told_and_not_tried_for_ever(flows: None, monkeypatch: pytest.MonkeyPatch) -> None:
    training, _new = register.ask()
    monkeypatch.setattr("training.examining.examine", lambda *given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        running.go_on(training.pk)
    training.refresh_from_db()
    assert (training.state, training.why) == ("failed", "trouble")
    assert not running.train_if_changed()


def test_one_kind_of_example_is_refused(articles: None) -> None:
    create_flow(gifts(examples={}), author=None)  # its name alone
    publish(Flow.objects.get(key="gift_card").pk, author=None)
    assert running.train_if_changed()
    assert Training.objects.get().why == "one_kind"
    assert not running.train_if_changed()


def test_no_flows_are_refused_where_somebody_asks(articles: None, editor: User) -> None:
    assert running.train_if_changed()
    assert not Training.objects.exists()
    training, _new = register.ask(by=editor)
    assert running.go_on(training.pk)
    training.refresh_from_db()
    assert (training.state, training.why) == ("refused", "no_flows")


def test_with_the_last_flow_its_router_goes(articles: None) -> None:
    flow = with_gifts()
    archive(flow.pk)
    assert running.train_if_changed()
    assert not Training.objects.in_use().exists()
    assert not Router.objects.get().figures
    assert Training.objects.get().why == "no_flows"
    assert not running.train_if_changed()


def test_pairs_of_another_comparison_say_nothing(flows: None) -> None:
    training = in_use()
    training.report["compared"] = {"number": 12345, "pairs": {"both": 1}}
    assert promoting.pairs_with_present(training) == Pairs()
