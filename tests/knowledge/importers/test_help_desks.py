"""Articles and conversations of help desks: Zendesk, Intercom, Chatwoot and Zammad."""

from __future__ import annotations

from knowledge.importers.chatwoot import CHATWOOT
from knowledge.importers.intercom import INTERCOM
from knowledge.importers.zammad import ZAMMAD
from knowledge.importers.zendesk import ZENDESK
from tests.knowledge.importers.exports import Read, below, said

ARTICLE = {
    "id": 35,
    "title": "Returning a lamp",
    "body": "<p>Within <b>30 days</b>.</p>",
    "locale": "en-us",
    "section_id": 7,
    "draft": False,
    "label_names": ["returns"],
    "user_segment_id": None,
    "html_url": "https://help.example.com/35",
}


def test_a_zendesk_article_keeps_its_section_labels_and_address():
    sections = {"sections": [{"id": 7, "name": "Orders", "category_id": 1}]}
    read = Read(
        ZENDESK,
        below("export", {"articles.json": {"articles": [ARTICLE], "count": 1}, "sections.json": sections}),
    )
    assert read.records[0].fields == {
        "id": "zendesk:35",
        "title": "Returning a lamp",
        "body": "<p>Within <b>30 days</b>.</p>",
        "format": "html",
        "lang": "en-us",
        "category": "Orders",
        "keywords": ["returns"],
        "url": "https://help.example.com/35",
        "audience": "everyone",
    }
    assert len(read.claimed) == 2


def test_a_zendesk_article_for_some_is_never_shown_to_all():
    some, staff = ARTICLE | {"id": 1, "user_segment_id": 12}, ARTICLE | {"id": 2, "user_segment_id": 13}
    segments = {"user_segments": [{"id": 13, "name": "Agents", "user_type": "staff"}]}
    read = Read(ZENDESK, {"a.json": [some, staff], "s.json": segments})
    assert [record.fields["audience"] for record in read.records] == ["verified", "staff"]


def test_a_zendesk_draft_stays_one_and_a_translation_shares_the_id():
    translation = {
        "source_id": 35,
        "source_type": "Article",
        "locale": "fr",
        "title": "Rendre une lampe",
        "body": "<p>30 jours.</p>",
        "draft": True,
    }
    lost = translation | {"source_id": 99}
    files = {
        "a.json": {"article": ARTICLE},
        "t.json": {"translations": [translation, lost, translation | {"locale": "en-us"}]},
    }
    english, french = (record.fields for record in Read(ZENDESK, files).records)
    assert english["id"] == french["id"] and "status" not in english
    assert (french["title"], french["lang"], french["status"]) == ("Rendre une lampe", "fr", "draft")
    assert Read(ZENDESK, files).refused[0].code == "no_article"


TICKET = {"id": 9, "subject": "Lamp", "requester_id": 5, "status": "solved", "tags": ["lamp"]}
COMMENTS = [
    {"id": 1, "author_id": 5, "body": "It is dark.", "public": True, "created_at": "2024-05-01T10:00:00Z"},
    {"id": 2, "author_id": 8, "body": "A note.", "public": False, "created_at": "2024-05-01T10:01:00Z"},
    {
        "id": 3,
        "author_id": 8,
        "html_body": "<p>Press <b>on</b>.</p>",
        "public": True,
        "created_at": "2024-05-01T10:02:00Z",
    },
]


def test_the_public_comments_of_a_zendesk_ticket_are_a_conversation():
    ticket = TICKET | {"comments": COMMENTS, "satisfaction_rating": {"score": "good"}}
    (talk,) = Read(ZENDESK, {"tickets.json": {"tickets": [ticket]}}).talks
    assert said(talk) == [("customer", "It is dark."), ("agent", "Press **on**.")]
    assert (talk.external_id, talk.resolved, talk.satisfaction, talk.tags) == (
        "zendesk:9",
        True,
        5,
        ("lamp",),
    )
    assert talk.messages[0].at == "2024-05-01T10:00:00+00:00"


def test_comments_may_stand_in_files_of_their_own_and_tickets_on_lines():
    lines = '{"id": 9, "requester_id": 5, "status": "open"}\n{"id": 10,\n'
    read = Read(
        ZENDESK,
        {
            "export.json": lines,
            "comments/ticket_9.json": {"comments": COMMENTS},
            "comments/ticket_77.json": {"comments": COMMENTS},
            "users.json": {"users": [{"id": 8, "role": "agent"}]},
        },
    )
    assert [message.role for message in read.talks[0].messages] == ["customer", "agent"]
    assert sorted(one.code for one in read.refused) == ["no_ticket", "not_json"]


INTERCOM_ARTICLE = {
    "id": "6871",
    "type": "article",
    "title": "Pay",
    "body": "<p>By card.</p>",
    "state": "published",
    "default_locale": "en",
    "parent_id": 18,
    "url": "https://help.example.com/pay",
    "translated_content": {
        "type": "article_translated_content",
        "en": {"type": "article_content", "title": "Pay", "body": "<p>By card.</p>", "state": "published"},
        "fr": {"type": "article_content", "title": "Payer", "body": "<p>Par carte.</p>", "state": "draft"},
        "de": None,
    },
}


