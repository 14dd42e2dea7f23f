"""Sources in the admin site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import actions as usual_actions
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from accounts.models import Role
from knowledge import approval, publishing
from knowledge.admin.cleaning_form import CleaningFields
from knowledge.admin.deleting import DeletedWithItsIndex, refuse_deletion
from knowledge.admin.people import person
from knowledge.admin.site_form import COPIED, VisitFields
from knowledge.intake import visits
from knowledge.models import Document, Source

Request = HttpRequest


class SourceForm(CleaningFields, forms.ModelForm):
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("Recognise each text's own")), *settings.LANGUAGES],
        widget=UnfoldAdminSelectWidget,
        help_text=_("Of documents that name none."),
    )
    audience = forms.ChoiceField(
        label=_("Readers"),
        choices=Document.Audience.choices,
        widget=UnfoldAdminSelectWidget,
        help_text=_("Of documents that come in from now on."),
    )

    class Meta:
        model = Source
        fields = [
            "name",
            "language",
            "audience",
            "needs_approval",
            "write_questions",
            "licence",
            "for_training",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, stored=kwargs["instance"].cleaning, **kwargs)

    def save(self, commit: bool = True) -> Any:
        cleaning = self.cleaning()
        if cleaning != self.instance.cleaning:
            visits.forget(self.instance)
        self.instance.cleaning = cleaning
        return super().save(commit)


class SiteSourceForm(VisitFields, SourceForm):
    """A site, which is visited again."""

    class Meta(SourceForm.Meta):
        fields = [*SourceForm.Meta.fields, *COPIED]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("publish_visits") and cleaned.get("needs_approval", self.instance.needs_approval):
            self.add_error(
                "publish_visits", _("Not while changes of this source need somebody else’s approval.")
            )
        return cleaned

    def save(self, commit: bool = True) -> Any:
        if "schedule" in self.changed_data:
            self.instance.schedule = self.cleaned_data["schedule"]
            visits.schedule(self.instance)
        return super().save(commit)


@admin.register(Source)
class SourceAdmin(DeletedWithItsIndex):
    """Where articles come from, and how what comes from there is taken in."""

    says_when_empty = _("The first article or import makes a source.")
    form = SourceForm
    list_display = ["name", "kind", "articles", "passages", "location", "created_at"]
    readonly_fields = ["kind", "location", "passages", "created_at"]
    fieldsets = [
        (None, {"fields": ["name", ("kind", "location"), ("passages", "created_at")]}),
        (_("Who publishes"), {"fields": ["needs_approval"]}),
        (_("How it is found"), {"fields": ["write_questions"]}),
        (_("What comes in"), {"fields": [("language", "audience")]}),
        (_("What may be done with it"), {"fields": ["licence", "for_training"]}),
        (_("How it is cleaned"), {"fields": ["steps", "personal", ("allowed", "names")]}),
    ]
    visits = (
        _("Visits"),
        {"fields": ["scope", ("include", "exclude"), ("most_pages", "schedule"), "publish_visits"]},
    )
    search_fields = ["name"]
    actions = ["index_again", "delete_selected"]
    change_form_outer_before_template = "admin/knowledge/source/above.html"
    compressed_fields = False

    def get_queryset(self, request: Request) -> QuerySet[Source]:
        sources: QuerySet[Source] = super().get_queryset(request)
        return sources.annotate(articles=Count("documents"))

    def has_add_permission(self, request: Request) -> bool:
        return False  # a source comes with an import; articles written here have one already

    def get_form(self, request: Request, obj: Source | None = None, **options: Any) -> Any:
        of_site = obj is not None and obj.kind == Source.Kind.WEB
        return super().get_form(request, obj, form=SiteSourceForm if of_site else SourceForm, **options)

    def get_fieldsets(self, request: Request, obj: Source | None = None) -> Any:
        of_site = obj is not None and obj.kind == Source.Kind.WEB
        first, *rest = self.fieldsets
        return [first, self.visits, *rest] if of_site else [first, *rest]

    def get_readonly_fields(self, request: Request, obj: Source | None = None) -> list[str]:
        """Whoever is bound by a rule does not lift it."""
        writer = person(request)
        admins_only = [] if writer and writer.may(Role.ADMIN) else ["needs_approval"]
        return [*self.readonly_fields, *admins_only]

    def has_delete_permission(self, request: Request, obj: Source | None = None) -> bool:
        allowed: bool = super().has_delete_permission(request, obj)
        return allowed and not (obj and approval.is_bound(person(request), obj))

    def delete_model(self, request: Request, obj: Source) -> None:
        publishing.delete_sources([obj], by=person(request))

    def delete_queryset(self, request: Request, queryset: QuerySet[Source]) -> None:
        publishing.delete_sources(queryset, by=person(request))

    @admin.action(description=_("Delete selected %(verbose_name_plural)s"), permissions=["delete"])
    def delete_selected(self, request: Request, queryset: QuerySet[Source]) -> Any:
        return refuse_deletion(request, queryset) or usual_actions.delete_selected(self, request, queryset)

    @admin.display(description=_("Articles"), ordering="articles")
    def articles(self, source: Any) -> int:
        return int(source.articles)

    @admin.action(description=_("Index again"), permissions=["change"])
    def index_again(self, request: Request, queryset: QuerySet[Source]) -> None:
        for source in queryset:
            publishing.index_source_again(source)
        messages.success(request, _("The index is brought up to date in the background."))
