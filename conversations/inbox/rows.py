"""The rows of the staff's inbox: labels, teams, desks, saved views, replies kept ready, mentions, words to
search."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MONTH = 31 * 24 * 60  # minutes


class Label(models.Model):
    """What a conversation is about, as staff sort them."""

    class Colour(models.TextChoices):
        GREY = "grey", _("Grey")
        BLUE = "blue", _("Blue")
        GREEN = "green", _("Green")
        YELLOW = "yellow", _("Yellow")
        ORANGE = "orange", _("Orange")
        RED = "red", _("Red")
        PURPLE = "purple", _("Purple")

    name = models.CharField(_("name"), max_length=40)
    colour = models.CharField(_("colour"), max_length=8, choices=Colour, default=Colour.GREY)
    about = models.CharField(_("when to use it"), max_length=200, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("of a conversation", "label")
        verbose_name_plural = pgettext_lazy("of conversations", "labels")
        ordering = [Lower("name")]
        constraints = [models.UniqueConstraint(Lower("name"), name="label_name_once")]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """Members of staff who answer together. What waits for a person goes to the first team, in their order,
    that takes its language and its reason."""

    name = models.CharField(_("name"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="teams", verbose_name=_("members")
    )
    languages = ArrayField(
        models.CharField(max_length=5, choices=settings.LANGUAGES), default=list, blank=True,
        verbose_name=_("languages"), help_text=_("None chosen: all of them."),
    )  # fmt: skip
    reasons = ArrayField(
        models.CharField(max_length=30), default=list, blank=True,
        verbose_name=_("reasons"), help_text=_("Why a person is wanted. None chosen: all of them."),
    )  # fmt: skip
    shares_out = models.BooleanField(
        _("give conversations to members in turn"),
        default=False,
        help_text=_("To whoever is available and was given one longest ago."),
    )
    reply_minutes = models.PositiveIntegerField(
        _("minutes to the first reply"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MONTH)],
        help_text=_("Counted within the team’s hours, from when a person is wanted."),
    )  # fmt: skip
    resolve_minutes = models.PositiveIntegerField(
        _("minutes until it is resolved"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MONTH)],
        help_text=_("Counted within the team’s hours, from when a person is wanted."),
    )  # fmt: skip
    calendar = models.OneToOneField(  # without one it has the company's hours
        "actions.OpeningCalendar", models.SET_NULL, null=True, blank=True, related_name="team",
        editable=False, verbose_name=_("business hours"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(Lower("name"), name="team_name_once")]

    def __str__(self) -> str:
        return self.name


class Desk(models.Model):
    """Where a member of staff sits: whether they take conversations."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="desk"
    )
    available = models.BooleanField(_("I take conversations"), default=True)
    given_at = models.DateTimeField(null=True)  # when they were last given one in turn
    seen_at = models.DateTimeField(null=True)  # when a page of theirs was last open

    def __str__(self) -> str:
        return str(self.user)


class SavedView(models.Model):
    """Filters of the list under a name; without a user they are everybody's."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="saved_views"
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=600)  # the address behind the “?”
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = [Lower("name"), "pk"]

    def __str__(self) -> str:
        return self.name


class CannedReply(models.Model):
    """A reply that staff keep ready: in each language, with places such as {customer} that are filled in."""

    owner = models.ForeignKey(  # whose own it is; without one it is shared
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="own_replies"
    )
    key = models.SlugField(_("short name"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    texts = models.JSONField(_("text"), default=dict)  # {language: text}
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="replies", verbose_name=_("team"),
        help_text=_("None: for everybody."),
    )  # fmt: skip
    used = models.PositiveIntegerField(_("used"), default=0, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("reply kept ready")
        verbose_name_plural = _("replies kept ready")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(owner=None), name="shared_reply_once"),
            models.UniqueConstraint(fields=["owner", "key"], name="own_reply_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Mention(models.Model):
    """A note that names a member of staff: it waits for them until they have seen it."""

    message = models.ForeignKey("conversations.Message", models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")
    seen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "user"], name="mention_once")]
        indexes = [
            models.Index(fields=["user", "-created_at"], condition=Q(seen_at=None), name="mention_unseen"),
            models.Index(fields=["user", "-created_at"], name="mention_newest"),
        ]


class SearchText(models.Model):
    """The words of a conversation, folded, for searching: those of its messages and notes, and the customer's
    name and address. Gathered in the background (searching.py)."""

    conversation = models.OneToOneField(
        "conversations.Conversation", models.CASCADE, primary_key=True, related_name="search_text"
    )
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="search_text_words")]
