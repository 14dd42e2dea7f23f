"""What was tried in the flow editor, kept as a scenario. The editor has written it down; here it is read like
anything that is typed by hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from pydantic import ValidationError

from evaluation.models import Scenario
from evaluation.scenarios import keep
from evaluation.scripted import Script
from flows.receiving import Body, Refused, body_of
from flows.wrong_form import first_fault
from knowledge.admin.people import person


class Tried(Body):
    script: dict[str, Any]


def keep_trial(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """201: where the new scenario is read, corrected and run."""
    try:
        wanted, _data = body_of(request, Tried)
        script = Script.model_validate(wanted.script)
    except Refused as refused:
        return JsonResponse(refused.said, status=refused.status)
    except ValidationError as error:
        return JsonResponse({"error": first_fault(error, wanted.script)[1]}, status=422)
    scenario = keep(Scenario(), script, author=person(request))
    address = reverse("admin:evaluation_scenario_change", args=[scenario.pk])
    return JsonResponse({"name": scenario.name, "url": address}, status=201)
