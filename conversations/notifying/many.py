"""News of many conversations at once: each concerned is told one thing with a number, not hundreds.

While something is done to many, nobody is told of each by itself (`gathering`); what they would have been
told is counted, and told at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import ngettext

from accounts.models import User
from conversations.notifying import kinds
from conversations.notifying.telling import tell

_gathered: ContextVar[Counter[str] | None] = ContextVar("gathered", default=None)
# Of what, the kind and where their list of such conversations is.
NEWS = {
    "waits": (kinds.WAITS, "waiting"),
    "given": (kinds.GIVEN, "mine"),
    "taken_off": (kinds.TAKEN, "active"),
}
SAME = {"left": "waits", "passed": "taken_off"}


@contextmanager
def gathering() -> Iterator[Counter[str]]:
    """How often each would have been told what (“given 7”: the user with that key), instead of telling it."""
    counted: Counter[str] = Counter()
    before = _gathered.set(counted)
    try:
        yield counted
    finally:
        _gathered.reset(before)


def is_gathered(users: Iterable[User], what: str) -> bool:
    """Whether it is told later, with all the others."""
    counted = _gathered.get()
    if counted is None:
        return False
    news = SAME.get(what, what)
    if news in NEWS:
        counted.update(f"{news} {user.pk}" for user in users)
    return True


def tell_of_many(counted: Mapping[str, int], *, by: User, about: str) -> None:
    users = User.objects.in_bulk({int(key.split()[1]) for key in counted})
    for key, number in counted.items():
        what, user = key.split()
        if int(user) in users:
            _tell(users[int(user)], what, number, by=by, about=about)


def _tell(user: User, what: str, number: int, *, by: User, about: str) -> None:
    kind, show = NEWS[what]
    link = f"{reverse('conversations:inbox')}?show={show}"

    def words() -> str:
        return _words(what, number) % {"number": number_format(number, force_grouping=True), "by": by}

    tell(user, kind=kind.key, about=about, link=link, words=words, by_mail=what != "waits")


def _words(what: str, number: int) -> str:
    return {
        "waits": ngettext(
            "%(number)s conversation waits for your team",
            "%(number)s conversations wait for your team",
            number,
        ),
        "given": ngettext(
            "%(by)s gave you %(number)s conversation", "%(by)s gave you %(number)s conversations", number
        ),
        "taken_off": ngettext(
            "%(by)s took %(number)s conversation off you",
            "%(by)s took %(number)s conversations off you",
            number,
        ),
    }[what]
