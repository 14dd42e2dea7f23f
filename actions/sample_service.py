"""The order system of the sample company, in this process: what its tool "Where is my order" calls.

The address ends in `.example`, which nobody can own (RFC 2606), so answering for it here opens nothing: no
port, no way round the guarded door. Everything else about the tool is as with any other.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.timezone import localdate

from actions.composing import Prepared
from chatbot.outgoing import Fetched

HOST = "orders.maison-lampyre.example"
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


def answer(request: Prepared) -> Fetched | None:
    """None for what is another server's."""
    url = urlsplit(request.url)
    if url.netloc != HOST:
        return None
    status, body = _answer(request, unquote(url.path))
    headers = {"content-type": "application/json"}
    return Fetched(request.url, status, headers, json.dumps(body, ensure_ascii=False).encode())


def _answer(request: Prepared, path: str) -> tuple[int, dict[str, Any]]:
    if (request.method, path) == ("POST", RETURNS_PATH):
        return _registered(json.loads(request.body or b"{}"))
    if request.method != "GET":
        return 405, {"error": "Orders can only be read here."}
    number = _number(path.removeprefix(ORDERS_PATH))
    if not path.startswith(ORDERS_PATH) or number not in ORDERS:
        return 404, {"error": "There is no such order."}
    return 200, {"order": _order(number, localdate())}


def _registered(wanted: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Nothing is kept: the same order always gets the same number."""
    number = _number(str(wanted.get("order", "")))
    if number not in ORDERS:
        return 404, {"error": "There is no such order."}
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
