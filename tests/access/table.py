"""Every address: who may use it, and what they get. One that is not named here fails the suite."""

from __future__ import annotations

from typing import Any

from conversations.tokens import make_link
from tests.access.flow_table import FLOW_ADDRESSES
from tests.access.granting import NOT_IN_ADMIN, PUBLIC, Access, Row, pages, row_of
from tests.access.inbox_table import INBOX_ADDRESSES
from tests.access.release_table import RELEASE_ADDRESSES
from tests.access.review_table import REVIEW_ADDRESSES
from tests.access.run_table import RUN_ADDRESSES
from tests.access.training_table import TRAINING_ADDRESSES
from tests.access.tuning_table import TUNING_ADDRESSES
from tests.access.world import ADMIN, AGENT, CARLA, EDITOR, World

NOTE = {"text": "Mine", "client_id": "0d0b4f0a-8f3c-4c9e-9d36-1d4a5f0b7a11"}


def _conversation(world: World) -> dict[str, Any]:
    return {"pk": world.carla.pk}


def _document(world: World) -> dict[str, Any]:
    return {"pk": world.draft.pk, "number": 1}


def _run(world: World) -> dict[str, Any]:
    return {"pk": world.run.pk}


def _gap(world: World) -> dict[str, Any]:
    return {"pk": world.gap.pk}


def _proposal(world: World) -> dict[str, Any]:
    return {"pk": world.proposal.pk}


def _booking(world: World) -> dict[str, Any]:
    return {"pk": world.booking.pk}


def _tool(world: World) -> dict[str, Any]:
    return {"pk": world.tool.pk}


def _topic(world: World) -> dict[str, Any]:
    return {"pk": world.topic.pk}


def _seen_by_editors(model: str, row: Row) -> dict[str, Access]:
    """Editors look, admins change: their own refusals are in tests/actions."""
    return pages(
        model, EDITOR, row,
        add=Access(ADMIN, post=200),
        change=Access(EDITOR, 200, (200, 403), row),
        delete=Access(ADMIN, post=302, row=row, data={"post": "yes"}),
    )  # fmt: skip


