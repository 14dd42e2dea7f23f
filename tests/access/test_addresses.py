"""Every address × everybody: what is not granted is refused, whatever the method."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import User
from tests.access.routes import PUBLIC, least_role, routes

ROUTES = sorted({(name, path) for name, path in routes() if not name.endswith(":") and "(?P" not in path})
ROLES = ["nobody", "agent", "editor", "admin"]
ARGUMENTS = {
    "uuid": "6a1de8f2-9a41-4f0e-8a40-2d5bd4f1a001",
    "int": "424242",
    "slug": "nothing",
    "str": "nothing",
    "path": "424242",
}
REFUSED = {302, 401, 403, 404, 405}


def filled(path: str) -> str:
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: ARGUMENTS[found[1] or "str"], path)


def test_every_address_says_who_may_use_it() -> None:
    assert [name for name, _ in routes() if least_role(name) is None] == []


@pytest.fixture
def client_of(db: None, request: pytest.FixtureRequest) -> Client:
    client = Client(raise_request_exception=False)
    if request.param != "nobody":
        client.force_login(User.objects.create_user(username=request.param, role=request.param))
    return client


def may(role: str, least: str) -> bool:
    return role != "nobody" and User(role=role).may(least)


REFUSALS = [
    (role, name, path)
    for role in ("nobody", "agent", "editor")
    for name, path in ROUTES
    if (least := least_role(name)) not in (None, PUBLIC)
    and not (role != "nobody" and User(role=role).may(least))
]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("client_of", "name", "path"), REFUSALS, indirect=["client_of"])
def test_what_is_not_granted_is_refused(client_of: Client, name: str, path: str, method: str) -> None:
    response = getattr(client_of, method)(filled(path))
    assert response.status_code in REFUSED
    if response.status_code == 302:
        # The admin site sends home whoever asks for a row that does not exist.
        where = response["Location"]
        assert where == "/admin/" or "sign-in" in where or "login" in where


@pytest.mark.parametrize(("name", "path"), ROUTES)
@pytest.mark.parametrize("client_of", ROLES, indirect=True)
def test_no_address_fails_for_anybody(client_of: Client, name: str, path: str) -> None:
    assert client_of.get(filled(path)).status_code < 500
