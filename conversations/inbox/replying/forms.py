"""The form of a reply kept ready: a text in each language, for oneself or for everybody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from conversations.inbox.replying.kept import MOST_OWN, MOST_SHARED, language_in_words
from conversations.models import CannedReply, Team

CONTROL = {"class": "field__control", "autocomplete": "off"}


def text_field(language: str) -> str:
    return f"text_{language}"


class ReplyForm(forms.ModelForm):
    shared = forms.BooleanField(label=gettext_lazy("For everybody, not only for me"), required=False)
    key = forms.SlugField(
        label=gettext_lazy("Short name"), max_length=40, required=False,
        widget=forms.TextInput(attrs=CONTROL | {"spellcheck": "false"}),
        help_text=gettext_lazy("What is typed after “/” to find it. Left empty, it is made of the title."),
    )  # fmt: skip

    class Meta:
        model = CannedReply
        fields = ("title", "key", "team")
        widgets = {  # noqa: RUF012  (as Django has it)
            "title": forms.TextInput(attrs=CONTROL),
            "team": forms.Select(attrs={"class": "field__control"}),
        }

    def __init__(self, *given: Any, user: User, **more: Any) -> None:
        super().__init__(*given, **more)
        self.user = user
        for code, _name in settings.LANGUAGES:
            self.fields[text_field(code)] = forms.CharField(
                label=_("Text in %(language)s") % {"language": language_in_words(code)}, required=False,
                max_length=settings.MESSAGE_MAX_CHARACTERS, initial=self.instance.texts.get(code, ""),
                widget=forms.Textarea(attrs=CONTROL | {"rows": 5, "lang": code}),
            )  # fmt: skip
            self.fields[text_field(code)].widget.attrs.pop("maxlength", None)  # nothing is cut off unsaid
        self.fields["shared"].initial = bool(self.instance.pk and self.instance.owner_id is None)
        team: Any = self.fields["team"]
        team.empty_label, team.help_text = _("Everybody"), ""
        if not user.may(Role.EDITOR):
            del self.fields["shared"], self.fields["team"]

    @property
    def texts(self) -> list[tuple[str, forms.BoundField]]:
        return [(code, self[text_field(code)]) for code, _name in settings.LANGUAGES]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        said["shared"] = bool(said.get("shared"))
        said["team"] = said.get("team") if said["shared"] else None
        self._clean_texts(said)
        self._clean_key(said)
        if not self.errors:
            self._leave_room(said)
        return said

    def _clean_texts(self, said: dict[str, Any]) -> None:
        texts = {
            code: said.get(text_field(code), "").replace("\r\n", "\n") for code, _n in settings.LANGUAGES
        }
        if not any(texts.values()) and not any(text_field(code) in self.errors for code in texts):
            self.add_error(text_field(settings.LANGUAGES[0][0]), _("Write a text in one language at least."))
        self.instance.texts = {code: text for code, text in texts.items() if text}

    def _clean_key(self, said: dict[str, Any]) -> None:
        if "key" in self.errors or "title" in self.errors:
            return
        said["key"] = said["key"].lower() or slugify(said["title"])[:40].strip("-")
        if not said["key"]:
            self.add_error("key", _("Write a short name: letters without accents, digits, hyphens."))
        elif self._namesakes(said).exists():
            self.add_error("key", self._taken(said))

    def _namesakes(self, said: dict[str, Any]) -> Any:
        return self._same_owner(said).filter(key=said["key"]).exclude(pk=self.instance.pk)

    def _same_owner(self, said: dict[str, Any]) -> Any:
        return CannedReply.objects.filter(owner=None if said["shared"] else self.user)

    def _taken(self, said: dict[str, Any]) -> str:
        words = _("There is a reply called “%(key)s” already. Choose another short name.")
        return words % {"key": said["key"]}

    def _leave_room(self, said: dict[str, Any]) -> None:
        most = MOST_SHARED if said["shared"] else MOST_OWN
        moved = self.instance.pk is None or (self.instance.owner_id is None) != said["shared"]
        if moved and self._same_owner(said).count() >= most:
            raise forms.ValidationError(
                _("There are %(most)s replies already. Delete one first.") % {"most": most}
            )

    def keep(self) -> CannedReply | None:
        """None where somebody has taken the name in the same moment, which the form says then."""
        said = self.cleaned_data
        self.instance.owner = None if said["shared"] else self.user
        self.instance.team, self.instance.key = said["team"], said["key"]
        try:
            with transaction.atomic():
                self.instance.save()
        except IntegrityError:
            self.add_error("key", self._taken(said))
            return None
        return self.instance


class PreviewForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)


def teams_there() -> bool:
    return Team.objects.exists()
