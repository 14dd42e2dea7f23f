"""What tests of transcripts need: the shop's mail going through a server of theirs, sources, wishes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from conversations.models import Citation, Conversation, Message, TranscriptMail
from conversations.transcripts.asking import ask_for_mail
from tests.mailserver import MailServer

SHOP = "The shop <help@shop.example>"
ADDRESS = "https://help.shop.example"
NOON = datetime(2026, 11, 28, 11, 5, tzinfo=UTC)


def send_through(settings: Any, server: MailServer) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
    settings.DEFAULT_FROM_EMAIL, settings.PUBLIC_URL = SHOP, ADDRESS


def cite(answer: Message, number: int, title: str, url: str, *, heading: str = "") -> None:
    facts = {"title": title, "url": url, "heading": heading, "language": "en", "passage": "passage"}
    Citation.objects.create(message=answer, number=number, **facts)


def somebody() -> str:
    """An address that no other test has sent anything to: the limits remember."""
    return f"carla-{uuid4().hex[:12]}@home.example"


def asked(conversation: Conversation, email: str = "", **more: Any) -> TranscriptMail:
    return ask_for_mail(
        conversation=conversation, email=email or somebody(), **{"client_id": uuid4(), **more}
    )
