"""The numbers at the top of the page: what each means, how it has changed, the way to its conversations."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights import words
from insights.behind import Behind
from insights.definitions import MEASURES, OTHERS
from insights.period import Period
from insights.reading import Counts, Figures, Used
from insights.steps import step_at


@dataclass(frozen=True, slots=True)
class Part:
    """A number of conversations in words, and where they are."""

    words: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    key: str
    name: str
    meaning: str
    value: str
    change: str = ""
    parts: list[Part] = field(default_factory=list)


def address(behind: Behind) -> str:
    """The list of the conversations behind a number."""
    return f"{reverse('conversations:inbox')}?{urlencode({'show': 'all', 'behind': str(behind)})}"


def conversation_link(key: UUID) -> str:
    return reverse("conversations:conversation", args=[key])


def conversations(number: int, key: str, period: Period, *, said: str = "", detail: str = "") -> Part:
    """`said` has a place for the count; else “12 conversations”."""
    said = said or ngettext("%(count)s conversation", "%(count)s conversations", number)
    link = address(Behind(key, period, detail=detail)) if number else ""
    return Part(said % {"count": words.count(number)}, link)


def cards(found: Figures) -> list[Card]:
    return [
        *_of_resolution(found),
        _coverage(found),
        _satisfaction(found),
        *_lasting(found),
        _speed(found, "first_word", "first"),
        _speed(found, "full_answer", "full"),
        *_cost(found),
    ]


def _of_resolution(found: Figures) -> list[Card]:
    now, period = found.now, found.period
    apart = [
        conversations(now["confirmed"], "confirmed", period, said=_("%(count)s confirmed")),
        conversations(now["assumed"], "assumed", period, said=_("%(count)s assumed")),
    ]
    begun = conversations(now["all"], "all", period)
    still_open = conversations(now["unresolved"], "unresolved", period, said=_("%(count)s not resolved"))
    grown = words.grown(now["all"], found.before["all"])
    return [
        _card("all", words.count(now["all"]), grown, [begun, still_open]),
        _share(found, "alone", [conversations(now["alone"], "alone", period), *apart]),
        _share(found, "assisted"),
        _share(found, "handed_over"),
    ]


def _lasting(found: Figures) -> list[Card]:
    whole = {
        "durable": _("of %(count)s resolved a week ago or earlier"),
        "reopened": _("of %(count)s resolved at least once"),
    }
    made = []
    for key, said in whole.items():
        of = MEASURES[key].of
        base = conversations(found.now[of], of, found.period, said=said)
        made.append(_share(found, key, [conversations(found.now[key], key, found.period), base]))
    return made


def _share(found: Figures, key: str, parts: list[Part] | None = None) -> Card:
    """Of a measure: its share, and how that has changed."""
    now, before = (_per_cent(counts, key) for counts in (found.now, found.before))
    parts = parts or [conversations(found.now[key], key, found.period)]
    return _card(key, words.percent(now), words.changed(now, before), parts)


def _per_cent(counts: Counts, key: str) -> float | None:
    return words.share(counts[key], counts[MEASURES[key].of])


def coverage(counts: Counts) -> float | None:
    return words.share(counts["sum_answered"], counts["sum_asked"])


def satisfaction(counts: Counts) -> float | None:
    return words.share(counts["sum_up"], counts["sum_up"] + counts["sum_down"])


def _coverage(found: Figures) -> Card:
    now, before = coverage(found.now), coverage(found.before)
    asked = found.now["sum_asked"]
    of = ngettext("of %(count)s question", "of %(count)s questions", asked) % {"count": words.count(asked)}
    said = ngettext(
        "%(count)s conversation with one not answered",
        "%(count)s conversations with one not answered",
        found.now["unanswered"],
    )
    behind = conversations(found.now["unanswered"], "unanswered", found.period, said=said)
    return _card("coverage", words.percent(now), words.changed(now, before), [Part(of), behind])


def _satisfaction(found: Figures) -> Card:
    now, before, period = found.now, found.before, found.period
    rated = now["sum_up"] + now["sum_down"]
    of = ngettext("of %(count)s rated answer", "of %(count)s rated answers", rated)
    parts = [
        Part(of % {"count": words.count(rated)}),
        conversations(now["rated_down"], "rated_down", period, said=_("%(count)s with a thumb down")),
    ]
    if now["scored"]:
        mean = words.score(now["sum_score"], now["scored"])
        said = ngettext(
            "%(mean)s of 5 at the end, by %(number)s",
            "%(mean)s of 5 at the end, by %(number)s",
            now["scored"],
        )
        told = said % {"mean": mean, "number": words.count(now["scored"])}
        parts.append(Part(told, address(Behind("scored", period))))
    change = words.changed(satisfaction(now), satisfaction(before))
    return _card("satisfaction", words.percent(satisfaction(now)), change, parts)


def _speed(found: Figures, key: str, what: str) -> Card:
    median, slow = (words.seconds(found.speed.of(what, share)) for share in (0.5, 0.95))
    before = found.speed_before.of(what, 0.5)
    parts = [Part(_("one in twenty: over %(time)s") % {"time": slow})]
    if step := step_at(getattr(found.speed, what), 0.95):
        slowest = Behind(f"slow_{what}", found.period, detail=str(step))
        parts.append(Part(_("the slowest"), address(slowest)))
    if before is not None:
        parts.append(Part(_("before: %(time)s") % {"time": words.seconds(before)}))
    return _card(key, median, "", parts)


def _cost(found: Figures) -> list[Card]:
    """Where models were used."""
    used = sum(found.models.values(), start=Used())
    if not used.tokens and not found.used_before.tokens:
        return []
    tokens = ngettext("%(count)s token", "%(count)s tokens", used.tokens) % {
        "count": words.count(used.tokens)
    }
    change = words.grown(float(used.cost), float(found.used_before.cost))
    return [_card("cost", words.money(used.cost), change, [Part(tokens)])]


def _card(key: str, value: str, change: str, parts: list[Part]) -> Card:
    name, meaning = (MEASURES[key].name, MEASURES[key].meaning) if key in MEASURES else OTHERS[key]
    return Card(key, str(name), str(meaning), value, change, parts)
