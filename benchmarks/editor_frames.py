"""Frames per second of the flow editor with 500 steps: panned, zoomed, and a step dragged. Nothing is saved.

Beside them what one frame costs the busiest thread of the browser, in CPU time: on a machine that does other
work too, frames come when the machine has time, and 60 a second are possible where this is below 16.7 ms.

    python -m benchmarks.editor_frames http://127.0.0.1:8000 admin PASSWORD [--steps 500] [--before FOLDER]

Needs a running product, a Chromium and one flow; its draft is replaced in the page only. FOLDER holds other
versions of files in `static/flows/`: each movement is measured with them and without, in turns, and compared.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.browser.finding import launch

SECONDS = 4
TURNS = 3  # of each, where two are compared
HASH = re.compile(r"\.[0-9a-f]{8,}\.")
# Frames are counted where they are shown: a callback for each, and how long the longest took.
COUNT = """seconds => new Promise(done => {
  const gaps = []; let last = 0; const end = performance.now() + seconds * 1000;
  const frame = now => { if (last) gaps.push(now - last); last = now;
    window.flowMove?.(now); now < end ? requestAnimationFrame(frame) : done(gaps); };
  requestAnimationFrame(frame); })"""
FILL = """count => {
  const { store, placed } = window.flowEditor;
  const nodes = []; const slots = {};
  for (let at = 0; at < count; at++) {
    const id = `s${at}`; const next = at + 1 < count ? `s${at + 1}` : "";
    const far = `s${(at * 7 + 11) % count}`;
    if (at % 5 === 4) nodes.push({ kind: "branch", id, note: "", next,
      cases: [{ when: { fact: "customer.verified", op: "is", value: true }, next: at % 2 ? far : next }] });
    else if (at % 5 === 2) nodes.push({ kind: "choose", id, note: "", text: { en: `Which of these, ${at}?` },
      slot: "", most_asks: 3, otherwise: "", options: ["a", "b", "c"].map((value, n) =>
        ({ value, label: { en: `Option ${value}` }, synonyms: {}, next: n ? "" : next })) });
    else nodes.push({ kind: "say", id, note: "", next,
      text: { en: `Step ${at} says something of usual length.` } });
  }
  const layout = {};
  nodes.forEach((node, at) => (layout[node.id] = [(at % 25) * 340, Math.floor(at / 25) * 220]));
  store.readOnly = true;
  store.replace({ ...store.graph, start: "s0", nodes, slots, layout });
}"""
MOVES = {
    "pan at 100 %": """() => { const { camera } = flowEditor; camera.arrive({ x: 0, y: 0, scale: 1 });
      flowMove = now => camera.pan(-14 * Math.cos(now / 900), -6 * Math.sin(now / 700)); }""",
    "pan, all in sight": """() => { const { camera } = flowEditor; flowEditor.fit();
      flowMove = now => camera.pan(-4 * Math.cos(now / 400), -3 * Math.sin(now / 300)); }""",
    "zoom in and out": """() => { const { camera } = flowEditor;
      camera.arrive({ x: -900, y: -700, scale: .7 });
      flowMove = now => camera.zoom(1 + .03 * Math.cos(now / 500)); }""",
    "drag a step": """() => { const { camera, scene } = flowEditor; camera.arrive({ x: 0, y: 0, scale: 1 });
      flowMove = now => scene.drag(new Map(
        [["s1", [360 + 80 * Math.cos(now / 300), 60 * Math.sin(now / 300)]]])); }""",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("user")
    parser.add_argument("password")
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--before", type=Path)
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        pages = {"now": _open(browser, given)}
        if given.before:
            pages = {"before": _open(browser, given, other=given.before)} | pages
        for name, move in MOVES.items():
            found: dict[str, list[Frames]] = {which: [] for which in pages}
            for _turn in range(TURNS if given.before else 1):
                for which, page in pages.items():
                    found[which].append(_measured(browser, page, move))
            _tell(name, found)
        browser.close()


def _open(browser: Browser, given: argparse.Namespace, *, other: Path | None = None) -> Page:
    page = browser.new_page(base_url=given.address, viewport={"width": 1440, "height": 900})
    if other is not None:
        page.route("**/flows/*.*", lambda route: _replaced(route, other))
    page.goto("/staff/flows/")
    page.locator("[name=username]").fill(given.user)
    page.locator("[name=password]").fill(given.password)
    page.locator("button[type=submit]").click()
    page.locator(".flows__name").first.click()
    page.locator("#flow-editor[data-ready]").wait_for()
    page.evaluate(FILL, given.steps)
    return page


def _replaced(route: Route, other: Path) -> None:
    """A file of that name in the folder, whatever stands in its address to keep it apart from older ones."""
    name = HASH.sub(".", route.request.url.partition("?")[0].rpartition("/")[2])
    path = other / name
    if path.is_file():
        route.fulfill(path=path)
    else:
        route.continue_()


@dataclass(frozen=True)
class Frames:
    """A movement: frames a second, and milliseconds of CPU that each cost the busiest thread."""

    rate: float
    cost: float
    thread: str


def _measured(browser: Browser, page: Page, move: str) -> Frames:
    page.bring_to_front()
    page.evaluate(move)
    page.wait_for_timeout(2_000)  # what comes into sight for the first time is drawn
    browser.start_tracing(page=page, categories=["toplevel"])
    gaps = page.evaluate(COUNT, SECONDS)
    thread, spent = _busiest(json.loads(browser.stop_tracing())["traceEvents"])
    page.evaluate("() => { window.flowMove = null; flowEditor.scene.drag(new Map()); }")
    return Frames(len(gaps) / SECONDS, spent / len(gaps), thread)


def _tell(name: str, found: Mapping[str, list[Frames]]) -> None:
    rates = {which: statistics.median(one.rate for one in all_) for which, all_ in found.items()}
    costs = {which: statistics.median(one.cost for one in all_) for which, all_ in found.items()}
    for which, all_ in found.items():
        print(f"{name:20} {which:6} {rates[which]:5.1f} frames/s; {costs[which]:5.1f} ms of CPU in each "
              f"({all_[0].thread})")  # fmt: skip
    if "before" in found:
        faster, cheaper = rates["now"] / rates["before"], costs["now"] / costs["before"]
        print(f"{'':20} frames x {faster:.2f}, CPU x {cheaper:.2f}")


def _busiest(events: list[dict[str, Any]]) -> tuple[str, float]:
    """The thread that worked longest, and how many milliseconds."""
    names = {(e["pid"], e["tid"]): e["args"]["name"] for e in events if e["name"] == "thread_name"}
    spent = Counter[str]()
    for event in events:
        if event["name"] == "ThreadControllerImpl::RunTask" and "tdur" in event:
            spent[names.get((event["pid"], event["tid"]), "?")] += event["tdur"] / 1000
    return max(spent.items(), key=lambda pair: pair[1], default=("?", 0.0))


if __name__ == "__main__":
    main()