ADDRESSES: dict[str, Access] = {
    **FLOW_ADDRESSES,
    **REVIEW_ADDRESSES,
    **RUN_ADDRESSES,
    **TRAINING_ADDRESSES,
    **RELEASE_ADDRESSES,
    **TUNING_ADDRESSES,
    # Customers, and whoever reads the help centre
    "conversations:home": Access(PUBLIC),
    "conversations:chat": Access(PUBLIC, row=lambda world: {"slug": "luce"}),
    # Whoever has the address in a mail opens that conversation: test_the_link_of_a_mail.py
    "conversations:link": Access(PUBLIC, post=302, row=lambda world: {"token": make_link(world.bruno.pk)}),
    "conversations:theme": Access(PUBLIC, post=200, row=lambda world: {"slug": "luce"}),
    "conversations:protocol": Access(PUBLIC),
    "conversations:session": Access(PUBLIC, get=405, post=400),  # with a body: test_sessions.py
    # Carla's own: not another customer's, and not the staff's either
    "conversations:transcript": Access(CARLA, post=400, row=_conversation),  # with a body: test_sessions.py
    "conversations:file": Access(CARLA, row=lambda world: {"pk": world.file.pk}),
    "conversations:thumbnail": Access(CARLA, row=lambda world: {"pk": world.file.pk}),
    "conversations:upload": Access(PUBLIC, get=405, post=401),  # with a token: test_files_are_taken_in.py
    "conversations:healthz": Access(PUBLIC, post=200),
    "conversations:readyz": Access(PUBLIC, post=200),
    "conversations:workz": Access(PUBLIC, get=503, post=503),  # no worker runs
    "knowledge:home": Access(PUBLIC, get=302),
    "knowledge:contents": Access(PUBLIC, row=lambda world: {"language": "en"}),
    "knowledge:article": Access(
        PUBLIC, row=lambda world: {"language": "en", "pk": world.public.pk, "slug": "returns"}
    ),
    "set_language": Access(PUBLIC, get=302, post=302),
    "javascript-catalog": Access(PUBLIC),
    # Whoever has signed in is sent on, whoever has not is sent to sign in.
    "accounts:login": Access(PUBLIC, get=(200, 302), post=(200, 302)),
    "accounts:logout": Access(PUBLIC, get=405, post=302),
    "admin:login": Access(PUBLIC, get=(200, 302), post=200),
    "admin:logout": Access(PUBLIC, get=(302, 405), post=302),
    # Agents
    "conversations:inbox": Access(AGENT),
    "conversations:inbox-list": Access(AGENT),
    "conversations:inbox-export": Access(AGENT),
    "conversations:conversation": Access(AGENT, row=_conversation),
    "conversations:conversation-state": Access(AGENT, row=_conversation),
    "conversations:take-over": Access(AGENT, get=405, post=302, row=_conversation),
    "conversations:hand-back": Access(AGENT, get=405, post=302, row=_conversation),
    "conversations:resolve": Access(AGENT, get=405, post=302, row=_conversation),
    **INBOX_ADDRESSES,
    "conversations:note": Access(AGENT, get=405, post=204, row=_conversation, data=NOTE),
    "conversations:article-questions": Access(AGENT, row=lambda world: {"pk": world.public.pk}),
    "conversations:trace": Access(AGENT, row=lambda world: {"pk": world.answer.pk}),
    "conversations:staff-file": Access(AGENT, row=lambda world: {"pk": world.file.pk}),
    "conversations:staff-thumbnail": Access(AGENT, row=lambda world: {"pk": world.file.pk}),
    "conversations:citation": Access(AGENT, row=lambda world: {"pk": world.answer.citations.get().pk}),
    "insights:page": Access(AGENT),
    "insights:changes": Access(AGENT),
    "insights:topic": Access(AGENT, row=_topic),
    "insights:rename-topic": Access(EDITOR, get=405, post=302, row=_topic, data={"name": "Parcels"}),
    "insights:merge-topic": Access(EDITOR, get=405, post=302, row=_topic),
    "insights:export": Access(ADMIN, row=lambda world: {"name": "topics.csv"}),
    "bookings:calendar": Access(AGENT),
    "bookings:new": Access(AGENT, post=200),
    "bookings:booking": Access(AGENT, row=_booking),
    "bookings:move": Access(AGENT, get=405, post=200, row=_booking),
    "bookings:cancel": Access(AGENT, get=405, post=302, row=_booking),
    "bookings:mark": Access(AGENT, get=405, post=302, row=_booking, data={"status": "missed"}),
    "assistant:playground": Access(AGENT),
    "assistant:try": Access(AGENT, get=405, post=200),
    "conversations:suggestions": Access(EDITOR, get=405, post=302),
    # Editors: the admin site, its knowledge and its assistants
    "admin:index": Access(EDITOR, post=200),
    "admin:search": Access(EDITOR, post=200),
    "admin:app_list": Access(EDITOR, post=200, row=lambda world: {"app_label": "knowledge"}),
    "admin:password_change": Access(EDITOR, post=200),
    "admin:password_change_done": Access(EDITOR),
    "admin:autocomplete": Access(EDITOR, get=403),  # for a field that exists: test_sessions.py
    "admin:jsi18n": Access(EDITOR),
    "admin:view_on_site": Access(
        EDITOR, get=404, post=404, row=lambda world: {"content_type_id": 0, "object_id": 0}
    ),
    "/admin/(?P<url>.*)$": Access(EDITOR, get=404, post=404, row=lambda world: {"url": "nowhere"}),
    **pages("knowledge_document", EDITOR, row_of("draft"), history=Access(EDITOR, 302, 302, row_of("draft"))),
    **pages("knowledge_source", EDITOR, lambda world: {"object_id": world.draft.source_id}, add=NOT_IN_ADMIN),
    **pages("knowledge_category", EDITOR, row_of("category")),
    **pages("knowledge_synonyms", EDITOR, row_of("synonyms")),
    **pages(
        "knowledge_job",
        EDITOR,
        row_of("job"),
        add=NOT_IN_ADMIN,
        change=Access(EDITOR, 200, 403, row_of("job")),
        delete=Access(EDITOR, 403, 403, row_of("job")),
    ),
    **pages("knowledge_importrun", EDITOR, row_of("run")),
    "admin:knowledge_importrun_site": Access(EDITOR, post=200),
    "admin:knowledge_importrun_file": Access(EDITOR, get=405, post=404, row=_run),
    "admin:knowledge_importrun_start": Access(EDITOR, get=405, post=200, row=_run),
    "admin:knowledge_importrun_cancel": Access(EDITOR, get=405, post=302, row=_run),
    "admin:knowledge_importrun_again": Access(EDITOR, get=405, post=302, row=_run),
    "admin:knowledge_importrun_decide": Access(EDITOR, get=405, post=302, row=_run),
    "admin:knowledge_importrun_state": Access(EDITOR, row=_run),
    "admin:knowledge_importrun_visit": Access(
        EDITOR, get=405, post=302, row=lambda world: {"pk": world.site.pk}
    ),
    "admin:knowledge_importrun_item": Access(
        EDITOR, post=200, row=lambda world: {"run": world.run.pk, "pk": world.row.pk}
    ),
    **pages(
        "evaluation_gap",
        EDITOR,
        row_of("gap"),
        add=NOT_IN_ADMIN,
        history=Access(EDITOR, 302, 302, row_of("gap")),
        delete=Access(EDITOR, 403, 403, row_of("gap")),
    ),
    "admin:evaluation_gap_answer": Access(EDITOR, get=405, post=200, row=_gap),
    "admin:evaluation_gap_care": Access(EDITOR, get=405, post=200, row=_gap),
    "admin:evaluation_gap_decide": Access(EDITOR, get=405, post=302, row=_gap),
    "admin:evaluation_gap_check": Access(EDITOR, row=_gap),
    **pages("evaluation_scenario", EDITOR, row_of("scenario")),
    "admin:evaluation_scenario_run": Access(
        EDITOR, get=405, post=200, row=lambda world: {"pk": world.scenario.pk}
    ),
    "admin:evaluation_scenario_trial": Access(EDITOR, get=405, post=400),
    "admin:evaluation_scenario_guidance": Access(
        EDITOR, post=200, row=lambda world: {"pk": world.guidance.pk}
    ),
    **pages("assistant_guidance", EDITOR, row_of("guidance")),
    "admin:assistant_guidance_try": Access(EDITOR, get=405, post=200),
    **pages("assistant_assistant", EDITOR, row_of("retired")),
    **pages("bookings_service", EDITOR, row_of("service")),
    **pages("bookings_person", EDITOR, row_of("bookable")),
    **pages("bookings_hours", EDITOR, row_of("hours")),
    **pages("bookings_closure", EDITOR, row_of("closure")),
    "admin:bookings_closure_take_holidays": Access(EDITOR, post=200),
    "admin:knowledge_document_preview": Access(EDITOR, get=405, post=200),
    "admin:knowledge_document_found": Access(EDITOR, row=_document),
    "admin:knowledge_document_index": Access(EDITOR, row=_document),
    "admin:knowledge_document_index_again": Access(EDITOR, get=405, post=200, row=_document),
    "admin:knowledge_document_revisions": Access(EDITOR, row=_document),
    "admin:knowledge_document_compare": Access(EDITOR, row=_document),
    "admin:knowledge_document_restore": Access(EDITOR, get=405, post=302, row=_document),
    "admin:knowledge_document_upkeep": Access(EDITOR),
    "admin:knowledge_document_proposals": Access(EDITOR),
    "admin:knowledge_document_proposal": Access(EDITOR, row=_proposal),
    "admin:knowledge_document_proposal_decide": Access(EDITOR, get=405, post=302, row=_proposal),
    "admin:knowledge_document_proposal_withdraw": Access(EDITOR, get=405, post=302, row=_proposal),
    "admin:knowledge_document_questions": Access(EDITOR, row=_document),
    "admin:knowledge_document_written": Access(EDITOR, post=200, row=_document),
    "admin:knowledge_document_passage": Access(
        EDITOR, post=200, row=lambda world: {"pk": world.public.pk, "chunk": world.chunk.pk}
    ),
    "admin:knowledge_document_decide": Access(
        EDITOR, get=405, post=302, row=lambda world: {"pk": world.finding.pk}
    ),
    "admin:knowledge_document_still_right": Access(EDITOR, get=405, post=302, row=_document),
    "admin:knowledge_document_unpublish": Access(EDITOR, get=405, post=302, row=_document),
    "admin:assistant_assistant_start_from_template": Access(EDITOR, get=302, post=302, row=row_of("retired")),
    "admin:assistant_assistant_show_on_chat_page": Access(EDITOR, get=302, post=302, row=row_of("retired")),
    "admin:assistant_assistant_test_models": Access(EDITOR, post=200, row=row_of("retired")),
    # Actions: editors see what admins declare, read the log, and decide what waits
    **_seen_by_editors("actions_tool", row_of("tool")),
    **_seen_by_editors("actions_mcpserver", row_of("mcp_server")),
    **pages(
        "actions_call",
        EDITOR,
        row_of("call"),
        add=NOT_IN_ADMIN,
        change=Access(EDITOR, 200, 403, row_of("call")),
        delete=Access(EDITOR, 403, 403, row_of("call")),
    ),
    "admin:actions_call_approvals": Access(EDITOR),
    "admin:actions_call_decide": Access(
        EDITOR, get=405, post=302, row=lambda world: {"pk": world.call.pk}, data={"decision": "decline"}
    ),
    "admin:actions_tool_try": Access(ADMIN, post=200, row=_tool),
    "admin:actions_tool_duplicate": Access(ADMIN, get=405, post=302, row=_tool),
    "admin:actions_tool_switch": Access(ADMIN, get=405, post=302, row=_tool),
    "admin:actions_mcpserver_list": Access(
        ADMIN, get=405, post=302, row=lambda world: {"pk": world.mcp_server.pk}
    ),
    "background:jobs": Access(EDITOR),
    "background:act": Access(
        EDITOR, get=405, post=302, row=lambda world: {"kind": "import", "key": world.run.pk, "what": "retry"}
    ),
    # Admins
    "accounts:audit": Access(ADMIN),
    "accounts:audit-export": Access(ADMIN, row=lambda world: {"form": "csv"}),
    **pages("accounts_user", ADMIN, lambda world: {"object_id": world.staff[AGENT].pk}),
    **pages(
        "conversations_conversation",
        ADMIN,
        row_of("carla"),
        add=NOT_IN_ADMIN,
        change=Access(ADMIN, 200, 403, row_of("carla")),
    ),
    **pages(
        "conversations_customer",
        ADMIN,
        lambda world: {"object_id": world.carla.customer_id},
        add=NOT_IN_ADMIN,
    ),
    "admin:auth_user_password_change": Access(
        ADMIN, post=200, row=lambda world: {"id": world.staff[AGENT].pk}
    ),
}
