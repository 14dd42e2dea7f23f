"""Gaps in the admin site: their list, what can be done with several, and the way to one's page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import display

from accounts.audit.admin import AuditedAdmin
from evaluation import deciding, gap_pages, scenario_admin
from evaluation.models import Gap, GapQuestion
from knowledge.admin.people import person

Request = HttpRequest
EXAMPLES = 2
__all__ = ["GapAdmin", "scenario_admin"]  # the admin site finds them here


@admin.register(Gap)
class GapAdmin(AuditedAdmin):
    says_when_empty = _("Questions that nothing answered are gathered here as soon as customers ask some.")
    list_display = ["asked", "times", "shown_state", "spoken", "since", "last", "assignee"]
    list_filter = ["state", "assignee", "questions__language", "questions__reason"]
    list_select_related = ["assignee", "document"]
    search_fields = ["title", "questions__text"]
    search_help_text = _("Search in titles and questions")
    actions = ["take_chosen", "dismiss_chosen", "merge_chosen"]

    def get_queryset(self, request: Request) -> QuerySet[Gap]:
        """The open ones first; among them what is asked often, and lately."""
        newest = GapQuestion.objects.defer("vector").order_by("-asked_at", "-pk")[:EXAMPLES]
        gaps = Gap.objects.counted().prefetch_related(Prefetch("questions", newest, to_attr="examples"))
        return gaps.annotate(is_live=Q(state__in=Gap.LIVE)).order_by("-is_live", "-worth", "-pk")

    def get_urls(self) -> list[URLPattern]:
        return gap_pages.urls(self) + super().get_urls()

    def get_ordering(self, request: Request) -> list[str]:
        return ["-is_live", "-worth", "-pk"]

    def has_add_permission(self, request: Request) -> bool:
        return False  # they come of what customers ask

    def has_delete_permission(self, request: Request, obj: Gap | None = None) -> bool:
        return False  # it would come again with the same questions: dismissed, it does not

    def change_view(
        self, request: Request, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return gap_pages.gap_page(request, model_admin=self, key=object_id)

    def history_view(self, request: Request, object_id: str, extra_context: Any = None) -> HttpResponse:
        return redirect("admin:evaluation_gap_change", object_id)

    @admin.display(description=_("Asked"), ordering="title")
    def asked(self, gap: Any) -> SafeString:
        others = [question for question in gap.examples if question.text != gap.title]
        lines = format_html_join("", '<span class="gap-example">{}</span>', ((q.text,) for q in others))
        return format_html('<span class="gap-title">{}</span>{}', gap.title, lines)

    @admin.display(description=_("Times"), ordering="times")
    def times(self, gap: Any) -> int:
        return int(gap.times)

    @display(
        description=_("State"),
        ordering="state",
        label={
            Gap.State.OPEN: "warning",
            Gap.State.ASSIGNED: "info",
            Gap.State.ANSWERED: "success",
            Gap.State.DISMISSED: "default",
        },
    )
    def shown_state(self, gap: Gap) -> tuple[str, str]:
        return gap.state, str(gap.get_state_display())

    @admin.display(description=_("Languages"))
    def spoken(self, gap: Any) -> str:
        return ", ".join(sorted(code.upper() for code in gap.languages))

    @admin.display(description=_("Since"), ordering="first_asked")
    def since(self, gap: Any) -> SafeString:
        return gap_pages.day(gap.first_asked)

    @admin.display(description=_("Last asked"), ordering="last_asked")
    def last(self, gap: Any) -> SafeString:
        return gap_pages.day(gap.last_asked)

    # --- Actions on several gaps -------------------------------------------------------------------

    @admin.action(description=_("I see to it"), permissions=["change"])
    def take_chosen(self, request: Request, queryset: QuerySet[Gap]) -> None:
        chosen = list(queryset)
        deciding.assign(chosen, person(request))
        self._say(request, len(chosen))

    @admin.action(description=_("Dismiss"), permissions=["change"])
    def dismiss_chosen(self, request: Request, queryset: QuerySet[Gap]) -> None:
        chosen = list(queryset)
        deciding.dismiss(chosen)
        self._say(request, len(chosen))

    @admin.action(description=_("Merge into one"), permissions=["change"])
    def merge_chosen(self, request: Request, queryset: QuerySet[Gap]) -> HttpResponse | None:
        chosen = list(queryset)
        if len(chosen) < 2:
            messages.warning(request, _("Choose at least two."))
            return None
        return redirect("admin:evaluation_gap_change", deciding.merge(chosen).pk)

    def _say(self, request: Request, number: int) -> None:
        messages.success(
            request, ngettext("Done for %(n)d gap.", "Done for %(n)d gaps.", number) % {"n": number}
        )
