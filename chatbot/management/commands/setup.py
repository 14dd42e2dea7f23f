"""`manage.py setup`: make the database, the files and the first account ready. Safe to repeat."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command, get_commands

from chatbot.embedded.places import write_private

ACCOUNT = "admin"


class Command(BaseCommand):
    help = (
        "Migrate, collect the static files and, in a new installation, load the sample and make an account."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=1)
        call_command("collectstatic", interactive=False, verbosity=0)
        if settings.SAMPLE_ORDERS_URL and "load_sample" in get_commands():
            call_command("load_sample", orders=True)
        if not get_user_model().objects.exists():
            load_sample()
            make_account(settings.VAR_DIR / "account")  # last: until it exists, this is a new installation


def load_sample() -> None:
    """What comes with the product, of whichever apps there are."""
    for command in ("load_sample", "load_sample_suites"):
        if command in get_commands():
            call_command(command)


def make_account(path: Path) -> None:
    """Make the first account; its name and password are kept in a private file, two lines."""
    if not path.exists():
        write_private(path, f"{ACCOUNT}\n{secrets.token_urlsafe(12)}\n")
    name, password = path.read_text().split()
    get_user_model().objects.create_superuser(name, "", password, role="admin")
