"""The form of an article's page: saved at once, or proposed."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.models import User
from knowledge import approval, proposing, publishing
from knowledge.admin.editing import ArticleForm, initial_of
from knowledge.admin.telling import UNPROPOSED
from knowledge.cleaning.visible import clean_line
from knowledge.models import Document, Proposal

_OVERTAKEN = _(
    "%(who)s saved this article while you were writing. Your text is still below: copy what you need, "
    "open the article again and put it in."
)
CARE = {"owner", "review_by"}  # no words of the article


def wished_status(data: Any, status: str) -> str:
    """What the button that was pressed makes of the article."""
    if "_unpublish" in data:
        return Document.Status.DRAFT
    return Document.Status.PUBLISHED if "_publish" in data else status


class DocumentForm(ArticleForm):
    # Who writes, and which of their own proposals they go on with: set for each page by the admin.
    person: User | None = None
    proposal: Proposal | None = None

    # The newest revision when the form was opened: two people must not overwrite each other unseen.
    seen_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    translation_of = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # The version of the open proposal that its author has before them.
    continued = forms.IntegerField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("What is changed, and why"),
        required=False,
        max_length=500,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("For whoever approves it; only a proposal has it."),
    )

    class Meta(ArticleForm.Meta):
        fields = [*ArticleForm.Meta.fields, "language", "owner", "review_by"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if self.proposal is not None:
            kwargs["initial"] = self._begun(self.proposal) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.proposal is None:
            newest = self.instance.revisions.first()
            self.initial["seen_revision"] = newest.number if newest else 0

    def _begun(self, proposal: Proposal) -> dict[str, Any]:
        is_open = proposal.state == Proposal.State.OPEN
        return initial_of(proposal, proposal.document) | {
            "seen_revision": proposal.base.number,
            "continued": proposal.version if is_open else None,
            "note": proposal.note if is_open else "",
        }

    def clean_note(self) -> str:
        return clean_line(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "_propose" not in self.data:  # what is proposed is brought together with what came meanwhile
            self._check_nobody_else_saved(cleaned)
        self._set_place(cleaned)
        return cleaned

    def _check_nobody_else_saved(self, cleaned: dict[str, Any]) -> None:
        newest = self.instance.revisions.select_related("author").first() if self.instance.pk else None
        seen = cleaned.get("seen_revision")
        if newest is None or seen is None or seen == newest.number:
            return
        self.add_error(None, _OVERTAKEN % {"who": newest.author or _("An import")})

    def _set_place(self, cleaned: dict[str, Any]) -> None:
        """A new article stands in the help centre, a translation beside its original."""
        if self.instance.pk:
            return
        original = Document.objects.filter(pk=cleaned.get("translation_of") or 0).first()
        self.instance.source = original.source if original else publishing.written_here()
        if original is None:
            return
        self.instance.external_id = original.external_id
        taken = original.source.documents.filter(
            external_id=original.external_id, language=cleaned.get("language")
        )
        if taken.exists():
            self.add_error("language", _("This translation exists already."))

    def _post_clean(self) -> None:
        """Here the instance says what was written: whether that may be saved, or proposed."""
        super()._post_clean()  # type: ignore[misc]  # the stubs leave it out
        if self.errors:
            return
        if "_propose" in self.data:
            self._check_proposable()
        else:
            self._check_approval()

    def _check_proposable(self) -> None:
        continued = self.cleaned_data.get("continued") or 0
        refused = self.instance.pk and proposing.why_not(
            self.instance, author=self.person, continued=continued
        )
        if refused == "open_already" or (refused and not CARE & set(self.changed_data)):
            self.add_error(None, str(UNPROPOSED[refused]))

    def _check_approval(self) -> None:
        wished, source = copy(self.instance), self.instance.source
        wished.status = wished_status(self.data, wished.status)
        if approval.is_bound(self.person, source) and publishing.changes_what_is_read(wished):
            self.add_error(None, approval.WHAT_TO_DO % {"source": source})
