"""What can be booked, with whom, when; and what is booked."""

from __future__ import annotations

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from actions.bookings.lanes import appointment, numbers, stays_in_its_lane
from actions.bookings.mails.rows import BookingMail as BookingMail

DAY = 24 * 60  # minutes
LONGEST = DAY  # of one appointment, and of each buffer
MARGIN_DAYS = 4  # an appointment with its buffers is shorter


def in_words(texts: dict[str, str], language: str = "") -> str:
    """A text that is kept in several languages: in that one, else the active, else whichever there is."""
    wanted = (language, get_language() or "", settings.LANGUAGE_CODE, *texts)
    return next((texts[code] for code in wanted if texts.get(code)), "")


def number(label: Any, least: int, most: int, default: int, help_text: Any = "") -> Any:
    limits = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveIntegerField(label, default=default, validators=limits, help_text=help_text)


class Person(models.Model):
    """Somebody, or something, that can be booked once at a time."""

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)  # "": the company's
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("person to book")
        verbose_name_plural = _("people to book")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone or settings.TIME_ZONE)


class Service(models.Model):
    """What can be booked. `key` is how flows and models name it."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    names = models.JSONField(_("name"), default=dict)  # {language: text}; the same for the next two
    prices = models.JSONField(_("price"), default=dict, blank=True)
    places = models.JSONField(_("place"), default=dict, blank=True)
    minutes = number(_("minutes it takes"), 5, LONGEST, 60)
    before = number(_("minutes kept free before"), 0, LONGEST, 0, _("To get there, or to make ready."))
    after = number(_("minutes kept free after"), 0, LONGEST, 0, _("To come back, or to tidy up."))
    step = number(_("a start every … minutes"), 5, DAY, 30, _("Counted from the opening time."))
    notice = number(_("hours of notice"), 0, 24 * 365, 24, _("How late it can still be booked."))
    change_notice = number(
        _("hours of notice for changes"), 0, 24 * 365, 0,
        _("How late customers can still move or cancel it. 0: until it begins."),
    )  # fmt: skip
    ahead = number(_("days ahead"), 1, 730, 60, _("How early it can be booked."))
    people = models.ManyToManyField(Person, related_name="services", verbose_name=_("people"), blank=True)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=LONGEST, step__gte=5),
                name="service_takes_a_while",
            ),
            models.CheckConstraint(
                condition=Q(before__lte=LONGEST, after__lte=LONGEST), name="service_buffers_of_a_day"
            ),
        ]

    def __str__(self) -> str:
        return in_words(self.names) or self.key


class Weekday(models.IntegerChoices):
    # With a context: Django has these names too, for the middle of a sentence.
    MONDAY = 0, pgettext_lazy("weekday", "Monday")
    TUESDAY = 1, pgettext_lazy("weekday", "Tuesday")
    WEDNESDAY = 2, pgettext_lazy("weekday", "Wednesday")
    THURSDAY = 3, pgettext_lazy("weekday", "Thursday")
    FRIDAY = 4, pgettext_lazy("weekday", "Friday")
    SATURDAY = 5, pgettext_lazy("weekday", "Saturday")
    SUNDAY = 6, pgettext_lazy("weekday", "Sunday")


class Hours(models.Model):
    """When bookings are taken, each week, on the clock on the wall. Somebody with hours of their own has
    only those; everybody else has those that are nobody's."""

    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="hours", verbose_name=_("person")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(
        _("to"), help_text=_("00:00 is midnight. Earlier than “from”: on the next day.")
    )

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = [F("person").asc(nulls_first=True), "weekday", "opens"]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Closure(models.Model):
    """When no bookings are taken: whole days, or a part of each of them."""

    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="closures", verbose_name=_("person")
    )
    name = models.CharField(_("reason"), max_length=200, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    begins = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("to"), null=True, blank=True)
    country = models.CharField(max_length=6, blank=True)  # whose public holiday it is: see holidays.py

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["first_day", "begins", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="closure_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["country", "first_day"], condition=~Q(country=""), name="public_holiday_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Closed"))


class BookingQuerySet(models.QuerySet["Booking"]):
    def standing(self) -> BookingQuerySet:
        return self.filter(status=Booking.Status.BOOKED)


class Booking(models.Model):
    """Written only by booking.py. `span` is the appointment with what is kept free around it."""

    class Status(models.TextChoices):
        BOOKED = "booked", _("Booked")
        CANCELLED = "cancelled", _("Cancelled")
        DONE = "done", _("Done")
        MISSED = "missed", _("Missed")

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)  # in calendars; never changes
    key = models.CharField(max_length=120, unique=True)  # of the wish: repeating it books once
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    service = models.ForeignKey(Service, models.PROTECT, related_name="bookings", verbose_name=_("service"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="bookings", verbose_name=_("person"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.BOOKED)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    span = DateTimeRangeField()
    lane = models.GeneratedField(expression=numbers(), output_field=BigIntegerRangeField(), db_persist=True)
    name = models.CharField(_("customer"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=5, default="en")
    conversation_id = models.UUIDField(null=True)  # no key: `conversations` stands above
    sequence = models.PositiveIntegerField(default=0)  # how often calendars were told of a change
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["starts_at", "pk"]
        constraints = [
            ExclusionConstraint(
                name="nobody_is_booked_twice",
                expressions=[("lane", RangeOperators.OVERLAPS)],
                condition=Q(status="booked"),
            ),
            models.CheckConstraint(condition=stays_in_its_lane(), name="booking_stays_in_its_lane"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at"), span__contains=appointment()),
                name="booking_within_its_span",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "starts_at"], name="booking_person_starts"),
            models.Index(fields=["starts_at"], name="booking_starts"),
            models.Index(fields=["conversation_id"], name="booking_conversation"),
            models.Index(fields=["email", "starts_at"], name="booking_email"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} · {self.name}"

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()
