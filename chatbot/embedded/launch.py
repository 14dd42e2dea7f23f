"""Become a service: `python -I -S launch.py PARENT DEATH_SIGNAL IDENTITY -- command…`.

A script of the standard library, not a module: it must start in milliseconds, and it runs the few
system calls that have to happen between fork and exec. What it becomes keeps its process id.

IDENTITY is `own`, `namespace` (a user namespace in which root is seen as `nobody`: PostgreSQL refuses
to run as root, yet its files stay where and whose they are) or `nobody` (really that user).
"""

from __future__ import annotations

import ctypes
import os
import pwd
import sys

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1


def enter_namespace(uid: int, gid: int) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    own_uid, own_gid = os.geteuid(), os.getegid()
    if library.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "no user namespaces here")
    maps = (("setgroups", "deny"), ("uid_map", f"{uid} {own_uid} 1"), ("gid_map", f"{gid} {own_gid} 1"))
    for name, text in maps:
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def take_identity(identity: str) -> None:
    nobody = pwd.getpwnam("nobody")
    if identity == "namespace":
        enter_namespace(nobody.pw_uid, nobody.pw_gid)
    elif identity == "nobody":
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)


def die_with_parent(parent: int, signal_number: int) -> None:
    """Ask the kernel for a signal when the parent dies (Linux); a change of identity would clear it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
    if os.getppid() != parent:  # it died before we asked
        sys.exit(1)


def main(arguments: list[str]) -> None:
    parent, signal_number, identity, _, *command = arguments
    if identity != "own":
        take_identity(identity)
    die_with_parent(int(parent), int(signal_number))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
