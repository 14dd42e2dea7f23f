"""Who may do what: one table, asked by views, consumers and the admin alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.models import Role, User

EDITED = frozenset({"knowledge", "flows", "actions", "bookings", "assistant", "evaluation"})
# The admin site: which apps' rows each role may read and change there.
ADMIN_APPS: dict[str, frozenset[str]] = {
    Role.AGENT: frozenset(),
    Role.EDITOR: EDITED,
    Role.ADMIN: EDITED | {"accounts", "conversations"},
}

View = Callable[..., HttpResponseBase]


class RoleBackend(ModelBackend):
    """Permissions follow the role; nobody is given single permissions."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not isinstance(user_obj, User) or not user_obj.is_active:
            return False
        return user_obj.is_superuser or perm.split(".")[0] in ADMIN_APPS[user_obj.role]

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return self.has_perm(user_obj, f"{app_label}.any")


def role_required(role: str) -> Callable[[View], View]:
    """Send visitors to the sign-in page and refuse staff whose role is too low."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return redirect_to_login(request.get_full_path())
            if not request.user.may(role):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
