"""What the button "Test the models" finds, in words for staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistant.models import Assistant
from assistant.models_in_use import models_for
from llm.checking import Finding, check_chat_models

# What is said of an ability that a model has, and of one that it lacks.
ABILITIES: dict[str, tuple[Promise, Promise]] = {
    "chat": (gettext_lazy("it answers"), gettext_lazy("it does not answer")),
    "streaming": (gettext_lazy("it writes word by word"), gettext_lazy("it cannot write word by word")),
    "structured": (gettext_lazy("it keeps to a form"), gettext_lazy("it does not keep to a form")),
    "tools": (gettext_lazy("it calls tools"), gettext_lazy("it does not call tools")),
}


@dataclass(frozen=True)
class Tested:
    """What became of one model. `works`: it can do what it is needed for."""

    works: bool
    words: str
    warning: str = ""


def try_models(assistant: Assistant) -> list[Tested]:
    """Ask every model that this assistant would ask, the fallback included. Takes seconds."""
    findings = check_chat_models(models_for(assistant))
    # The same name at another provider is another model: they are told apart by where a new one begins.
    groups: list[list[Finding]] = []
    for finding in findings:
        if finding.ability == "chat":
            groups.append([])
        groups[-1].append(finding)
    return [_in_words(group) for group in groups]


def _in_words(findings: Sequence[Finding]) -> Tested:
    works = all(finding.works for finding in findings if finding.needed)
    said = [_ability(finding) for finding in findings if finding.ability in ABILITIES]
    lasting = next((one for one in findings if one.ability == "lifetime" and not one.works), None)
    words = f"{findings[0].model}: {', '.join(said)}."
    return Tested(works, words, lasting.detail if lasting else "")


def _ability(finding: Finding) -> str:
    can, cannot = ABILITIES[finding.ability]
    if finding.works:
        return str(can)
    return _("%(cannot)s (%(reason)s)") % {"cannot": cannot, "reason": finding.detail}
