"""Signing in and out, as the trail is told of it by Django."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from accounts.audit.recording import record
from accounts.audit.words import Action, Via


def signed_in(sender: Any, user: Any, **_more: Any) -> None:
    record(Action.SIGNED_IN, user, by=user, via=Via.PAGE)


def signed_out(sender: Any, user: Any, **_more: Any) -> None:
    if user is not None:
        record(Action.SIGNED_OUT, user, by=user, via=Via.PAGE)


def sign_in_failed(sender: Any, credentials: dict[str, Any], **_more: Any) -> None:
    """Whose account was tried. What is nobody's name may be a password typed into the wrong field."""
    from accounts.models import User

    typed = str(credentials.get("username", "")).replace("\x00", "")
    account = User.objects.filter(username=typed).first()
    record(Action.SIGN_IN_FAILED, account, via=Via.PAGE)


def listen() -> None:
    user_logged_in.connect(signed_in, dispatch_uid="audit")
    user_logged_out.connect(signed_out, dispatch_uid="audit")
    user_login_failed.connect(sign_in_failed, dispatch_uid="audit")
