"""A responder with the scripted reply, as a process."""

import sys

import django

django.setup()

from conversations.responder.process import run  # noqa: E402
from tests.conversations.scripted import reply  # noqa: E402

run(reply=reply, permits=int(sys.argv[1]) if len(sys.argv) > 1 else None)
