"""Every page of the admin site that changes something tells the trail, whatever is registered there."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db import models
from django.test import Client, RequestFactory

import chatbot.urls  # noqa: F401  (it looks for the pages of the admin site)
from accounts.audit.admin import AuditedAdmin, values_of
from accounts.audit.rows import AuditEntry
from accounts.audit.withholding import HIDDEN, is_secret
from accounts.models import User
from knowledge.models import Category, Synonyms
from tests.access.world import ADMIN, World

pytestmark = pytest.mark.django_db
REGISTERED = sorted(admin.site._registry.items(), key=lambda one: one[0]._meta.label)
SECRET = "do-not-keep-this"  # noqa: S105
# What a row is known by in the world of the access tests; of the others the first there is.
TEXT = (models.CharField, models.TextField)


@pytest.fixture
def boss(world: World, client: Client) -> User:
    client.force_login(world.staff[ADMIN])
    return world.staff[ADMIN]


def named(one: tuple[type[models.Model], ModelAdmin[Any]]) -> str:
    return one[0]._meta.label


def told(model: type[models.Model]) -> AuditEntry:
    names = model._meta
    return AuditEntry.objects.filter(app=names.app_label, kind=names.model_name).latest("pk")


@pytest.mark.parametrize("registered", REGISTERED, ids=named)
def test_every_model_of_the_admin_site_is_audited(registered: tuple[Any, Any]) -> None:
    assert isinstance(registered[1], AuditedAdmin)


@pytest.mark.parametrize("registered", REGISTERED, ids=named)
def test_a_change_leaves_an_entry_and_no_secret(
    registered: tuple[Any, Any], boss: User, rf: RequestFactory
) -> None:
    """As the admin site does it: the row is looked up, changed, saved, and the change is logged."""
    model, its_admin = registered
    row = model._base_manager.first()
    assert row is not None, "a row of it belongs into the world of the access tests"
    request = rf.post("/admin/")
    request.user = boss
    found = its_admin.get_object(request, str(row.pk))
    assert found is not None
    changes = {field.name: SECRET for field in model._meta.concrete_fields if _can_hold_words(field)}
    changes |= {field.name: {"token": SECRET} for field in model._meta.concrete_fields if _is_json(field)}
    if changes:
        model._base_manager.filter(pk=row.pk).update(**changes)
    its_admin.log_change(request, found, [{"changed": {"fields": ["x"]}}])
    entry = told(model)
    assert (entry.action, entry.who, entry.key) == ("changed", boss, str(row.pk))
    assert SECRET not in str(entry.before) + str(entry.after)


def _can_hold_words(field: Any) -> bool:
    if not is_secret(field.name) or not isinstance(field, TEXT) or field.unique:
        return False
    return field.max_length is None or field.max_length >= len(SECRET)


def _is_json(field: Any) -> bool:
    return isinstance(field, models.JSONField)


def test_secrets_of_rows_are_compared_and_not_shown(world: World) -> None:
    world.staff[ADMIN].set_password(SECRET)
    before = values_of(world.staff[ADMIN])
    world.staff[ADMIN].save()
    after = values_of(world.staff[ADMIN])
    assert before["password"] != after["password"]
    assert str(after["password"]) == HIDDEN


def test_adding_changing_and_deleting_through_the_pages(client: Client, boss: User) -> None:
    place = "/admin/knowledge/category/"
    form = {"name": "Lamps", "language": "en"}
    assert client.post(f"{place}add/", form).status_code == 302
    shelf = Category.objects.get(name="Lamps")
    assert told(Category).action == "added"
    assert client.post(f"{place}{shelf.pk}/change/", form | {"name": "Lights"}).status_code == 302
    changed = told(Category)
    assert (changed.action, changed.via, changed.label) == ("changed", "admin", "Lights")
    assert (changed.before, changed.after) == ({"name": "Lamps"}, {"name": "Lights"})
    number = AuditEntry.objects.count()
    assert client.post(f"{place}{shelf.pk}/change/", form | {"name": "Lights"}).status_code == 302
    assert AuditEntry.objects.count() == number  # nothing has changed
    assert client.post(f"{place}{shelf.pk}/delete/", {"post": "yes"}).status_code == 302
    gone = told(Category)
    assert (gone.action, gone.label, gone.before["name"]) == ("deleted", "Lights", "Lights")


def test_several_at_once(client: Client, world: World, boss: User) -> None:
    data = {"action": "switch_off", "_selected_action": [world.tool.pk]}
    assert client.post("/admin/actions/tool/", data).status_code == 302
    entry = told(type(world.tool))
    assert (entry.action, entry.after["action"], entry.after["things"]) == (
        "several", "switch_off", [str(world.tool.pk)],
    )  # fmt: skip
    chosen = {"action": "delete_selected", "_selected_action": [world.synonyms.pk], "post": "yes"}
    assert client.post("/admin/knowledge/synonyms/", chosen).status_code == 302
    assert [one.action for one in AuditEntry.objects.filter(kind=Synonyms._meta.model_name)] == ["deleted"]


def test_of_customers_only_that_something_changed(client: Client, world: World, boss: User) -> None:
    """Nothing leaves the trail, and whoever wants to be forgotten must be."""
    customer = world.carla.customer
    place = f"/admin/conversations/customer/{customer.pk}/change/"
    form = client.get(place).context["adminform"].form
    data = {name: form.initial.get(name) or "" for name in form.fields} | {"name": "Carla Bianchi"}
    assert client.post(place, data).status_code == 302
    entry = told(type(customer))
    assert (entry.before, entry.after) == ({"name": HIDDEN}, {"name": HIDDEN})
    assert "Carla" not in f"{entry.label} {entry.before} {entry.after}"


def test_rows_below_are_told_with_it(client: Client, world: World, boss: User) -> None:
    place = f"/admin/assistant/assistant/{world.assistant.pk}/change/"
    page = client.get(place).context
    form = page["adminform"].form
    data: dict[str, Any] = {
        name: value for name in form.fields if (value := form[name].value()) not in (None, False)
    }
    for one in page["inline_admin_formsets"]:
        prefix = one.formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    data |= {"welcomes-TOTAL_FORMS": "1", "welcomes-0-language": "en", "welcomes-0-greeting": "Good day"}
    response = client.post(place, data)
    assert response.status_code == 302, response.context["errors"]
    assert "Good day" in str(told(type(world.assistant)).after)
