"""`make run` for real, in a state folder of its own: everything starts, and nothing is left at the end.

The tests follow one installation from its first start to a crash, in the order in which they stand here.
"""

from __future__ import annotations

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

ROOT = Path(__file__).resolve().parent.parent
EMBEDDED = (
    "DATABASE_URL",
    "REDIS_URL",
    "EMBEDDING_BASE_URL",
    "EMBEDDING_API_KEY",
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
)
COMMAND = [sys.executable, "-m", "chatbot.embedded", "run"]


class Run:
    """A started `make run` and what it has said."""

    def __init__(self, var: Path, port: int) -> None:
        self.var, self.port = var, port
        self.said = var.parent / "said"
        with self.said.open("wb") as output:
            self.process = subprocess.Popen(
                COMMAND,
                cwd=ROOT,
                env=environment(var, port),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def wait(self, seconds: float = 120) -> str:
        deadline = time.monotonic() + seconds
        while "Ctrl-C stops everything" not in (said := self.said.read_text()):
            assert self.process.poll() is None, said
            assert time.monotonic() < deadline, said
            time.sleep(0.1)
        return said

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


def environment(var: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in EMBEDDED}
    kept.update(dict.fromkeys(("OPENAI_API_KEY", "OPENAI_BASE_URL"), ""))
    return {**kept, "VAR_DIR": str(var), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "chatbot.settings"}


def processes_of(var: Path) -> list[str]:
    """Command lines of living processes that were started for this state folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            about = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
            name = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if os.fsencode(var) in about and name and int(folder.name) != os.getpid():
            found.append(name.replace(b"\0", b" ").decode())
    return found


def gone(var: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while processes_of(var) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not processes_of(var)


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
    # Ten seconds on a quiet machine; the suite shares two cores with itself.
    assert float(re.findall(r"Ready in ([\d.]+) s", said)[0]) <= (
        30 if "PYTEST_XDIST_WORKER" in os.environ else 10
    )
    run.process.kill()
    run.process.wait()
    assert gone(run.var, 15), processes_of(run.var)


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
        ("PORT", "eighty", "PORT must be a whole number and is 'eighty'"),
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
