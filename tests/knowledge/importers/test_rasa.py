"""A Rasa project gives an article for each intent that a fixed text answers, and says what it leaves."""

from __future__ import annotations

import pytest

from knowledge.importers.rasa import RASA
from tests.knowledge.importers.exports import Read, below

NLU = """
version: "3.1"
nlu:
- intent: faq/opening_hours
  examples: |
    - opening hours
    - when are you open on [saturdays](day)
    - Are you open on [Sunday]{"entity": "day", "value": "sun"}?
    - OPENING HOURS
- intent: ask_delivery
  examples:
  - text: |
      - how long does delivery take
  - text: how can i track my parcel
- intent: greet
  examples: |
    - hello
- intent: open_account
  examples: |
    - I want an account
- intent: my_bill
  examples: |
    - how high is my bill
- intent: chitchat/ask_name
  examples: |
    - what is your name
- intent: speak_to_human
  examples: |
    - a person please
- intent: out_of_scope/other
  examples: |
    - order a pizza
- synonym: Sunday
  examples: |
    - sun
"""
DOMAIN = """
version: "3.1"
intents: [greet, ask_delivery, faq, open_account, my_bill]
responses:
  utter_faq/opening_hours:
  - text: Every day.
  - text: "From Monday to Saturday, 9 to 18.\\nOn Sundays we are closed."
    buttons:
    - {title: All shops, url: "https://example.com/shops"}
    - {title: Next, payload: /next}
  - text: A very long text for one channel only, which must not be taken for the answer of all the others.
    channel: slack
  utter_delivery: [{text: Two days.}]
  utter_greet: [{text: Hi!}]
  utter_my_bill: [{text: "You owe {amount} euros."}]
  utter_ask_email: [{text: "Your email?"}]
  utter_chitchat/ask_name: [{text: I am a bot.}]
  utter_out_of_scope/other: [{text: I cannot help with this.}]
forms:
  account_form: {required_slots: [email]}
"""
RULES = """
rules:
- rule: delivery
  steps: [{intent: ask_delivery}, {action: utter_delivery}]
- rule: account
  steps: [{intent: open_account}, {action: account_form}, {active_loop: account_form}]
stories:
- story: hello
  steps: [{intent: greet}, {action: utter_greet}, {intent: open_account}, {action: account_form}]
"""
PROJECT = {
    "config.yml": "language: en\npipeline: []\n",
    "domain.yml": DOMAIN,
    "data/nlu.yml": NLU,
    "data/rules.yml": RULES,
    "endpoints.yml": "action_endpoint:\n  url: http://secret.example/webhook\n",
    "credentials.yml": "rest:\nsocketio:\n  token: secret\n",
    "actions/actions.py": "import os",
}


def test_a_retrieval_intent_becomes_an_article():
    fields = Read(RASA, PROJECT).fields("Are you open on Sunday?")
    assert fields["id"] == "rasa:faq/opening_hours" and fields["lang"] == "en" and fields["category"] == "FAQ"
    assert fields["questions"] == ["opening hours", "when are you open on saturdays"]
    assert fields["body"] == (
        "From Monday to Saturday, 9 to 18.  \nOn Sundays we are closed.\n\n"
        "- [All shops](https://example.com/shops)"
    )


def test_a_rule_of_a_question_and_its_answer_becomes_an_article():
    fields = Read(RASA, PROJECT).fields("How long does delivery take?")
    assert fields["body"] == "Two days." and fields["questions"] == ["how can i track my parcel"]


def test_what_is_no_knowledge_is_named():
    codes = Read(RASA, PROJECT).codes
    assert codes["greet"] == codes["chitchat/ask_name"] == "left_small_talk"
    assert codes["speak_to_human"] == "left_handing_over"
    assert codes["out_of_scope/other"] == "left_fallback"
    assert codes["open_account"] == "needs_action" and codes["my_bill"] == "needs_values"


