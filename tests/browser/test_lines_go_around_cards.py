"""Lines of a flow lead around the cards that they do not touch: as it was drawn, put into order, moved."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from flows.models import Flow
from flows.publishing import create_flow
from flows.samples import sample_flows
from tests.browser.test_drawing_a_flow import booking, ready

# Each line that is not drawn, or that is seen within a card: looked at every few pixels.
BEHIND = """() => {
  const { edges, drawnLines, boxes } = flowEditor.scene;
  const within = ({ x, y }, box) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
  const found = new Set();
  for (const { key, from, to } of edges) {
    const path = drawnLines.get(key)?.querySelector(".line__path");
    if (!path) found.add(`${key}: not drawn`);
    for (let at = 0; path && at <= path.getTotalLength(); at += 4) {
      const point = path.getPointAtLength(at);
      const hit = [...boxes].find(([, box]) => within(point, box));
      if (hit) found.add(`${key}: behind ${hit[0] === from || hit[0] === to ? "its own card" : hit[0]}`);
    }
  }
  return [...found];
}"""
ALL_IN_SIGHT = "() => flowEditor.camera.fit(flowEditor.scene.all, { least: 0.05 })"
ALL_DRAWN = "() => flowEditor.scene.edges.every(({ key }) => flowEditor.scene.drawnLines.has(key))"
SAMPLES = [graph.key for graph in sample_flows()]


def shown(page: Page, key: str) -> None:
    page.goto(f"/staff/flows/{key}/")
    ready(page)


def looked_at(page: Page) -> list[str]:
    page.evaluate(ALL_IN_SIGHT)
    page.wait_for_function(ALL_DRAWN)
    return list(page.evaluate(BEHIND))


@pytest.mark.parametrize("key", SAMPLES)
def test_no_line_of_the_sample_runs_behind_a_card(lea: Page, key: str) -> None:
    create_flow(next(graph for graph in sample_flows() if graph.key == key), author=None)
    shown(lea, key)
    assert looked_at(lea) == []
    lea.locator("#flow-stage").focus()
    lea.keyboard.press("l")
    assert looked_at(lea) == []


def test_a_card_that_is_put_in_the_way_is_gone_around(lea: Page) -> None:
    flow = booking()
    Flow.objects.filter(pk=flow.pk).update(draft=in_the_way(flow.draft))
    shown(lea, "book")
    assert looked_at(lea) == []
    line = lea.locator("[data-line='book declined'] .line__path")
    around = line.get_attribute("d")
    lea.evaluate("() => flowEditor.scene.drag(new Map([['declined', [1000, 700]]]))")
    assert line.get_attribute("d") != around, "it follows the card while that is dragged"


def in_the_way(draft: dict[str, object]) -> dict[str, object]:
    """All in one row: what leads to the last would run behind those between."""
    names = ["service", "day", "details", "book", "done", "person", "declined"]
    return {**draft, "layout": {name: [300 * at, 0] for at, name in enumerate(names)}}
