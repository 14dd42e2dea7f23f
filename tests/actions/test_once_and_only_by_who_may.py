"""A call is made once for its key, only where it may be, and only as often as it may."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from actions import forgetting, kinds
from actions.doing import do
from actions.models import Call
from actions.starting import carry_out, start
from tests.actions.conftest import CARLA, NOW, as_json, call


def test_the_same_key_gets_what_came_of_it_the_first_time(tool, web) -> None:
    tool(changes="writes", method="POST")
    first = call()
    web.pages["/orders/7"] = as_json({"other": 1})
    assert call() == first
    assert len(web.asked) == 1
    assert call(conversation="c2").data == {"other": 1}


def test_a_failure_is_not_repeated_by_the_same_key(tool, web) -> None:
    web.pages["/orders/7"] = as_json({}, status=500)
    tool(changes="writes", method="POST")
    first = call()
    assert (first.error, first.final) == ("server_error", True)
    assert call() == first
    assert len(web.asked) == 1


def test_what_was_refused_before_it_was_sent_may_be_asked_again(tool, web) -> None:
    found = tool(enabled=False)
    assert call().error == "switched_off"
    found.enabled = True
    found.save()
    assert call().ok


@pytest.mark.django_db
def test_a_name_that_nobody_has_is_told() -> None:
    assert call(name="x" * 300).error == "unknown_action"
    assert Call.objects.get().error == "unknown_action"


def test_others_than_signed_in_customers_are_refused(tool, web) -> None:
    tool(verified_only=True)
    for nobody in (None, {}, {"verified": False}, {"verified": "true"}, {"email": "a@b.fr"}):
        assert call(customer=nobody, key="").error == "not_verified"
    assert call(customer=CARLA).ok
    assert len(web.asked) == 1


def test_no_more_calls_in_a_minute_than_allowed(tool, web) -> None:
    tool(per_minute=2)
    assert [call(key=str(n)).error for n in range(4)] == ["", "", "rate_limited", "rate_limited"]
    Call.objects.update(at=timezone.now() - timedelta(minutes=2))
    assert call(key="9").ok


def test_a_reading_call_that_was_interrupted_is_made_again_and_a_writing_one_is_not(tool, web) -> None:
    declared = tool()
    call()
    past = timezone.now() - timedelta(seconds=1)
    Call.objects.update(state="running", due_at=past)
    assert call().ok
    declared.changes = "writes"
    declared.save()
    Call.objects.update(state="running", due_at=past, final=True)
    done = call()
    assert (done.error, done.final) == ("interrupted", True)
    assert len(web.asked) == 2


def test_what_it_brought_is_forgotten_after_a_day_and_the_row_after_three_months(tool) -> None:
    tool()
    call()
    assert Call.objects.get().held
    Call.objects.update(at=timezone.now() - timedelta(days=2))
    forgetting.forget()
    assert not Call.objects.get().held
    assert call().error == "forgotten"
    Call.objects.update(at=timezone.now() - timedelta(days=91))
    forgetting.forget()
    assert not Call.objects.exists()


def test_a_call_whose_conversation_is_erased_meanwhile_harms_nobody(tool, web) -> None:
    web.pages["/orders/7"] = as_json({"n": 1})
    tool()
    begun = start("find_order", {"number": "7"}, key="1", customer=None, conversation="c1", now=NOW)
    forgetting.forget_conversation("c1")
    assert carry_out(begun).data == {"n": 1}
    assert not Call.objects.exists()


def test_writing_tools_are_confirmed_by_the_customer(tool) -> None:
    tool(key="a", parameters={})
    tool(key="b", changes="writes", parameters={})
    tool(key="c", changes="approval", parameters={})
    tool(key="d", enabled=False, parameters={})
    assert [name for name in kinds.names() if not name.startswith("booking_")] == ["a", "b", "c"]
    assert [kinds.must_confirm(name) for name in ("a", "b", "c", "nobody")] == [False, True, False, False]
    assert kinds.confirmed_names() == {"b", "booking_book", "booking_move", "booking_cancel"}


def test_a_model_is_offered_only_what_this_customer_may_use(tool) -> None:
    tool(key="a", in_free_conversation=True, parameters={"number": {"kind": "whole", "description": "N"},
                                                         "mine": {"own": "email"}})  # fmt: skip
    tool(key="b", in_free_conversation=True, verified_only=True, parameters={})
    tool(key="c", parameters={})
    assert [one.name for one in kinds.offered()] == ["a"]
    assert [one.name for one in kinds.offered(CARLA)] == ["a", "b"]
    assert kinds.offered()[0].schema() == {
        "type": "object", "properties": {"number": {"type": "integer", "description": "N"}},
        "required": ["number"], "additionalProperties": False,
    }  # fmt: skip


async def _do(key: str = "1"):
    return await do("find_order", {"number": "7"}, key=key, customer=None, conversation="c1", now=NOW)


@pytest.mark.django_db(transaction=True)
async def test_many_who_ask_at_once_make_one_call(tool, web) -> None:
    def slow(_asked):
        threading.Event().wait(0.3)
        return as_json({"n": 1})

    web.pages["/orders/7"] = slow
    await asyncio.to_thread(_in_thread, lambda: tool(changes="writes", method="POST"))
    done = await asyncio.gather(*(_do() for _n in range(12)))
    assert [one.data for one in done] == [{"n": 1}] * 12
    assert len(web.asked) == 1


@pytest.mark.django_db(transaction=True)
async def test_a_call_whose_reply_was_given_up_runs_to_its_end(tool, web) -> None:
    def slow(_asked):
        threading.Event().wait(0.3)
        return as_json({"n": 1})

    web.pages["/orders/7"] = slow
    await asyncio.to_thread(_in_thread, lambda: tool(changes="writes", method="POST"))
    reply = asyncio.create_task(_do())
    await asyncio.sleep(0.15)
    reply.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reply
    assert (await _do()).data == {"n": 1}
    assert len(web.asked) == 1


@pytest.mark.django_db(transaction=True)
def test_the_pace_is_kept_by_many_at_once(tool, web) -> None:
    tool(per_minute=3)
    with ThreadPoolExecutor(8) as many:
        done = list(many.map(lambda n: _in_thread(lambda: call(key=str(n))), range(12)))
    assert sorted(one.error for one in done) == [""] * 3 + ["rate_limited"] * 9
    assert len(web.asked) == 3


def _in_thread(act):
    try:
        return act()
    finally:
        connection.close()
