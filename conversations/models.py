"""What was said: customers, conversations, turns, messages."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from conversations.answer_rows import Citation as Citation
from conversations.answer_rows import Trace as Trace
from conversations.attachments.rows import Attachment as Attachment
from conversations.drafts.rows import ReplyDraft as ReplyDraft
from conversations.inbox.all_of_list.rows import ListWork as ListWork
from conversations.inbox.rows import CannedReply as CannedReply
from conversations.inbox.rows import Desk as Desk
from conversations.inbox.rows import Label as Label
from conversations.inbox.rows import Mention as Mention
from conversations.inbox.rows import SavedView as SavedView
from conversations.inbox.rows import SearchText as SearchText
from conversations.inbox.rows import Team as Team
from conversations.indexes import OF_LISTS, OF_WORK
from conversations.introducing.rows import Introduction as Introduction
from conversations.leaving.rows import LeftMessage as LeftMessage
from conversations.leaving.rows import ReplyMail as ReplyMail
from conversations.notifying.rows import NoticeMail as NoticeMail
from conversations.notifying.rows import Notification as Notification
from conversations.notifying.rows import NotificationChoices as NotificationChoices
from conversations.ratings.rows import ConversationRating as ConversationRating
from conversations.ratings.rows import Rating as Rating
from conversations.transcripts.rows import TranscriptMail as TranscriptMail


class Customer(models.Model):
    """Whoever writes. Anonymous until they say who they are; the id is random and never an e-mail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=5, default="en")
    created_at = models.DateTimeField(_("first seen"), auto_now_add=True)
    last_seen_at = models.DateTimeField(_("last seen"), auto_now_add=True)

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")

    def __str__(self) -> str:
        return self.name or self.email or str(_("Visitor %s") % self.id.hex[:6])


class Owner(models.TextChoices):
    ASSISTANT = "assistant", _("Assistant")
    PERSON = "person", _("Person")


class Status(models.TextChoices):
    """`waiting`: a person was asked for and nobody has answered yet."""

    OPEN = "open", _("Open")
    WAITING = "waiting", _("Waiting for a person")
    SNOOZED = "snoozed", _("Snoozed")
    RESOLVED = "resolved", _("Resolved")


class Resolution(models.TextChoices):
    """How we know that it is resolved. `assumed`: nothing more was said for a while after an answer.
    `unhelped`: it is not, and was closed since nobody has said anything for days."""

    CONFIRMED = "confirmed", _("Confirmed by the customer")
    STAFF = "staff", _("Resolved by staff")
    ASSUMED = "assumed", _("Assumed")
    UNHELPED = "unhelped", _("Gone quiet without help")


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def begun(self) -> ConversationQuerySet:
        """Those in which somebody has said something."""
        return self.filter(last_message_at__isnull=False)


