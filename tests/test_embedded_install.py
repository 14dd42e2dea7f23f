"""`make run` on a bare machine: what stands in the way is told in one sentence that says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from chatbot.embedded import install

ROOT = Path(__file__).resolve().parent.parent
PIP_SAID = {
    "OSError: [Errno 28] No space left on device": "The disk is full: free 2 GB",
    "WARNING: Retrying … Temporary failure in name resolution": "check the network",
    "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'": "set PIP_CERT",
    "ERROR: No matching distribution found for lxml==6.1.3": "lxml does not exist for Python",
    "error: command 'gcc' failed: No such file or directory\nERROR: Failed building wheel for uvloop": (
        "uvloop has no ready-made build .* install one"
    ),
    "ERROR: [Errno 13] Permission denied: '/home/a/.venv/lib'": "/home/a/.venv/lib may not be written by you",
    "ERROR: something else": "could not be installed: ERROR: something else",
    "": "no reason was given",
}


@pytest.mark.parametrize(("said", "sentence"), PIP_SAID.items(), ids=range(len(PIP_SAID)))
def test_what_pip_says_becomes_one_sentence(said, sentence):
    reason = install.reason(said)
    assert __import__("re").search(sentence, reason)
    assert "\n" not in reason


def test_an_old_python_is_told_which_one_to_use(monkeypatch):
    monkeypatch.setattr("chatbot.embedded.install.sys.version_info", (3, 9, 2))
    with pytest.raises(install.Problem, match="needs Python 3.11 or newer .* `make run PYTHON="):
        install.check_python()


def test_a_missing_venv_module_names_the_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(install.Problem, match=r"apt install python3\.\d+-venv"):
        install.check_venv()


def test_a_full_disk_is_told_before_anything_is_installed(monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("chatbot.embedded.install.shutil.disk_usage", lambda _: usage(10**12, 10**12, 10**8))
    with pytest.raises(install.Problem, match=r"has 0.1 GB free .* 1.5 GB are needed"):
        install.check_disk("run")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a path with a space, with an environment that is complete."""
    root = tmp_path / "my desk" / "causerie"
    (root / "chatbot" / "embedded").mkdir(parents=True)
    for name in ("requirements.txt", "requirements-dev.txt", "chatbot/embedded/install.py", "Makefile"):
        shutil.copy(ROOT / name, root / name)
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return root


def bootstrap(root: Path, *arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(root / "chatbot/embedded/install.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload]


def mark_installed(root: Path) -> None:
    digest = "from chatbot.embedded import install; print(install.fingerprint('run'), end='')"
    done = subprocess.run(
        [sys.executable, "-c", digest], cwd=root, capture_output=True, text=True, check=True
    )
    (root / ".venv" / "installed-run").write_text(done.stdout)


def test_a_complete_environment_is_entered_without_installing(checkout):
    mark_installed(checkout)
    done = bootstrap(checkout, "-c", "import os; print(os.getcwd())")
    assert done.stdout.strip() == str(checkout)
    assert not (checkout / "var").exists()


def test_compiled_modules_are_kept_even_where_an_image_forbids_it_and_beside_no_source(checkout):
    mark_installed(checkout)
    (checkout / "beside.py").write_text("")
    done = bootstrap(checkout, "-c", "import beside", env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 0, done.stderr
    assert not (checkout / "__pycache__").exists()
    assert list((checkout / ".venv" / "compiled").rglob("beside.*.pyc"))


def test_changed_requirements_are_installed_again(checkout):
    mark_installed(checkout)
    (checkout / "requirements.txt").write_text("no-such-package-anywhere==1\n")
    environment = {**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""}
    done = bootstrap(checkout, "-c", "print('entered')", env=environment)
    assert done.returncode == 1
    assert "no-such-package-anywhere does not exist for Python" in done.stderr
    assert "entered" not in done.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: to become another user")
def test_a_checkout_of_another_user_is_told_in_one_sentence(tmp_path):
    for folder in [tmp_path, *tmp_path.parents][:-2]:
        if folder.stat().st_uid == 0 and not folder.stat().st_mode & 0o005:
            folder.chmod(0o755)
    (tmp_path / "chatbot/embedded").mkdir(parents=True)
    shutil.copy(ROOT / "chatbot/embedded/install.py", tmp_path / "chatbot/embedded/install.py")
    python = shutil.which("python3", path="/usr/local/bin:/usr/bin") or pytest.skip("no Python for all users")
    done = subprocess.run(
        [python, "-I", str(tmp_path / "chatbot/embedded/install.py")],
        capture_output=True,
        text=True,
        check=False,
        user="nobody",
        cwd="/",
        env={},
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"You may not write to {tmp_path}" in done.stderr
