"""Real exports, made by others: how much of each is taken over. Skipped where they are not there."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from flows.importing import read_bots
from tests.source import ROOT

DATA = Path(os.environ.get("CAUSERIE_DATA", ROOT.parent / "shared" / "data")) / "imports"
EXPORTS = {
    "rasa-helpdesk-assistant": (
        "Rasa", {"open_incident", "password_reset", "problem_email", "incident_status"}, 11,
    ),
    "dialogflow-es-bike-shop/BikeShopAgent.zip": ("Dialogflow ES", {"make_appointment"}, 0),
    "dialogflow-cx-blood-donation": ("Dialogflow CX", {"eligibility_quiz"}, 0),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPORTS)
def test_a_real_export_becomes_flows(name):
    if not (DATA / name).exists():
        pytest.skip(f"{DATA / name} is not there: CAUSERIE_DATA says where the developers' sample is")
    system, keys, scenarios = EXPORTS[name]
    reading = read_bots(DATA / name)
    counts = Counter(line.level for line in reading.report)
    print(name, dict(counts), sorted(flow.key for flow in reading.flows))
    assert reading.bots == [system] and {flow.key for flow in reading.flows} == keys
    assert len(reading.scenarios) == scenarios
    assert counts["mapped"] >= 5 and not any(line.code in ("not_valid", "damaged") for line in reading.report)
