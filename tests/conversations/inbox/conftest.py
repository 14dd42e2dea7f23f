"""A few colleagues and conversations."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.models import User
from assistant.models import Assistant
from conversations.models import Conversation, Customer, Desk, Message
from conversations.posting import record

Talk = Callable[..., Conversation]


@pytest.fixture
def paul(db: None) -> User:
    return User.objects.create_user("paul", first_name="Paul", password="correct horse battery")


@pytest.fixture
def talk(assistant: Assistant) -> Talk:
    def begin(name: str = "Carla", *words: str, language: str = "en") -> Conversation:
        customer = Customer.objects.create(name=name)
        found = Conversation.objects.create(assistant=assistant, customer=customer, language=language)
        with record(found.pk) as writing:
            for text in words or ("hello",):
                writing.post(kind=Message.Kind.CUSTOMER, text=text)
        return found

    return begin


def there(user: User) -> Desk:
    """Sits at a page that is open."""
    return Desk.objects.update_or_create(user=user, defaults={"seen_at": timezone.now()})[0]