def test_conversations_and_settings_are_counted_and_nothing_of_them_is_kept():
    read = Read(RASA, PROJECT)
    told = {(one.code, one.place.file): one.details.get("number") for one in read.refused}
    assert told["left_stories", "data/rules.yml"] == 1 and told["left_rules", "data/rules.yml"] == 1
    assert told["left_forms", "domain.yml"] == 1 and told["left_answers", "domain.yml"] == 1
    assert told["left_word_lists", "data/nlu.yml"] == 1 and ("left_settings", "endpoints.yml") in told
    assert told["left_programs", "actions"] == 2
    assert "secret" not in str(read.found)


def test_the_project_may_stand_in_a_folder_beside_other_files():
    around = {
        "README.md": "# Hello",
        "prices.yml": "rules:\n- price: 3\n",
        "__MACOSX/bot/._domain.yml": b"\0",
    }
    read = Read(RASA, below("bot", PROJECT) | around)
    assert read.claimed == set(below("bot", PROJECT))
    assert read.titles == Read(RASA, PROJECT).titles


def test_two_projects_of_one_import_stay_apart():
    french = PROJECT | {"config.yml": "language: fr\npipeline: []\n"}
    read = Read(RASA, below("en", PROJECT) | below("fr", french) | below("copy", PROJECT))
    ids = [(record.fields["id"], record.fields["lang"]) for record in read.records]
    assert len(set(ids)) == len(ids) == 6
    assert ("rasa:ask_delivery", "fr") in ids and ("rasa:en/ask_delivery", "en") in ids


def test_a_file_whose_name_says_its_language_is_in_that_language():
    french = {
        "data/nlu_fr.yml": "nlu:\n- intent: ask_delivery\n  examples: |\n    - combien coûte la livraison\n",
        "domain_fr.yml": "responses:\n  utter_delivery:\n  - text: Deux jours.\n",
    }
    fields = Read(RASA, PROJECT | french).fields("Combien coûte la livraison ?")
    assert fields["lang"] == "fr" and fields["body"] == "Deux jours."


def test_a_broken_file_is_named_and_the_rest_is_read():
    broken = {
        "data/more.yml": "nlu:\n- intent: a\n  examples: [\n",
        "data/loop.yml": "nlu:\n- intent: &a b\n- *a\n",
    }
    read = Read(RASA, PROJECT | broken)
    assert read.codes["data/more.yml"] == "not_yaml" and read.codes["data/loop.yml"] == "yaml_aliases"
    assert len(read.titles) == 2


def test_the_data_of_an_old_rasa_is_not_taken_for_articles():
    read = Read(RASA, {"data/nlu.md": "## intent:greet\n- hello\n", "notes.md": "## Intent\n- hello\n"})
    assert read.codes == {"data/nlu.md": "old_rasa"}


@pytest.mark.parametrize(
    "content", ["nlu: 3", "nlu:\n- 3\n- intent: []\n  examples: 7", "rules:\n- rule: x\n  steps: 1"]
)
def test_a_project_of_another_shape_does_no_harm(content):
    Read(RASA, PROJECT | {"data/odd.yml": content})


def test_tests_are_no_answers():
    stories = "stories:\n- story: a\n  steps: [{intent: open_account}, {action: utter_delivery}]\n"
    read = Read(RASA, PROJECT | {"tests/test_stories.yml": stories})
    assert (
        read.codes["open_account"] == "needs_action" and read.codes["tests/test_stories.yml"] == "left_tests"
    )


def test_what_tells_programmers_about_the_project_is_left_out():
    notes = {
        "README.md": "# How to train it\n\n    rasa train",
        "LICENSE": "Apache",
        "requirements.txt": "rasa",
    }
    read = Read(RASA, PROJECT | notes)
    assert set(notes) <= read.claimed
    assert {read.codes[name] for name in notes} == {"left_notes"}
    assert read.titles == Read(RASA, PROJECT).titles
