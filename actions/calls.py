"""The rows of calls, written here only: begun once for a key, finished once, whoever else asks meanwhile.

What was refused before anything was sent is logged without its key, so that it may be asked for again.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from actions.cleaning import without_control_characters
from actions.declared import Brought, Declared, Done
from actions.errors import ActionError, Refused
from actions.models import Call, Tool
from actions.redacting import MOST_SHOWN, redacted
from actions.sealing import seal_data, unseal_data

State = Call.State
LOCKS = 0x61637473  # "acts": our own among PostgreSQL's advisory locks
MARGIN = timedelta(seconds=10)  # beyond the time-out of a call, until it counts as interrupted


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same call is under way until then, at the latest."""

    call: int
    until: datetime


def begin(
    declared: Declared, values: dict[str, Any], *, key: str, conversation: str, tester: Any = None
) -> Call | Done | Elsewhere:
    """A row to be carried out, or what is known of the same one. Raises ActionError when it is refused."""
    with transaction.atomic():
        _one_at_a_time(declared.name)
        if known := _known(key, conversation):
            return _again(known, declared)
        if declared.changes == "approval" and tester is None:
            if alike := _waits_already(declared, values, conversation):
                return _again(alike, declared)
            _start(declared, values, key=key, conversation=conversation, state=State.WAITING)
            return Done(ok=False, waiting_for_approval=True)
        check_pace(declared)
        return _start(declared, values, key=key, conversation=conversation, tester=tester)


def approved(call: Call, declared: Declared, *, by: User) -> Call | None:
    """The same row, now to be carried out; None when somebody else has decided."""
    with transaction.atomic():
        _one_at_a_time(declared.name)
        check_pace(declared)
        waiting = Call.objects.select_for_update().filter(pk=call.pk, state=State.WAITING).first()
        if waiting is None:
            return None
        waiting.state, waiting.decided_by, waiting.decided_at = State.RUNNING, by, timezone.now()
        waiting.due_at = _due(declared)
        waiting.save()
        return waiting


def decline(call: Call, *, by: User | None, reason: str, error: str = "declined") -> bool:
    """False when somebody else has decided."""
    changed = Call.objects.filter(pk=call.pk, state=State.WAITING).update(
        state=State.DECLINED, decided_by=by, decided_at=timezone.now(), reason=reason, error=error, held=""
    )
    return bool(changed)


def finish(call: Call, declared: Declared, brought: Brought, *, ms: int) -> Done:
    held = {"data": brought.data, "given": given_of(call)}
    _settle(call, state=State.DONE, final=declared.final, status=brought.status, duration_ms=ms,
            answer=brought.shown, held=seal_data(held))  # fmt: skip
    return Done(ok=True, data=brought.data, final=declared.final)


def fail(call: Call, declared: Declared, error: ActionError, *, ms: int) -> Done:
    """`final` for a writing one that the server may have done all the same. Why it was refused is kept as
    long as what is brought: whoever asks again with the same key is told the same."""
    final = declared.final and error.sent
    _settle(
        call, state=State.FAILED, error=error.code, final=final, duration_ms=ms,
        held=_held_of(call, error),
        detail=_visible(error.detail), status=error.status, answer=error.shown,
    )  # fmt: skip
    if error.pause and declared.row:
        rests_until = timezone.now() + timedelta(seconds=error.pause)
        Tool.objects.filter(pk=declared.row).update(rests_until=rests_until)
    if isinstance(error, Refused):
        return Done(ok=False, data=error.brings, error=error.reason, message=error.message)
    return Done(ok=False, error=error.code, final=final)


def _held_of(call: Call, error: ActionError) -> str:
    if call.tester_id:  # what staff tried can be tried again
        return call.held
    if isinstance(error, Refused):
        return seal_data({"refused": {"message": error.message, "brings": error.brings}})
    return ""


def refuse(
    name: str, given: dict[str, Any], error: ActionError, *, conversation: str, tester: Any = None
) -> Done:
    """Into the log, for staff: nothing was sent."""
    Call.objects.create(
        action=name[:120], tool=Tool.objects.filter(key=name[:64]).first(), conversation=conversation,
        tester=tester, state=State.FAILED, error=error.code, detail=_visible(error.detail), at=timezone.now(),
        given=_shown(given, ()),
    )  # fmt: skip
    return Done(ok=False, error=error.code)


def what_came_of(call: int) -> Done | None:
    """None while it is under way."""
    row = Call.objects.filter(pk=call).first()
    return (
        Done(ok=False, error="interrupted")
        if row is None
        else None
        if row.state == State.RUNNING
        else _done(row)
    )


