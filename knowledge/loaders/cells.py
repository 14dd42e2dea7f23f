"""A cell of a sheet as a person sees it. Pure."""

from __future__ import annotations

import datetime as dt

MAX_CELL = 32_767  # characters, as in Excel


def cell_text(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, dt.datetime):
        return _moment(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, dt.timedelta):
        return _duration(value)
    return str(value).strip()[:MAX_CELL] if value is not None else ""


def number_text(value: float) -> str:
    """12.0 is 12, and 0.1 + 0.2 is 0.3: fifteen digits are what a sheet shows."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def _moment(value: dt.datetime) -> str:
    value = (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)  # dates are fractions in a sheet
    if value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(" ", "seconds" if value.second else "minutes")


def _duration(value: dt.timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if seconds else f"{hours}:{minutes:02}"
