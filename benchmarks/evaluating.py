"""How long a suite takes: the sample company's scenarios without a model, as `manage.py evaluate` runs them.

    python -m benchmarks.evaluating [--scenarios 200] [--jobs 2]

In the database that is configured, with the sample loaded and nothing else running. The scenarios of the
sample are taken in turn until there are so many; only scripted ones, so that it is the same work every time.
"""

from __future__ import annotations

import argparse
import threading
import time
from itertools import cycle, islice

from benchmarks.extracts import start_django


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenarios", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    start_django()
    report(options.scenarios, options.jobs)


def report(scenarios: int, jobs: int) -> None:
    from assistant.models import Assistant
    from evaluation.models import Case
    from evaluation.runs import asking
    from evaluation.runs.choosing import of_the_sample
    from evaluation.runs.ending import end_if_over
    from evaluation.runs.sides import Side
    from evaluation.runs.working import begin, learn_first

    scripted = [one for one in of_the_sample() if one.script.turns]
    wanted = list(islice(cycle(scripted), scenarios))
    run = asking.ask(wanted, Assistant.objects.get(is_default=True), [Side()], by=None)
    begin(run.pk)
    learn_first()
    began = time.monotonic()
    threads = [threading.Thread(target=work, args=(run.pk,)) for _one in range(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    end_if_over(run.pk)
    turns = sum(len(turned) for turned in Case.objects.filter(run=run).values_list("turned", flat=True))
    passed = Case.objects.filter(run=run, passed=True).count()
    print(f"{scenarios} scenarios, {turns} answers, {jobs} at a time: {took:.1f} s ({passed} as expected)")
    run.delete()


def work(pk: int) -> None:
    from django.db import connection

    from evaluation.models import Run
    from evaluation.runs.working import Worker

    worker = Worker(Run.objects.select_related("assistant").get(pk=pk))
    while worker.one():
        pass
    connection.close()


if __name__ == "__main__":
    main()
