"""Two versions that are no neighbours are compared, and whoever gets the link sees the same."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from flows import publishing
from tests.browser.conftest import NewPage
from tests.browser.test_drawing_a_flow import ready
from tests.flows.editing import drawn


def test_any_two_versions_are_compared_and_the_link_is_sent(lea: Page, new_page: NewPage) -> None:
    flow = publishing.create_flow(publishing.read(drawn()), author=None)
    for name in ("One", "Two", "Three"):
        publishing.save_draft(flow.pk, publishing.read(drawn(name={"en": name, "fr": name})), author=None)
        publishing.publish(flow.pk, author=None)
    origin = lea.url.split("/staff")[0]
    lea.goto(f"{origin}/staff/flows/returns/")
    ready(lea)
    lea.get_by_role("button", name="History").click()
    lea.get_by_label("Compare", exact=True).select_option("Version 3")
    lea.get_by_label("with", exact=True).select_option("Version 1")
    lea.get_by_role("button", name="Show what differs").click()
    bar = lea.get_by_role("region", name="A version to look at")
    expect(bar).to_contain_text("What is different from version 3 to version 1")
    expect(bar).to_contain_text("“Three” → “One”")
    link = lea.url
    assert link.endswith("?from=3&to=1")

    bar.get_by_role("button", name="Back to the draft").click()
    assert "from=" not in lea.url
    lea.goto(link)  # as somebody else opens it
    ready(lea)
    expect(bar).to_contain_text("“Three” → “One”")
    lea.get_by_role("button", name="History").click()
    expect(lea.get_by_label("Compare", exact=True)).to_have_value("3")
    lea.set_viewport_size({"width": 320, "height": 640})
    assert lea.evaluate("document.documentElement.scrollWidth") <= 320
