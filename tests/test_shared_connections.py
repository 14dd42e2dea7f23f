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

from chatbot.kept_connections import in_thread


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


asyncio.run(crowd())
"""


def test_a_crowd_of_threads_shares_a_small_pool(django_db_setup: None) -> None:
    environment = child_environment(connection.settings_dict["NAME"]) | {"DATABASE_POOL": "4"}
    done = subprocess.run(
        [sys.executable, "-c", CROWD], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=50
    )
    assert done.returncode == 0, done.stderr
    assert 1 <= int(done.stdout) <= 4
