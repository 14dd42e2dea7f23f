"""Every person's time on one line of whole numbers, so that PostgreSQL itself refuses a double booking.

An exclusion constraint on (person, span) needs the extension btree_gist, which not every PostgreSQL has. So a
person's seconds are numbers of their own: person × 2³⁶ + seconds since 1970. Two spans share a number exactly
if they are of one person and overlap, and an `int8range` can be excluded without any extension.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField
from django.db.models import BigIntegerField, DateTimeField, Expression, F, FloatField, Func, Q, Value
from django.db.models.functions import Cast, Ceil, Floor

SECONDS = 2**36  # of one person: until the year 4147
MOST_PEOPLE = 2**27 - 1  # what remains of 63 bits


class Seconds(Func):
    """Since 1970, of a moment. `EXTRACT(EPOCH FROM timestamptz)` depends on the session's time zone as far as
    PostgreSQL knows; the difference of two moments does not, and so it may stand in a stored column."""

    template = "EXTRACT(EPOCH FROM (%(expressions)s - TIMESTAMPTZ '1970-01-01 00:00:00+00'))"
    output_field = FloatField()


def numbers() -> Expression:
    """Of a row with `person` and `span`. Parts of a second are rounded outwards: nothing is missed."""
    return Func(
        _number(Floor(Seconds(_end("lower")))),
        _number(Ceil(Seconds(_end("upper")))),
        function="int8range",
        output_field=BigIntegerRangeField(),
    )


def _end(function: str) -> Func:
    return Func(F("span"), function=function, output_field=DateTimeField())


def _number(seconds: Any) -> Any:
    return F("person_id") * Value(SECONDS, BigIntegerField()) + Cast(seconds, BigIntegerField())


def stays_in_its_lane() -> Q:
    """No number of one person is another's."""
    first, last = "1970-01-01T00:00:00+00:00", "4147-01-01T00:00:00+00:00"
    return Q(person_id__gt=0, person_id__lte=MOST_PEOPLE, span__contained_by=(first, last))


def appointment() -> Func:
    """What of `span` is the appointment itself."""
    return Func(F("starts_at"), F("ends_at"), function="tstzrange", output_field=DateTimeRangeField())
