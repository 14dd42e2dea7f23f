"""Conversations in plain files: JSON, lines, tables, Rasa's tracker."""

from __future__ import annotations

import json

import pytest

from knowledge.importers.conversations import CONVERSATIONS
from knowledge.importers.conversations_csv import CONVERSATIONS_CSV
from knowledge.importers.rasa_tracker import RASA_TRACKER
from knowledge.importers.talk import MOST_MESSAGES, is_over, role_of, score, when
from tests.knowledge.importers.exports import Read, said

TALK = {
    "external_id": "c1",
    "language": "en",
    "messages": [
        {"role": "customer", "text": "It is dark.", "at": "2024-05-01T10:00:00Z"},
        {"role": "agent", "text": "<p>Press <b>on</b>.</p>", "at": 1714557660, "rating": 5},
    ],
    "tags": ["lamp"],
    "csat": 4,
    "resolved": True,
}


@pytest.mark.parametrize(
    "contents",
    [
        {"c.jsonl": json.dumps(TALK) + "\n"},
        {"c.json": [TALK]},
        {"c.json": {"conversations": [TALK]}},
        {"deep/c.json": TALK},
    ],
)
def test_a_conversation_is_read_however_it_is_laid_out(contents):
    (talk,) = Read(CONVERSATIONS, contents).talks
    assert said(talk) == [("customer", "It is dark."), ("agent", "Press **on**.")]
    assert talk.messages[1].at == "2024-05-01T10:01:00+00:00" and talk.messages[1].rating == 5
    assert (talk.external_id, talk.language, talk.resolved, talk.satisfaction) == ("c1", "en", True, 4)


def test_what_a_model_is_told_as_its_system_is_no_part_of_the_conversation():
    messages = [
        {"role": "system", "content": "You are helpful."},
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello"},
    ]
    (talk,) = Read(CONVERSATIONS, {"tune.jsonl": json.dumps({"messages": messages})}).talks
    assert said(talk) == [("customer", "Hi"), ("bot", "Hello")] and len(talk.external_id) == 16


def test_a_bad_line_is_named_and_the_rest_is_read():
    read = Read(CONVERSATIONS, {"c.jsonl": json.dumps(TALK) + "\n{\n[]\n" + json.dumps({"messages": []})})
    assert len(read.talks) == 1
    assert [(one.code, one.place.number) for one in read.refused] == [
        ("not_json", 2),
        ("no_object", 3),
        ("nothing_said", 4),
    ]


def test_a_very_long_conversation_is_cut_and_says_so():
    messages = [{"role": "user", "text": str(number)} for number in range(MOST_MESSAGES + 3)]
    read = Read(CONVERSATIONS, {"c.json": [{"id": "x", "messages": messages}]})
    assert len(read.talks[0].messages) == MOST_MESSAGES and read.refused[0].code == "messages_cut"


FRENCH = (
    "conversation_id;horodatage;expéditeur;texte\r\n"
    'a;01/05/2024 10:02;Conseillère;"Appuyez sur « marche »."\r\n'
    "a;01/05/2024 10:00;Client;Où est l’été ?\r\n"
    "b;01/05/2024 11:00;Visiteur;Bonjour\r\n"
    "b;01/05/2024 11:01;Zorglub;?\r\n"
    ";;Client;Allô\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_french_table_is_read_in_any_encoding(encoding):
    read = Read(CONVERSATIONS_CSV, {"export/talks.csv": FRENCH.encode(encoding)})
    first, second = read.talks
    assert said(first) == [("customer", "Où est l’été ?"), ("agent", "Appuyez sur « marche ».")]
    assert first.messages[0].at == "2024-05-01T10:00:00" and len(second.messages) == 1
    assert [(one.code, one.place.number) for one in read.refused] == [("unknown_sender", 5), ("no_id", 6)]


def test_a_table_of_something_else_is_not_claimed():
    assert (
        Read(CONVERSATIONS_CSV, {"faq.csv": "question,answer\nWhy?,Because.\n", "e.csv": ""}).claimed == set()
    )


def test_a_tracker_gives_what_was_said():
    events = [
        {"event": "action", "name": "action_session_start"},
        {"event": "user", "text": "/greet", "timestamp": 1714557600.5},
        {"event": "user", "text": "hello", "timestamp": 1714557601.5},
        {"event": "slot", "name": "x", "value": "secret"},
        {"event": "bot", "text": "Hi!", "timestamp": 1714557602.5, "data": {"buttons": []}},
    ]
    (talk,) = Read(RASA_TRACKER, {"tracker.json": {"sender_id": "u1", "events": events, "slots": {}}}).talks
    assert said(talk) == [("customer", "hello"), ("bot", "Hi!")] and talk.external_id == "rasa:u1"


@pytest.mark.parametrize(
    ("word", "role"),
    [
        *(("End-user", "customer"), ("Cliente", "customer"), ("Contact", "customer"), ("Lead", "customer")),
        *(("Conseiller 2", "agent"), ("Support Team", "agent"), ("AgentBot", "bot"), ("agent_bot", "agent")),
        *(("assistant", "bot"), ("système", "system"), ("Zorglub", ""), (None, ""), (["a"], "")),
    ],
)
def test_who_speaks_is_known_by_many_words(word, role):
    assert role_of(word) == ("bot" if word == "agent_bot" else role)


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-05-01 10:00:00 UTC", "2024-05-01T10:00:00+00:00"),
        (1714557600000, "2024-05-01T10:00:00+00:00"),
        ("31/12/2024", "2024-12-31T00:00:00"),
        ("12/31/2024 9:05", "2024-12-31T09:05:00"),
        *(("tomorrow", ""), ("99/99/2024", ""), (True, ""), (None, ""), ("9" * 13, ""), ("", "")),
    ],
)
def test_a_time_is_told_in_one_way(value, iso):
    assert when(value) == iso or (value == "9" * 13 and when(value).startswith("2286"))


@pytest.mark.parametrize(
    ("value", "known"), [("good", 5), ("bad", 1), (3, 3), ("4.0", 4), (9, None), ("", None)]
)
def test_a_rating_is_one_of_five(value, known):
    assert score(value) == known


@pytest.mark.parametrize(
    ("status", "over"),
    [("solved", True), (True, True), ("true", True), (False, False), ("open", False), ("x", None)],
)
def test_a_status_says_whether_it_is_over(status, over):
    assert is_over(status) is over


def test_markup_without_end_does_no_harm():
    deep = {"id": "x", "messages": [{"role": "user", "text": "<div>" * 3_000 + "dark"}]}
    (talk,) = Read(CONVERSATIONS, {"c.json": [deep]}).talks
    assert said(talk) == [("customer", "dark")]
