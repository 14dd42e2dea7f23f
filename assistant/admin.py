"""Assistants in the admin site: who it is, what it is for, how it greets, what it knows, what it runs on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.admin import StackedInline
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from accounts import audit
from accounts.audit.admin import AuditedAdmin
from assistant.guidance import admin as guidance_admin
from assistant.introduction.admin import IntroductionInline, say_what_is_missing
from assistant.models import Assistant, Welcome
from assistant.models_in_use import models_for, warnings_about
from assistant.objectives import fill_in_objective
from assistant.testing_models import try_models
from knowledge.models import Source
from llm.checking import no_model

CHANGE = "admin:assistant_assistant_change"
__all__ = ["AssistantAdmin", "guidance_admin"]  # the admin site finds them here


class AssistantForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("It answers in the customer's language if it is one of these, else in the first."),
    )
    sources = forms.ModelMultipleChoiceField(
        label=capfirst(_("sources")),
        queryset=Source.objects.order_by("name"),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,  # two boxes side by side are wider than the page
        help_text=_("None chosen: all of them."),
    )

    class Meta:
        model = Assistant
        fields = [
            "name", "slug", "company", "accent", "active", "template", "tasks", "out_of_scope", "audience",
            "tone", "success_measures", "languages", "sources", "answer_model", "rewrite_model",
            "takes_pictures", "takes_documents", "largest_file", "most_files",
        ]  # fmt: skip


class WelcomeInline(StackedInline):
    model = Welcome
    extra = 0
    max_num = len(settings.LANGUAGES)
    tab = True


@admin.register(Assistant)
class AssistantAdmin(AuditedAdmin):
    form = AssistantForm
    inlines = [WelcomeInline, IntroductionInline]
    list_display = ["name", "company", "shown_languages", "active", "is_default"]
    search_fields = ["name", "company"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["is_default"]
    warn_unsaved_form = True
    change_form_before_template = "assistant/admin/above.html"
    # In a menu: side by side, and in French, they would push the page's own name out of its head.
    actions_detail = [
        {"title": _("Actions"), "items": ["start_from_template", "show_on_chat_page", "test_models"]}
    ]
    fieldsets = [
        (_("Identity"), {"fields": ["name", "slug", "company", "accent", "active", "is_default"]}),
        (
            _("Objective"),
            {
                "fields": ["template", "tasks", "out_of_scope", "audience", "tone", "success_measures"],
                "description": _(
                    "What you leave empty in a new assistant is filled in from the template. One language is "
                    "enough: what is out of scope is recognised in the others too."
                ),
            },
        ),
        (_("Languages"), {"fields": ["languages"]}),
        (
            _("Files of customers"),
            {
                "fields": ["takes_pictures", "takes_documents", "largest_file", "most_files"],
                "description": _(
                    "Customers may attach files to what they write; without either kind there is no button "
                    "for it. The assistant does not look into them: your team does, and flows can "
                    "ask for one."
                ),
            },
        ),
        (_("Knowledge"), {"fields": ["sources"]}),
        (
            _("Models"),
            {
                "fields": ["answer_model", "rewrite_model", "redact_prompts", "suggests_replies"],
                "description": _(
                    "Empty: those of the installation, or quotes from the articles without any."
                ),
            },
        ),
    ]

    @display(description=_("languages"))
    def shown_languages(self, assistant: Assistant) -> str:
        names = dict(settings.LANGUAGES)
        return ", ".join(str(names.get(code, code)) for code in assistant.languages)

    def save_model(self, request: HttpRequest, obj: Assistant, form: Any, change: bool) -> None:
        """A new assistant starts from its template; the first one is shown on the chat page."""
        if not change:
            fill_in_objective(obj)
            obj.is_default = not Assistant.objects.filter(is_default=True).exists()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        say_what_is_missing(request, form.instance)

    @action(
        description=_("Fill in from the template"), url_path="start-from-template", permissions=["change"]
    )
    def start_from_template(self, request: HttpRequest, object_id: str) -> HttpResponse:
        assistant = get_object_or_404(Assistant, pk=object_id)
        if filled := fill_in_objective(assistant):
            assistant.save(update_fields=[*filled, "updated_at"])
            values = {name: getattr(assistant, name) for name in filled}
            audit.record(audit.Action.CHANGED, assistant, before=dict.fromkeys(filled, ""), after=values)
            messages.success(request, _("The empty parts of the objective are filled in."))
        else:
            messages.info(request, _("Every part of the objective has words already; they stay."))
        return redirect(reverse(CHANGE, args=[object_id]))

    @action(description=_("Show on the chat page"), url_path="show-on-chat-page", permissions=["change"])
    def show_on_chat_page(self, request: HttpRequest, object_id: str) -> HttpResponse:
        assistant = get_object_or_404(Assistant, pk=object_id)
        Assistant.objects.show_on_chat_page(assistant)
        audit.record(audit.Action.CHANGED, assistant, after={"is_default": True})
        messages.success(request, _("The chat page shows this assistant now."))
        return redirect(reverse(CHANGE, args=[object_id]))

    @action(
        description=_("Test the models"),
        url_path="test-models",
        permissions=["change"],
        dialog={
            "title": _("Test the models"),
            "description": _(
                "Each model that this assistant uses is asked four short questions. This takes some seconds "
                "and costs a few hundred tokens."
            ),
            "form_class": None,
            "form_submit_text": _("Test"),
        },
    )
    def test_models(self, request: HttpRequest, form: forms.Form, object_id: str) -> HttpResponse:
        assistant = get_object_or_404(Assistant, pk=object_id)
        for tested in (results := try_models(assistant)):
            (messages.success if tested.works else messages.error)(request, tested.words)
            if tested.warning:
                messages.warning(request, tested.warning)
        if not results:
            messages.info(request, no_model())
        back = reverse(CHANGE, args=[object_id])
        # htmx would look for the dialog in the page that a redirect leads to.
        is_dialog = request.headers.get("HX-Request")
        return HttpResponse(headers={"HX-Redirect": back}) if is_dialog else redirect(back)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **more: Any) -> HttpResponse:
        if original := context.get("original"):
            context["model_warnings"] = warnings_about(models_for(original))
        return super().render_change_form(request, context, *args, **more)

    def has_delete_permission(self, request: HttpRequest, obj: Assistant | None = None) -> bool:
        """The one on the chat page stays: without it there is no chat page."""
        return super().has_delete_permission(request, obj) and not (obj and obj.is_default)
