"""The sample company's tools, against its order service: a process that the suite has started."""

from __future__ import annotations

import httpx2
import pytest
from django.conf import settings

from actions.models import Call, Tool
from actions.sample import NOWHERE, follow_the_service, load_sample_tools
from chatbot.embedded import orders
from tests.actions.conftest import call

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sample() -> None:
    assert [tool.key for tool in load_sample_tools()] == ["find_order", "register_return"]


def test_an_order_is_found() -> None:
    assert load_sample_tools() == []
    found = call({"number": "lp-2041171"})
    assert found.data["status_fr"] == "En cours de livraison"
    assert len(found.data["items"]) == 2
    assert call({"number": "LP-9999999"}, key="2").error == "not_found"
    assert [logged.status for logged in Call.objects.order_by("pk")] == [200, 404]


def test_a_return_is_registered() -> None:
    wanted = {"order": "LP-2041174", "reason": "faulty", "email": "carla@example.org"}
    assert call(wanted, name="register_return").data == {"number": "RT-2041174"}
    gone = call(wanted | {"order": "LP-1"}, name="register_return", key="2")
    assert gone.error == "not_found"


@pytest.mark.parametrize(
    ("method", "path", "content", "status"),
    [
        ("GET", "/orders/LP-2041170", None, 200),
        ("GET", "/orders/", None, 404),
        ("GET", "/etc/passwd", None, 404),
        ("POST", "/orders/LP-2041170", b"{}", 405),
        ("POST", "/returns", b"no JSON", 400),
        ("POST", "/returns", b"[]", 400),
        ("POST", "/returns", b"x" * 10_001, 413),
    ],
)
def test_it_answers_what_it_is_asked(method: str, path: str, content: bytes | None, status: int) -> None:
    answered = httpx2.request(method, settings.SAMPLE_ORDERS_URL + path, content=content)
    assert answered.status_code == status
    assert answered.json()


def test_where_none_runs_the_tool_says_so() -> None:
    Tool.objects.filter(key="find_order").update(url=f"{NOWHERE}/orders/{{number}}")
    assert call({"number": "LP-2041170"}).error == "dns_failed"


def test_the_tools_follow_a_service_that_has_moved(settings) -> None:
    own = "http://127.0.0.1:9000/orders/{number}"
    Tool.objects.filter(key="find_order").update(url=own)
    settings.SAMPLE_ORDERS_URL = "http://127.0.0.1:20001"
    follow_the_service()
    urls = dict(Tool.objects.values_list("key", "url"))
    assert urls == {"find_order": own, "register_return": "http://127.0.0.1:20001/returns"}


def test_the_service_keeps_its_port_while_it_is_free(tmp_path) -> None:
    kept = tmp_path / "port"
    port = orders.kept_port(kept)
    assert orders.kept_port(kept) == port
    with orders.private(tmp_path / "log", port=port):
        other = orders.kept_port(kept)
    assert other != port
    assert orders.kept_port(kept) == other
    kept.write_text("nonsense")
    assert orders.kept_port(kept) > 0
