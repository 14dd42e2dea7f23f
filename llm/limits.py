"""How long each part of a request may take, in seconds. Each stays below the one that contains it."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Limits:
    first_token: float  # from asking to the first sign of life
    silence: float  # between two pieces of an answer; a slow beginner may go on slowly, so never less
    farewell: float = 0.5  # for the usage and the end mark, once the answer is complete
    retry_delay: float = 0.25  # before the second attempt, when the provider names no delay


def limits() -> Limits:
    first_token = getattr(settings, "MODEL_FIRST_TOKEN_SECONDS", 15.0)
    return Limits(first_token, silence=max(first_token, getattr(settings, "MODEL_SILENCE_SECONDS", 20.0)))
