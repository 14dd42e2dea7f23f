"""`make dev`: restart the product's processes when a source file changes."""

from __future__ import annotations

import asyncio

from chatbot.embedded import console, fingerprint
from chatbot.embedded.supervisor import Supervisor

RELOADED = {"web", "responder", "worker", "beat"}


async def restart_on_change(supervisor: Supervisor) -> None:
    before = await asyncio.to_thread(_snapshot)
    while True:
        await asyncio.sleep(1)
        now = await asyncio.to_thread(_snapshot)
        if now == before:
            continue
        before = now
        console.say("A file changed: restarting …")
        restarted = [kept for kept in supervisor.running() if kept.service.name in RELOADED]
        await asyncio.gather(*(kept.restart() for kept in restarted))


def _snapshot() -> list[tuple[str, int, int]]:
    return [
        entry for entry in fingerprint.source_files() if entry[0].endswith((".py", ".html", ".po", ".mo"))
    ]
