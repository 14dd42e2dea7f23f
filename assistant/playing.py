"""What the playground asks for, as a form, and how it shows cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from assistant.events import Said
from assistant.models import Assistant, Serving
from assistant.releases.as_served import as_served
from flows.pictures.rows import address_of, sizes_of
from flows.shown_cards import ShownCard

SETTINGS = "settings"
GETS = [("", _("what customers get")), (SETTINGS, _("what stands in the settings now"))]
AUDIENCES = [("everyone", _("Everyone")), ("verified", _("Verified customers")), ("staff", _("Staff only"))]


class PlaygroundForm(forms.Form):
    question = forms.CharField(
        label=_("Question"),
        max_length=settings.MESSAGE_MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True}),
    )
    assistant = forms.ModelChoiceField(Assistant.objects.all(), label=_("Assistant"), empty_label=None)
    gets = forms.ChoiceField(label=_("Answered by"), choices=[], required=False)
    audience = forms.ChoiceField(label=_("Asked by"), choices=AUDIENCES, required=False)
    before = forms.CharField(
        label=_("Said before"),
        required=False,
        max_length=settings.MESSAGE_MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The customer's earlier messages, one per line."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Which release answers is asked only where customers get one."""
        super().__init__(*args, **kwargs)
        if Serving.objects.now().exclude(release=None, trial=None).exists():
            self.fields["gets"].choices = GETS  # type: ignore[attr-defined]  # it is a choice
        else:
            del self.fields["gets"]

    def asked(self) -> dict[str, Any]:
        """The arguments of `asking.ask`."""
        data = self.cleaned_data
        lines = [line.strip() for line in data["before"].splitlines() if line.strip()]
        return {
            "assistant": data["assistant"] if data.get("gets") == SETTINGS else as_served(data["assistant"]),
            "question": data["question"],
            "history": tuple(
                said for line in lines for said in (Said("customer", line), Said("assistant", "…"))
            ),
            "audience": data["audience"] or "everyone",
        }


def as_seen(cards: Iterable[ShownCard]) -> list[dict[str, Any]]:
    """As the partial of a message draws them (`templates/conversations/_cards.html`)."""
    shown = list(cards)
    sizes = sizes_of(card.picture for card in shown)
    return [{**asdict(card), "picture": _picture(card, sizes)} for card in shown]


def _picture(card: ShownCard, sizes: dict[str, tuple[int, int]]) -> dict[str, Any] | None:
    if card.picture not in sizes:
        return None
    width, height = sizes[card.picture]
    return {"url": address_of(card.picture), "alt": card.alt, "width": width, "height": height}
