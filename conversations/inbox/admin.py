"""Labels and teams in the admin site: labels are the editors', teams the admins'."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from accounts.audit.admin import AuditedAdmin
from accounts.models import User
from conversations.event_lines import REASONS
from conversations.models import Label, Team, TeamHours


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


class HoursForm(forms.ModelForm):
    class Meta:
        model = TeamHours
        fields = ("weekday", "opens", "closes")

    def clean(self) -> dict[str, Any]:
        """The same time to and from would be a whole day, which is written 00:00 to 00:00."""
        cleaned: dict[str, Any] = super().clean() or {}
        opens = cleaned.get("opens")
        if opens is not None and opens == cleaned.get("closes") and (opens.hour or opens.minute):
            raise forms.ValidationError(
                gettext("It closes when it opens. For a whole day write 00:00 to 00:00.")
            )
        return cleaned


class HoursInline(TabularInline):
    model = TeamHours
    form = HoursForm
    extra = 0
    verbose_name_plural = _("Hours (none: the company’s opening hours)")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **more: Any) -> Any:
        if db_field.name == "weekday":
            return forms.TypedChoiceField(
                coerce=int, choices=list(WEEKDAYS.items()), label=db_field.verbose_name
            )
        return super().formfield_for_dbfield(db_field, request, **more)


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
    inlines = (HoursInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        return super().get_queryset(request).annotate(many=Count("members"))

    @admin.display(description=_("members"))
    def shown_members(self, team: Team) -> int:
        return int(getattr(team, "many", 0))
