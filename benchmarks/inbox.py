"""What the staff's inbox costs with a million conversations: each view, filter, order, page and search.

    python -m benchmarks.inbox [--conversations 1000000] [--folder DIR] [--explain]

Fills a private database by SQL with conversations of two messages over a year until now: seven of ten are
resolved, some thousands wait, sleep or are somebody's; labels, teams, ratings, notes that call, steps of
flows, rows of guidance, tallies, and the words of each. Then it asks for the list as a page does (Django's
test client, signed in, through the whole of Django but no server), each address so many times, and prints the
middle and the slowest but one in twenty. `--explain` adds what PostgreSQL does for those that take too long.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.inbox_lists import LISTS
from benchmarks.inbox_rows import FILLING
from chatbot.embedded.services_only import private_services

ASKED = 21
WANTED = 100  # milliseconds
A_DAY = "since=2026-05-05&until=2026-05-05"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--conversations", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--explain", action="store_true")
    options = parser.parse_args()
    with private_services(options.folder) as addresses:
        os.environ.update({**addresses, "DJANGO_SETTINGS_MODULE": "chatbot.settings"})
        os.environ.setdefault("SECRET_KEY", "benchmark")
        run(options.conversations, explain=options.explain)


def run(conversations: int, *, explain: bool) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from conversations.models import Conversation

    call_command("migrate", verbosity=0)
    if not Conversation.objects.exists():  # else a folder that was filled before
        fill(conversations)
    print(f"on disk: {size():,.1f} GB", flush=True)
    browser = signed_in()
    for name, address in addresses():
        times = ask(browser, address)
        middle, slow = np.percentile(times, 50), np.percentile(times, 95)
        missed = "" if slow <= WANTED else "  <-- "
        print(f"| {name} | {middle:.0f} / {slow:.0f} |{missed}", flush=True)
        if missed and explain:
            explained(browser, address)


def fill(conversations: int) -> None:
    from assistant.models import Assistant

    assistant = Assistant.objects.create(name="B", slug="b", languages=["en", "fr"], is_default=True)
    given = {"assistant": assistant.pk, "count": conversations}
    for name, statement in FILLING.items():
        start = time.perf_counter()
        execute(statement, given)
        print(f"fill: {name}: {time.perf_counter() - start:.0f} s", flush=True)
    execute("VACUUM ANALYZE", {})


def signed_in() -> Any:
    from django.test import Client
    from django.test.utils import override_settings

    from accounts.models import User

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(ALLOWED_HOSTS=["testserver"], STORAGES={"staticfiles": plain}).enable()
    browser = Client()
    browser.force_login(User.objects.get(username="agent1"))
    return browser


def addresses() -> Iterator[tuple[str, str]]:
    """What a row of the table is called, and what is asked."""
    from accounts.models import User
    from conversations.models import Conversation, Label, Team

    label, rare = Label.objects.get(name="Label 1").pk, Label.objects.get(name="Seldom").pk
    team, person = Team.objects.order_by("pk")[0].pk, User.objects.get(username="agent2").pk
    today = date.today()
    weeks = f"{today - timedelta(days=27)}+{today}+UTC+0+-+0"
    year = "2000-01-01 2100-01-01 UTC 0 - 0".replace(" ", "+")
    named = {
        "label": label, "next_label": label + 1, "rare": rare, "team": team, "person": person, "day": A_DAY,
        "weeks": weeks, "year": year,
    }  # fmt: skip
    for name, query in LISTS.items():
        yield f"list: {name}", f"/staff/list/?{query.format(**named)}"
    yield from deep()
    yield "whole page", "/staff/"
    some = Conversation.objects.order_by("pk").values_list("pk", flat=True)[1000]
    yield "a conversation, with the list", f"/staff/conversations/{some}/?show=all"


def deep() -> Iterator[tuple[str, str]]:
    """Pages behind a row far down."""
    from conversations.inbox.places import ORDERS, Place
    from conversations.models import Conversation

    for order, keys in ORDERS.items():
        rows = Conversation.objects.order_by(*(by.order() for by in keys), "pk")
        far = rows[rows.count() // 2]
        query = f"show=all&order={order}&after={Place.of(far, order)}"
        yield f"half-way down: {order or 'longest waiting'} first", f"/staff/list/?{query}"


def ask(browser: Any, address: str) -> list[float]:
    response = browser.get(address)
    assert response.status_code == 200, (address, response.status_code)
    times = []
    for _ in range(ASKED):
        start = time.perf_counter()
        browser.get(address)
        times.append((time.perf_counter() - start) * 1000)
        if times[-1] > 3_000:
            break
    return times


def explained(browser: Any, address: str) -> None:
    """The slowest statement of the page, as PostgreSQL works it out."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        browser.get(address)
    slowest = max(caught, key=lambda one: float(one["time"]))
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + slowest["sql"].replace("%", "%%"), [])
        print("\n".join(row[0] for row in cursor.fetchall()), flush=True)


def size() -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return float(cursor.fetchone()[0]) / 1e9


def execute(statement: str, given: dict[str, object]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, given or None)


if __name__ == "__main__":
    main()
