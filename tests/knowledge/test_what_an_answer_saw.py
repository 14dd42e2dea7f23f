"""The link of a source says which text the answer saw; the page says what became of it, no old text."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from knowledge import publishing
from knowledge.models import Document, Revision
from knowledge.pages import render_body
from knowledge.pinning import pinned
from knowledge.seen import place_of
from tests.knowledge.articles import RETURNS, ada, indexed, publish

pytestmark = pytest.mark.django_db
POSTAGE = "Print the label from your account and bring the parcel to any post office. We pay for the postage."


def link(document: Document, passage: str = POSTAGE, revision: Revision | None = None) -> str:
    """As an answer has it that saw the article as it is now, or as it was."""
    seen = revision or document.revisions.first()
    assert seen
    address = f"{document.get_absolute_url()}#how-to-send-it-back"
    return pinned(address, revision=seen.pk, passage=passage)


def read(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def save(document: Document, body: str, **fields: object) -> None:
    document.body = body
    for name, value in fields.items():
        setattr(document, name, value)
    publishing.save_document(document, author=ada())


def test_a_source_of_an_answer_is_pinned_to_what_it_saw(client: Client) -> None:
    document = indexed()
    chunk = document.chunks.get(text__contains="postage")
    page = read(client, link(document, chunk.text))
    assert f'<p class="cited">{POSTAGE}</p>' in page and page.count('class="cited"') == 1
    assert "after this answer" not in page


def test_changed_since_it_says_so_with_the_day_and_marks_what_is_still_there(client: Client) -> None:
    document = publish()
    before = link(document)
    save(document, RETURNS.replace("thirty", "sixty"))
    day = datetime(2026, 3, 5, 12, tzinfo=timezone.get_current_timezone())
    Revision.objects.filter(number=2).update(created_at=day)
    save(document, document.body, questions=["Only searched"])  # nothing that readers see
    page = read(client, before)
    assert f"This article changed on {date_format(day, 'DATE_FORMAT')}, after this answer." in page
    assert "is marked" in page and f'<p class="cited">{POSTAGE}</p>' in page and "thirty" not in page


def test_a_passage_that_was_taken_back_is_shown_to_nobody(client: Client) -> None:
    document = publish()
    before = link(document)
    save(document, RETURNS.replace(POSTAGE, "Bring it to a shop."))
    page = read(client, before)
    assert "after this answer" in page and "post office" not in page
    assert 'class="cited"' not in page and "is marked" not in page


def test_what_is_as_it_was_has_not_changed(client: Client) -> None:
    document = publish()
    before = link(document)
    save(document, "Other.")
    save(document, RETURNS)
    assert "after this answer" not in read(client, before)


def test_an_old_title_leads_on_with_what_the_answer_saw(client: Client) -> None:
    document = publish()
    before = link(document)
    save(document, RETURNS, title="Sending back")
    answer = client.get(before)
    assert answer.status_code == 302 and answer.headers["Location"].startswith(document.get_absolute_url())
    assert "after this answer" in read(client, before)
    other = client.get(f"/help/en/{document.pk}-returns/?seen=https://elsewhere.example")
    assert other.headers["Location"] == document.get_absolute_url()


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"audience": "staff"}, {"audience": "verified"}])
def test_a_link_says_nothing_of_what_is_not_for_everybody(client: Client, fields: dict[str, str]) -> None:
    document = publish()
    before = link(document)
    Document.objects.update(**fields)
    never = client.get(f"/help/en/{document.pk + 1}-returns/?{before.split('?')[1]}")
    there = client.get(before)
    assert there.status_code == never.status_code == 404
    # But for the address itself, and the token against forged requests.
    masked = [re.sub(rb"/help/en/\d+|\b\w{64}\b", b"", answer.content) for answer in (there, never)]
    assert masked[0] == masked[1]


def test_only_what_was_given_is_read(client: Client) -> None:
    document, other = publish(), publish("Delivery", "Fast.")
    save(document, "Other.")
    first = document.revisions.last()
    good = link(document, revision=first)
    assert "after this answer" in read(client, good)
    token = good.split("seen=")[1].split("#")[0]
    page = document.get_absolute_url()
    worse = ["1", token[:-1], token + "0", "0" * 32, token[:20] + "g" * 12, "²" * 32]
    for wrong in [*worse, link(other, "Fast.").split("seen=")[1].split("#")[0]]:
        said = read(client, f"{page}?seen={wrong}")
        assert "after this answer" not in said and 'class="cited"' not in said


def test_the_passage_is_found_however_it_is_spaced() -> None:
    body = "One.\r\n\r\nTwo  words\nhere.\n\nThree."
    place = place_of("Two words here.", body)
    assert place and body[slice(*place)] == "Two  words\nhere."
    assert place_of("Two words there.", body) is None and place_of("", body) is None


@pytest.mark.parametrize(
    ("body", "passage", "shown"),
    [
        ("Text.\n\n- one\n- two\n\nEnd.", "- one\n- two", '<ul class="cited">'),
        ("- one\n- two\n- three", "- two", '<li class="cited">two</li>'),
        ("3. one\n4. two", "3. one\n4. two", '<ol start="3" class="cited">'),
        ("| a |\n|---|\n| b |\n\nEnd.", "| b |", '<table class="cited">'),
        ("## Head\n\nText.", "## Head", '<h2 class="cited">Head</h2>'),
    ],
)
def test_whole_blocks_are_marked(body: str, passage: str, shown: str) -> None:
    html = render_body("Title", body, cited=place_of(passage, body)).html
    assert html.count("cited") == 1
    assert set(re.findall(r"[\w=\"]+", shown)) <= set(re.findall(r"[\w=\"]+", html))


def test_an_article_marks_nothing_by_itself() -> None:
    assert '<p class="cited">' not in render_body("Title", '<p class="cited">x</p>').html
