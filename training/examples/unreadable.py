"""An answer that cannot be read is left out with the reason; the others are made all the same.

Of the reason only what kind of mistake it is, and where in our own code: its words may be a customer's.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import PurePath
from uuid import UUID

from django.db import DataError, Error
from django.utils import translation
from django.utils.translation import gettext as _

from conversations.models import Conversation, Message
from evaluation.corrections.rows import Correction
from llm.errors import ModelError
from training.examples.asked import Asked
from training.examples.building import built
from training.examples.finishing import finished
from training.examples.rows import Dataset, Example, Origin

logger = logging.getLogger(__name__)
WHY = "unreadable"


class NothingReadable(Exception):
    """In the language of whoever made the dataset."""


def examples_of(dataset: Dataset, origin: str, key: str, asked: Asked) -> list[Example]:
    """Raises what would be true of every other one, too: of the database, and of a model."""
    try:
        return [finished(dataset, made) for made in built(origin, key, asked)]
    except (Error, ModelError) as error:
        if not isinstance(error, DataError):
            raise
        return _left_out(dataset, origin, key, error)
    except Exception as error:  # noqa: BLE001  boundary: one conversation must not take the others with it
        return _left_out(dataset, origin, key, error)


def check_some_is_readable(dataset: Dataset) -> None:
    """Raises NothingReadable where none was: then it is no fault of single conversations."""
    known = dataset.examples.values_list("why", "trouble")
    if known and all(why == WHY for why, _trouble in known):
        with translation.override(dataset.language):
            said = _("None of the answers could be read: %(why)s") % {"why": known[0][1]}
        raise NothingReadable(said)


def _left_out(dataset: Dataset, origin: str, key: str, error: Exception) -> list[Example]:
    place = f"{origin} {key}"
    logger.error("An answer is left out of dataset %s: %s", dataset.pk, place, exc_info=error)
    found = _where_it_stands(origin, key)
    if found is None:  # it is gone meanwhile
        return []
    talk, message = found
    return [
        Example(
            dataset=dataset, origin=origin, conversation=talk, message=message,
            said_at=message.created_at if message else talk.resolved_at,
            language=(message.language if message else "") or talk.language,
            state=Example.State.LEFT_OUT, why=WHY, trouble=_said_of(error),
        )
    ]  # fmt: skip


def _where_it_stands(origin: str, key: str) -> tuple[Conversation, Message | None] | None:
    if origin == Origin.STAFF:
        talk = Conversation.objects.filter(pk=UUID(key)).first()
        return (talk, None) if talk else None
    rows = Message.objects.select_related("conversation")
    if origin == Origin.CORRECTION:
        rows = rows.filter(pk__in=Correction.objects.filter(pk=int(key)).values("message"))
    else:
        rows = rows.filter(pk=int(key))
    message = rows.first()
    return (message.conversation, message) if message else None


def _said_of(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} ({PurePath(last.filename).name}:{last.lineno})"[:100]
