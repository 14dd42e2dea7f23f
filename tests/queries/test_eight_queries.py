"""How often each page of the staff's asks the database: eight times at most, however much there is to show.

Session and member of staff are two of the eight. Whatever is loaded by a page later counts for itself.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from tests.access.granting import PUBLIC
from tests.access.routes import filled, routes
from tests.access.table import ADDRESSES
from tests.access.world import ADMIN, CARLA, World, build
from tests.queries.crowd import multiply
from tests.queries.furniture import furnish

MOST = 8
SIZES = (3, 30)  # of every row
# The list, as it can be narrowed. What is named is there.
LISTS = {
    "all": "show=all&order=newest",
    "words": "show=all&q=carla",
    "mine": "show=mine&order=due",
    "mentions": "show=mentions",
    "narrowed": "show=all&assignee={me}&team={team}&labels={label}&assistant={assistant}&rated=down",
    "a step": "show=all&step=reached%20hello@1/hello",
    "guidance": "show=all&guidance={guidance}",
    "a number": "show=all&behind=all+2020-01-01+2030-01-01+UTC+0+-+0",
}
# Pages that need more, held to what they need. Before something is deleted, Django looks once for each kind
# of row that would go with it. The form of an article shows what seven tables know of it.
MORE = {
    "admin:knowledge_document_change": 15,
    "admin:assistant_assistant_delete": 16,
    # Where settings are edited, whether customers get a release of them; and a router that has learned.
    "flows:list": 9,
    "flows:editor": 9,
    "flows:examples": 9,
    "flows:import-examples": 9,
    # What there is to compare, to judge and to play; what one ran last.
    "runs:list": 13,
    # While it is open, its figures are reckoned; the releases in it, and what rests on it.
    "runs:run": 14,
    "admin:assistant_guidance_changelist": 9,
    "admin:assistant_assistant_change": 10,
    # What customers get, what differs in the settings, what a release has to show, and what there was before.
    "releases:list": 21,
    "releases:release": 22,
    "releases:serve-settings": 19,
    # How customers fared in each of the last five times that something was served: two statements for each.
    "releases:live": 24,
    # It counts the questions that are saved in four ways, with their articles.
    "training:search-saved": 11,
    # It reads a whole conversation, with what was found, cited and done.
    "runs:make": 14,
    "admin:accounts_user_delete": 17,
    "admin:conversations_conversation_delete": 36,
    "admin:conversations_customer_delete": 36,
}
NO_QUERIES = ("SAVEPOINT", "RELEASE", "ROLLBACK")
Counted = dict[str, tuple[int, int]]  # by the name of the page: the status, how often it asked


@pytest.fixture(scope="module")
def counted(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[Counted]:
    """Of each size. Thrown away before the first test."""
    found = []
    with django_db_blocker.unblock():
        for size in SIZES:
            with transaction.atomic():
                found.append(dict(asked(size)))
                transaction.set_rollback(True)
    return found


def asked(size: int) -> Iterator[tuple[str, tuple[int, int]]]:
    world = build()
    furnish(world)
    addresses = dict(pages(world))
    multiply(size)
    browser = world.client(ADMIN)
    for name, address in addresses.items():
        yield name, count(browser, address)


def pages(world: World) -> Iterator[tuple[str, str]]:
    known = routes()
    for name in STAFF:
        yield name, filled(known[name], ADDRESSES[name].row(world))
    named = {
        "me": world.staff[ADMIN].pk, "team": world.team.pk, "label": world.label.pk,
        "assistant": world.assistant.pk, "guidance": world.guidance.pk,
    }  # fmt: skip
    for name, query in LISTS.items():
        yield f"list: {name}", f"/staff/?{query.format(**named)}"


def count(browser: Client, address: str) -> tuple[int, int]:
    """Asked for twice: what a process looks up once does not count."""
    browser.get(address)
    with CaptureQueriesContext(connection) as caught, transaction.atomic():
        status = browser.get(address).status_code
        transaction.set_rollback(True)
    return status, sum(not one["sql"].startswith(NO_QUERIES) for one in caught)


STAFF = [
    name
    for name, access in ADDRESSES.items()
    if access.least not in (PUBLIC, CARLA)
    and 200 in (access.get if isinstance(access.get, tuple) else [access.get])
]


@pytest.mark.parametrize("page", [*STAFF, *(f"list: {name}" for name in LISTS)])
def test_a_page_asks_eight_times_at_most_however_much_there_is(counted: list[Counted], page: str) -> None:
    statuses, times = zip(*(each[page] for each in counted), strict=True)
    assert set(statuses) <= {200, 302}
    assert max(times) <= MORE.get(page, MOST)
    assert times[1] <= times[0]
