"""What is kept so that figures need not be counted from every message; all can be made anew from them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField


class Topic(models.Model):
    """What several customers begin a conversation about. Its questions are found by meaning (topics.py)."""

    name = models.CharField(_("name"), max_length=120)
    named_by_staff = models.BooleanField(default=False)
    named_by = models.CharField(
        max_length=120, blank=True, default=""
    )  # the model; "" while it is words of its questions
    tries = models.PositiveSmallIntegerField(default=0)  # of a model, to name it
    asked_at = models.DateTimeField(null=True)  # a model, for the last time
    # One of its conversations, whose question is the most like all of them: it says what no name says.
    example = models.ForeignKey(
        "conversations.Conversation", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    middle = HalfVectorField()  # the mean of its questions, with what all questions share taken off
    made_by = models.CharField(max_length=300)  # identity of the model: only its vectors can be compared
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name


class Tally(models.Model):
    """One conversation in numbers, as counting.py counts it. Only counting.py and topics.py write here."""

    conversation = models.OneToOneField(
        "conversations.Conversation", on_delete=models.CASCADE, primary_key=True, related_name="tally"
    )
    assistant = models.ForeignKey(
        "assistant.Assistant", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    language = models.CharField(max_length=5)
    began_at = models.DateTimeField()  # when the customer said the first word
    seq = models.BigIntegerField()  # the conversation's clock when it was counted
    # Questions to the assistant, small talk and the steps of flows apart, and what came of them.
    asked = models.PositiveSmallIntegerField(default=0)
    answered = models.PositiveSmallIntegerField(default=0)
    declined = models.PositiveSmallIntegerField(default=0)
    asked_back = models.PositiveSmallIntegerField(default=0)
    failed = models.PositiveSmallIntegerField(default=0)
    handoffs = ArrayField(models.CharField(max_length=30), default=list)  # each reason once
    replies = models.PositiveSmallIntegerField(default=0)  # of people
    resolution = models.CharField(max_length=10, blank=True)
    resolved_at = models.DateTimeField(null=True)  # for the first time
    reopened_at = models.DateTimeField(null=True)  # for the first time after that
    up = models.PositiveSmallIntegerField(default=0)
    down = models.PositiveSmallIntegerField(default=0)
    score = models.PositiveSmallIntegerField(null=True)  # the last, 1 very bad … 5 very good
    # How long each answer took, as numbers of steps.py: until the first word, and until all was there.
    first_words = ArrayField(models.SmallIntegerField(), default=list)
    full_answers = ArrayField(models.SmallIntegerField(), default=list)
    # Flows that ran, those of them that came to their end, and rows of guidance that were followed.
    flows = ArrayField(models.CharField(max_length=60), default=list)
    flows_done = ArrayField(models.CharField(max_length=60), default=list)
    rules = ArrayField(models.BigIntegerField(), default=list)
    # What the customer asked first, as it belongs to others' (topics.py).
    topic = models.ForeignKey(
        Topic, on_delete=models.SET_NULL, null=True, related_name="tallies", db_index=False
    )
    vector = HalfVectorField(null=True)
    made_by = models.CharField(max_length=300, blank=True)  # "" until it was looked at

    class Meta:
        verbose_name = _("conversation in numbers")
        indexes = [
            models.Index(fields=["began_at"], name="tally_began"),
            models.Index(fields=["topic"], condition=models.Q(topic__isnull=False), name="tally_topic"),
            models.Index(fields=["-began_at"], condition=models.Q(made_by=""), name="tally_unread"),
        ]


class Spent(models.Model):
    """What a model used in one conversation. Some of the tally is repeated, so sums need not look there."""

    tally = models.ForeignKey(Tally, on_delete=models.CASCADE, related_name="spent")
    assistant = models.ForeignKey(
        "assistant.Assistant", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    language = models.CharField(max_length=5)
    began_at = models.DateTimeField()
    model = models.CharField(max_length=120)
    answers = models.PositiveIntegerField()
    prompt_tokens = models.PositiveBigIntegerField()
    completion_tokens = models.PositiveBigIntegerField()
    cost = models.DecimalField(max_digits=14, decimal_places=6)
    unpriced = models.PositiveIntegerField()  # answers of a model that has no price

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tally", "model"], name="spent_once")]
        indexes = [models.Index(fields=["began_at"], name="spent_began")]


class Counted(models.Model):
    """By which definitions everything was counted (counting.DEFINITIONS), in one row. While it is counted
    anew by those of `target`: up to which conversation, and how many that are of about how many."""

    ONLY = 1

    version = models.PositiveIntegerField(default=0)
    target = models.PositiveIntegerField(default=0)
    reached = models.UUIDField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.version}/{self.target}: {self.done}/{self.total}"
