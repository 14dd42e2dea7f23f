"""MCP servers in the admin site: where they are, and which tools they have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.audit.admin import AuditedAdmin
from actions.admin.access import ForAdmins, guard, is_admin
from actions.admin.secret_field import SecretFields, may_carry_a_key
from actions.errors import ActionError, in_words
from actions.mcp_listing import Listed, refresh
from actions.models import Auth, McpServer
from chatbot.outgoing import OutgoingError, check_url
from chatbot.outgoing import in_words as outgoing_in_words

Request = HttpRequest
CHANGE = "admin:actions_mcpserver_change"


class ServerForm(SecretFields):
    class Meta:
        model = McpServer
        fields = ["name", "url", "auth", "auth_name"]

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        try:
            check_url(url)
        except OutgoingError as error:
            raise forms.ValidationError(f"{capfirst(outgoing_in_words(error.code))}.") from error
        return url

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("auth") == Auth.KEY:
            self.check_header(given.get("auth_name") or "")
        if given.get("auth", Auth.NONE) != Auth.NONE and not self.has_secret():
            self.add_error("new_secret", _("Needed for this kind of authentication."))
        return given

    def check_header(self, name: str) -> None:
        if not name:
            self.add_error("auth_name", _("Needed for this kind of authentication."))
        elif not may_carry_a_key(name):
            self.add_error("auth_name", _("This cannot be the name of a header."))

    def save(self, commit: bool = True) -> Any:
        self.keep_secret()
        return super().save(commit)


@admin.register(McpServer)
class McpServerAdmin(ForAdmins, AuditedAdmin):
    says_when_empty = _(
        "Servers that speak the Model Context Protocol bring their tools along: name one, list its tools, "
        "switch on those that you want."
    )
    form = ServerForm
    list_display = ["name", "url", "offered", "switched_on", "listed_at"]
    search_fields = ["name", "url"]
    readonly_fields = ["listed_at", "came_of_it"]
    change_form_outer_before_template = "admin/actions/server/above.html"
    fieldsets = [
        (None, {"fields": ["name", "url", "listed_at", "came_of_it"]}),
        (_("Authentication"), {"fields": ["auth", "auth_name", "new_secret", "remove_secret"]}),
    ]

    def get_queryset(self, request: Request) -> QuerySet[McpServer]:
        servers: QuerySet[McpServer] = super().get_queryset(request)
        return servers.annotate(
            number=Count("tools", filter=Q(tools__gone=False)),
            used=Count("tools", filter=Q(tools__enabled=True)),
        )

    def get_urls(self) -> list[URLPattern]:
        view = guard(self, require_POST(list_tools))
        return [path("<int:pk>/list/", view, name="actions_mcpserver_list"), *super().get_urls()]

    def get_fieldsets(self, request: Request, obj: McpServer | None = None) -> Any:
        return (
            self.fieldsets
            if is_admin(request)
            else [(None, {"fields": ["name", "url", "auth", "listed_at", "came_of_it"]})]
        )

    def render_change_form(self, request: Request, context: Any, *args: Any, **more: Any) -> HttpResponse:
        context["may_change"] = is_admin(request)
        return super().render_change_form(request, context, *args, **more)

    @admin.display(description=_("what came of it"))
    def came_of_it(self, server: McpServer) -> str:
        """Of the last time, by hand or by the hour."""
        listing = server.listing
        if not listing:
            return str(_("Its tools have not been listed yet."))
        failed = "error" in listing
        return _trouble(listing["error"], listing["detail"]) if failed else _told(Listed(**listing))

    @admin.display(description=_("tools"), ordering="number")
    def offered(self, server: Any) -> int:
        return int(server.number)

    @admin.display(description=_("switched on"), ordering="used")
    def switched_on(self, server: Any) -> int:
        return int(server.used)


def list_tools(request: Request, *, model_admin: Any, pk: int) -> HttpResponse:
    server = get_object_or_404(McpServer, pk=pk)
    try:
        messages.success(request, _told(refresh(server)))
    except (ActionError, OutgoingError) as error:
        messages.error(request, _trouble(error.code, getattr(error, "detail", "")))
    return redirect(CHANGE, pk)


def _trouble(code: str, detail: str) -> str:
    return f"{capfirst(str(in_words(code, detail)))}."


def _told(listed: Listed) -> str:
    words = gettext(
        "The server offers %(all)d tools. New: %(new)d, changed and so switched off: %(changed)d, no longer "
        "offered: %(gone)d, left out because of odd names: %(left_out)d."
    )
    return words % {
        "all": listed.altogether, "new": listed.new, "changed": listed.changed, "gone": listed.gone,
        "left_out": listed.left_out,
    }  # fmt: skip
