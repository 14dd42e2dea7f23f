"""Real exports of public projects, as their owners left them."""

from __future__ import annotations

import pytest

from knowledge.importers.dialogflow_cx import DIALOGFLOW_CX
from knowledge.importers.dialogflow_es import DIALOGFLOW_ES
from knowledge.importers.rasa import RASA
from tests.knowledge.importers.exports import Read, real_files


def test_a_help_desk_bot_has_one_text_and_many_conversations():
    read = Read(RASA, real_files("rasa-helpdesk-assistant"))
    assert read.titles == ["What are you able to do?"]
    told = {
        (one.code, one.place.file): one.details.get("number") for one in read.refused if not one.place.name
    }
    assert told["left_stories", "data/stories.yml"] == 6 and told["left_forms", "domain.yml"] == 2
    assert told["left_tests", "tests/test_conversations.yml"] == 12
    assert (
        read.codes["open_incident"] == "needs_action" and read.codes["human_handoff"] == "left_handing_over"
    )


@pytest.mark.parametrize("name", ["dialogflow-es-bike-shop", "dialogflow-es-bike-shop/BikeShopAgent.zip"])
def test_a_bike_shop_tells_its_hours(name):
    read = Read(DIALOGFLOW_ES, real_files(name))
    (record,) = read.records
    assert record.fields["title"] == "When do you open?"
    assert record.fields["body"] == "We are open every weekday from 9am to 5:30pm"
    assert record.fields["questions"] == ["What are your hours?", "How late are you open?"]
    assert read.codes["Make Appointment"] == "needs_values"


def test_an_agent_that_only_leads_a_quiz_has_nothing_to_read():
    read = Read(
        DIALOGFLOW_CX, real_files("dialogflow-cx-blood-donation/exported_agent_Lifeblood_Donation_Agent.zip")
    )
    assert not read.records and read.codes["take.eligibility-quiz"] == "left_for_flows"
    assert read.codes["Default Welcome Intent"] == read.codes["confirmation.yes"] == "left_small_talk"
    assert read.codes["generators"] == "left_prompts"
