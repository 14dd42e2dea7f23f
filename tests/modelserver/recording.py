"""What was asked and how it ended, so that tests can count requests and see when a stream was closed."""

import time
from collections import deque
from dataclasses import asdict, dataclass
from typing import Any


@dataclass
class Record:
    number: int
    path: str
    model: str
    body: dict[str, Any]
    at: float
    authorised: bool
    outcome: str = "running"  # then: done, closed_by_client, or the name of the fault
    tokens: int = 0
    seconds: float = 0.0

    def end(self, outcome: str) -> None:
        if self.outcome == "running":
            self.outcome, self.seconds = outcome, round(time.time() - self.at, 4)


class Log:
    def __init__(self) -> None:
        self.records: deque[Record] = deque(maxlen=5000)
        self.total = 0

    def open(self, path: str, body: dict[str, Any], *, authorised: bool) -> Record:
        self.total += 1
        record = Record(self.total, path, str(body.get("model", "")), body, time.time(), authorised)
        self.records.append(record)
        return record

    def as_json(self) -> dict[str, Any]:
        running = sum(record.outcome == "running" for record in self.records)
        requests = [asdict(record) for record in self.records]
        return {"total": self.total, "running": running, "requests": requests}

    def clear(self) -> None:
        self.records.clear()
        self.total = 0
