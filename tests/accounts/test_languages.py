"""Staff read their pages in the language of their browser, until they have chosen one."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db

FRENCH = {"Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5"}
PAGES = ["/staff/", "/staff/playground/", "/admin/", "/admin/knowledge/document/", "/admin/accounts/user/"]


def sign_in(client: Client, **about: str) -> Client:
    User.objects.create_user(username="amelie", password="a long password", role="admin", **about)
    client.post("/staff/sign-in/", {"username": "amelie", "password": "a long password"}, headers=FRENCH)
    return client


@pytest.mark.parametrize("page", PAGES)
def test_a_french_browser_stays_french_after_signing_in(client: Client, page: str) -> None:
    response = sign_in(client).get(page, headers=FRENCH)
    assert response.headers["Content-Language"] == "fr"
    assert 'lang="fr' in response.text


def test_signing_in_chooses_no_language_for_who_has_chosen_none(client: Client) -> None:
    assert "django_language" not in sign_in(client).cookies


@pytest.mark.parametrize("page", PAGES)
def test_signing_in_brings_the_language_that_was_chosen(client: Client, page: str) -> None:
    response = sign_in(client, language="en").get(page, headers=FRENCH)
    assert response.headers["Content-Language"] == "en"


def test_what_this_browser_has_chosen_wins(client: Client) -> None:
    client.cookies["django_language"] = "fr"
    assert sign_in(client, language="en").cookies["django_language"].value == "fr"


def test_who_never_chose_is_asked_by_the_browser_after_the_upgrade() -> None:
    for name, language in (("amelie", "fr"), ("marie", "en")):
        User.objects.create_user(username=name, language=language)
    migration = import_module("accounts.migrations.0002_language_as_the_browser_asks")
    migration.forget_the_default(apps, None)
    assert dict(User.objects.values_list("username", "language")) == {"amelie": "fr", "marie": ""}
