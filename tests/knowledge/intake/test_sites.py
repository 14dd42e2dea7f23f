"""A site is visited politely, its menus go, and the next visit shows what is new, changed and gone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone

from knowledge.intake import approving, visits
from knowledge.models import Document, ImportRun, SitePage, Source
from tests.knowledge.intake.importing import do_jobs, states
from tests.webserver import Page, WebServer, serving

pytestmark = pytest.mark.django_db

SITE = "/admin/knowledge/importrun/site/"
MENU = "<div class=top>Hello dear guest, have a look at our winter catalogue!</div>"
SAID = {
    "lamps": "Our lamps are made by hand in a small workshop in Lyon, and every one of them is signed.",
    "returns": "You may send back what you bought within thirty days, and we pay for the parcel.",
    "delivery": "A parcel takes three to five working days to reach you, wherever in Europe you live.",
    "warranty": "Everything we sell has a warranty of two years, which covers the wiring and the shade.",
}


def page(title: str, text: str, *links: str) -> Page:
    linked = "".join(f'<a href="{link}">{link}</a> ' for link in links)
    html = (
        f"<html lang=en><head><title>{title} | Shop</title></head><body><nav>{linked}</nav>{MENU}"
        f"<main><h1>{title}</h1><p>{text}</p><p>{text}</p></main></body></html>"
    )
    return Page(html)


@pytest.fixture
def shop(settings) -> Iterator[WebServer]:
    pages = {f"/{name}": page(name.title(), text) for name, text in SAID.items()}
    pages["/"] = page(
        "Welcome", "This is where everything about our shop is told at length.", *map("/{}".format, SAID)
    )
    pages["/robots.txt"] = Page("User-agent: *\nDisallow: /secret\n", type="text/plain")
    with serving(pages) as web:
        settings.OUTGOING_ALLOWED = [f"127.0.0.1:{web.port}"]
        yield web


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr("knowledge.crawling.planning.SHORTEST_DELAY", 0.0)


def visited(editor, web: WebServer, **fields: str) -> ImportRun:
    steps = ["encoding", "spacing", "boilerplate"]
    given = {"address": f"{web.url}/", "scope": "site", "most_pages": 50, "schedule": "never", "steps": steps}
    answer = editor.post(SITE, given | fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return done()


def done() -> ImportRun:
    do_jobs()
    return ImportRun.objects.latest("pk")


def again(editor, source: Source) -> ImportRun:
    editor.post(f"/admin/knowledge/importrun/visit/{source.pk}/")
    return done()


def test_a_site_becomes_articles_without_its_menus(editor, shop):
    run = visited(editor, shop)
    assert set(states(run)) == {"Welcome", "Lamps", "Returns", "Delivery", "Warranty"}
    lamps = run.items.get(title="Lamps")
    assert "made by hand" in lamps.body and "winter catalogue" not in lamps.body
    assert lamps.fields["url"] == f"{shop.url}/lamps" and lamps.language == "en"


def test_what_stands_on_most_pages_is_left_out_and_counted(editor, shop):
    for name in SAID:
        html = shop.pages[f"/{name}"].body.replace("<main>", f"<main><p>{MENU}</p>")
        shop.pages[f"/{name}"] = Page(html)
    run = visited(editor, shop)
    assert not run.items.filter(body__contains="winter catalogue").exists()
    row = run.items.get(title="Lamps")
    assert row.changes.get("boilerplate", 0) >= 1 and "winter catalogue" in row.before


def test_robots_are_obeyed_and_other_sites_left_alone(editor, shop):
    shop.pages["/"] = page("Welcome", SAID["lamps"], "/secret/plan", "http://127.0.0.1:1/other", "/lamps")
    shop.pages["/secret/plan"] = page("Secret", "Nobody may read this.")
    visited(editor, shop)
    assert "/secret/plan" not in shop.paths
    assert set(SitePage.objects.filter(state="read").values_list("url", flat=True)) == {
        f"{shop.url}/", f"{shop.url}/lamps"
    }  # fmt: skip


def test_the_second_visit_shows_what_is_new_changed_and_gone(editor, shop):
    run = visited(editor, shop)
    approving.approve(run, run.items.all(), author=None)
    assert Document.objects.count() == 5
    shop.pages["/lamps"] = page(
        "Lamps", "All our lamps are now made in a larger workshop in Saint-Étienne.", "/bulbs"
    )
    shop.pages["/bulbs"] = page("Bulbs", "We have bulbs of every colour that anybody could ask for.")
    del shop.pages["/returns"]
    second = again(editor, run.source)
    assert states(second) == {
        "Lamps": "changed", "Bulbs": "new", "Returns": "gone",
        "Welcome": "unchanged", "Delivery": "unchanged", "Warranty": "unchanged",
    }  # fmt: skip
    approving.approve(second, second.items.all(), author=None)
    assert set(Document.objects.values_list("title", flat=True)) == {
        "Welcome", "Lamps", "Bulbs", "Delivery", "Warranty"
    }  # fmt: skip


def test_what_was_read_and_not_published_is_shown_again_only_when_it_changes(editor, shop):
    run = visited(editor, shop)
    approving.discard(run, run.items.filter(title="Lamps"))
    approving.approve(run, run.items.all(), author=None)
    assert "Lamps" not in states(again(editor, run.source))


def test_a_server_in_trouble_takes_nothing_away(editor, shop):
    run = visited(editor, shop)
    approving.approve(run, run.items.all(), author=None)
    shop.pages["/returns"] = Page("Sorry", status=403)
    second = again(editor, run.source)
    assert second.items.get(code="page_status").details == {"status": "403"}
    assert not second.items.filter(state="gone").exists() and Document.objects.count() == 5


def test_a_visit_that_is_interrupted_goes_on(editor, shop, monkeypatch):
    from knowledge.intake import running

    calls = iter([True] * 2)
    original = running.work
    monkeypatch.setattr(running, "work", lambda run, goes_on: original(run, lambda: next(calls, False)))
    run = visited(editor, shop)
    assert run.state == "reading" and 0 < run.pages_visited < 5
    monkeypatch.setattr(running, "work", original)
    run = done()
    assert run.state == "review" and run.items.count() == 5
    assert shop.paths.count("/lamps") == 1


def test_a_site_map_names_the_pages(editor, shop):
    entries = "".join(f"<url><loc>{shop.url}/{name}</loc></url>" for name in ("lamps", "returns"))
    shop.pages["/sitemap.xml"] = Page(f"<urlset>{entries}</urlset>", type="application/xml")
    assert set(states(visited(editor, shop, scope="sitemap"))) == {"Lamps", "Returns"}


def test_a_feed_brings_its_articles(editor, shop):
    whole = f"<p>{SAID['warranty']}</p>" * 20
    feed = (
        f"<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>News</title>"
        f"<item><title>Two years</title><link>{shop.url}/news/1</link>"
        f"<content:encoded><![CDATA[{whole}]]></content:encoded></item>"
        f"<item><title>Lamps</title><link>{shop.url}/lamps</link><description>Read more…</description></item>"
        f"</channel></rss>"
    )
    shop.pages["/feed.xml"] = Page(feed, type="application/rss+xml")
    run = visited(editor, shop, scope="feed", address=f"{shop.url}/feed.xml")
    assert set(states(run)) == {"Two years", "Lamps"}
    assert "/news/1" not in shop.paths


def test_one_page_is_one_page(editor, shop):
    assert set(states(visited(editor, shop, scope="page", address=f"{shop.url}/lamps"))) == {"Lamps"}


def test_a_private_address_is_refused_with_the_reason(editor, settings):
    settings.OUTGOING_ALLOWED = []
    given = {"address": "http://127.0.0.1/", "scope": "site", "most_pages": 5, "schedule": "never"}
    page = editor.post(SITE, given).content.decode()
    assert "private network" in page and not Source.objects.exists()


def test_a_site_is_visited_when_its_time_has_come_but_not_over_an_open_decision(editor, shop):
    run = visited(editor, shop, schedule="daily")
    Source.objects.update(next_visit_at=timezone.now())
    visits.ask_due()
    assert ImportRun.objects.count() == 1 and Source.objects.get().next_visit_at > timezone.now()
    approving.discard(run, run.items.all())
    Source.objects.update(next_visit_at=timezone.now())
    visits.ask_due()
    visits.ask_due()
    assert ImportRun.objects.count() == 2


def test_a_trusted_site_publishes_by_itself(editor, shop):
    run = visited(editor, shop, publish_visits="on")
    assert run.state == "done" and Document.objects.published().count() == 5


def test_an_address_that_leads_nowhere_is_told_at_once(editor, shop, settings):
    run = visited(editor, shop, address=f"{shop.url}/nowhere")
    assert run.items.get().details == {"status": "404"}
    with serving({}) as gone:
        closed = gone.port
    settings.OUTGOING_ALLOWED = [*settings.OUTGOING_ALLOWED, f"127.0.0.1:{closed}"]
    run = visited(editor, shop, address=f"http://127.0.0.1:{closed}/")
    assert run.state == "done" and run.items.get().code == "robots"
