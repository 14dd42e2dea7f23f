"""Signing in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpResponse

from accounts.models import User


class SignIn(LoginView):
    """Brings along the language that a person has chosen, unless this browser has already chosen one."""

    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        user = form.get_user()
        chosen_here = settings.LANGUAGE_COOKIE_NAME in self.request.COOKIES
        if isinstance(user, User) and user.language and not chosen_here:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response
