"""When a provider stops serving a model: by its own list of models, else by what was announced until now.

OpenAI's list names the day (`shutdown_date`); other servers only leave a model out. What a list said is kept
in the cache, so that pages can warn without asking anybody.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.core.cache import cache
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .choosing import ChatModel
from .clients import sync_client
from .errors import ModelError, provider_errors

# From https://developers.openai.com/api/docs/deprecations as it was on WRITTEN_ON: chat models only. They
# warn without a network too. A date that the provider's own list gives counts for more.
WRITTEN_ON = date(2026, 11, 24)
ANNOUNCED = {
    date(2026, 2, 17): "chatgpt-4o-latest",
    date(2026, 10, 23): (
        "gpt-3.5-turbo gpt-3.5-turbo-0125 gpt-4 gpt-4-0613 gpt-4-1106-preview gpt-4-turbo "
        "gpt-4-turbo-2024-04-09 gpt-4o-2024-05-13 gpt-4.1-nano gpt-4.1-nano-2025-04-14 o1 o1-2024-12-17 "
        "o1-pro o1-pro-2025-03-19 o3-mini o3-mini-2025-01-31 o4-mini o4-mini-2025-04-16"
    ),
    date(2026, 12, 11): (
        "gpt-5 gpt-5-2025-08-07 gpt-5-mini gpt-5-mini-2025-08-07 gpt-5-nano gpt-5-nano-2025-08-07 "
        "gpt-5-pro gpt-5-pro-2025-10-06 o3 o3-2025-04-16 o3-pro o3-pro-2025-06-10"
    ),
    date(2027, 1, 14): (
        "gpt-4o-2024-08-06 gpt-4o-2024-11-20 gpt-4o-mini-2024-07-18 gpt-4.1-2025-04-14 "
        "gpt-4.1-mini-2025-04-14"
    ),
}
ENDS = {name: day for day, names in ANNOUNCED.items() for name in names.split()}
KEPT_SECONDS = 30 * 24 * 3600
PATIENCE = 10.0  # seconds for a list of models
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lifetime:
    """`ends` is the day of the shutdown, if it is known; `gone`: the provider lists it no more.

    A server that never listed the model says nothing by leaving it out: some answer to any name.
    """

    model: str
    ends: date | None = None
    listed: bool = False
    gone: bool = False


def announced_end(model: ChatModel) -> date | None:
    """The day known when this was written. A tuned model ends with the one it was made from."""
    if not _is_openai(model):
        return None
    name = model.name.split(":")[1] if model.name.startswith("ft:") else model.name
    return ENDS.get(name)


def ask_lifetime(model: ChatModel) -> Lifetime:
    """What the provider's list says now. Raises `ModelError`, also for a server that has no list."""
    before = _recall(model)
    lifetime = _read(_listed(model), model, expected=_is_openai(model) or bool(before and before.listed))
    ever_listed = lifetime.listed or bool(before and before.listed)
    _remember(model, replace(lifetime, listed=ever_listed))
    return lifetime


def known_lifetime(model: ChatModel) -> Lifetime:
    """What the provider said when it was last asked, else what was announced. Asks nobody."""
    return _recall(model) or Lifetime(model.name, announced_end(model))


def warning(lifetime: Lifetime, today: date) -> str:
    """What staff should know about it; "" when there is nothing to say."""
    if lifetime.gone:
        words = _("%(model)s is no longer in the provider's list of models. Choose another one.")
        return words % {"model": lifetime.model}
    if lifetime.ends is None:
        return ""
    about = {"model": lifetime.model, "day": date_format(lifetime.ends)}
    if lifetime.ends <= today:
        return _("%(model)s was to be shut down on %(day)s. Choose another one.") % about
    return _("%(model)s will be shut down on %(day)s. Choose another one before that.") % about


def _is_openai(model: ChatModel) -> bool:
    return not model.base_url or (urlsplit(model.base_url).hostname or "").endswith("openai.com")


def _listed(model: ChatModel) -> list[Mapping[str, Any]]:
    with provider_errors():
        client = sync_client(model.base_url, model.api_key, PATIENCE)
        body = client.models.with_raw_response.list().content
    try:
        listed = orjson.loads(body)["data"]
        return [one for one in listed if isinstance(one["id"], str)]
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise ModelError("garbled", detail=f"not a list of models: {body[:80]!r}") from error


def _read(listed: list[Mapping[str, Any]], model: ChatModel, *, expected: bool) -> Lifetime:
    # Some servers leave out the tag that others insist on: "llama3" is "llama3:latest".
    names = {model.name, f"{model.name}:latest"}
    found = next((one for one in listed if one["id"] in names), None)
    named = _day(found.get("shutdown_date")) if found else None
    listed_now = found is not None
    return Lifetime(model.name, named or announced_end(model), listed_now, gone=expected and not listed_now)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def _key(model: ChatModel) -> str:
    return f"lifetime:{urlsplit(model.base_url or '').netloc or 'openai'}:{model.name}".replace(" ", "_")


def _remember(model: ChatModel, lifetime: Lifetime) -> None:
    try:
        cache.set(_key(model), lifetime, KEPT_SECONDS)
    except Exception as error:  # noqa: BLE001  boundary: the cache is another process, and only a shortcut
        logger.warning("The cache did not answer: %s", error)


def _recall(model: ChatModel) -> Lifetime | None:
    try:
        kept: Lifetime | None = cache.get(_key(model))
    except Exception as error:  # noqa: BLE001  boundary: as above
        logger.warning("The cache did not answer: %s", error)
        return None
    return kept
