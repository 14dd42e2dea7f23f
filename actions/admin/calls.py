"""The log of calls in the admin site, and those that wait for staff."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.audit.admin import AuditedAdmin
from actions.admin import approval_pages
from actions.admin.access import is_admin
from actions.admin.names import ActionFilter, ErrorFilter, action_of, given_as_list, labels_of, named
from actions.errors import in_words
from actions.models import Call

Request = HttpRequest
State = Call.State


@admin.register(Call)
class CallAdmin(AuditedAdmin):
    """History: nothing is changed here."""

    says_when_empty = _(
        "Each call of a tool is listed here: what was asked, what was answered, how long it took."
    )
    list_display = ["at", "shown_action", "shown_state", "status", "shown_error", "took", "talk", "tester"]
    list_display_links = ["at", "shown_action"]
    list_filter = ["state", ActionFilter, ErrorFilter, "at"]
    list_select_related = ["tester", "tool"]
    search_fields = ["action", "conversation", "given", "answer", "error"]
    search_help_text = _("Search in actions, conversations, what was given and answered")
    change_form_outer_before_template = "admin/actions/call/above.html"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("shown_action", "state"),
                    ("at", "took"),
                    ("status", "shown_error"),
                    ("talk", "tester"),
                ]
            },
        ),
        (_("Given"), {"fields": ["shown_given"]}),
        (_("What was answered"), {"fields": ["shown_answer"]}),
        (_("Approval"), {"fields": [("decided_by", "decided_at"), ("reason", "told")]}),
    ]
    readonly_fields = [
        "shown_action", "state", "at", "took", "status", "shown_error", "talk", "tester", "shown_given",
        "shown_answer", "decided_by", "decided_at", "reason", "told",
    ]  # fmt: skip

    def get_urls(self) -> list[URLPattern]:
        return approval_pages.urls(self) + super().get_urls()

    def get_fieldsets(self, request: Request, obj: Call | None = None) -> Any:
        """Who decided is told of those that somebody decided."""
        return self.fieldsets if obj and obj.decided_at else self.fieldsets[:3]

    def render_change_form(self, request: Request, context: Any, *args: Any, **more: Any) -> Any:
        context["may_try"] = is_admin(request)
        return super().render_change_form(request, context, *args, **more)

    def has_add_permission(self, request: Request) -> bool:
        return False

    def has_change_permission(self, request: Request, obj: Call | None = None) -> bool:
        return False

    def has_delete_permission(self, request: Request, obj: Call | None = None) -> bool:
        return False

    @admin.display(description=_("action"), ordering="action")
    def shown_action(self, call: Call) -> SafeString:
        return named(action_of(call), call.action)

    @display(
        description=_("State"),
        ordering="state",
        label={
            State.RUNNING: "info",
            State.WAITING: "warning",
            State.DONE: "success",
            State.FAILED: "danger",
            State.DECLINED: "default",
        },
    )
    def shown_state(self, call: Call) -> tuple[str, str]:
        return call.state, str(call.get_state_display())

    @admin.display(description=_("error"), ordering="error")
    def shown_error(self, call: Call) -> str:
        return in_words(call.error, call.detail) if call.error else ""

    @admin.display(description=_("duration"), ordering="duration_ms")
    def took(self, call: Call) -> str:
        return "" if call.duration_ms is None else f"{call.duration_ms}\u202fms"

    @admin.display(description=_("conversation"), ordering="conversation")
    def talk(self, call: Call) -> str | SafeString:
        if not (where := approval_pages.conversation_of(call)):
            return call.conversation
        return format_html('<a href="{}">{}</a>', where, call.conversation[:8])

    @admin.display(description=_("conversation told"))
    def told(self, call: Call) -> str:
        return date_format(localtime(call.told_at), "DATETIME_FORMAT") if call.told_at else str(_("not yet"))

    @admin.display(description=_("given"))
    def shown_given(self, call: Call) -> SafeString:
        return given_as_list(call.given, labels_of(call))

    @admin.display(description=_("answer"))
    def shown_answer(self, call: Call) -> SafeString:
        return _block(call.answer)


def _block(text: str) -> SafeString:
    return format_html('<pre class="act-block" tabindex="0">{}</pre>', text or "–")
