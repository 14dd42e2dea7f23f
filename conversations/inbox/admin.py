"""Labels and teams in the admin site: labels are the editors', teams the admins'."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from accounts.audit.admin import AuditedAdmin
from accounts.models import User
from conversations.event_lines import REASONS
from conversations.models import Label, Team


class NamedOnce(forms.ModelForm):
    """The same name in other capitals is the same name."""

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if self._meta.model.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(gettext("There is one of this name already. Choose another name."))
        return name


class LabelForm(NamedOnce):
    class Meta:
        model = Label
        fields = ("name", "colour", "about")


@admin.register(Label)
class LabelAdmin(AuditedAdmin):
    says_when_empty = _(
        "Labels say what conversations are about. Agents put them on; searches narrow to them."
    )
    list_display = ("name", "colour", "about")
    search_fields = ("name", "about")
    form = LabelForm


class TeamForm(NamedOnce):
    """Languages and reasons as boxes in words; none ticked means all of them."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget, help_text=_("None chosen: all of them."),
    )  # fmt: skip
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"), choices=list(REASONS.items()), required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("Why a person is wanted. None chosen: all of them."),
    )  # fmt: skip
    members = forms.ModelMultipleChoiceField(
        User.objects.filter(is_active=True).order_by("first_name", "last_name", "username"),
        label=_("Members"), required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )  # fmt: skip

    class Meta:
        model = Team
        fields = (
            "name", "members", "order", "languages", "reasons", "shares_out",
            "reply_minutes", "resolve_minutes",
        )  # fmt: skip
        help_texts = {  # noqa: RUF012  (as Django has it)
            "order": _(
                "What waits goes to the first team, by this number, that takes its language and its reason."
            )
        }


@admin.register(Team)
class TeamAdmin(AuditedAdmin):
    says_when_empty = _("Without teams, whoever is free takes what waits.")
    form = TeamForm
    list_display = ("name", "order", "shown_members", "shares_out", "reply_minutes", "resolve_minutes")
    readonly_fields = ("hours",)
    fields = (*TeamForm.Meta.fields, "hours")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        return super().get_queryset(request).annotate(many=Count("members"))

    @admin.display(description=_("members"))
    def shown_members(self, team: Team) -> int:
        return int(getattr(team, "many", 0))

    @admin.display(description=_("business hours"))
    def hours(self, team: Team) -> str:
        """Where they are set: a page of their own."""
        if team.pk is None:
            return gettext("Save the team first; its hours are set afterwards.")
        address = reverse("conversations:team-hours", args=[team.pk])
        words = gettext("Its own") if team.calendar_id else gettext("Those of the company")
        return format_html('<a href="{}">{}</a>', address, words)
