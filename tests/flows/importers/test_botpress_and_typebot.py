"""Botpress (12 and Cloud) and Typebot bots as flows."""

from __future__ import annotations

import pytest

from flows.importers.botpress import BOTPRESS as BOTPRESS_12
from flows.importers.botpress_cloud import BOTPRESS_CLOUD
from flows.importers.typebot import TYPEBOT as TYPEBOT_IMPORTER
from tests.flows.importers.exports import BOTPRESS, CLOUD, TYPEBOT, TYPEBOT_3, Read, kinds


def test_the_skill_choice_is_a_question_with_buttons():
    flow = Read(BOTPRESS_12, BOTPRESS).flows["return"]
    choose = flow.node(flow.start)
    assert choose.text == {"en": "Send it back?", "fr": "Le renvoyer ?"}
    assert choose.options[0].label == {"en": "Yes, please", "fr": "Oui"}
    assert choose.options[0].synonyms == {"en": ("sure", "ok")}
    assert flow.node(choose.otherwise).text == {"en": "Then keep it."}


def test_a_flow_begins_with_the_intents_that_lead_to_it():
    flows = Read(BOTPRESS_12, BOTPRESS).flows
    assert flows["return"].examples["en"] == ("I want to return this",)
    assert not flows["main"].begins


def test_values_programs_and_conditions_are_taken_and_code_is_not():
    read = Read(BOTPRESS_12, BOTPRESS)
    flow = read.flows["return"]
    assert {"set", "act", "say", "branch", "choose"} <= set(kinds(flow))
    act = next(node for node in flow.nodes if node.kind == "act")
    assert (act.action, act.given) == ("shop_print_label", {"order": "{order}"})
    branch = next(node for node in flow.nodes if node.kind == "branch")
    assert len(branch.cases) == 1
    assert ("return.flow.json: send", "condition_left") in read.codes("draft")
    assert {line.code for line in read.made.report} >= {"questions_are_knowledge", "programs_left"}


def test_a_cloud_bot_is_read_by_its_content():
    read = Read(BOTPRESS_CLOUD, {"whatever": CLOUD})
    flow = read.flows["main"]
    assert kinds(flow)[:3] == ["say", "choose", "branch"]
    choose = next(node for node in flow.nodes if node.kind == "choose")
    assert choose.slot == "topic" and [one.value for one in choose.options] == ["bike", "coat"]
    assert next(node for node in flow.nodes if node.kind == "set").values == {"seen": "yes"}
    assert ("Main", "condition_left") in read.codes("draft") and ("Error", "trouble_built_in") in read.codes(
        "left_out"
    )


@pytest.mark.parametrize("bot", [TYPEBOT, TYPEBOT_3, {"typebot": TYPEBOT}], ids=["6", "3", "wrapped"])
def test_a_typebot_asks_with_its_bubbles(bot):
    flow = Read(TYPEBOT_IMPORTER, {"x.json": bot}).flows["order_help"]
    assert kinds(flow)[:3] == ["say", "ask", "choose"]
    assert flow.slots["name"].ask == {"en": "Your name?"}
    assert flow.slots["e_mail"].kind == "email" and flow.slots["e_mail"].reject == {"en": "Not an address."}
    branch = next(node for node in flow.nodes if node.kind == "branch")
    assert branch.cases[0].when.model_dump()["all"][1]["op"] == "known"
    assert flow.node(branch.cases[0].next).text == {"en": "Bye {name}."}


def test_what_would_have_to_be_worked_out_is_left_and_its_webhook_is_off():
    read = Read(TYPEBOT_IMPORTER, {"x": TYPEBOT})
    assert ("set variable Topic", "value_left") in read.codes("draft")
    assert read.made.webhooks[0].url == "https://api.example.com/orders"
    assert "secret" not in str(read.made) and "token" not in str(read.made)
