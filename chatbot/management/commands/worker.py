"""`manage.py worker`: background work. Start as many as you like, on any machine.

`celery -A chatbot worker` does the same; this leaves out Celery's command line, which takes longer to load
than the worker itself.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from chatbot.celery import app


class Command(BaseCommand):
    help = "Index, send and sweep in the background."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, help="processes (default: as many as cores)")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = app.Worker(
            concurrency=options["concurrency"],
            loglevel=settings.LOG_LEVEL,
            without_gossip=True,
            without_mingle=True,
        )
        worker.start()
        raise SystemExit(worker.exitcode)
