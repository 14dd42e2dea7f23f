"""The supervisor: what it keeps alive, and that nothing outlives it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot.embedded import groups
from chatbot.embedded.groups import Groups
from chatbot.embedded.problems import CannotStart
from chatbot.embedded.service import Service
from chatbot.embedded.supervisor import Supervisor

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print('up', flush=True); time.sleep(99)"
)
WITH_CHILD = (
    "import subprocess, time; print(subprocess.Popen(['sleep', '98']).pid, 'up', flush=True); time.sleep(99)"
)


def python(name: str, code: str, **more):
    return Service(name=name, command=[sys.executable, "-c", code], **more)


def within(seconds: float, true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()


def lives(pid: int) -> bool:
    return bool(groups.started_at(pid))


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str]) -> Supervisor:
    return Supervisor(logs=tmp_path, groups=Groups(tmp_path / "groups.json"), say=said.append)


def recorded(tmp_path: Path) -> list[int]:
    return [group["pid"] for group in json.loads((tmp_path / "groups.json").read_text())["groups"]]


async def test_a_service_that_dies_is_started_again_and_the_death_is_told(supervisor, tmp_path, said):
    await supervisor.start(python("one", WITH_CHILD, ready_line="up"))
    first = recorded(tmp_path)[0]
    child = int((tmp_path / "one.log").read_text().split()[0])
    os.kill(first, signal.SIGKILL)
    await asyncio.sleep(1.2)
    assert said == [f"one ended (code -9), again in 0.5 s: see {tmp_path / 'one.log'}"]
    assert lives(recorded(tmp_path)[0])
    assert recorded(tmp_path) != [first]
    assert not lives(child), "what it left in its group must go with it"
    await supervisor.stop()


async def test_restarts_slow_down_for_a_service_that_cannot_live(supervisor, said):
    await supervisor.start(python("dying", "import time; print('up', flush=True)", ready_line="up"))
    await asyncio.sleep(2.2)
    await supervisor.stop()
    assert [line.split("again in ")[1][:3] for line in said] == ["0.5", "1.0", "2.0"]


async def test_a_service_that_ends_before_it_is_ready_is_told_with_its_last_words(supervisor):
    with pytest.raises(CannotStart, match=r"bad ended at once \(code 3\): because of this"):
        await supervisor.start(
            python("bad", "print('because of this'); raise SystemExit(3)", ready_line="up")
        )
    await supervisor.stop()


async def test_one_that_cannot_start_does_not_keep_the_others_waiting(supervisor):
    began = time.monotonic()
    slow, bad = (
        python("slow", "import time; time.sleep(99)", ready_line="never"),
        python("bad", "raise SystemExit(3)"),
    )
    with pytest.raises(CannotStart, match="bad ended at once"):
        await supervisor.start(slow, Service(name="bad", command=bad.command, ready_line="up"))
    await supervisor.stop()
    assert time.monotonic() - began < 3


async def test_services_stop_in_reverse_order_and_the_stubborn_are_killed(supervisor, tmp_path):
    code = "import signal, sys, time, pathlib\ndef end(*_):\n open({!r}, 'a').write({!r}); sys.exit()\n"
    code += "signal.signal(signal.SIGTERM, end); print('up', flush=True); time.sleep(99)"
    order = str(tmp_path / "order")
    for name in "ab":
        await supervisor.start(python(name, code.format(order, name), ready_line="up"))
    await supervisor.start(python("stubborn", STUBBORN, ready_line="up", stop_seconds=0.3))
    pids = recorded(tmp_path)
    await supervisor.stop()
    assert Path(order).read_text() == "ba"  # noqa: ASYNC240
    assert not any(lives(pid) for pid in pids)
    assert recorded(tmp_path) == []


async def test_a_restart_that_is_asked_for_is_quick_and_silent(supervisor, tmp_path, said):
    await supervisor.start(
        python("one", "import time; print('up', flush=True); time.sleep(99)", ready_line="up")
    )
    first = recorded(tmp_path)
    await supervisor.running()[0].restart()
    await asyncio.sleep(0.4)
    assert recorded(tmp_path) not in (first, [])
    assert said == []
    await supervisor.stop()


SUPERVISING = """
import asyncio, subprocess, sys
from pathlib import Path
from chatbot.embedded.groups import Groups
from chatbot.embedded.service import Service
from chatbot.embedded.supervisor import Supervisor
folder, *codes = sys.argv[1:]
async def main():
    supervisor = Supervisor(logs=Path(folder), groups=Groups(Path(folder, "groups.json")), say=print)
    for number, code in enumerate(codes):
        command = [sys.executable, "-c", code]
        await supervisor.start(Service(name=str(number), command=command, ready_line="up"))
    print("ready", flush=True)
    await asyncio.sleep(99)
asyncio.run(main())
"""


@pytest.fixture
def killed(tmp_path: Path) -> list[int]:
    """A supervisor was killed (-9) that kept a stubborn service and one with a child: their process ids."""
    command = [sys.executable, "-c", SUPERVISING, str(tmp_path), STUBBORN, WITH_CHILD]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline() == b"ready\n"
        process.kill()
    return [*recorded(tmp_path), int((tmp_path / "1.log").read_text().split()[0])]


def test_services_die_with_a_killed_supervisor(killed):
    *leaders, child = killed
    assert within(2, lambda: not any(lives(pid) for pid in leaders))
    os.kill(child, signal.SIGKILL)


def test_the_next_start_ends_what_a_killed_supervisor_left(killed, tmp_path):
    child = killed[-1]
    assert lives(child)
    assert groups.sweep(tmp_path / "groups.json") >= 1
    assert within(2, lambda: not lives(child))
    assert not (tmp_path / "groups.json").exists()


def test_the_guard_ends_what_a_killed_supervisor_left(killed, tmp_path):
    (tmp_path / "lock").touch()
    (tmp_path / "run.env").touch()
    files = [str(tmp_path / name) for name in ("lock", "groups.json", "run.env")]
    subprocess.run([sys.executable, "-I", groups.__file__, *files], stdin=subprocess.DEVNULL, check=True)
    assert within(2, lambda: not lives(killed[-1]))
    assert not (tmp_path / "run.env").exists()


def test_a_process_that_was_given_a_recorded_id_later_is_not_touched(tmp_path):
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as other:
        record = Groups(tmp_path / "groups.json")
        record.remember(other.pid, signal.SIGKILL)
        record.known[other.pid]["started"] = "12345"
        record.remember(os.getpid(), signal.SIGKILL)
        record.forget(os.getpid())
        assert groups.sweep(tmp_path / "groups.json") == 0
        assert other.poll() is None
        other.kill()


@pytest.mark.parametrize("content", ["", "{", '{"boot": "another", "groups": [{"pid": 1}]}'])
def test_an_unreadable_record_or_one_of_an_earlier_boot_ends_nothing(tmp_path, content):
    (tmp_path / "groups.json").write_text(content)
    assert groups.sweep(tmp_path / "groups.json") == 0
