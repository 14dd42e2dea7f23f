"""Who may do what: one table, asked by views, consumers and the admin alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase

from accounts.models import Role, User

EDITED = frozenset({"knowledge", "flows", "actions", "bookings", "assistant", "evaluation", "training"})
# The admin site: which apps' rows each role may read and change there.
ADMIN_APPS: dict[str, frozenset[str]] = {
    Role.AGENT: frozenset(),
    Role.EDITOR: EDITED,
    Role.ADMIN: EDITED | {"accounts", "conversations"},
}
# Of an app that is not theirs as a whole: the rows that they may read and change all the same.
ADMIN_MODELS: dict[str, frozenset[str]] = {Role.EDITOR: frozenset({"conversations.label"})}

View = Callable[..., HttpResponseBase]


def holding(role: str) -> Q:
    """`User.may` for the database: which members of staff hold `role` or a higher one now."""
    able = [one for one in Role if one.includes(role)]
    return Q(is_active=True) & (Q(role__in=able) | Q(is_superuser=True))


class RoleBackend(ModelBackend):
    """Permissions follow the role; nobody is given single permissions."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not isinstance(user_obj, User) or not user_obj.is_active:
            return False
        app, _dot, what = perm.partition(".")
        model = f"{app}.{what.partition('_')[2]}"  # of “conversations.view_label”
        few = ADMIN_MODELS.get(user_obj.role, frozenset())
        return user_obj.is_superuser or app in ADMIN_APPS[user_obj.role] or model in few

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        few = ADMIN_MODELS.get(getattr(user_obj, "role", ""), frozenset())
        some = user_obj.is_active and app_label in {model.partition(".")[0] for model in few}
        return some or self.has_perm(user_obj, f"{app_label}.any")


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
