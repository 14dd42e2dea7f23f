"""What is to be done to several conversations, as a form says it: “resolve”, “put_off”, “assign:7”,
“team:2”, “label:3”, “unlabel:3”; without a key: nobody, or no team. And the same in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from conversations.inbox import together
from conversations.inbox.filters import number as key_of
from conversations.inbox.offered import colleagues
from conversations.models import Label, Team

Row = TypeVar("Row", User, Team, Label)


class Unclear(Exception):
    """Nothing was done; the words say why."""


@dataclass(frozen=True, slots=True)
class Wish:
    """`row`: to whom, to which team, which label; None for nobody and for none."""

    what: str
    row: User | Team | Label | None = None
    until: datetime | None = None

    def __str__(self) -> str:
        """As a form says it."""
        alone = self.what in ("resolve", "put_off")
        return self.what if alone else f"{self.what}:{self.row.pk if self.row else ''}"

    def act(self, user: User) -> together.Act:
        match self.what, self.row:
            case "resolve", None:
                return together.resolving(user)
            case "put_off", None:
                return together.snoozed(user, self.until)
            case "assign", User() | None as to:
                return together.assigned(user, to)
            case "team", Team() | None as team:
                return together.given_to_team(user, team)
            case (("label" | "unlabel"), Label() as label):
                return together.labelled(user, label, remove=self.what == "unlabel")
        raise Unclear(_("Load the page again, then try once more."))

    def asked(self, many: int) -> str:
        """Whether it is to be done to so many."""
        number = number_format(many, force_grouping=True)
        return self._question(many) % {"number": number, "name": str(self.row or "")}

    def _question(self, many: int) -> str:
        match self.what:
            case "resolve":
                return ngettext("Resolve %(number)s conversation?", "Resolve %(number)s conversations?", many)
            case "put_off":
                return ngettext("Put off %(number)s conversation?", "Put off %(number)s conversations?", many)
            case "label":
                return ngettext(
                    "Put the label “%(name)s” on %(number)s conversation?",
                    "Put the label “%(name)s” on %(number)s conversations?",
                    many,
                )
            case "unlabel":
                return ngettext(
                    "Take the label “%(name)s” off %(number)s conversation?",
                    "Take the label “%(name)s” off %(number)s conversations?",
                    many,
                )
        return self._given(many)

    def _given(self, many: int) -> str:
        if self.row is not None:
            return ngettext(
                "Give %(number)s conversation to %(name)s?",
                "Give %(number)s conversations to %(name)s?",
                many,
            )
        if self.what == "team":
            return ngettext(
                "Take %(number)s conversation from its team?",
                "Take %(number)s conversations from their teams?",
                many,
            )
        return ngettext(
            "Assign %(number)s conversation to nobody?", "Assign %(number)s conversations to nobody?", many
        )


def read(said: str, until: datetime | None) -> Wish:
    """Raises Unclear, also where whoever or whatever was chosen is gone."""
    what, _colon, key = said.partition(":")
    if what in ("resolve", "put_off"):
        return Wish(what, until=until if what == "put_off" else None)
    if what == "assign":
        return Wish(what, _there(colleagues().filter(pk=key_of(key)).first()) if key else None)
    if what == "team":
        return Wish(what, _there(Team.objects.filter(pk=key_of(key)).first()) if key else None)
    if what in ("label", "unlabel"):
        return Wish(what, _there(Label.objects.filter(pk=key_of(key)).first()))
    raise Unclear(_("Load the page again, then try once more."))


def _there(row: Row | None) -> Row:
    if row is None:
        raise Unclear(_("This is no longer there. Load the page again."))
    return row
