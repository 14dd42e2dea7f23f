"""More threads than connections: none of them waits for ever, however many have come before."""

from __future__ import annotations

import subprocess
import sys

from django.db import connection

from tests.conversations.processes import ROOT
from tests.services import child_environment

CROWD = """
import asyncio
from concurrent.futures import ThreadPoolExecutor

import django

django.setup()
from django.db import connection

from chatbot.kept_connections import in_thread, the_loop_lasts


def ask():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.05), pg_backend_pid()")
        return cursor.fetchone()[1]


async def crowd():
    parties = [ThreadPoolExecutor(4) for _ in range(3)]
    async with asyncio.timeout(8):
        for _ in range(2):
            asked = [in_thread(ask, party)() for party in parties for _ in range(4)]
            pids = set(await asyncio.gather(*asked))
    print(len(pids))


the_loop_lasts()
asyncio.run(crowd())
"""


ONE_LOOP_AFTER_ANOTHER = """
import asyncio, threading

import django

django.setup()
from django.db import connection

from chatbot.kept_connections import in_thread, the_loop_lasts


def ask():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


async def ask_twice():
    async with asyncio.timeout(8):
        await asyncio.gather(in_thread(ask)(), in_thread(ask)())


def a_loop_of_its_own():
    with asyncio.Runner() as runner:
        runner.run(ask_twice())
    done.append(True)


done = []
for _ in range(6):  # as a worker or a command does
    a_loop_of_its_own()
the_loop_lasts()
for _ in range(6):  # as a web process does beside its own loop
    thread = threading.Thread(target=a_loop_of_its_own)
    thread.start()
    thread.join()
print(len(done))
"""


def test_threads_that_end_have_given_their_connections_back(django_db_setup: None) -> None:
    """As when a draft is tried: each time with an event loop, whose threads end with it."""
    assert _run(ONE_LOOP_AFTER_ANOTHER) == 12


def test_a_crowd_of_threads_shares_a_small_pool(django_db_setup: None) -> None:
    assert 1 <= _run(CROWD) <= 4


def _run(code: str) -> int:
    """The number that it prints, in a process with four connections."""
    environment = child_environment(connection.settings_dict["NAME"]) | {"DATABASE_POOL": "4"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=90
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)
