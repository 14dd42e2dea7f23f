"""The order service of the sample company: what its tools "Where is my order" and "Register a return" call.

A program of its own, as a shop's order system is: `make run` starts it, and the product reaches it over HTTP
through the guarded door. It keeps nothing, and imports nothing of the product.

    python actions/sample_service.py 8790
    curl http://127.0.0.1:8790/orders/LP-2041170
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

Answer = tuple[int, dict[str, Any]]

ORDERS_PATH, RETURNS_PATH = "/orders/", "/returns"
# Number: status, days until delivery (or since), carrier, lamps. The statuses are those of the help centre.
ORDERS: dict[str, tuple[str, int, str, tuple[str, ...]]] = {
    "LP-2041170": ("dispatched", 2, "Colissimo", ("Nomade, sage green",)),
    "LP-2041171": ("out_for_delivery", 0, "Chronopost", ("Lune, opal glass", "E27 bulb, 2700 K")),
    "LP-2041172": ("in_preparation", 4, "", ("Atelier, brass",)),
    "LP-2041173": ("in_the_workshop", 12, "", ("Ligne, made to order, 120 cm",)),
    "LP-2041174": ("delivered", -3, "Colissimo", ("Nomade, ochre", "Nomade, ochre")),
    "LP-2041175": ("ready_to_collect", 0, "", ("Plume, linen",)),
}
WORDS = {
    "dispatched": ("Dispatched", "Expédiée"),
    "out_for_delivery": ("Out for delivery", "En cours de livraison"),
    "in_preparation": ("In preparation", "En préparation"),
    "in_the_workshop": ("In the workshop", "À l’atelier"),
    "delivered": ("Delivered", "Livrée"),
    "ready_to_collect": ("Ready to collect", "Prête à être retirée"),
}
NO_SUCH_ORDER: Answer = 404, {"error": "There is no such order."}
LONGEST_BODY = 10_000  # bytes


class Handler(BaseHTTPRequestHandler):
    """One request, one answer in JSON."""

    server_version, sys_version, timeout = "sample-orders", "", 5
    disable_nagle_algorithm = True  # head and body are written apart: the second would wait for 40 ms

    def do_GET(self) -> None:  # noqa: N802 (the name that http.server asks for)
        path = unquote(urlsplit(self.path).path)
        number = _number(path.removeprefix(ORDERS_PATH))
        if path == "/health":
            self._answer(200, {})
        elif not path.startswith(ORDERS_PATH) or number not in ORDERS:
            self._answer(*NO_SUCH_ORDER)
        else:
            self._answer(200, {"order": _order(number, date.today())})

    def do_POST(self) -> None:  # noqa: N802
        length = self.headers.get("content-length", "0")
        if urlsplit(self.path).path != RETURNS_PATH:
            self._answer(405, {"error": "Orders can only be read here."})
        elif not length.isdecimal() or int(length) > LONGEST_BODY:
            self._answer(413, {"error": "That is too long."})
        else:
            self._answer(*_returned(self.rfile.read(int(length))))

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """What was asked stands in the product's log of calls."""


def _returned(body: bytes) -> Answer:
    """The same order always gets the same number."""
    try:
        wanted = json.loads(body)
        number = _number(str(wanted["order"]))
    except (ValueError, TypeError, KeyError):
        return 400, {"error": "Which order comes back?"}
    if number not in ORDERS:
        return NO_SUCH_ORDER
    return 201, {"return": {"number": number.replace("LP-", "RT-")}}


def _number(said: str) -> str:
    return said.upper().replace(" ", "")


def _order(number: str, today: date) -> dict[str, Any]:
    status, days, carrier, lamps = ORDERS[number]
    english, french = WORDS[status]
    return {
        "number": number,
        "status": status,
        "status_words": {"en": english, "fr": french},
        "delivery_date": (today + timedelta(days=days)).isoformat(),
        "carrier": carrier,
        "items": [{"name": lamp} for lamp in lamps],
    }


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