def came_of(key: str, conversation: str) -> Done | None:
    """What came of the call with this key; None when there was none, or it is under way."""
    row = Call.objects.filter(conversation=conversation, key=key).exclude(state=State.RUNNING).first()
    return _done(row) if row else None


def is_under_way(key: str, conversation: str) -> bool:
    return Call.objects.filter(conversation=conversation, key=key, state=State.RUNNING).exists()


def outcome(call: Call) -> Done:
    """What came of a call that is over, or what it waits for."""
    return _done(call)


def given_of(call: Call) -> dict[str, Any] | None:
    """What was given, unredacted, as long as it is held."""
    held = unseal_data(call.held)
    return held.get("given") if isinstance(held, dict) else None


def check_pace(declared: Declared) -> None:
    """Raises ActionError: called too often, or while the server rests."""
    now = timezone.now()
    if declared.rests_until and declared.rests_until > now:
        raise ActionError("resting")
    if not declared.per_minute:
        return
    sent = Q(key__isnull=False) | Q(tester__isnull=False)
    lately = Call.objects.filter(sent, action=declared.name, at__gt=now - timedelta(minutes=1))
    if lately.exclude(state__in=[State.WAITING, State.DECLINED]).count() >= declared.per_minute:
        raise ActionError("rate_limited")


def _one_at_a_time(name: str) -> None:
    """So that two who begin at once both count, and the same key begins once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCKS, zlib.crc32(name.encode()) >> 1])


def _known(key: str, conversation: str) -> Call | None:
    return (
        Call.objects.select_for_update().filter(conversation=conversation, key=key).first() if key else None
    )


def _waits_already(declared: Declared, values: dict[str, Any], conversation: str) -> Call | None:
    """Staff are asked once for one wish, however many messages it took to say it."""
    open_ones = Call.objects.select_for_update().filter(
        conversation=conversation, action=declared.name, state__in=[State.WAITING, State.RUNNING]
    )
    return next((call for call in open_ones if given_of(call) == values), None) if conversation else None


def _again(call: Call, declared: Declared) -> Call | Done | Elsewhere:
    """Whoever was at it may have been killed: what only reads is done anew, the rest is left to staff."""
    if call.state != State.RUNNING:
        return _done(call)
    if call.due_at and call.due_at > timezone.now():
        return Elsewhere(call.pk, call.due_at)
    if declared.final:
        give_up(call)
        return _done(call)
    _settle(call, due_at=_due(declared))
    return call


def _done(call: Call) -> Done:
    if call.state == State.WAITING:
        return Done(ok=False, waiting_for_approval=True)
    held = unseal_data(call.held)
    if call.state != State.DONE and call.error == "refused":
        why = held.get("refused", {}) if isinstance(held, dict) else {}
        return Done(ok=False, data=why.get("brings"), error=call.detail, message=why.get("message", ""))
    if call.state != State.DONE:
        return Done(ok=False, error=call.error, final=call.final)
    if not isinstance(held, dict) or "data" not in held:
        return Done(ok=False, error="forgotten", final=call.final)
    return Done(ok=True, data=held["data"], final=call.final)


def _start(
    declared: Declared, values: dict[str, Any], *, key: str, conversation: str, state: str = State.RUNNING,
    tester: Any = None,
) -> Call:  # fmt: skip
    private = [argument.name for argument in declared.arguments if argument.private or argument.own]
    return Call.objects.create(
        action=declared.name, tool_id=declared.row, conversation=conversation,
        key=key or None, state=state, tester=tester, at=timezone.now(), due_at=_due(declared),
        given=_shown(values, private), held=seal_data({"given": values}), final=declared.final,
    )  # fmt: skip


def _due(declared: Declared) -> datetime:
    return timezone.now() + timedelta(seconds=declared.seconds) + MARGIN


def give_up(call: Call) -> bool:
    """What was interrupted is left to staff."""
    _settle(call, state=State.FAILED, error="interrupted", held="")
    return call.state == State.FAILED


def _settle(call: Call, **changes: Any) -> None:
    """Only what is under way: the late end of what was given up as interrupted changes nothing any more."""
    if "answer" in changes:
        changes["answer"] = _visible(changes["answer"])[:MOST_SHOWN]
    if Call.objects.filter(pk=call.pk, state=State.RUNNING).update(**changes):
        for name, value in changes.items():
            setattr(call, name, value)


def _shown(given: dict[str, Any], private: Any) -> Any:
    shown = redacted(given, private=private)
    return {_visible(str(name))[:64]: _visible_data(value) for name, value in list(shown.items())[:60]}


def _visible_data(value: Any) -> Any:
    if isinstance(value, bool | int | float) or value is None:
        return value
    return _visible(str(value))[:500]


def _visible(text: str) -> str:
    return without_control_characters(text)
