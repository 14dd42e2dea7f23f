"""Guidance in the admin site: the list in its order, a row, and trying it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.decorators import display

from accounts.audit.admin import AuditedAdmin
from assistant.guidance import trying
from assistant.guidance.form import NAMES, GuidanceForm
from assistant.guidance.held import Kind
from assistant.guidance.likeness import MOST_LINES
from assistant.guidance.linked import NONE, tests_of
from assistant.guidance.phrases import lines_of
from assistant.guidance.rows import Guidance
from assistant.releases.told import said_of_releases
from knowledge.admin import guarding

Request = HttpRequest
EDITED = GuidanceForm.Meta.fields
ONLY_GUARDRAILS = "kind == 'guardrail'"
NOT_TONES = "kind != 'tone'"


@admin.register(Guidance)
class GuidanceAdmin(AuditedAdmin):
    says_when_empty = _(
        "Guidance tells the assistant in plain words how to answer, what never to say, and when to bring in "
        "a person. A row can be tried before it is switched on."
    )
    form = GuidanceForm
    list_display = ["shown_text", "shown_kind", "when", "shown_hits", "tests", "position", "enabled"]
    list_editable = ["position", "enabled"]
    list_filter = ["kind", "enabled", "assistant"]
    list_select_related = ["assistant"]
    search_fields = ["text", "about", "forbidden", "topics"]
    search_help_text = _("Search in what rows say and in their conditions")
    warn_unsaved_form = True
    change_form_outer_before_template = "assistant/guidance/above.html"
    change_form_outer_after_template = "assistant/guidance/below.html"
    conditional_fields = {
        "forbidden": ONLY_GUARDRAILS,
        "topics": ONLY_GUARDRAILS,
        **dict.fromkeys(NAMES, NOT_TONES),
    }
    fieldsets = [
        (None, {"fields": ["kind", "text", "assistant", ("enabled", "position")]}),
        (_("When it holds"), {"fields": ["about", "by_meaning", "language", "hours", "who"]}),
        (
            _("What is said, and what is not"),
            {
                "fields": ["forbidden", "topics", *NAMES],
                "description": _(
                    "Of a rule: said beside the answer, word for word, with and without a model. Of a "
                    "guardrail: said instead of the answer. Of an escalation: said when a person is brought "
                    "in. Of guardrails and escalations, what you leave empty has words of ours."
                ),
            },
        ),
    ]

    def get_urls(self) -> list[URLPattern]:
        guarded = guarding.guard(self, require_POST(trying.try_row))
        return [path("try/", guarded, name="assistant_guidance_try"), *super().get_urls()]

    def save_model(self, request: Request, obj: Guidance, form: Any, change: bool) -> None:
        """Only what the form holds: the hits go on being counted meanwhile."""
        obj.save(update_fields=[*EDITED, "words", "updated_at"] if change else None)

    def get_changelist_instance(self, request: Request) -> Any:
        changes = super().get_changelist_instance(request)
        self._tests = tests_of([row.pk for row in changes.result_list])
        return changes

    def render_change_form(self, request: Request, context: Any, *args: Any, **more: Any) -> HttpResponse:
        row = context.get("original")
        context |= {
            "try_form": trying.TryForm(),
            "needs_model": row and _needs_model(row),
            "behind": _behind(row) if row else "",
            "left_out": _left_out(),
        }
        return super().render_change_form(request, context, *args, **more)

    def changelist_view(self, request: Request, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "GET" and (words := _left_out()):
            messages.warning(request, words)
        if request.method == "GET" and (words := said_of_releases()):
            messages.info(request, words)
        return super().changelist_view(request, extra_context)

    # --- The list ------------------------------------------------------------------------------------

    @admin.display(description=_("in plain words"), ordering="text")
    def shown_text(self, row: Guidance) -> SafeString:
        whose = format_html(' <span class="guidance-whose">{}</span>', row.assistant) if row.assistant else ""
        missing = gettext("needs a model") if _needs_model(row) else ""
        hint = format_html(' <span class="guidance-missing">{}</span>', missing) if missing else ""
        return format_html('<span class="guidance-text">{}</span>{}{}', row.text, whose, hint)

    @display(
        description=_("kind"),
        ordering="kind",
        label={
            Kind.TONE.value: "info",
            Kind.RULE.value: "default",
            Kind.GUARDRAIL.value: "warning",
            Kind.ESCALATION.value: "danger",
        },
    )
    def shown_kind(self, row: Guidance) -> tuple[str, str]:
        return row.kind, str(row.get_kind_display())

    @admin.display(description=_("When it holds"))
    def when(self, row: Guidance) -> str:
        about = lines_of(row.about)
        more = f" +{len(about) - 1}" if len(about) > 1 else ""
        parts = [f"{about[0]}{more}"] if about else []
        chosen = (row.get_language_display(), row.get_hours_display(), row.get_who_display())
        return " · ".join([*parts, *(str(one) for one in chosen if one)]) or gettext("always")

    @admin.display(description=_("hits"), ordering="hits")
    def shown_hits(self, row: Guidance) -> SafeString | str:
        if not row.hits or row.last_hit_at is None:
            return "0"
        last = date_format(localtime(row.last_hit_at), "SHORT_DATE_FORMAT")
        return format_html(
            '<a class="guidance-hits" href="{}">{}</a> <span class="guidance-last">{}</span>',
            _behind(row), row.hits, last,
        )  # fmt: skip

    @display(description=_("Tests"), label={"passed": "success", "failed": "danger", "open": "default"})
    def tests(self, row: Guidance) -> tuple[str, str] | str:
        tests = getattr(self, "_tests", {}).get(row.pk, NONE)
        if tests.failed:
            words = ngettext("%(n)d failed", "%(n)d failed", tests.failed) % {"n": tests.failed}
            return "failed", words
        if tests.not_run:
            return "open", ngettext("%(n)d not run", "%(n)d not run", tests.not_run) % {"n": tests.not_run}
        if tests.passed:
            return "passed", ngettext("%(n)d passed", "%(n)d passed", tests.passed) % {"n": tests.passed}
        return "–"


def _behind(row: Guidance) -> str:
    """The conversations in which it was followed."""
    return f"{reverse('conversations:inbox')}?show=all&guidance={row.pk}"


def _left_out() -> str:
    """That not every line can be compared by meaning; "" where all are."""
    lines = Guidance.objects.most_compared()
    if lines <= MOST_LINES:
        return ""
    return gettext(
        "The rows that are switched on have %(lines)d lines to be compared by meaning, and a reply compares "
        "at most %(most)d. Those of the last rows may then be known by their words alone. Take out lines, "
        "switch rows off, or untick “also when it is said in other words” where words are enough."
    ) % {"lines": lines, "most": MOST_LINES}


def _needs_model(row: Guidance) -> bool:
    """Whether nothing can come of it as things are."""
    alone = row.kind == Kind.TONE or (row.kind == Kind.RULE and not row.words)
    return alone and not trying.has_model(row.assistant)
