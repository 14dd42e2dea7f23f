"""The kinds of things that staff are told. Another app declares its own when it starts."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NEVER, AWAY, DAILY = "never", "away", "daily"
MAILS: dict[str, Promise] = {
    AWAY: _("When I am not here"),
    DAILY: _("Once a day"),
    NEVER: _("Never"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """`browser` and `mail`: how somebody is told who has chosen nothing."""

    key: str
    title: str | Promise
    browser: bool = True
    mail: str = AWAY


KINDS: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    KINDS[kind.key] = kind
    return kind


WAITS = declare(Kind("waits", _("Somebody waits for my team, or leaves it a message")))
GIVEN = declare(Kind("given", _("A conversation is given to me")))
TAKEN = declare(Kind("taken", _("A colleague takes a conversation of mine, or gives it away"), mail=NEVER))
REPLY = declare(Kind("reply", _("A customer answers me")))
MENTION = declare(Kind("mention", _("A note mentions me")))
DUE = declare(Kind("due", _("A first reply is due soon")))
MANY = declare(Kind("many", _("What I had done to a whole list is done"), mail=NEVER))
