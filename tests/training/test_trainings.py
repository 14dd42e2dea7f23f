"""A training from its beginning to what becomes of it: in use, a candidate, gone back to, pinned."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.audit.rows import AuditEntry
from accounts.models import User
from assistant.models import Assistant, Router
from assistant.routing import asking, samples
from conversations.models import Notification
from flows.models import Flow
from flows.publishing import archive, create_flow, publish, save_draft
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
