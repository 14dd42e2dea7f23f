"""A question that is asked before the chat, as a customer is asked it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


class Kind(StrEnum):
    NAME = "name"
    EMAIL = "email"
    TEXT = "text"
    CHOICE = "choice"


# Their keys are their kinds, there is one of each at most, and they need no words of their own.
OF_THE_CUSTOMER = {Kind.NAME, Kind.EMAIL}
CALLED: dict[Kind, Promise] = {Kind.NAME: _("Name"), Kind.EMAIL: _("E-mail")}


@dataclass(frozen=True, slots=True)
class Asked:
    """`label` and `options` by language; `languages` are the assistant's, the first one first."""

    key: str
    kind: Kind
    required: bool = False
    label: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    def label_in(self, language: str) -> str:
        """In that language, else in the first that it has words in."""
        own = self.label.get(language, "")
        if own or self.kind not in CALLED:
            return own or self.label.get(self._first(self.label), self.key)
        with override(language):
            return str(CALLED[self.kind])

    def values(self) -> tuple[str, ...]:
        """What is kept of a choice: the option as the first language calls it."""
        return tuple(self.options.get(self._first(self.options), ())) if self.kind is Kind.CHOICE else ()

    def options_in(self, language: str) -> dict[str, str]:
        """What each value is called."""
        values = self.values()
        called = self.options.get(language, ())
        return dict(zip(values, called if len(called) == len(values) else values, strict=True))

    def _first(self, words: Mapping[str, object]) -> str:
        found = (language for language in (*self.languages, *words) if words.get(language))
        return next(found, "")
