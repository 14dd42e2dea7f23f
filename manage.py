#!/usr/bin/env python
"""Django's command line for Causerie."""

import asyncio
import os
import sys


def choose_event_loop() -> None:
    """Daphne takes its loop from the policy while Django is loaded, so this is the only place for uvloop."""
    try:
        import uvloop
    except ImportError:  # a platform without it
        return
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatbot.settings")
    if sys.argv[1:2] == ["web"]:
        choose_event_loop()
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:  # a setting, told in one sentence
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
