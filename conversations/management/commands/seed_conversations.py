"""`manage.py seed_conversations`: a month of conversations that were never had, to look at the product with.

The assistant that is configured answers each question once, with the knowledge, flows and model that are
there; the conversations are put together from that and go through the same doors as real ones. For an
installation that is tried out: they stand among all others until `--remove`.
"""

from __future__ import annotations

import random
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import audit
from accounts.models import User
from assistant.models import Assistant
from conversations.models import Conversation, Customer, Turn
from conversations.seeding import topics
from conversations.seeding.talks import ANOTHER_QUESTION, DOMAIN, Answers, Talk

STAFF = {"camille": "Camille Morel", "john": "John Reed", "sofia": "Sofia Costa"}
EVERY = 100  # conversations between two lines that say how far it is


class Command(BaseCommand):
    help = "Make up conversations of a month, to look at the inbox and the insights with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", nargs="?", type=int, default=2000)
        parser.add_argument("--days", type=int, default=30, help="over so many days until now (30)")
        parser.add_argument("--seed", type=int, default=1, help="another number: other conversations")
        parser.add_argument("--remove", action="store_true", help="delete those that were made up before")

    def handle(self, *args: Any, count: int, days: int, seed: int, remove: bool, **options: Any) -> None:
        if remove:
            made_up = Turn.objects.filter(worker=DOMAIN).values("conversation__customer")
            _, rows = Customer.objects.filter(pk__in=made_up).delete()
            self.stdout.write(f"{rows.get(Conversation._meta.label, 0)} conversations are deleted.")
            return
        assistant = Assistant.objects.filter(is_default=True).first()
        if assistant is None:
            raise CommandError("There is no assistant yet: `manage.py load_sample` brings one.")
        if count < 1 or days < 1:
            raise CommandError("COUNT and --days are at least 1.")
        audit.record(audit.Action.COMMAND, label="seed_conversations", after={"count": count, "days": days})
        self._talk(Answers(assistant), count, days, random.Random(seed))  # noqa: S311 (nothing secret)

    def _talk(self, answers: Answers, count: int, days: int, chance: random.Random) -> None:
        known, now, staff = topics.topics(), timezone.now(), _staff()
        asked = [
            (text, language)
            for topic in known
            for language, texts in topic.questions.items()
            for text in texts
        ]
        for number, (text, language) in enumerate(asked, 1):
            answers.to(text, language)
            if number % EVERY == 0 or number == len(asked):
                self.stdout.write(f"{number} of {len(asked)} questions are answered")
        weights = [topic.weight for topic in known]
        for number in range(1, count + 1):
            several = 2 if chance.random() < ANOTHER_QUESTION else 1
            about = chance.choices(known, weights, k=several)
            talk = Talk(answers, staff, chance, topics.language(chance), topics.moment(now, days, chance))
            talk.about(about)
            if number % EVERY == 0 or number == count:
                self.stdout.write(f"{number} of {count} conversations")


def _staff() -> list[User]:
    """Three agents who cannot sign in: they have no password."""
    found = []
    for username, name in STAFF.items():
        user, new = User.objects.get_or_create(
            username=username, defaults={"first_name": name.split()[0], "last_name": name.split()[1]}
        )
        if new:
            user.set_unusable_password()
            user.save()
        found.append(user)
    return found
