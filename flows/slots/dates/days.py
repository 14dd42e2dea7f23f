"""Which day each pattern of days means. Each function is a section of `flows/stock/slots/dates/`."""

from __future__ import annotations

import calendar as months
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from flows.slots.dates import spans
from flows.slots.dates.lexicon import Lexicon
from flows.slots.dates.mentions import Day, Groups

LATEST = date(2200, 12, 31)
NOWHERE = date(1, 1, 1)
# What French says for a week and for two: "dans huit jours".
IDIOMS = {("fr", 8): 7, ("fr", 15): 14}


@dataclass(frozen=True, slots=True)
class Sense:
    """Against what days are reckoned: `future` says that only what comes is meant."""

    words: Lexicon
    today: date
    future: bool
    month_first: bool = False

    def count(self, number: str) -> int:
        return int(number) if number.isdigit() else 1

    def coming(self, weekday: int) -> date:
        """The next day of that name; today's own name means a week from now."""
        return self.today + timedelta(days=(weekday - self.today.weekday() - 1) % 7 + 1)


def one(day: date, *, sure: bool = True) -> Day:
    return Day(day, day, sure)


def none(why: str) -> Day:
    return Day(NOWHERE, NOWHERE, why=why)


def later(given: Groups, sense: Sense, way: int = 1) -> Day | None:
    unit, number = sense.words.names["units"][given["unit"]], sense.count(given["n"])
    if unit in ("hour", "minute"):
        return None  # a moment: see when.py
    if unit in ("month", "year"):
        return one(spans.add_months(sense.today, way * number * (12 if unit == "year" else 1)))
    days = IDIOMS.get((sense.words.language, number), number) if unit == "day" else number
    size = {"day": 1, "week": 7, "fortnight": 14}[unit]
    return one(sense.today + timedelta(days=way * days * size), sure=days == number)


def ago(given: Groups, sense: Sense) -> Day | None:
    return later(given, sense, -1)


def weekday(given: Groups, sense: Sense) -> Day:
    wanted = sense.words.weekdays[given.get("weekday") or given["wd"]]
    return one(sense.coming(wanted), sure=wanted != sense.today.weekday())


def next_weekday(given: Groups, sense: Sense) -> Day:
    """ "next Friday", said on a Monday, is the one of next week in English; in French it may be this one."""
    coming = sense.coming(sense.words.weekdays[given["weekday"]])
    same_week = coming.isocalendar()[:2] == sense.today.isocalendar()[:2]
    if same_week and sense.words.language == "en":
        return one(coming + timedelta(days=7), sure=False)
    return one(coming, sure=not same_week)


def last_weekday(given: Groups, sense: Sense) -> Day:
    return one(
        sense.coming(sense.words.weekdays[given["weekday"]])
        - timedelta(days=7 if _differs(given, sense) else 14)
    )


def _differs(given: Groups, sense: Sense) -> bool:
    return sense.words.weekdays[given["weekday"]] != sense.today.weekday()


def weekday_of_next_week(given: Groups, sense: Sense) -> Day:
    monday = sense.today + timedelta(days=7 - sense.today.weekday())
    return one(monday + timedelta(days=sense.words.weekdays[given["weekday"]]))


def weekday_of_this_week(given: Groups, sense: Sense) -> Day:
    monday = sense.today - timedelta(days=sense.today.weekday())
    return one(monday + timedelta(days=sense.words.weekdays[given["weekday"]]))


def weeks_after(given: Groups, sense: Sense) -> Day:
    """ "two weeks on Tuesday"."""
    begins = fixed(given, sense) if "fixed" in given else weekday(given, sense)
    return one(begins.first + timedelta(days=7 * sense.count(given["n"])))


def in_eight(given: Groups, sense: Sense) -> Day:
    return one(sense.coming(sense.words.weekdays[given["weekday"]]) + timedelta(days=7))


def in_fifteen(given: Groups, sense: Sense) -> Day:
    return one(sense.coming(sense.words.weekdays[given["weekday"]]) + timedelta(days=14))


def nth_weekday(given: Groups, sense: Sense) -> Day:
    """ "the first Monday of January"."""
    days = span(given, sense) if "span" in given else month(given, sense)
    wanted = sense.words.weekdays[given["weekday"]]
    begins = days.first.replace(day=1)
    day = begins + timedelta(days=(wanted - begins.weekday()) % 7 + 7 * (int(given["nth"]) - 1))
    return one(day) if day.month == begins.month else none("no_such_day")


def fixed(given: Groups, sense: Sense, more: int = 0) -> Day:
    return one(sense.today + timedelta(days=int(sense.words.names["fixed"][given["fixed"]]) + more))


def week_after(given: Groups, sense: Sense) -> Day:
    return fixed(given, sense, 7)


def holiday(given: Groups, sense: Sense) -> Day:
    month, day = sense.words.names["holidays"][given["holiday"]].split("-")
    return in_calendar(sense, int(day), int(month))


