"""The guidelines of a real support desk as drafts of flows.

    python -m benchmarks.abcd_guidelines [--list|--walk]

ABCD's guidelines are written for people: what to ask for, which button to press, when to do otherwise. What
they ask for becomes questions, their buttons actions, lists of values choices, questions for the FAQ answers
from the knowledge. What they say about deciding ("if the customer …") stands as a note at an empty step,
which somebody has to write. Printed is how much of the 55 sub-flows that is, what `check_flows` would say of
them, and whether a customer who answers everything comes to their end. Without database or model.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.abcd_walking import walk
from flows.graph import Graph
from flows.importers.drawing import Drawing, Node
from flows.importers.naming import key_of
from flows.importers.project import Project
from flows.importers.steps import act, ask, choices
from flows.problems import problems
from untrusted.base import RawFile
from untrusted.together import Files

DATA = Path(os.environ.get("CAUSERIE_DATA", "../shared/data")) / "abcd" / "guidelines.json"
# What guidelines call a value: our kind of slot and its question.
ASKED = {
    "account_id": (r"account id", "text", "What is your account ID?"),
    "full_name": (r"full name|customer.{0,4} name", "text", "What is your full name?"),
    "username": (r"\busername", "text", "What is your username?"),
    "email": (r"e-?mail address", "email", "What is your e-mail address?"),
    "order_id": (r"order id", "text", "What is your order ID?"),
    "zip_code": (r"zip code", "postal_code", "What is your ZIP code?"),
    "phone": (r"phone number", "phone", "What is your phone number?"),
    "pin_number": (r"\bpin number", "text", "What is your PIN?"),
    "address": (r"full address|street address", "text", "What is your address?"),
    "amount": (r"dollar amount|price of the product", "money", "How much is it?"),
}
DECIDES = re.compile(r"\b(if|otherwise|unless|in case|depending|decide)\b", re.IGNORECASE)
LISTED = re.compile(r"^([A-Z][\w /']{1,30}?)\s+[-–]\s+\S")
FAQ = "faq/policy"


def main() -> None:
    if not DATA.exists():
        print(f"Skipped: {DATA} is not there (CAUSERIE_DATA says where the developers' sample is).")
        return
    flows = drafts(json.loads(DATA.read_text("utf-8")))
    kinds = Counter(node.kind for flow in flows for node in flow.nodes)
    open_steps = {flow.key: sum(bool(node.note) for node in flow.nodes) for flow in flows}
    print(f"{len(flows)} sub-flows became drafts; steps: {dict(kinds.most_common())}")
    actions = {node.action for flow in flows for node in flow.nodes if node.kind == "act"}
    print(f"actions to make: {len(actions)}")
    finished = sum(not number for number in open_steps.values())
    print(
        f"nothing left to decide in {finished}; {sum(open_steps.values())} steps to be written in the others"
    )
    _check(flows)
    _walk(flows)
    if "--list" in sys.argv:
        for flow in flows:
            print(f"{flow.key:40} {len(flow.nodes):3} steps, {open_steps[flow.key]} to be written")


def _check(flows: list[Graph]) -> None:
    """As `manage.py check_flows` does, for a company that speaks English."""
    known = {flow.key: flow for flow in flows}
    found = [(flow.key, one) for flow in flows for one in problems(flow, languages=["en"], flows=known)]
    stopped = {key for key, one in found if one.level == "stops"}
    print(f"{len(flows) - len(stopped)} of {len(flows)} could be published as they are, by the checks")
    for (level, code), times in Counter((one.level, one.code) for _, one in found).most_common():
        print(f"  {level}: {code} × {times}")


def _walk(flows: list[Graph]) -> None:
    walks = {flow.key: walk(flow) for flow in flows}
    ended = Counter(one.outcome or "not over" for one in walks.values())
    print(f"walked with an answer to everything: {dict(ended)}")
    whole = sum(len(walks[flow.key].reached) == len(flow.nodes) for flow in flows)
    print(f"all of their steps were taken in {whole}")
    if "--walk" in sys.argv:
        for flow in flows[:: max(1, len(flows) // 5)][:5]:
            print(f"\n{flow.key}\n" + "\n".join(walks[flow.key].lines))


def drafts(guidelines: dict[str, Any]) -> list[Graph]:
    project = Project(Files([], _nothing), "en")
    for name, group in guidelines.items():
        for sub, told in group["subflows"].items():
            _draw(project, name, sub, told)
    refused = [line for line in project.made.report if line.code in ("not_valid", "no_steps")]
    assert not refused, refused
    return project.made.flows


def _nothing(name: str) -> RawFile:
    raise KeyError(name)


def _draw(project: Project, group: str, name: str, told: dict[str, Any]) -> None:
    drawing = Drawing(project, name, where=f"{group}: {name}")
    drawing.fields["description"] = project.text(f"{group}: {name}. {told['instructions'][0]}"[:900])
    drawing.fields["examples"] = {}
    steps = [step for action in told["actions"] for step in _steps(project, name, action)]
    drawing.finish(drawing.chain(steps, then=""))


def _steps(project: Project, flow: str, action: dict[str, Any]) -> list[Node]:
    """What one guideline says to do: ask, choose, press a button, decide."""
    lines = [action["text"], *action["subtext"]]
    if action["type"] == FAQ and action["button"] == "Select Answer":
        return [{"kind": "answer"}]
    steps = [ask(_slot(project, name)) for name in _asked(lines)]
    listed = [found[1] for line in action["subtext"] if (found := LISTED.match(line)) and not _asked([line])]
    if len(listed) > 1:
        key = project.slot(
            f"{flow} {action['button']}", kind="choice", choices=choices({one: {} for one in listed})
        )
        steps.append(ask(key))
    deciding = [line for line in lines if DECIDES.search(line)]
    if deciding or not steps and action["button"] in ("N/A", ""):
        steps.append({"kind": "say", "text": {}, "note": "\n".join(deciding or lines)[:3_900]})
    if action["button"] not in ("N/A", "", "End Conversation") and action["type"] != FAQ:
        steps.append(act(key_of(action["button"])))
    return steps


def _asked(lines: list[str]) -> list[str]:
    text = "\n".join(lines)
    return [name for name, (words, _, _) in ASKED.items() if re.search(words, text, re.IGNORECASE)]


def _slot(project: Project, name: str) -> str:
    _, kind, question = ASKED[name]
    return project.slot(name, kind=kind, ask={"en": question})


if __name__ == "__main__":
    main()