class Conversation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assistant = models.ForeignKey(
        "assistant.Assistant",
        on_delete=models.PROTECT,
        related_name="conversations",
        verbose_name=_("assistant"),
    )
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="conversations", verbose_name=_("customer")
    )
    owner = models.CharField(_("who answers"), max_length=10, choices=Owner, default=Owner.ASSISTANT)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="conversations",
        verbose_name=_("member of staff"),
    )
    language = models.CharField(max_length=5, default="en")
    team = models.ForeignKey(
        "conversations.Team",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="conversations",
        verbose_name=_("team"),
    )
    labels = models.ManyToManyField(
        "conversations.Label", blank=True, related_name="conversations", verbose_name=_("labels")
    )
    handoff_reason = models.CharField(_("reason"), max_length=30, blank=True)
    waiting_since = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)  # without one it sleeps until the customer writes
    # When a person is to have answered, and to have resolved it; null: no target, or it was met.
    reply_due_at = models.DateTimeField(null=True)
    resolve_due_at = models.DateTimeField(null=True)
    # The conversation's clock: every change a viewer can see takes the next number (see posting.py).
    last_seq = models.BigIntegerField(default=0)
    state_seq = models.BigIntegerField(default=0)  # when owner, status or assignee last changed
    state = models.JSONField(default=dict)  # what assistant.reply carries from turn to turn
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    last_message_at = models.DateTimeField(_("last message"), null=True)
    # For lists: what the customer last said (the assistant's words are the same in many), and who spoke last.
    last_words = models.CharField(_("last words"), max_length=160, blank=True)
    last_speaker = models.CharField(max_length=10, blank=True)  # a Message.Kind
    resolved_at = models.DateTimeField(null=True)
    unsearched = models.BooleanField(default=False)  # something was said that searches do not find yet
    uncounted = models.BooleanField(default=True)  # something has changed that no figures know of yet
    resolution = models.CharField(_("how it was resolved"), max_length=10, choices=Resolution, blank=True)
    suggested_at = models.DateTimeField(null=True)  # when its answers were suggested as knowledge; once

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        indexes = [*OF_LISTS, *OF_WORK]

    def __str__(self) -> str:
        return f"{self.customer} · {self.last_words}"


class Turn(models.Model):
    """The assistant's duty to answer. Leased by one responder at a time, fenced by `attempt`."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")  # stopped by the customer, or a person took over
        SUPERSEDED = "superseded", _("Superseded")  # a newer message took its place

    LIVE = (State.QUEUED, State.RUNNING)
    ENDED = (State.DONE, State.FAILED, State.CANCELLED, State.SUPERSEDED)

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    question = models.ForeignKey("Message", on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField(null=True)  # of `retry`: repeating the command opens one turn
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    first_word_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=60, blank=True)  # a code of protocol.TurnFailed

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=models.Q(state__in=["queued", "running"]),
                name="one_live_turn_per_conversation",
            ),
            models.UniqueConstraint(
                fields=["conversation", "client_id"],
                condition=models.Q(client_id__isnull=False),
                name="turn_client_id_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "queued_at"],
                condition=models.Q(state__in=["queued", "running"]),
                name="turn_live",
            )
        ]


class Message(models.Model):
    """Created only by posting.py. `seq` orders; `changed_seq` is when it last changed for a viewer."""

    class Kind(models.TextChoices):
        CUSTOMER = "customer", _("Customer")
        ASSISTANT = "assistant", _("Assistant")
        PERSON = "person", _("Person")
        NOTE = "note", _("Note")  # seen by staff only
        EVENT = "event", _("Event")  # a line such as "Marie joined"; `data.code` says which
        LOG = "log", _("Log")  # such a line among staff: "Marie snoozed this"

    LINES = (Kind.EVENT, Kind.LOG)
    AMONG_STAFF = (Kind.NOTE, Kind.LOG)

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    seq = models.BigIntegerField()
    changed_seq = models.BigIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    client_id = models.UUIDField(null=True)  # made by the sender: repeating a message stores it once
    text = models.TextField(_("text"))
    turn = models.OneToOneField(Turn, on_delete=models.SET_NULL, null=True, related_name="answer")
    partial = models.BooleanField(default=False)  # the answer was stopped half-way
    outcome = models.CharField(_("outcome"), max_length=12, blank=True)  # assistant.events.Outcome
    language = models.CharField(max_length=5, blank=True)
    options = models.JSONField(default=list)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="message_seq_once"),
            models.UniqueConstraint(
                fields=["conversation", "client_id"],
                condition=models.Q(client_id__isnull=False),
                name="message_client_id_once",
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "changed_seq"], name="message_changed"),
            models.Index(
                fields=["created_at"], condition=models.Q(outcome="declined"), name="message_declined"
            ),
            # Messages come in the order of their time: a span of it is found with an index of a few pages.
            BrinIndex(fields=["created_at"], name="message_times", autosummarize=True),
        ]

    def __str__(self) -> str:
        return self.text[:60]
