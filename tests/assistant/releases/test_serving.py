"""What customers get is changed by people and by rules, one row after the other."""

from __future__ import annotations

import pytest

from accounts.audit.rows import AuditEntry
from assistant.models import Release, Serving
from assistant.releases import serving
from assistant.releases.making import ReleaseError, make
from tests.assistant.releases.conftest import refusing, say_instead

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two(assistant, greeting, editor) -> list[Release]:
    first = make(assistant, note="The first", by=editor)
    say_instead(greeting, "Good evening!")
    return [first, make(assistant, by=editor)]


def test_each_change_ends_the_row_before(assistant, two, editor):
    first, second = two
    assert serving.now(assistant) is None
    serving.publish(first, by=editor)
    serving.try_out(second, 10, by=editor)
    serving.try_out(second, 50, by=editor)
    serving.publish(second, by=editor)
    serving.roll_back(assistant, by=editor)
    rows = list(Serving.objects.order_by("pk").values_list("why", "release", "trial", "share"))
    assert rows == [
        ("published", first.pk, None, 0),
        ("trial", first.pk, second.pk, 10),
        ("share", first.pk, second.pk, 50),
        ("published", second.pk, None, 0),
        ("back", first.pk, None, 0),
    ]
    ends = list(Serving.objects.order_by("pk").values_list("ended_at", flat=True))
    begins = list(Serving.objects.order_by("pk").values_list("began_at", flat=True))
    assert ends == [*begins[1:], None]


def test_rolling_back_a_trial_ends_it(assistant, two, editor):
    serving.publish(two[0], by=editor)
    serving.try_out(two[1], 10, by=editor)
    row = serving.roll_back(assistant, by=None, why=Serving.Why.WORSE, facts={"trial": [3, 9]})
    assert (row.release, row.trial, row.why, row.facts) == (two[0], None, "worse", {"trial": [3, 9]})


def test_the_first_release_is_rolled_back_to_the_settings(assistant, two, editor):
    serving.publish(two[0], by=editor)
    assert serving.roll_back(assistant, by=editor).release is None
    with pytest.raises(ReleaseError, match="nothing to go back to"):
        serving.roll_back(assistant, by=editor)


def test_rolling_back_twice_goes_back_two_steps(assistant, two, editor):
    serving.publish(two[0], by=editor)
    serving.publish(two[1], by=editor)
    assert serving.roll_back(assistant, by=editor).release == two[0]
    assert serving.roll_back(assistant, by=editor).release is None


def test_a_release_may_be_tried_against_the_settings(assistant, two, editor):
    row = serving.try_out(two[1], 5, by=editor)
    assert (row.release, row.trial) == (None, two[1])


@pytest.mark.parametrize("share", [0, 100, -1])
def test_a_share_is_from_1_to_99(assistant, two, editor, share):
    with pytest.raises(ReleaseError, match="1 to 99"):
        serving.try_out(two[0], share, by=editor)
    assert not Serving.objects.exists()


def test_what_customers_get_already_is_not_published_again(assistant, two, editor):
    serving.publish(two[0], by=editor)
    with pytest.raises(ReleaseError, match="already"):
        serving.publish(two[0], by=editor)
    with pytest.raises(ReleaseError, match="already"):
        serving.try_out(two[0], 10, by=editor)
    serving.try_out(two[1], 10, by=editor)
    assert serving.publish(two[0], by=editor).trial is None  # that ends the trial


def test_a_gate_is_asked_and_passed_only_with_a_reason(assistant, two, editor):
    serving.tell_gate(lambda release: f"Release {release.number} has not been tested.")
    with pytest.raises(serving.GateClosed, match="Release 1 has not been tested"):
        serving.publish(two[0], by=editor)
    with pytest.raises(serving.GateClosed):
        serving.try_out(two[0], 10, by=editor, despite="   ")
    row = serving.publish(two[0], by=editor, despite="The old one is down")
    assert row.facts["despite"] == "The old one is down"


def test_a_larger_share_and_going_back_ask_no_gate(assistant, two, editor):
    serving.publish(two[0], by=editor)
    serving.try_out(two[1], 10, by=editor)
    serving.tell_gate(lambda release: "Closed.")
    serving.try_out(two[1], 50, by=editor)
    assert serving.roll_back(assistant, by=editor).release == two[0]


def test_the_trail_says_what_customers_got_and_get(assistant, two, editor):
    serving.publish(two[0], by=editor)
    serving.try_out(two[1], 10, by=editor)
    entry = AuditEntry.objects.order_by("-pk").first()
    assert entry.action == "trial" and entry.who == editor
    assert entry.after["trial"] == 2 and entry.before["trial"] is None and entry.after["share"] == 10


def test_a_release_is_never_changed_by_what_is_edited(assistant, two):
    before = Release.objects.get(pk=two[0].pk).contents
    refusing(assistant, "lawyers")
    assistant.tone = "brisk"
    assistant.save()
    assert Release.objects.get(pk=two[0].pk).contents == before
