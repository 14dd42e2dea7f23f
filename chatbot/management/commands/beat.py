"""`manage.py beat`: sends what is due. One for the whole installation."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from chatbot.celery import app


class Command(BaseCommand):
    help = "Send the sweeps when they are due; start one of these and no more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--schedule", default=str(settings.VAR_DIR / "run" / "beat-schedule"))

    def handle(self, *args: Any, **options: Any) -> None:
        app.Beat(loglevel=settings.LOG_LEVEL, schedule=options["schedule"], pidfile=None).run()
