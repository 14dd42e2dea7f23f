"""One conversation that was never had, through the same doors as any other: asked, answered, rated, handed
over, resolved. Its moments are set afterwards (`ageing.py`).
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from assistant.asking import ask
from assistant.events import Answer, Outcome
from assistant.models import Assistant
from conversations import handoff
from conversations.answering import Pace, store
from conversations.leases import Claim
from conversations.leaving.offering import standing_offer
from conversations.models import Conversation, Customer, Message, Notification, Owner, Status, Turn
from conversations.posting import record
from conversations.ratings.giving import rate
from conversations.receiving import receive
from conversations.seeding import ageing
from conversations.seeding.topics import Topic
from conversations.settling import settle
from conversations.waiting import begin_to_wait

DOMAIN = "seeded.example"  # of the addresses of customers who do not exist, and who answered them
NAMES = (
    "Léa Martin", "Tom Baker", "Inès Roux", "Noor Haddad", "Paul Girard", "Anna Schmidt", "Ravi Patel",
    "Chloé Petit", "Sam O'Neill", "Marta Silva", "Hugo Blanc", "Emma Wilson", "Yuki Tanaka", "Zoé Lambert",
)  # fmt: skip
THANKS = {"en": ("thanks", "Thank you!", "great, thank you"), "fr": ("merci", "Merci !", "super, merci")}
REPLIES = {
    "en": "Hello, I have looked into it and written to you by e-mail. Is there anything else?",
    "fr": "Bonjour, j’ai regardé et je vous ai écrit par e-mail. Y a-t-il autre chose ?",
}
ANOTHER_QUESTION, THANKED, RATED, NAMED = 0.3, 0.35, 0.3, 0.6  # shares of conversations, and of answers
LONGEST = timedelta(hours=1)  # of a conversation
A_WHILE = timedelta(days=2)
ANSWERED_BY_STAFF, CLOSED_BY_STAFF = 0.7, 0.9
# How many seconds somebody lets pass before what they say.
BEFORE: dict[str, tuple[float, float]] = {
    Message.Kind.CUSTOMER: (5, 90), Message.Kind.ASSISTANT: (1, 4), Message.Kind.PERSON: (60, 1200),
}  # fmt: skip


@dataclass
class Answers:
    """Each question is asked once, whoever asks it."""

    assistant: Assistant
    known: dict[tuple[str, str], Answer] = field(default_factory=dict)

    def to(self, text: str, language: str) -> Answer:
        key = text, language
        if key not in self.known:
            self.known[key] = ask(self.assistant, text, language=language).answer
        return self.known[key]


@dataclass
class Talk:
    """`begun` is when it shall have begun."""

    answers: Answers
    staff: list[User]
    chance: random.Random
    language: str
    begun: datetime

    def about(self, topics: list[Topic]) -> Conversation:
        with transaction.atomic():
            self.conversation = self._begin()
            for topic in topics:
                self._ask(self.chance.choice(topic.questions[self.language]), topic)
                if self._owner() == Owner.PERSON:
                    break
            if self._owner() == Owner.ASSISTANT and self.chance.random() < THANKED:
                self._ask(self.chance.choice(THANKS[self.language]), None)
            self._by_staff()
            ageing.move_back(self.conversation.pk, self.begun, self._pace())
            self._settle()
        return self.conversation

    def _settle(self) -> None:
        """What has been quiet for long enough by now was resolved by itself."""
        after = timedelta(hours=settings.SETTLE_AFTER_HOURS)
        if (
            after
            and timezone.now() - self.begun > after + LONGEST
            and settle(conversation_id=self.conversation.pk)
        ):
            ageing.settled(self.conversation.pk, after)

    def _begin(self) -> Conversation:
        named = self.chance.random() < NAMED
        name = self.chance.choice(NAMES) if named else ""
        email = f"{slugify(name)}.{self.chance.randrange(10**4)}@{DOMAIN}" if named else ""
        customer = Customer.objects.create(name=name, email=email, language=self.language)
        return Conversation.objects.create(
            customer=customer, assistant=self.answers.assistant, language=self.language
        )

    def _owner(self) -> str:
        self.conversation.refresh_from_db(fields=["owner", "status"])
        return self.conversation.owner

    def _ask(self, text: str, topic: Topic | None) -> None:
        said = receive(conversation_id=self.conversation.pk, text=text, client_id=uuid4()).message
        answer = self.answers.to(text, self.language)
        # Claimed before anybody else sees it: what is running answers nothing here.
        turn = Turn.objects.get(question=said)
        Turn.objects.filter(pk=turn.pk).update(state=Turn.State.RUNNING, attempt=1, worker=DOMAIN)
        claim = Claim(turn.pk, 1, self.conversation.pk, DOMAIN)
        begun = timezone.now()
        store(claim, answer=answer, pace=Pace(begun, begun))
        message = Message.objects.get(turn=turn)
        self._take_time(message)
        if topic and answer.outcome in (Outcome.ANSWERED, Outcome.DECLINED):
            self._rate(message, topic, answer)

    def _take_time(self, message: Message) -> None:
        first = round(1000 * min(self.chance.lognormvariate(-0.2, 0.5), 8))
        total = first + round(1000 * self.chance.uniform(0.3, 3))
        type(message.trace).objects.filter(pk=message.trace.pk).update(first_word_ms=first, total_ms=total)

    def _rate(self, message: Message, topic: Topic, answer: Answer) -> None:
        declined = answer.outcome == Outcome.DECLINED
        if self.chance.random() >= RATED:
            return
        happy = self.chance.random() < (topic.happy / 4 if declined else topic.happy)
        lines = topic.said.get(self.language, ())
        comment = self.chance.choice(lines) if lines and not happy and self.chance.random() < 0.4 else ""
        rate(
            conversation_id=self.conversation.pk,
            message_id=message.pk,
            score=1 if happy else -1,
            reason="" if happy else topic.complaint,
            comment=comment,
        )

    def _by_staff(self) -> None:
        """Whoever waits is answered by somebody, and mostly it is settled then."""
        self._wait_all_the_same()
        self._owner()
        lately = timezone.now() - self.begun < A_WHILE  # nobody waits for weeks
        if self.conversation.status != Status.WAITING or (
            lately and self.chance.random() >= ANSWERED_BY_STAFF
        ):
            return
        user, whole = self.chance.choice(self.staff), self.conversation.pk
        text = REPLIES[self.language]
        handoff.reply_as_person(conversation_id=whole, user=user, text=text, client_id=uuid4())
        if self.chance.random() < CLOSED_BY_STAFF:
            handoff.resolve(conversation_id=whole, user=user)

    def _wait_all_the_same(self) -> None:
        """Made up at night, they are handed over as by day. Nobody is told of what was made up."""
        if offered := standing_offer(self.conversation):
            with record(self.conversation.pk) as writing:
                begin_to_wait(writing, owner=Owner.PERSON, code="handoff", told=offered.data["leaving"])
        Notification.objects.filter(about=f"conversation:{self.conversation.pk}").delete()

    def _pace(self) -> dict[int, timedelta]:
        """People read before they write, and staff are slower than the assistant."""
        after = timedelta()
        found: dict[int, timedelta] = {}
        for key, kind in self.conversation.messages.order_by("seq").values_list("pk", "kind"):
            if found:
                after += timedelta(seconds=self.chance.uniform(*BEFORE.get(kind, (0.1, 1))))
            found[key] = after
        return found
