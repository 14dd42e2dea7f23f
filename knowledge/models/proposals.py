"""Changes of articles that wait until somebody has looked at them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.models.documents import Document, Revision


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> ProposalQuerySet:
        return self.filter(state=Proposal.State.OPEN)


class Proposal(models.Model):
    """What somebody would like an article to say. Customers and the index do not know of it."""

    class State(models.TextChoices):
        OPEN = "open", _("To be approved")
        PUBLISHED = "published", _("Published")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="proposals")
    # The text that it changes, as it was when its author began.
    base = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=300)
    body = models.TextField()
    fields = models.JSONField(default=dict)  # as a revision's
    version = models.PositiveIntegerField(default=1)  # its author may change it until it is decided
    note = models.CharField(_("what is changed, and why"), max_length=500, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    corrected = models.BooleanField(default=False)  # whoever published it has changed its words
    # What came of it; None also when the article said it already.
    revision = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "author"],
                condition=models.Q(state="open"),
                name="one_open_proposal_per_article_and_author",
            )
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="proposal_state")]

    def __str__(self) -> str:
        return self.title
