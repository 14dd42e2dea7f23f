"""The addresses of the staff's inbox: part of tests/access/table.py."""

from __future__ import annotations

from typing import Any

from django.core import signing

from conversations.notifying.writing import SALT
from tests.access.granting import PUBLIC, Access, pages, row_of
from tests.access.world import ADMIN, AGENT, EDITOR, World


def _conversation(world: World) -> dict[str, Any]:
    return {"pk": world.carla.pk}


def _view(world: World) -> dict[str, Any]:
    return {"pk": world.view.pk}


def _team(world: World) -> dict[str, Any]:
    return {"pk": world.team.pk}


def _stop(world: World) -> dict[str, Any]:
    return {"token": signing.dumps(world.staff[AGENT].pk, salt=SALT)}


def _reply(world: World) -> dict[str, Any]:
    return {"pk": world.canned.pk}


INBOX_ADDRESSES: dict[str, Access] = {
    "conversations:desk": Access(AGENT, post=302),
    # What one is told: whoever has the address in a mail may stop mails, and nothing else.
    "conversations:notifications": Access(AGENT, post=200),
    "conversations:bell": Access(AGENT),
    "conversations:see-notifications": Access(AGENT, get=405, post=302),
    # One's own: tests/conversations/notifying
    "conversations:open-notification": Access(AGENT, get=405, post=404, row=lambda world: {"pk": 424242}),
    "conversations:stop-notices": Access(PUBLIC, post=200, row=_stop),
    "conversations:hours": Access(EDITOR, post=200),
    "conversations:team-hours": Access(EDITOR, post=200, row=_team),
    "conversations:forget-hours": Access(EDITOR, get=405, post=302, row=_team),
    "conversations:inbox-filters": Access(AGENT),
    "conversations:palette": Access(AGENT),
    "conversations:together": Access(AGENT, post=302, data={"act": "resolve"}),
    "conversations:all-of-list": Access(AGENT, post=302, data={"act": "resolve", "list": "show=snoozed"}),
    "conversations:sure": Access(AGENT, get=405, post=200, data={"act": "resolve", "list": "show=all"}),
    # One's own: tests/conversations/inbox/test_all_of_list.py
    "conversations:list-work": Access(AGENT, get=404, row=lambda world: {"pk": 1}),
    "conversations:stop-list-work": Access(AGENT, get=405, post=404, row=lambda world: {"pk": 1}),
    "conversations:save-view": Access(AGENT, get=405, post=302, data={"name": "Mine", "query": ""}),
    # Everybody's: editors change it. One's own: tests/conversations/inbox/test_views.py
    "conversations:rename-view": Access(EDITOR, get=405, post=302, row=_view, data={"name": "Ours"}),
    "conversations:delete-view": Access(EDITOR, get=405, post=302, row=_view),
    "conversations:assign": Access(AGENT, get=405, post=302, row=_conversation),
    "conversations:give-to-team": Access(AGENT, get=405, post=302, row=_conversation),
    "conversations:label": Access(AGENT, get=405, post=302, row=_conversation),
    "conversations:put-off": Access(AGENT, get=405, post=302, row=_conversation),
    "conversations:wake": Access(AGENT, get=405, post=302, row=_conversation),
    # Replies that are suggested: by htmx; else one is led back to the conversation
    "conversations:draft": Access(AGENT, get=302, row=_conversation),
    "conversations:draft-ask": Access(AGENT, get=405, post=302, row=_conversation),
    "conversations:draft-dismiss": Access(
        AGENT, get=405, post=302, row=lambda world: {"pk": world.carla.pk, "draft": 1}
    ),
    # Replies kept ready: shared ones are the editors'. One's own: tests/conversations/inbox/test_replies.py
    "conversations:replies": Access(AGENT),
    "conversations:new-reply": Access(AGENT, post=200),
    "conversations:preview-reply": Access(AGENT, get=405, post=200),
    "conversations:reply": Access(EDITOR, post=200, row=_reply),
    "conversations:delete-reply": Access(EDITOR, get=405, post=302, row=_reply),
    "conversations:reply-used": Access(AGENT, get=405, post=204, row=_reply),
    "conversations:offered-replies": Access(AGENT, row=_conversation),
    # Labels are the editors', teams the admins'
    **pages("conversations_label", EDITOR, row_of("label")),
    **pages("conversations_team", ADMIN, row_of("team")),
}
