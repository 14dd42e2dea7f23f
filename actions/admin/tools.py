"""Tools in the admin site: declared, tried, switched on."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from unfold.decorators import display

from accounts import audit
from accounts.audit.admin import AuditedAdmin
from actions.admin import trying
from actions.admin.access import ForAdmins, guard, is_admin
from actions.admin.names import named
from actions.admin.tool_form import DESCRIBED_ANEW, McpToolForm, ToolForm, wrong_with
from actions.admin.tool_rows import DeclaredElsewhere, ParameterRows, TakenRows
from actions.copying import duplicate
from actions.models import Changes, Tool
from actions.wording import in_words

Request = HttpRequest
CHANGE = "admin:actions_tool_change"
WORDS = tuple(f"words_{code}" for code, _language in settings.LANGUAGES)
WHO = (
    _("Who may use it, and what it does"),
    {"fields": ["changes", ("verified_only", "in_free_conversation"), ("per_minute", "seconds")]},
)
SAID = (
    _("Words for customers"),
    {
        "fields": [WORDS],
        "description": _("What it does, as a customer is told while it is done: “Looking up your order”."),
    },
)


@admin.register(Tool)
class ToolAdmin(ForAdmins, AuditedAdmin):
    says_when_empty = _(
        "A tool lets the assistant look something up or have something done in another system: where an "
        "order is, a return that is opened."
    )
    list_display = ["shown_name", "shown_changes", "where", "used_by", "shown_state"]
    list_filter = ["enabled", "changes", "verified_only", "in_free_conversation", "server"]
    list_select_related = ["server"]
    search_fields = ["name", "key", "description", "url"]
    prepopulated_fields = {"key": ["name"]}
    change_form_outer_before_template = "admin/actions/tool/above.html"
    warn_unsaved_form = True
    actions = ["switch_on", "switch_off"]
    fieldsets = [
        (None, {"fields": [("name", "key"), "description", "enabled"]}),
        (_("Request"), {"fields": ["method", "url", "headers", "body_as", "body"]}),
        (_("Authentication"), {"fields": [("auth", "auth_name"), "new_secret", "remove_secret"]}),
        WHO,
        SAID,
    ]
    of_server = [
        (None, {"fields": ["name", "description", "enabled", "seen"]}),
        WHO,
        SAID,
    ]
    # What editors see: no header, which may say too much all the same.
    seen = [
        (None, {"fields": [("name", "key"), "description", "enabled", "server"]}),
        (_("Request"), {"fields": [("method", "url"), "auth"]}),
        WHO,
    ]

    def get_urls(self) -> list[URLPattern]:
        guarded = partial(guard, self)
        own = [
            path("<int:pk>/try/", guarded(trying.try_page), name="actions_tool_try"),
            path("<int:pk>/duplicate/", guarded(require_POST(copy)), name="actions_tool_duplicate"),
            path("<int:pk>/switch/", guarded(require_POST(switch)), name="actions_tool_switch"),
        ]
        return own + super().get_urls()

    def get_form(self, request: Request, obj: Tool | None = None, **options: Any) -> Any:
        if is_admin(request):
            options["form"] = McpToolForm if obj and obj.server_id else ToolForm
        return super().get_form(request, obj, **options)

    def get_fieldsets(self, request: Request, obj: Tool | None = None) -> Any:
        if not is_admin(request):
            return self.seen
        return self.of_server if obj and obj.server_id else self.fieldsets

    def get_inlines(self, request: Request, obj: Tool | None = None) -> Any:
        return [DeclaredElsewhere if obj and obj.server_id else ParameterRows, TakenRows]

    def get_prepopulated_fields(self, request: Request, obj: Tool | None = None) -> Any:
        return {} if obj or not is_admin(request) else self.prepopulated_fields

    def render_change_form(self, request: Request, context: Any, *args: Any, **more: Any) -> HttpResponse:
        context["may_change"] = is_admin(request)
        return super().render_change_form(request, context, *args, **more)

    # --- The list ------------------------------------------------------------------------------------

    @admin.display(description=_("name"), ordering="name")
    def shown_name(self, tool: Tool) -> SafeString:
        return named(tool.name or in_words(tool.key), tool.key)

    @display(
        description=_("changes"),
        ordering="changes",
        label={Changes.READS: "default", Changes.WRITES: "warning", Changes.APPROVAL: "info"},
    )
    def shown_changes(self, tool: Tool) -> tuple[str, Any]:
        words = {"reads": _("reads"), "writes": _("writes"), "approval": _("needs approval")}
        return tool.changes, words[tool.changes]

    @display(
        description=_("State"),
        ordering="enabled",
        label={"on": "success", "off": "default", "gone": "danger"},
    )
    def shown_state(self, tool: Tool) -> tuple[str, Any]:
        if tool.gone:
            return "gone", _("no longer offered")
        return ("on", _("on")) if tool.enabled else ("off", _("off"))

    @admin.display(description=_("Who uses it"))
    def used_by(self, tool: Tool) -> str:
        by = _("flows and the model") if tool.in_free_conversation else _("flows")
        return str(_("%(by)s, for signed-in customers") % {"by": by} if tool.verified_only else by)

    @admin.display(description=_("Where"), ordering="url")
    def where(self, tool: Tool) -> str:
        return str(tool.server) if tool.server else tool.url.partition("://")[2].partition("/")[0]

    @admin.action(description=_("Switch on"), permissions=["change"])
    def switch_on(self, request: Request, queryset: QuerySet[Tool]) -> None:
        there = list(queryset.filter(gone=False))
        able = [tool.pk for tool in there if tool.server_id or not wrong_with(tool.url)]
        self._said(request, queryset.filter(pk__in=able).update(enabled=True))
        if len(able) < len(there):
            words = ngettext(
                "%(n)d tool stays switched off: nothing can be called there. Correct its address first.",
                "%(n)d tools stay switched off: nothing can be called there. Correct their addresses first.",
                len(there) - len(able),
            )
            messages.error(request, words % {"n": len(there) - len(able)})

    @admin.action(description=_("Switch off"), permissions=["change"])
    def switch_off(self, request: Request, queryset: QuerySet[Tool]) -> None:
        self._said(request, queryset.update(enabled=False))

    def _said(self, request: Request, number: int) -> None:
        words = ngettext("Done for %(n)d tool.", "Done for %(n)d tools.", number)
        messages.success(request, words % {"n": number})


def copy(request: Request, *, model_admin: Any, pk: int) -> HttpResponse:
    made = duplicate(get_object_or_404(Tool.objects.whole(), pk=pk, server=None))
    audit.record(audit.Action.ADDED, made)
    messages.success(request, _("This is the copy. It is switched off, and has no secret."))
    return redirect(CHANGE, made.pk)


def switch(request: Request, *, model_admin: Any, pk: int) -> HttpResponse:
    """To what the button said, if the tool still is what stood beside it: servers are listed by the hour."""
    tool = get_object_or_404(Tool, pk=pk, gone=False)
    wanted = request.POST.get("to") == "on"
    if wanted and request.POST.get("seen", "") != tool.fingerprint:
        messages.error(request, DESCRIBED_ANEW)
        return redirect(CHANGE, pk)
    if wanted and tool.server_id is None and (wrong := wrong_with(tool.url)):
        messages.error(request, _("It stays switched off. %(why)s") % {"why": wrong})
        return redirect(CHANGE, pk)
    before, tool.enabled = tool.enabled, wanted
    tool.save(update_fields=["enabled", "updated_at"])
    audit.record(audit.Action.SWITCHED, tool, before={"enabled": before}, after={"enabled": wanted})
    messages.success(request, _("It is switched on.") if tool.enabled else _("It is switched off."))
    return redirect(CHANGE, pk)
