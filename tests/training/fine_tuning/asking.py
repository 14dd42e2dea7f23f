"""How the pages of fine-tuning are asked for."""

from __future__ import annotations

from typing import Any

from django.test import Client

from training.models import Dataset, FineTuning

PAGE = "/staff/training/fine-tuning/"
State = FineTuning.State


def shown(client: Client, path: str = "", **more: Any) -> str:
    response = client.get(PAGE + path, **more)
    assert response.status_code == 200, response
    return response.content.decode()


def wish(dataset: Dataset, **more: str) -> dict[str, str]:
    return {"dataset": str(dataset.pk), "model": "scripted", **more}


def confirmed(client: Client, given: dict[str, str]) -> dict[str, str]:
    """As somebody does who has read what stands beside the box."""
    response = client.get(PAGE + "estimate/", given)
    return given | {"confirmed": response.context["seal"]}
