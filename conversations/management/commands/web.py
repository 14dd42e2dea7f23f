"""`manage.py web`: Daphne, with limits for slow readers and a farewell to every socket at the end."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from chatbot.arguments import port


class Command(BaseCommand):
    help = "Serve HTTP and WebSockets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=port, default=settings.PORT)

    def handle(self, *args: Any, **options: Any) -> None:
        from conversations.consumers.serving import serve  # needs Twisted's reactor

        serve(host=options["host"], port=options["port"])
