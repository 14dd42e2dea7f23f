"""What customers are told by e-mail, and what their calendar makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from actions.bookings.booking import Who, cancel, move
from actions.bookings.mails.entries import entry_of
from actions.bookings.mails.sending import queue
from actions.bookings.models import Booking, BookingMail, Service
from chatbot.mail_queue import MOST_ATTEMPTS, PAUSES
from tests.actions.bookings.days import CARLA, NOW, at, booked
from tests.conversations.transcripts import SHOP, send_through
from tests.fuzz.values import TEXT, fuzz
from tests.mailserver import MailServer, mail_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post_office(settings: Any) -> Iterator[MailServer]:
    with mail_server() as server:
        send_through(settings, server)
        yield server


def only(post_office: MailServer) -> EmailMessage:
    (mail,) = post_office.mails()
    return mail


def deliver() -> None:
    for mail in BookingMail.objects.filter(state="queued"):
        queue.send(mail.pk)


def calendar_in(mail: EmailMessage) -> tuple[str, Any]:
    """Its method and its one event, read back."""
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_filename() == "appointment.ics"
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    assert part.get_param("method") == calendar["METHOD"]
    return str(calendar["METHOD"]), event


def text_of(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_a_confirmation_says_everything_in_the_customers_language(
    post_office: MailServer, fitting: Service
) -> None:
    who = Who(name="Zoé Ünal", email="zoe@home.example", language="fr")
    booking = booked(fitting, "12-01 15:00", who=who)
    deliver()
    mail = only(post_office)
    assert (mail["To"], mail["From"]) == ("zoe@home.example", SHOP)
    day = "mardi 1er décembre"
    assert mail["Subject"].strip() == f"Votre rendez-vous est réservé\N{NO-BREAK SPACE}: {day} à 15\u202fh"
    text = text_of(mail)
    for said in ("Pose à domicile", f"{day} 2026, de 15\u202fh à 16\u202fh", "Europe/Paris", "Chez vous",
                 "60 €", "Anna", "Zoé Ünal", booking.reference):  # fmt: skip
        assert said in text
    assert booking.reference in mail.get_body(("html",)).get_content()
    method, event = calendar_in(mail)
    assert (method, str(event["STATUS"]), event["SEQUENCE"]) == ("REQUEST", "CONFIRMED", 0)
    assert event.decoded("DTSTART") == at("12-01 15:00") == booking.starts_at
    assert event.decoded("DTEND") == at("12-01 16:00")
    assert event.decoded("DTSTART").tzinfo is not None
    assert str(event["SUMMARY"]) == "Pose à domicile · The shop"
    assert str(event["ATTENDEE"]) == "mailto:zoe@home.example"
    assert event["ATTENDEE"].params["CN"] == "Zoé Ünal"
    assert str(event["ORGANIZER"]) == "mailto:help@shop.example"


def test_a_change_and_a_cancellation_are_of_the_same_entry_and_later(
    post_office: MailServer, fitting: Service
) -> None:
    booking = booked(fitting, "12-01 15:00")
    deliver()
    move(booking.reference, starts=at("12-02 10:00"), now=NOW)
    deliver()
    cancel(booking.reference, now=NOW)
    deliver()
    said = [calendar_in(mail) for mail in post_office.mails()]
    assert [method for method, _event in said] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [event["SEQUENCE"] for _method, event in said] == [0, 1, 2]
    assert {str(event["UID"]) for _method, event in said} == {str(booking.uid)}
    assert [str(event["STATUS"]) for _method, event in said] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert said[1][1].decoded("DTSTART") == at("12-02 10:00")
    assert [mail["Subject"].strip().split(":")[0] for mail in post_office.mails()] == [
        "Your appointment is booked", "Your appointment has been moved", "Your appointment is cancelled",
    ]  # fmt: skip
    assert len({mail["Message-ID"] for mail in post_office.mails()}) == 3


def test_after_the_clock_went_back_mail_and_calendar_say_the_same_hour(
    post_office: MailServer, repair: Service
) -> None:
    """On Friday Paris is at UTC+2, on Monday at UTC+1."""
    friday, monday = at("10-23 10:00"), at("10-26 10:00")
    now = at("10-20 10:00")
    for when in ("10-23 10:00", "10-26 10:00"):
        booked(repair, when, now=now)
    deliver()
    for mail, moment in zip(post_office.mails(), (friday, monday), strict=True):
        assert "10:00–10:30" in text_of(mail)
        assert calendar_in(mail)[1].decoded("DTSTART") == moment
    assert monday - friday == timedelta(days=3, hours=1)


def test_a_change_before_the_confirmation_was_sent_sends_one_mail(
    post_office: MailServer, fitting: Service
) -> None:
    booking = booked(fitting, "12-01 15:00")
    move(booking.reference, starts=at("12-02 10:00"), now=NOW)
    deliver()
    assert calendar_in(only(post_office))[1]["SEQUENCE"] == 1
    assert set(BookingMail.objects.values_list("state", flat=True)) == {"sent", "replaced"}


def test_a_mail_that_fails_is_tried_again_and_given_up_aloud(
    post_office: MailServer, fitting: Service
) -> None:
    post_office.rcpt = ["451 4.7.1 Greylisted"] * MOST_ATTEMPTS
    booked(fitting, "12-01 15:00")
    mail = BookingMail.objects.get()
    for pause in PAUSES:
        assert queue.send(mail.pk)
        mail.refresh_from_db()
        assert (mail.state, mail.error) == ("queued", "recipient_refused 451")
        assert timezone.now() < mail.due_at <= timezone.now() + pause
        assert not queue.send(mail.pk)
        BookingMail.objects.update(due_at=timezone.now())
    queue.send(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("failed", MOST_ATTEMPTS)
    assert post_office.taken == []


def test_a_worker_that_died_leaves_nothing_lost(post_office: MailServer, fitting: Service) -> None:
    booked(fitting, "12-01 15:00")
    mail = BookingMail.objects.get()
    taken = queue.take(mail.pk)
    assert taken and not queue.send(mail.pk)
    BookingMail.objects.update(due_at=timezone.now())
    queue.sweep()
    assert BookingMail.objects.get().rung_at is not None
    deliver()
    assert only(post_office)
    BookingMail.objects.update(state="queued", attempts=MOST_ATTEMPTS, due_at=timezone.now())
    queue.sweep()
    assert BookingMail.objects.get().state == "failed"


def test_without_a_mail_server_or_an_address_nobody_is_told(settings: Any, fitting: Service) -> None:
    booked(fitting, "12-01 15:00")
    settings.EMAIL_HOST = "mail.shop.example"
    booked(fitting, "12-02 15:00", who=Who(name="Bob"))
    assert not BookingMail.objects.exists()


def test_whatever_customers_write_stays_in_its_place(fitting: Service, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = SHOP
    booking = booked(fitting, "12-01 15:00")

    @fuzz(150)
    @given(st.one_of(TEXT, st.text(st.characters(exclude_categories=["Cs"]), max_size=40)), TEXT)
    def read_back(name: str, place: str) -> None:
        booking.name = name
        entry = entry_of(booking, title=name, text=f"{place}\nEND:VCALENDAR", place=place)
        calendar = Calendar.from_ical(entry.text)
        (event,) = calendar.walk("VEVENT")
        assert str(event["UID"]) == str(booking.uid)
        assert str(event["ATTENDEE"]) == f"mailto:{CARLA.email}"
        assert event.decoded("DTSTART") == booking.starts_at.astimezone(UTC)
        assert all(len(line.encode()) <= 75 for line in entry.text.split("\r\n"))

    read_back()
    assert Booking.objects.count() == 1
