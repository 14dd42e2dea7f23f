"""What is changed in the admin site, told to the trail: every page of settings there is an `AuditedAdmin`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin

from accounts.audit.recording import is_about_a_customer, masked, record
from accounts.audit.withholding import HIDDEN, is_secret
from accounts.audit.words import Action
from accounts.models import User

MOST = 100  # things that one entry names
# What a machine made, or says of itself.
UNTOLD = {"updated_at", "created_at", "last_login", "content_hash"}
BINARY = ("BinaryField", "VectorField", "HalfVectorField", "SearchVectorField")
Values = dict[str, Any]


class AuditedAdmin(ModelAdmin):
    """Compares the row before and after, so that it does not matter by which form it was changed."""

    # Lists count what they show, and not once more what they would show without a filter.
    show_full_result_count = False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "POST":
            request.audit_before = values_of(found)  # type: ignore[attr-defined]  # for log_change
        return found

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        request.audit_rows = rows_of(formsets)  # type: ignore[attr-defined]  # for _told
        return super().construct_change_message(request, form, formsets, add)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        _told(Action.ADDED, request, obj, {}, values_of(obj))
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        old, new = getattr(request, "audit_before", {}), values_of(obj)
        changed = [name for name in new if old.get(name) != new[name]]
        before, after = ({name: side.get(name) for name in changed} for side in (old, new))
        if changed or message:
            action = Action.ROLE if "role" in changed else Action.CHANGED
            _told(action, request, obj, before, after)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for one in queryset:
            _told(Action.DELETED, request, one, values_of(one), {})
        return super().log_deletions(request, queryset)

    def response_action(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """One entry for what is done to several; those that were deleted have one each already."""
        chosen = [str(pk) for pk in request.POST.getlist("_selected_action")]
        done: HttpResponse | None = super().response_action(request, queryset)
        name = request.POST.get("action", "")
        if chosen and name in self.get_actions(request) and name != "delete_selected":
            facts = {"action": name, "number": len(chosen), "things": chosen[:MOST]}
            what = str(self.opts.verbose_name_plural)
            record(Action.SEVERAL, self.model(), by=_person(request), label=what, after=facts)
        return done


def values_of(row: models.Model) -> Values:
    """What stands in the database. Of what may be secret only whether it was there, and a mark to compare."""
    model = type(row)
    fields = [field for field in model._meta.concrete_fields if _is_told(field)]
    kept = model._base_manager.filter(pk=row.pk).values(*(field.attname for field in fields)).first() or {}
    found = {field.name: _shown(field, kept.get(field.attname)) for field in fields}
    for field in model._meta.many_to_many:
        through = model._base_manager.filter(pk=row.pk).values_list(f"{field.name}__pk", flat=True)
        found[field.name] = sorted(str(pk) for pk in through if pk is not None)
    return found


def _is_told(field: Any) -> bool:
    return field.name not in UNTOLD and not field.primary_key and field.get_internal_type() not in BINARY


def _shown(field: Any, value: Any) -> Any:
    if is_secret(field.name) and value:
        return _Secret(value)
    return value if value is None or isinstance(value, bool | int | float | list | dict) else str(value)


class _Secret:
    """Compared by what it is, shown as nothing."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(HIDDEN)

    def __str__(self) -> str:
        return HIDDEN


def rows_of(formsets: Iterable[Any] | None) -> tuple[Values, Values]:
    """The rows below it that were added, changed or deleted in the same form: (before, after)."""
    before: Values = {}
    after: Values = {}
    for formset in formsets or []:
        name = str(formset.model._meta.verbose_name_plural)
        changed = [form for form in formset.forms if form.has_changed()]
        if changed:
            gone = formset.deleted_forms
            before[name] = [_plain(form.initial) for form in changed]
            after[name] = [{} if form in gone else _plain(_cleaned(form)) for form in changed]
    return before, after


def _cleaned(form: Any) -> Values:
    return getattr(form, "cleaned_data", {})


def _plain(values: Values) -> Values:
    return {name: value for name, value in values.items() if name not in ("DELETE", "id")}


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _told(action: Action, request: HttpRequest, thing: models.Model, old: Values, new: Values) -> None:
    rows_before, rows_after = getattr(request, "audit_rows", ({}, {}))
    before, after = {**old, **rows_before}, {**new, **rows_after}
    if is_about_a_customer(thing):
        before, after = masked(before), masked(after)
    record(action, thing, by=_person(request), before=before, after=after)
