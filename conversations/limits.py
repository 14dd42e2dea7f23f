"""How much may be asked for in a while: by one customer, and from one address."""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac

from conversations.live.counting import count_in_window

WINDOW_SECONDS = 60
TRANSCRIPT_WINDOW_SECONDS = 3600
UPLOAD_WINDOW_SECONDS = 3600
UPLOADS_PER_HOUR = 60  # in one conversation
UPLOADS_PER_HOUR_PER_ADDRESS = 300  # many customers may share one


def allows(*, customer: str, address: str) -> bool:
    """Count one more message; False when that is one too many."""
    return _within(f"customer:{customer}", settings.MESSAGES_PER_MINUTE) and (
        not address or _within(f"address:{address}", settings.MESSAGES_PER_MINUTE_PER_ADDRESS)
    )


def allows_session(address: str) -> bool:
    """Count one more page that opens its conversation; every reconnection does."""
    return not address or _within(f"session:{address}", settings.SESSIONS_PER_MINUTE_PER_ADDRESS)


def allows_file(customer: str) -> bool:
    """Count one more transcript that is written at once."""
    return _within(f"file:{customer}", settings.MESSAGES_PER_MINUTE)


def allows_upload(*, conversation: str, address: str) -> bool:
    """Count one more file that is sent here to be looked at and kept."""
    return _within(f"upload:{conversation}", UPLOADS_PER_HOUR, UPLOAD_WINDOW_SECONDS) and (
        not address or _within(f"upload-from:{address}", UPLOADS_PER_HOUR_PER_ADDRESS, UPLOAD_WINDOW_SECONDS)
    )


def allows_transcript(*, conversation: str, mailbox: str, address: str) -> bool:
    """Count one more mail, so that nobody fills a stranger's mailbox: not with one conversation, not from one
    address, and not with many of both."""
    # Nobody who reads the counters can tell whose they are.
    whose = salted_hmac("conversations.limits.mailbox", mailbox.lower()).hexdigest()
    each, total = settings.TRANSCRIPTS_PER_HOUR, settings.TRANSCRIPTS_PER_HOUR_PER_ADDRESS
    counted = [(f"transcript:{conversation}", each), (f"transcript-to:{whose}", each)]
    if address:
        counted.append((f"transcript-from:{address}", total))
    return all(_within(name, limit, TRANSCRIPT_WINDOW_SECONDS) for name, limit in counted)


def _within(name: str, limit: int, seconds: int = WINDOW_SECONDS) -> bool:
    return count_in_window(name, seconds=seconds) <= limit