def calendar(given: Groups, sense: Sense) -> Day:
    wanted = given.get("wd")
    return in_calendar(sense, int(given["day"]), sense.words.months[given["month"]], given.get("year", ""),
                       weekday=None if wanted is None else sense.words.weekdays[wanted])  # fmt: skip


def in_calendar(sense: Sense, day: int, month: int, year: str = "", *, weekday: int | None = None) -> Day:
    """That day of that month; without a year the one that comes, or the nearest where nothing says which."""
    span = range(sense.today.year - 1, sense.today.year + 5)
    years = [_whole_year(year, sense)] if year else list(span)
    days = [
        date(one, month, day)
        for one in years
        if 1 <= month <= 12 and 1 <= day <= months.monthrange(one, month)[1]
    ]
    if not days:
        return none("no_such_day")
    if not year and sense.future:
        days = [one for one in days if one >= sense.today] or days
    chosen = days[0] if sense.future else min(days, key=lambda one: abs((one - sense.today).days))
    if weekday is not None and chosen.weekday() != weekday:
        return none("mismatch")
    return one(chosen, sure=bool(year) or sense.future)


def _whole_year(year: str, sense: Sense) -> int:
    if len(year) == 4:
        return int(year)
    whole = sense.today.year // 100 * 100 + int(year)
    return whole - 100 if whole > sense.today.year + 20 and not sense.future else whole


def day_of_month(given: Groups, sense: Sense) -> Day:
    """ "the 12th": of this month, or the next that has one and comes."""
    number = int(given["day"])
    wanted = sense.words.weekdays[given["wd"]] if "wd" in given else None
    for more in range(5):
        month = spans.add_months(sense.today.replace(day=1), more)
        if not 1 <= number <= months.monthrange(month.year, month.month)[1]:
            continue
        day = month.replace(day=number)
        if (day >= sense.today or not sense.future) and (wanted is None or day.weekday() == wanted):
            return one(day, sure=sense.future and more <= 1)
        if not sense.future and wanted is None:
            break
    return none("mismatch" if wanted is not None and 1 <= number <= 31 else "no_such_day")


def day_of_next_month(given: Groups, sense: Sense) -> Day:
    month = spans.add_months(sense.today.replace(day=1), 1)
    number = int(given["day"])
    fits = 1 <= number <= months.monthrange(month.year, month.month)[1]
    return one(month.replace(day=number)) if fits else none("no_such_day")


def edge(given: Groups, sense: Sense) -> Day:
    whole = month(given, sense) if "month" in given else span(given, sense)
    return spans.edge_of(whole, sense.words.names["edges"][given["edge"]], sense.today)


def span(given: Groups, sense: Sense) -> Day:
    names = sense.words.names
    name = names["spans"][given["span"]] if "span" in given else names["bare_spans"][given["bare"]]
    return spans.span(name, sense.today)


def month(given: Groups, sense: Sense) -> Day:
    number = sense.words.months[given["month"]]
    year = int(given["year"]) if "year" in given else sense.today.year
    if "year" not in given and number < sense.today.month and sense.future:
        year += 1
    return spans.whole_month(date(year, number, 1))


def two_days(given: Groups, sense: Sense) -> Day:
    """ "from the 3rd to the 5th of May"."""
    last = calendar(
        {**given, "day": given["day2"], "wd": given["wd2"]} if "wd2" in given else _without(given), sense
    )
    number = int(given["day"])
    if last.why or not 1 <= number < last.first.day:
        return none(last.why or "no_such_day")
    return Day(last.first.replace(day=number), last.first, last.sure)


def _without(given: Groups) -> Groups:
    return {name: value for name, value in {**given, "day": given["day2"]}.items() if name != "wd"}


def two_days_alone(given: Groups, sense: Sense) -> Day:
    first = day_of_month({"day": given["day"]}, sense)
    if first.why:
        return first
    last = day_of_month({"day": given["day2"]}, Sense(sense.words, first.first, True))
    return last if last.why else Day(first.first, last.first, first.sure)


SECTIONS: dict[str, Callable[[Groups, Sense], Day | None]] = {
    "later": later, "ago": ago, "weekday": weekday, "next_weekday": next_weekday,
    "last_weekday": last_weekday,
    "weekday_of_next_week": weekday_of_next_week, "in_eight": in_eight, "in_fifteen": in_fifteen,
    "week_after": week_after, "calendar": calendar, "day_of_month": day_of_month,
    "day_of_next_month": day_of_next_month, "day_of_month_asked": day_of_month, "edge": edge, "month": month,
    "month_asked": month, "short_weekday_asked": weekday, "two_days": two_days,
    "two_days_alone": two_days_alone, "fixed": fixed, "nth_weekday": nth_weekday,
    "weeks_after": weeks_after, "weekday_of_this_week": weekday_of_this_week,
    "holiday": holiday, "span": span,
}  # fmt: skip
