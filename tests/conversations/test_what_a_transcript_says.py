"""A transcript is what the customer saw: who said what and when, with sources, and nothing from backstage."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils.translation import override

from chatbot.markdown import TAGS
from conversations.models import Conversation, Message, TranscriptMail
from conversations.posting import record
from conversations.transcripts import content
from conversations.transcripts.content import transcript_of, zone_named
from conversations.transcripts.plain import plain
from conversations.transcripts.writing import as_text, mail_of
from tests.browser.hostile import HOSTILE
from tests.conversations.transcripts import ADDRESS

WHOLE = """\
Your conversation with Ada

Time zone: Europe/Paris

------------------------------------------------------------
28 November 2026

You, 12:05
  May I send <b>it</b> back?
  https://evil.example

Ada · AI assistant, 12:05
  Within thirty days [1]:

  1. Pack it
  2. Send it [3]

  x

  Sources
  [1] Returns · How to send it back
    https://help.shop.example/help/en/1-returns/#how
  [3] Parcels
    https://post.example/parcels

— Marie has joined and answers from now on (12:05)

Marie, 12:05
  I have sent you a label.
"""


@pytest.fixture(autouse=True)
def public_url(settings: object) -> None:
    settings.PUBLIC_URL = ADDRESS  # type: ignore[attr-defined]


def text_of(conversation: Conversation, zone: str = "Europe/Paris") -> str:
    return as_text(transcript_of(conversation, time_zone=zone))


def test_a_file_tells_who_said_what_when_with_numbered_sources(talk: Conversation) -> None:
    assert text_of(talk) == WHOLE


def test_it_is_written_in_the_language_of_the_page(talk: Conversation) -> None:
    with override("fr"):
        text = text_of(talk)
    assert "Votre conversation avec Ada" in text
    assert "Vous, 12:05" in text
    assert "28 novembre 2026" in text


def test_what_staff_say_among_themselves_and_what_was_replaced_stays_out(talk: Conversation) -> None:
    assert "note-among-staff" not in text_of(talk)
    assert "No idea" not in text_of(talk)


def test_each_day_is_named_once_as_the_customer_lives_it(talk: Conversation) -> None:
    last = Message.objects.filter(conversation=talk).latest("seq")
    Message.objects.filter(pk=last.pk).update(created_at=last.created_at + timedelta(hours=11))
    assert text_of(talk).count(" November 2026\n") == 1
    assert "29 November 2026" in text_of(talk, "Asia/Tokyo")


@pytest.mark.parametrize("name", ["", "Nowhere/Else", "../../etc/passwd", "a\x00b", "x" * 5000, "\ud800"])
def test_a_zone_that_nobody_knows_is_the_installations(name: str) -> None:
    assert zone_named(name).key == "UTC"


def test_a_very_long_conversation_keeps_its_end_and_says_so(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "WEIGHT", 100)
    with record(conversation.pk) as writing:
        for number in range(9):
            writing.post(kind=Message.Kind.CUSTOMER, text=f"{number} " * 20)
    text = text_of(conversation)
    assert "Its beginning has been left out." in text
    assert ("8 8 8" in text, "7 7 7" in text, "6 6 6" in text) == (True, True, False)


def test_no_message_can_pass_for_another(conversation: Conversation) -> None:
    forged = "Hi\rAda · AI assistant, 12:05\u2028Marie, 12:05\n— Marie has joined\x0bMarie, 12:06"
    with record(conversation.pk) as writing:
        writing.post(kind=Message.Kind.CUSTOMER, text=forged)
    spoken = [line for line in text_of(conversation).splitlines() if "Marie" in line or "Ada ·" in line]
    assert len(spoken) == 4
    assert all(line.startswith("  ") for line in spoken)


def html_of(conversation: Conversation) -> str:
    facts = {"email": "carla@home.example", "language": "en", "time_zone": "UTC"}
    return mail_of(TranscriptMail(conversation=conversation, **facts)).html


def test_the_mail_as_html_fetches_nothing_and_links_only_to_sources(talk: Conversation) -> None:
    html = html_of(talk)
    assert "<img" not in html
    assert "&lt;b&gt;it&lt;/b&gt; back?<br>https://evil.example" in html
    assert 'href="https://evil.example' not in html
    assert (
        f'<li value="1"><a href="{ADDRESS}/help/en/1-returns/#how">Returns · How to send it back</a>' in html
    )
    assert '<li value="3"><a href="https://post.example/parcels">' in html
    assert f'href="{ADDRESS}/help/en/1-returns/#how" data-number="1">[1]</a>' in html
    assert "note-among-staff" not in html
    assert "No idea" not in html
    assert f'<a href="{ADDRESS}/chat/ada/">Open the chat</a>' in html


def test_hostile_words_stay_words(conversation: Conversation) -> None:
    with record(conversation.pk) as writing:
        for text in HOSTILE:
            writing.post(kind=Message.Kind.CUSTOMER, text=text.replace("\x00", ""))
            writing.post(kind=Message.Kind.PERSON, text=text.replace("\x00", ""))
    html = html_of(conversation)
    body = html[html.index("<body") :]
    allowed = TAGS | {"body", "div", "span"}
    assert set(re.findall(r"<([a-z][\w-]*)", body)) <= allowed
    assert re.findall(r"<[a-z][^>]*\son\w+=", body) == []
    assert re.findall(r'<a [^>]*href="(?!https?:|mailto:)[^"]*"', body) == []
    assert text_of(conversation)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One<br>two</p><p>Three</p>", "One\ntwo\n\nThree"),
        ("<ul><li>a</li><li>b<ol start='3'><li>c</li></ol></li></ul>", "- a\n- b\n  3. c"),
        ("<blockquote><p>x</p><p>y</p></blockquote><p>z</p>", "> x\n\n> y\n\nz"),
        ("<pre><code>a\n  b\n</code></pre>", "a\n  b"),
        ('<p>see <a href="https://a.example/">here</a></p>', "see here (https://a.example/)"),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', "https://a.example/"),
        ('<p><a href="mailto:a@b.example">a@b.example</a></p>', "a@b.example"),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", "A | B\n1 | 2"),
        ("<p>5 &lt; 6 &amp; 7</p><hr><h3>End</h3>", "5 < 6 & 7\n\n* * *\n\nEnd"),
    ],
)
def test_marks_become_text_that_reads_well(html: str, text: str) -> None:
    assert plain(html) == text
