"""What an action is, as the registry of actions wants it: a name, what it takes, what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who asks. Only what is `verified` may be relied on; the rest is what they said of themselves."""

    name: str = ""
    email: str = ""
    phone: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """`key` names the wish: repeating it changes nothing twice."""

    key: str
    customer: Customer = field(default_factory=Customer)
    conversation: UUID | None = None
    language: str = "en"
    now: datetime = field(default_factory=timezone.now)


@dataclass(frozen=True, slots=True)
class Result:
    """`data` is JSON. If not `ok`, `error` is a code and `data["message"]` says it to the customer."""

    ok: bool
    data: dict[str, Any] = field(default_factory=dict)
    error: str = ""


Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """`parameters` is a JSON schema, for models and for the editor of flows; `brings` are the names in its
    result, `refuses` those in a refusal beside its message. Customers expect to say what is `advised`, though
    it works without."""

    name: str
    title: Any  # translated where it is shown
    parameters: dict[str, Any]
    changes: Literal["read", "writes"]
    run: Callable[[Given, Context], Result]
    brings: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    advised: tuple[str, ...] = ()
