"""`manage.py responder`: answer customers. Start as many as you like, on any machine."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from chatbot.arguments import count


class Command(BaseCommand):
    help = "Answer customers' questions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--permits", type=count, help="replies at the same time (RESPONDER_PERMITS)")

    def handle(self, *args: Any, **options: Any) -> None:
        from assistant.preparing import prepare
        from assistant.reply import reply
        from conversations.responder.process import run

        run(reply=reply, permits=options["permits"], prepare=prepare)