def test_an_intercom_article_is_read_in_each_language():
    collections = {"type": "list", "data": [{"type": "collection", "id": "18", "name": "Billing"}]}
    read = Read(INTERCOM, {"a.json": {"type": "list", "data": [INTERCOM_ARTICLE]}, "c.json": collections})
    english, french = (record.fields for record in read.records)
    assert english["id"] == french["id"] == "intercom:6871"
    assert (english["lang"], english["title"], english["category"]) == ("en", "Pay", "Billing")
    assert (french["lang"], french["title"], french["status"]) == ("fr", "Payer", "draft")


def test_an_intercom_conversation_is_what_was_said_aloud():
    def part(kind: str, author: str, body: str, **more: object) -> dict[str, object]:
        return {"part_type": kind, "author": {"type": author}, "body": body, "created_at": 1714557700, **more}

    parts = [
        part("note", "admin", "<p>secret</p>"),
        part("assignment", "admin", ""),
        part("comment", "bot", "<p>One moment.</p>"),
        part("comment", "admin", "<p>Press on.</p>"),
        part("comment", "user", "<p>secret</p>", redacted=True),
    ]
    conversation = {
        "type": "conversation",
        "id": "77",
        "state": "closed",
        "created_at": 1714557600,
        "source": {"body": "<p>It is dark.</p>", "author": {"type": "lead"}},
        "conversation_rating": {"rating": 4},
        "conversation_parts": {"conversation_parts": parts},
    }
    (talk,) = Read(INTERCOM, {"c.json": {"type": "conversation.list", "conversations": [conversation]}}).talks
    assert said(talk) == [("customer", "It is dark."), ("bot", "One moment."), ("agent", "Press on.")]
    assert (talk.external_id, talk.satisfaction, talk.resolved) == ("intercom:77", 4, True)


def test_chatwoot_articles_keep_what_they_are():
    article = {
        "id": 3,
        "title": "Pay",
        "slug": "pay",
        "content": "By **card**.",
        "portal_id": 1,
        "status": "published",
    }
    archived = article | {"id": 4, "status": "archived", "category": {"name": "Billing", "locale": "fr"}}
    read = Read(CHATWOOT, {"articles.json": {"payload": [article, archived], "meta": {"locale": "en"}}})
    first, second = (record.fields for record in read.records)
    assert (first["id"], first["lang"], first["body"]) == (
        "chatwoot:3",
        "en",
        "By **card**.",
    ) and "status" not in first
    assert (second["lang"], second["category"], second["status"]) == ("fr", "Billing", "draft")


def chatwoot_messages(conversation: int) -> list[dict[str, object]]:
    def message(kind: object, content: str, at: int, **more: object) -> dict[str, object]:
        told = {"message_type": kind, "content": content, "created_at": 1714557600 + at, "private": False}
        return {**told, "conversation_id": conversation, "content_type": "text", **more}

    rating = {"submitted_values": {"csat_survey_response": {"rating": 5}}}
    return [
        message(1, "Press on.", 20, sender_type="User"),
        message(0, "It is dark.", 10),
        message(1, "secret", 30, private=True),
        message(2, "Bob resolved it", 40),
        message("outgoing", "I am a bot.", 50, sender_type="AgentBot"),
        message(3, "Rate us", 60, content_type="input_csat", content_attributes=rating),
    ]


def test_a_chatwoot_conversation_is_what_was_said_aloud():
    conversation = {
        "id": 12,
        "inbox_id": 1,
        "status": "resolved",
        "messages": chatwoot_messages(12),
        "labels": ["x"],
    }
    (talk,) = Read(CHATWOOT, {"c.json": {"data": {"payload": [conversation], "meta": {}}}}).talks
    assert said(talk) == [("customer", "It is dark."), ("agent", "Press on."), ("bot", "I am a bot.")]
    assert (talk.resolved, talk.satisfaction, talk.tags) == (True, 5, ("x",))


def test_pages_of_chatwoot_messages_are_put_together_again():
    both = [*chatwoot_messages(1), *chatwoot_messages(2)]
    read = Read(
        CHATWOOT, {"1.json": {"meta": {}, "payload": both[:7]}, "2.json": {"meta": {}, "payload": both[7:]}}
    )
    assert [(talk.external_id, len(talk.messages)) for talk in read.talks] == [
        ("chatwoot:1", 3),
        ("chatwoot:2", 3),
    ]


def test_zammad_articles_are_a_conversation_without_the_internal_ones():
    def article(sender: str, body: str, **more: object) -> dict[str, object]:
        return {"id": 1, "ticket_id": 4, "sender": sender, "body": body, "internal": False, **more}

    articles = [
        article("Customer", "It is dark."),
        article("Agent", "secret", internal=True),
        article("System", "Closed."),
        article("Agent", "<div>Press on.</div>", content_type="text/html"),
    ]
    tickets = [{"id": 4, "number": "22004", "title": "Lamp", "state_id": 4, "state": "closed"}]
    (talk,) = Read(ZAMMAD, {"articles.json": articles, "tickets.json": tickets}).talks
    assert said(talk) == [("customer", "It is dark."), ("agent", "Press on.")] and talk.resolved is True
