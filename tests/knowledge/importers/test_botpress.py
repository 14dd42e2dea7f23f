"""A Botpress bot gives its questions and answers as articles; what its flows say is counted."""

from __future__ import annotations

from typing import Any

from knowledge.importers.botpress import BOTPRESS
from tests.knowledge.importers.exports import Read, below


def question(key: str, answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    data = {
        "action": "text",
        "enabled": True,
        "contexts": ["global"],
        "questions": {"en": ["how do i pay", "payment"], "fr": ["comment payer"]},
        "answers": answers,
    }
    return {"id": key, "data": data | more}


PAY = question(
    "abc_pay", {"en": ["By card.", "By card or transfer."], "fr": ["Par carte."]}, contexts=["billing"]
)
BOT = {
    "bot.config.json": {"id": "bot", "defaultLanguage": "en"},
    "qna/abc_pay.json": PAY,
    "content-elements/builtin_text.json": [
        {"id": "builtin_text-abc", "formData": {"text$en": "Call us.", "text$fr": "Appelez-nous."}},
        {"id": "builtin_text-def", "formData": {"text$en": "What is your name?"}},
    ],
    "flows/main.flow.json": {"nodes": []},
    "flows/main.ui.json": {"nodes": []},
    "models/x.model": b"\0",
}


def test_questions_and_answers_become_articles_in_each_language():
    read = Read(BOTPRESS, BOT)
    english, french = (record.fields for record in read.records)
    assert (english["title"], english["body"]) == ("How do I pay?", "By card or transfer.")
    assert english["id"] == french["id"] == "botpress:abc_pay" and english["category"] == "Billing"
    assert (french["title"], french["body"], french["lang"]) == ("Comment payer ?", "Par carte.", "fr")


def test_an_answer_may_be_a_content_element():
    read = Read(
        BOTPRESS,
        BOT
        | {"qna/call.json": question("call", {"en": ["#!builtin_text-abc"], "fr": ["#!builtin_text-abc"]})},
    )
    assert [record.fields["body"] for record in read.records if record.fields["id"] == "botpress:call"] == [
        "Call us.",
        "Appelez-nous.",
    ]
    assert read.codes["content-elements"] == "left_answers"


def test_what_leads_to_a_flow_or_needs_values_is_left():
    flow = question("flow", {"en": [""]}, action="redirect", redirectFlow="main.flow.json")
    blank = question("blank", {"en": ["Hello {{user.name}}."], "fr": []})
    codes = Read(BOTPRESS, BOT | {"qna/flow.json": flow, "qna/blank.json": blank}).codes
    assert codes["flow"] == "left_for_flows" and codes["flows"] == "left_flows"
    assert (
        codes["blank"] in {"needs_values", "without_answer"} and codes["bot.config.json"] == "left_settings"
    )


def test_a_disabled_question_is_a_draft():
    read = Read(
        BOTPRESS, {"export.json": {"qnas": [question("off", {"en": ["No."], "fr": ["Non."]}, enabled=False)]}}
    )
    assert [record.fields["status"] for record in read.records] == ["draft", "draft"]


def test_the_bot_may_stand_in_a_folder():
    assert Read(BOTPRESS, below("data/bots/shop", BOT)).titles == Read(BOTPRESS, BOT).titles


def test_of_botpress_cloud_the_flows_are_counted():
    step = {"type": "content", "content": {"type": "text"}}
    cloud = {
        "version": "1.9",
        "settings": {},
        "flows": [{"id": "wf", "nodes": [{"instructions": [step]}], "links": []}],
    }
    read = Read(BOTPRESS, {"bot.json": cloud, "bot.bpz": b"\x1f\x8b"})
    assert [(one.code, one.place.file) for one in read.refused] == [
        ("botpress_cloud", "bot.bpz"),
        ("left_flows", "bot.json"),
        ("left_answers", "bot.json"),
    ]


def test_a_broken_question_is_named_and_the_rest_is_read():
    read = Read(BOTPRESS, BOT | {"qna/bad.json": "{", "content-elements/bad.json": "["})
    assert read.codes["qna/bad.json"] == read.codes["content-elements/bad.json"] == "not_json"
    assert len(read.records) == 2
