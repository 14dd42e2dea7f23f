"""`make run` for real, in a state folder of its own: everything starts, and nothing is left at the end.

The tests follow one installation from its first start to a crash, in the order in which they stand here.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.embedded import groups, places
from tests.conversations.client import Client
from tests.making_run import COMMAND, ROOT, Run, environment, gone, processes_of
from tests.the_web import Browser


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """A state folder with a space in its name, and a port. The tests use them one after the other."""
    var = tmp_path_factory.mktemp("a run") / "var"
    yield var, places.free_port()
    groups.sweep(var / "run" / "groups.json")


@pytest.fixture(scope="module")
def first(place: tuple[Path, int]) -> Iterator[tuple[Run, str]]:
    run = Run(*place)
    yield run, run.wait()
    if run.process.poll() is None:
        run.end(signal.SIGTERM)


def fetch(run: Run, path: str) -> int:
    return int(urllib.request.urlopen(f"http://127.0.0.1:{run.port}{path}", timeout=10).status)


def test_it_prints_the_pages_and_the_account(first):
    run, said = first
    for path in ("/", "/staff/", "/admin/"):
        assert f"http://127.0.0.1:{run.port}{path}\n" in said
        assert fetch(run, path) == 200
    name, password = (run.var / "account").read_text().split()
    assert f"{name} / {password}" in said


@pytest.mark.parametrize(
    ("question", "page", "before", "after"),
    [
        (
            "How many days do I have to return a lamp?",
            r"/help/en/(\d+)-how-do-i-return",
            "30 days",
            "47 days",
        ),
        (
            "Combien de temps une carte cadeau est-elle valable ?",
            r"/help/fr/(\d+)-cartes-cadeaux",
            "24 mois",
            "57 mois",
        ),
    ],
)
def test_what_an_editor_changes_is_in_the_next_answer(first, question, page, before, after):
    run, _ = first
    address = f"http://127.0.0.1:{run.port}"
    answer = asyncio.run(ask(run.port, question, until=before, source=page))
    article = f"/admin/knowledge/document/{re.findall(page, answer['html'])[0]}/change/"
    editor = Browser(address)
    name, password = (run.var / "account").read_text().split()
    editor.send_form("/staff/sign-in/", {"username": name, "password": password}, having="password")
    body = editor.field(article, "body")
    assert before in body
    editor.send_form(article, {"body": body.replace(before, after)}, having="body", button="_publish")
    assert before not in asyncio.run(ask(run.port, question, until=after))["text"]


async def ask(port: int, question: str, *, until: str, source: str = "") -> dict:
    """The first answer that has these words, from this article; asked again for a while, as the index needs a
    moment."""
    async with Client(port) as customer:
        await customer.keep_connected()
        await asyncio.sleep(3)  # the words of an edit are searched at once, by a worker
        for asked in range(1, 19):  # a customer may say twenty things a minute
            await customer.ask(question)
            await customer.until(lambda asked=asked: len(customer.said("assistant")) >= asked, within=45)
            last = max(
                (m for m in customer.messages.values() if m["kind"] == "assistant"), key=lambda m: m["seq"]
            )
            if until in last["text"] and re.search(source, last["html"]):
                return last
            await asyncio.sleep(2)
    raise AssertionError(f"no answer has {until!r}: {last['text']}")


def test_an_order_is_looked_up_where_the_shop_keeps_them(first):
    """In the order service, another process: over HTTP, through the guarded door."""
    run, _ = first
    asyncio.run(
        ask(run.port, "Where is my order LP-2041171?", until="LP-2041171: Out for delivery", source="")
    )


def test_what_is_secret_is_private(first):
    run, _ = first
    for name in ("account", "secret_key", "run.env", "valkey/password", "valkey/valkey.conf"):
        assert stat.S_IMODE((run.var / name).stat().st_mode) == 0o600, name


def test_a_command_in_another_terminal_reaches_the_services(first):
    run, _ = first
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--check"],
        cwd=ROOT,
        env=environment(run.var, run.port),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_second_run_says_where_the_first_one_is(first):
    run, _ = first
    done = subprocess.run(
        COMMAND, cwd=ROOT, env=environment(run.var, run.port), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"Causerie already runs here, at http://127.0.0.1:{run.port} (process ")
    assert done.stderr.count("\n") == 1


def test_a_killed_process_comes_back(first):
    run, _ = first
    pids = re.findall(r'"pid": (\d+)', (run.var / "run" / "groups.json").read_text())
    web = next(pid for pid in pids if b"manage.py\0web" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(int(web), signal.SIGKILL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            assert fetch(run, "/healthz") == 200
        except OSError:
            time.sleep(0.2)
        else:
            break
    assert "web ended (code -9), again in 0.5 s" in run.said.read_text()


def test_term_stops_everything(first):
    run, _ = first
    assert run.end(signal.SIGTERM) == 0
    assert processes_of(run.var) == []
    assert not (run.var / "run.env").exists()


def test_the_second_start_is_quick_and_keeps_the_password_to_itself(first, place):
    run = Run(*place)
    said = run.wait()
    password = (run.var / "account").read_text().split()[1]
    assert password not in said
    assert "Setting up" not in said
    run.process.kill()
    run.process.wait()
    assert gone(run.var, 15), processes_of(run.var)
    # Ten seconds on a quiet machine, which this one need not be.
    assert float(re.findall(r"Ready in ([\d.]+) s", said)[0]) <= 30


def test_after_a_crash_it_starts_again_and_ctrl_c_stops_it(first, place):
    run = Run(*place)
    run.wait()
    assert run.end(signal.SIGINT) == 0
    assert processes_of(run.var) == []


def test_a_taken_port_is_told_in_one_sentence(first, place):
    var, _ = place
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            COMMAND, cwd=ROOT, env=environment(var, port), capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith(f"127.0.0.1:{port} cannot be used (Address already in use): choose another")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("PORT", "99999", "PORT is '99999': it must be a whole number from 1 to 65535"),
        ("MODEL_PRICES", "nope", "MODEL_PRICES is 'nope': it must be JSON"),
        ("OPENAI_API_KEY", "x", "OPENAI_API_KEY is set and ANSWER_MODEL is not"),
        ("DATABASE_URL", "postgresql://127.0.0.1:1/none", "DATABASE_URL does not work"),
        ("REDIS_URL", "redis://127.0.0.1:1/0", "REDIS_URL does not work"),
    ],
)
def test_a_wrong_setting_is_told_in_one_sentence(tmp_path, variable, value, sentence):
    settings = {**environment(tmp_path / "var", places.free_port()), variable: value}
    done = subprocess.run(COMMAND, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_state_folder_is_told_in_one_sentence(tmp_path):
    tmp_path.chmod(0o500)
    done = subprocess.run(
        COMMAND, cwd=ROOT, env=environment(tmp_path / "var", 1), capture_output=True, text=True, check=False
    )
    assert "may not be written" in done.stderr
