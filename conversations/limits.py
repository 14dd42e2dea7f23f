"""How much may be asked for in a minute: by one customer, and from one address."""

from __future__ import annotations

from django.conf import settings

from conversations.live.counting import count_in_window

WINDOW_SECONDS = 60


def allows(*, customer: str, address: str) -> bool:
    """Count one more message; False when that is one too many."""
    return _within(f"customer:{customer}", settings.MESSAGES_PER_MINUTE) and (
        not address or _within(f"address:{address}", settings.MESSAGES_PER_MINUTE_PER_ADDRESS)
    )


def allows_session(address: str) -> bool:
    """Count one more page that opens its conversation; every reconnection does."""
    return not address or _within(f"session:{address}", settings.SESSIONS_PER_MINUTE_PER_ADDRESS)


def _within(name: str, limit: int) -> bool:
    return count_in_window(name, seconds=WINDOW_SECONDS) <= limit
