from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access.granting import PUBLIC
from tests.access.routes import filled, routes
from tests.access.table import ADDRESSES
from tests.access.world import ADMIN, CARLA, build
from tests.queries.crowd import multiply
from tests.queries.furniture import furnish


@pytest.mark.django_db
@pytest.mark.parametrize("times", [3, 30])
def test_probe(times: int) -> None:
    world = build()
    furnish(world)
    multiply(times)
    import json

    out = {}
    known = routes()
    sql = {}
    for name, access in ADDRESSES.items():
        if access.least in (PUBLIC, CARLA):
            continue
        browser = world.client(ADMIN)
        try:
            where = filled(known[name], access.row(world))
            browser.get(where)
            with CaptureQueriesContext(connection) as caught:
                r = browser.get(where)
        except Exception as e:
            import traceback; out[name] = (traceback.format_exc()[-300:], 0)
            continue
        out[name] = (r.status_code, len(caught))
        sql[name] = [q["sql"][:400] for q in caught]
    json.dump([out, sql], open(f"/tmp/run-scale-{times}.json", "w"))
