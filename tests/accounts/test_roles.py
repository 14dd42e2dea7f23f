import pytest
from django.test import Client

from accounts.models import Role, User


def member(role: str) -> User:
    return User.objects.create_user(username=f"test-{role}", password="a long password", role=role)


@pytest.mark.parametrize(
    ("holder", "asked", "granted"),
    [
        ("agent", "agent", True),
        ("agent", "editor", False),
        ("editor", "agent", True),
        ("editor", "admin", False),
        ("admin", "editor", True),
    ],
)
def test_each_role_includes_the_ones_before_it(holder: str, asked: str, granted: bool) -> None:
    assert User(role=holder).may(asked) is granted


def test_nobody_who_left_may_do_anything() -> None:
    assert not User(role=Role.ADMIN, is_active=False).may("agent")


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "status"), [("agent", 302), ("editor", 200), ("admin", 200)])
def test_the_admin_site_opens_for_editors_and_above(client: Client, role: str, status: int) -> None:
    client.force_login(member(role))
    assert client.get("/admin/").status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "status"), [("editor", 403), ("admin", 200)])
def test_only_admins_manage_staff(client: Client, role: str, status: int) -> None:
    client.force_login(member(role))
    assert client.get("/admin/accounts/user/").status_code == status
