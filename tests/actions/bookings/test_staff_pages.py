"""The staff's calendar: what stands in it, and what can be done with it."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from actions.bookings import public_holidays
from actions.bookings.booking import cancel, mark
from actions.bookings.models import Booking, Closure, Hours, Person, Service
from actions.bookings.sample import load_sample_bookings
from actions.bookings.showing import Shown
from actions.bookings.week import calendar
from actions.opening.holidays_of import countries
from tests.actions.bookings.days import NOW, PARIS, at, booked

pytestmark = pytest.mark.django_db
INSIDE = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def agent(client: Client, paris: None) -> Client:
    client.force_login(User.objects.create_user("marie", role="agent"))
    return client


def entries(text: str, person: Person) -> list[tuple[str, str]]:
    (day,) = calendar(at(f"{text} 12:00").date(), 1, [person], NOW).days
    return [(entry.kind, f"{entry.begins.astimezone(PARIS):%H:%M}–{entry.ends.astimezone(PARIS):%H:%M}")
            for entry in day.columns[0].entries]  # fmt: skip


def test_a_day_holds_what_is_booked_closed_and_free(fitting: Service, anna: Person) -> None:
    booked(fitting, "12-01 11:00")
    gone = booked(fitting, "12-01 14:00")
    cancel(gone.reference, now=NOW)
    first = at("12-01 12:00").date()
    Closure.objects.create(
        first_day=first, last_day=first, begins=time(15), ends=time(16), name="Dentist", person=anna
    )
    assert entries("12-01", anna) == [
        ("free", "09:00–10:30"), ("booked", "11:00–12:00"), ("free", "12:30–15:00"),
        ("closed", "15:00–16:00"),
        ("free", "16:00–17:00"),
    ]  # fmt: skip
    Closure.objects.create(first_day=first, last_day=first, name="Feast")
    assert ("free", "09:00–10:30") not in entries("12-01", anna)


def test_nothing_is_free_in_the_past(fitting: Service, anna: Person) -> None:
    assert entries("11-27", anna) == [("free", "10:00–17:00")]  # it is ten o'clock
    assert entries("11-26", anna) == []


def test_the_calendar_is_as_long_as_what_stands_in_it(fitting: Service, anna: Person) -> None:
    assert calendar(at("12-01 12:00").date(), 1, [anna], NOW).hours[0] == (8, 1)
    Hours.objects.create(weekday=1, opens=time(6, 30), closes=time(0))
    shown = calendar(at("12-01 12:00").date(), 1, [anna], NOW)
    assert (shown.hours[0], shown.hours[-1]) == ((6, 1), (24, 18 * 12 + 1))
    (entry,) = shown.days[0].columns[0].entries
    assert (entry.row, entry.rows) == (7, 210)


def test_a_week_of_many_people_shows_one(fitting: Service) -> None:
    assert len(Shown.read({}).people) == 1
    for number in range(4):
        Person.objects.create(name=f"P{number}")
    assert [str(each) for each in Shown.read({}).people] == ["Anna"]
    assert len(Shown.read({"view": "day"}).people) == 5
    other = Person.objects.get(name="P2")
    assert Shown.read({"person": str(other.pk), "view": "day"}).people == [other]


def test_the_page_shows_bookings_and_links_to_them(agent: Client, fitting: Service) -> None:
    booking = booked(fitting, "12-01 11:00")
    for view in ("week", "day"):
        page = agent.get("/staff/bookings/", {"day": "2026-12-01", "view": view}).content.decode()
        assert "Carla" in page and f"/staff/bookings/{booking.pk}/" in page
    assert "Nothing can be booked yet" not in page
    inside = agent.get(f"/staff/bookings/{booking.pk}/", **INSIDE).content.decode()
    assert booking.reference in inside and "<html" not in inside
    assert "<html" in agent.get(f"/staff/bookings/{booking.pk}/").content.decode()


def test_before_anything_is_set_up_the_page_says_what_to_do(agent: Client) -> None:
    page = agent.get("/staff/bookings/").content.decode()
    assert "Nothing can be booked yet" in page and "Ask an editor" in page


def form(service: Service, **more: Any) -> dict[str, Any]:
    facts = {
        "service": service.pk,
        "day": "2036-12-01",
        "time": "11:00",
        "name": "Bob",
        "language": "fr",
        "key": "k1",
    }
    return facts | more


def test_staff_book_for_a_customer_once(agent: Client, repair: Service) -> None:
    wish = form(repair, day="2026-12-07", email="bob@home.example")
    for _twice in range(2):
        assert agent.post("/staff/bookings/new/", wish)["Location"] == "/staff/bookings/?day=2026-12-07"
    booking = Booking.objects.get()
    assert (booking.name, booking.language, booking.starts_at) == ("Bob", "fr", at("12-07 11:00"))


def test_what_cannot_be_booked_comes_back_with_what_is_free(
    agent: Client, repair: Service, anna: Person
) -> None:
    agent.post("/staff/bookings/new/", form(repair, day="2026-12-07", person=anna.pk))
    wish = form(repair, day="2026-12-07", person=anna.pk, key="k2")
    page = agent.post("/staff/bookings/new/", wish, **INSIDE).content.decode()
    assert "no longer free" in page and 'data-at="2026-12-07T11:30"' in page
    other = Person.objects.create(name="Zed")
    wish = form(repair, person=other.pk, email="nowhere")
    page = agent.post("/staff/bookings/new/", wish, **INSIDE).content.decode()
    assert "does not offer the service" in page and "not an e-mail address" in page
    assert Booking.objects.count() == 1


def test_staff_move_cancel_and_say_how_it_went(agent: Client, repair: Service) -> None:
    booking = booked(repair, "12-07 11:00")
    where = f"/staff/bookings/{booking.pk}"
    assert agent.post(f"{where}/move/", {"day": "2026-12-08", "time": "10:05"}).status_code == 302
    booking.refresh_from_db()
    assert booking.starts_at == at("12-08 10:05")
    answer = agent.post(
        f"{where}/cancel/", **INSIDE, HTTP_HX_CURRENT_URL="http://testserver/staff/bookings/?view=day"
    )
    assert answer["HX-Refresh"] == "true"
    page = agent.post(f"{where}/mark/", {"status": "missed"}, **INSIDE).content.decode()
    assert "cancelled already" in page


def test_somebody_who_did_not_come_is_marked(agent: Client, repair: Service) -> None:
    booking = booked(repair, "11-27 10:15")
    assert mark(booking.pk, status="missed", now=at("11-27 10:20")).ok
    assert "missed" in agent.get("/staff/bookings/", {"day": "2026-11-27"}).content.decode()


def test_public_holidays_are_taken_over_once_and_stay_as_staff_left_them(db: None) -> None:
    new = public_holidays.close_on_public_holidays(country="FR", year=2027)
    assert new == Closure.objects.count() > 8
    labour = Closure.objects.get(first_day="2027-05-01")
    assert labour.name == "Labor Day"
    Closure.objects.filter(pk=labour.pk).update(name="Our day")
    assert public_holidays.close_on_public_holidays(country="FR", year=2027) == 0
    assert Closure.objects.get(pk=labour.pk).name == "Our day"


def test_every_country_of_the_list_can_be_taken_over(db: None) -> None:
    names = countries()
    assert len(names) > 100 and ("FR", "France") in names


def test_an_editor_takes_over_holidays_in_the_admin(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("ed", role="editor"))
    where = "/admin/bookings/closure/public-holidays/"
    assert "Labor" not in client.get(where).content.decode()
    answer = client.post(where, {"country": "FR", "year": "2027", "_form_submitted": "1"}, **INSIDE)
    assert answer["HX-Redirect"] == "/admin/bookings/closure/"
    assert Closure.objects.filter(country="FR").exists()


def test_a_service_is_named_in_each_language(client: Client, anna: Person) -> None:
    client.force_login(User.objects.create_user("ed", role="editor"))
    given = {"names_en": "Visit", "names_fr": "Visite", "key": "visit", "minutes": "30", "before": "0",
             "after": "0",
             "step": "30", "notice": "0", "change_notice": "0", "ahead": "30", "people": [anna.pk],
             "active": "on"}  # fmt: skip
    assert client.post("/admin/bookings/service/add/", given).status_code == 302
    service = Service.objects.get(key="visit")
    assert (service.names, service.prices) == ({"en": "Visit", "fr": "Visite"}, {})
    assert list(service.people.all()) == [anna]
    nameless = client.post(
        "/admin/bookings/service/add/", given | {"names_en": "", "names_fr": "", "key": "v2"}
    )
    assert "Give it a name" in nameless.content.decode()


def test_the_sample_is_loaded_once_and_can_be_booked(paris: None, db: None) -> None:
    assert {service.key for service in load_sample_bookings()} == {"fitting", "repair"}
    assert load_sample_bookings() == []
    for service in Service.objects.all():
        assert booked(service, "12-02 14:00")
        assert set(service.names) == set(service.prices) == set(service.places) == {"en", "fr"}
