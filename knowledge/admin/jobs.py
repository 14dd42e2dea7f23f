"""Background work in the admin site."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.audit.admin import AuditedAdmin
from knowledge import failures, jobs
from knowledge.models import Job

Request = HttpRequest


@admin.register(Job)
class JobAdmin(AuditedAdmin):
    """What is being indexed and what went wrong. The rows are history: nothing is changed here."""

    says_when_empty = _("What is indexed, imported or compared in the background is listed here.")
    list_display = ["kind", "subject", "shown_state", "failures", "shown_error", "created_at", "finished_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["document", "source", "space", "run__source"]
    list_display_links = None
    actions = ["try_again"]

    @display(
        description=_("State"),
        ordering="state",
        label={
            Job.State.FAILED: "danger",
            Job.State.DONE: "success",
            Job.State.RUNNING: "info",
            Job.State.QUEUED: "default",
        },
    )
    def shown_state(self, job: Job) -> tuple[str, str]:
        return job.state, job.get_state_display()

    @admin.display(description=_("error"), ordering="error")
    def shown_error(self, job: Job) -> str:
        return failures.in_words(job.error)

    @admin.display(description=_("What"))
    def subject(self, job: Job) -> str:
        return str(job.document or job.source or job.space or job.run or "")

    @admin.action(description=_("Try again"), permissions=["view"])
    def try_again(self, request: Request, queryset: QuerySet[Job]) -> None:
        for job in queryset.filter(state=Job.State.FAILED):
            jobs.request(job.kind, document=job.document, source=job.source, space=job.space, run=job.run)
        messages.success(request, _("Failed jobs are tried again in the background."))

    def has_add_permission(self, request: Request) -> bool:
        return False

    def has_change_permission(self, request: Request, obj: Job | None = None) -> bool:
        return False

    def has_delete_permission(self, request: Request, obj: Job | None = None) -> bool:
        return False
