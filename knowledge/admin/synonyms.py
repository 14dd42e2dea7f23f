"""Words that mean the same, in the admin site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from accounts.audit.admin import AuditedAdmin
from knowledge.models import Synonyms
from knowledge.models.synonyms import FORM_LENGTH
from knowledge.restating import shadowed

MOST_FORMS = 20


class FormsField(forms.CharField):
    """Words and phrases, one to a line, in small letters."""

    widget = UnfoldAdminTextareaWidget

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (
            " ".join(line.split()).casefold() for line in str(value or "").replace(",", "\n").splitlines()
        )
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: Any) -> None:
        if len(value) > MOST_FORMS:
            raise forms.ValidationError(_("At most %(n)d words in a group.") % {"n": MOST_FORMS})
        for form in value:
            if len(form) > FORM_LENGTH:
                raise forms.ValidationError(
                    gettext("“%(form)s…” is too long: at most %(n)d characters.")
                    % {"form": form[:20], "n": FORM_LENGTH}
                )
            if not any(letter.isalnum() for letter in form):
                raise forms.ValidationError(gettext("“%(form)s” holds no word.") % {"form": form})

    def run_validators(self, value: Any) -> None:
        """They are for one text."""


class SynonymsForm(forms.ModelForm):
    english = FormsField(
        label=_("English words"),
        required=False,
        help_text=_(
            "One word or phrase to a line, in the singular. A customer's word that the articles do not use "
            "is looked for as the one they use."
        ),
    )
    french = FormsField(
        label=_("French words"),
        required=False,
        help_text=_(
            "They also stand for the English ones, where articles exist only in one language. A word that is "
            "alone in its group is never exchanged."
        ),
    )

    class Meta:
        model = Synonyms
        fields = ["english", "french"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        words = {"en": cleaned.get("english", []), "fr": cleaned.get("french", [])}
        if not self.errors and not any(words.values()):
            raise forms.ValidationError(_("Write at least one word."))
        if taken := shadowed(words, besides=self.instance.pk):
            raise forms.ValidationError(
                gettext("Another group has these already: %(words)s.") % {"words": ", ".join(taken)}
            )
        return cleaned


@admin.register(Synonyms)
class SynonymsAdmin(AuditedAdmin):
    says_when_empty = _(
        "Common words of support are known already. Add what only your customers say, "
        "and what your articles call it."
    )
    form = SynonymsForm
    list_display = ["english_words", "french_words", "updated_at"]
    list_display_links = ["english_words", "french_words"]
    search_fields = ["english", "french"]

    @admin.display(description=_("English words"))
    def english_words(self, group: Synonyms) -> str:
        return ", ".join(group.english)

    @admin.display(description=_("French words"))
    def french_words(self, group: Synonyms) -> str:
        return ", ".join(group.french)
