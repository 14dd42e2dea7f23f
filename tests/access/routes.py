"""Every address of the product and who may use it. An address that is not named here fails the suite."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC, CUSTOMER, AGENT, EDITOR, ADMIN = "public", "customer", "agent", "editor", "admin"

# Route name → the least role. "public": anybody. Prefixes stand for all routes that begin with them.
WHO: dict[str, str] = {
    "conversations:home": PUBLIC,
    "conversations:chat": PUBLIC,
    "conversations:theme": PUBLIC,
    "conversations:session": PUBLIC,
    "conversations:protocol": PUBLIC,
    "conversations:healthz": PUBLIC,
    "conversations:readyz": PUBLIC,
    "accounts:login": PUBLIC,
    "accounts:logout": PUBLIC,
    "knowledge:home": PUBLIC,
    "knowledge:contents": PUBLIC,
    "knowledge:article": PUBLIC,
    "set_language": PUBLIC,
    "javascript-catalog": PUBLIC,
    "admin:login": PUBLIC,
    "admin:logout": PUBLIC,
    "conversations:inbox": AGENT,
    "conversations:": AGENT,
    "assistant:": AGENT,
    "admin:knowledge_": EDITOR,
    "admin:assistant_": EDITOR,
    "admin:accounts_": ADMIN,
    "admin:conversations_": ADMIN,
    "admin:auth_": ADMIN,
    "admin:": EDITOR,
}


def least_role(name: str) -> str | None:
    """The role for a route: by its name, else by the longest prefix that stands for it."""
    if name in WHO:
        return WHO[name]
    prefixes = [prefix for prefix in WHO if prefix.endswith((":", "_")) and name.startswith(prefix)]
    return WHO[max(prefixes, key=len)] if prefixes else None


def routes() -> Iterator[tuple[str, str]]:
    """(name with its namespace, path such as "/staff/conversations/<uuid:id>/")."""
    yield from _within(get_resolver().url_patterns, "", "/")


def _within(patterns: list[URLPattern | URLResolver], space: str, path: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _within(pattern.url_patterns, inner, here)
        else:
            yield f"{space}{pattern.name or ''}", here
