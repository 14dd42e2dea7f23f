"""An airline's policy as flows, and how its 50 tasks end: `python -m benchmarks.airline [--show N …]`.

A customer plays each task of tau2's airline domain against flows of ours (`flows/`), whose tools are stubbed
(`desk.py`): with the router alone, and with a scripted model that understands everything. Counted is whether
the changes are those that the task expects and no others; where none is expected, also whether the flow said
no.
Needs the developers' sample (`CAUSERIE_DATA`); `--show` prints conversations. Without a database.
"""

from __future__ import annotations

import os
import sys
from collections import Counter

os.environ.setdefault("OMP_NUM_THREADS", "1")  # many threads for small matrices only wait for each other

from benchmarks.offline_django import set_up

set_up()  # before anything of the product is imported

from benchmarks.airline.minds import Mind, RouterAlone, Scripted, wordings  # noqa: E402
from benchmarks.airline.playing import Result, airline_flows, play  # noqa: E402
from benchmarks.airline.tasks import DATA, Task, read_tasks  # noqa: E402
from flows.library import Shelf  # noqa: E402
from flows.problems import problems  # noqa: E402
from tests.modelserver.running import running_in_thread  # noqa: E402


def main() -> None:
    tasks = read_tasks()
    if not tasks:
        print(f"Skipped: {DATA} is not there (CAUSERIE_DATA says where the developers' sample is).")
        return
    flows = airline_flows()
    library = Shelf.of(*flows)
    known = {flow.key: flow for flow in flows}
    stops = [
        one for flow in flows for one in problems(flow, languages=["en"], flows=known) if one.level == "stops"
    ]
    steps = sum(len(flow.nodes) for flow in flows)
    print(
        f"{len(flows)} flows, {steps} steps, {wordings(flows)} examples, {len(stops)} that stops customers\n"
    )
    shown = {int(one) for one in sys.argv[2:]} if sys.argv[1:2] == ["--show"] else set()
    with running_in_thread() as server:
        scripted = Scripted(server)
        for name, mind in (("router alone", RouterAlone(library)), ("scripted model", scripted)):
            told(name, played(tasks, library, mind), shown)
        scripted.close()


def played(tasks: list[Task], library: Shelf, mind: Mind) -> list[Result]:
    return [play(task, library, mind) for task in tasks]


def told(name: str, results: list[Result], shown: set[int]) -> None:
    refusals = [one for one in results if one.task.refused]
    changes = [one for one in results if not one.task.refused]
    wrong = sum(bool(one.wrong) for one in results)
    print(f"## {name}\n\n| tasks | n | end as expected | … and every due step was taken |\n|---|---|---|---|")
    for kind, part in (("all", results), ("that expect changes", changes), ("that expect none", refusals)):
        print(
            f"| {kind} | {len(part)} | {sum(one.ended for one in part)} | {sum(one.whole for one in part)} |"
        )
    print(f"\nwith a wrong change: {wrong}; turns: {sum(one.turns for one in results)}\n")
    failed = [one for one in results if not one.ended]
    for group, times in Counter(group_of(one) for one in failed).most_common():
        print(f"- {times} × {group}")
    for one in failed:
        print(f"  {one.task.number}: {one.why}")
    for one in results:
        if one.task.number in shown:
            print(f"\n### {one.task.number}\n" + "\n".join(one.lines))
    print()


def group_of(result: Result) -> str:
    why = result.why
    if why.startswith("wrong change"):
        return "something else was changed"
    if "not begun, but" in why:
        return "another flow was begun"
    if "not begun" in why:
        return "no flow was begun"
    if "times" in why or "turns" in why or "something else" in why:
        return "an answer was not understood"
    return "a step was not reached"


if __name__ == "__main__":
    main()
