"""Load what a process reads once, before customers wait for it: a second in all."""

from __future__ import annotations

from django.conf import settings

from assistant.guidance import usual
from flows.slots import reading
from knowledge.language import detect_language


def prepare() -> None:
    """The words of all kinds of slots, and the language detector.

    What customers usually write about is learned beside the first replies.
    """
    usual.learn_beside()
    reading.prepare()
    languages = [code for code, _name in settings.LANGUAGES]
    detect_language("Where is my order?", languages, languages[0])
