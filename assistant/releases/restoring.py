"""What a release holds becomes the settings again, to be edited from there. What customers get stays."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from assistant.models import Assistant, Guidance, Release, Welcome
from assistant.own_models import MODELS
from assistant.releases.contents import OBJECTIVE, Contents, Greeting, GuidanceRow, contents_of
from flows.models import Flow, FlowVersion
from flows.publishing import FlowError, publish, read, replace_draft, withdraw
from knowledge.models import Source
from llm.choosing import chat_model_for


@transaction.atomic
def bring_back(release: Release, *, by: User) -> list[str]:
    """Returns what could not be brought back, in words. Rows of guidance that are not in it are switched off,
    and drafts of flows that make way are kept. Rows and flows of all assistants change for all of them."""
    contents = Contents.model_validate(release.contents)
    assistant = Assistant.objects.select_for_update().get(pk=release.assistant_id)
    before = contents_of(assistant)
    left = _bring_sources(assistant, contents)
    _bring_fields(assistant, contents)
    left += _bring_greetings(assistant, contents.greetings)
    _bring_guidance(assistant, contents.guidance)
    left += _bring_flows(release, contents, before.flows, by=by)
    audit.record(audit.Action.BROUGHT_BACK, assistant, by=by, after={"release": release.number, "left": left})
    return left


def _bring_fields(assistant: Assistant, contents: Contents) -> None:
    for name in OBJECTIVE:
        setattr(assistant, name, contents.objective.get(name, getattr(assistant, name)))
    for task, field in MODELS.items():
        setattr(assistant, field, _own(task, contents.models.get(task, "")))
    assistant.redact_prompts = contents.redact_prompts
    assistant.accent = contents.accent or assistant.accent
    assistant.save()


def _own(task: str, name: str) -> str:
    """Empty where the installation names the same: the settings then follow it, as they did."""
    usual = chat_model_for(task)
    return "" if usual is not None and usual.name == name else name


def _bring_sources(assistant: Assistant, contents: Contents) -> list[str]:
    there = list(Source.objects.filter(pk__in=contents.sources).values_list("pk", flat=True))
    assistant.sources.set(there)
    gone = len(contents.sources) - len(there)
    return [_("%(count)d sources of it are gone.") % {"count": gone}] if gone else []


def _bring_greetings(assistant: Assistant, greetings: list[Greeting] | None) -> list[str]:
    """One that the release does not have goes, unless something stands with it that would be lost."""
    if greetings is None:
        return [_("It is older than that releases hold greetings and colour: these stay as they are.")]
    for one in greetings:
        words = {"greeting": one.greeting, "suggestions": one.suggestions}
        Welcome.objects.update_or_create(assistant=assistant, language=one.language, defaults=words)
    others = Welcome.objects.filter(assistant=assistant).exclude(
        language__in=[one.language for one in greetings]
    )
    others.filter(people="", introduction="").delete()
    told = _("The greeting in %(language)s stays: it also says when people answer, or why you ask questions.")
    return [told % {"language": row.get_language_display()} for row in others]


def _bring_guidance(assistant: Assistant, rows: list[GuidanceRow]) -> None:
    known = Guidance.objects.select_for_update().filter(pk__in=[one.pk for one in rows])
    kept = {row.pk: row for row in known}
    Guidance.objects.for_assistant(assistant.pk).exclude(pk__in=list(kept)).update(enabled=False)
    for place, one in enumerate(rows, 1):
        row = kept.get(one.pk) or Guidance()
        for name, value in one.model_dump(exclude={"pk", "everybody"}).items():
            setattr(row, name, value)
        row.assistant = None if one.everybody else assistant
        row.enabled, row.position = True, place
        row.save()


def _bring_flows(release: Release, contents: Contents, now: dict[str, int], *, by: User) -> list[str]:
    left = []
    for key in now.keys() - contents.flows.keys():
        withdraw(Flow.objects.get(key=key).pk)
    for key, number in sorted(contents.flows.items()):
        if now.get(key) == number:
            continue
        version = FlowVersion.objects.filter(flow__key=key, number=number).select_related("flow").first()
        if version is None:
            left.append(_("The flow “%(key)s” is gone.") % {"key": key})
            continue
        try:
            with transaction.atomic():
                _publish(version, _("As in release %(number)d") % {"number": release.number}, by=by)
        except FlowError as error:
            left.append(_("%(where)s: %(what)s") % {"where": key, "what": error})
    return left


def _publish(version: FlowVersion, note: str, *, by: User) -> None:
    """Under its own number, unless it is written down otherwise by now."""
    replace_draft(version.flow_id, read(version.graph), author=by, why="brought_back")
    publish(version.flow_id, author=by, note=note, again=version)
