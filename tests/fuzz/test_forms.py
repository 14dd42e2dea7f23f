"""Every form and every query string, filled in with anything: an answer, never an error of ours."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.access.world import ADMIN, CARLA, World
from tests.fuzz import actions
from tests.fuzz.apart import APART
from tests.fuzz.places import place, row
from tests.fuzz.values import RAW, TEXT, fuzz

# Address → the names that it reads of its query.
QUERIES: dict[str, str] = actions.QUERIES | {
    "/": "assistant language",
    "/chat/luce/": "new",
    "/chat/luce/theme.css": "accent",
    "/help/": "q next",
    "/help/en/": "q",
    "/help/fr/": "q page",
    "/staff/audit/": "q who action kind key since until before",
    "/staff/palette/": "q inside",
    "/staff/list.csv": "show q limit step days",
    "/staff/conversations/{carla}/": "show q limit",
    "/staff/sign-in/": "next",
    "/admin/": "_popup",
    "/admin/search/": "s",
    "/admin/autocomplete/": "app_label model_name field_name term",
    "/admin/knowledge/document/": (
        "q p o all status__exact language__exact category__id__exact source__id__exact "
        "audience__exact index_state__exact owner__id__exact"
    ),
    "/admin/knowledge/document/add/": "translation_of language title body category owner",
    "/admin/knowledge/document/{draft}/change/": "_changelist_filters _popup",
    "/admin/knowledge/document/{public}/change/": "continue _popup",
    "/admin/knowledge/document/proposals/": "show page",
    "/admin/knowledge/document/proposals/{proposal}/": "which-title which-text-0",
    "/help/en/{public}-returns/": "seen",
    "/staff/citations/{citation}/": "show",
    "/admin/knowledge/document/{draft}/revisions/1/": "with",
    "/admin/knowledge/document/upkeep/": "show months page",
    "/admin/knowledge/document/{public}/written/": "state",
    "/admin/knowledge/source/": "q p o",
    "/admin/knowledge/synonyms/": "q p o",
    "/admin/knowledge/importrun/": "q p o state__exact origin__exact source__id__exact",
    "/admin/knowledge/importrun/add/": "source",
    "/admin/knowledge/importrun/{run}/change/": "show step q page",
    "/admin/knowledge/importrun/{run}/items/{row}/": "show",
    "/admin/knowledge/job/": "q p o state__exact kind__exact",
    "/admin/evaluation/gap/": (
        "q p o state__exact assignee__id__exact questions__language__exact questions__reason__exact"
    ),
    "/admin/evaluation/gap/{gap}/change/": "page",
    "/staff/playground/": "question",
    "/admin/assistant/assistant/": "q p o",
    "/admin/conversations/conversation/": (
        "q p o status__exact owner__exact assistant__id__exact handoff_reason"
    ),
    "/admin/conversations/customer/": "q p o",
    "/admin/accounts/user/": "q p o role__exact is_active__exact",
}
# Address → the names that it reads of what is posted.
FORMS: dict[str, str] = actions.FORMS | {
    "/i18n/setlang/": "language next",
    "/staff/sign-in/": "username password next",
    "/staff/sign-out/": "next",
    "/staff/conversations/{carla}/note/": "text client_id",
    "/staff/conversations/{carla}/take-over/": "user instead_of",
    "/staff/conversations/{carla}/hand-back/": "user",
    "/staff/conversations/{carla}/resolve/": "user",
    "/staff/suggestions/": "user",
    "/staff/playground/try/": "assistant audience before",
    "/staff/flows/import-flows/": "language files",
    "/staff/flows/import-flows/{flow_import}/": "flow wish publish only",
    "/admin/login/": "username password next",
    "/admin/password_change/": "old_password new_password1 new_password2",
    "/admin/knowledge/document/preview/": "body title document",
    "/admin/knowledge/document/add/": (
        "title body description language category audience owner review_by keywords url translation_of "
        "seen_revision _publish"
    ),
    "/admin/knowledge/document/{draft}/change/": (
        "title body description category audience owner review_by keywords url seen_revision _unpublish"
    ),
    "/admin/knowledge/document/{public}/change/": (
        "title body description category audience owner review_by keywords url seen_revision continued note "
        "_propose"
    ),
    "/admin/knowledge/document/proposals/{proposal}/decide/": (
        "decision seen status version reason which-title title body description category audience "
        "questions keywords url"
    ),
    "/admin/knowledge/document/proposals/{proposal}/withdraw/": "reason",
    "/admin/knowledge/document/": "action _selected_action select_across index",
    "/admin/knowledge/document/{draft}/revisions/1/restore/": "number",
    "/admin/knowledge/document/{draft}/index-again/": "number",
    "/admin/knowledge/document/upkeep/{finding}/decide/": "decision",
    "/admin/knowledge/document/{draft}/still-right/": "day",
    "/admin/knowledge/document/{public}/passages/{chunk}/": "text seen",
    "/admin/knowledge/document/{public}/written/": "wish question",
    "/admin/knowledge/document/{draft}/unpublish/": "day",
    "/admin/knowledge/category/add/": "name language review_months",
    "/admin/knowledge/synonyms/add/": "english french",
    "/admin/knowledge/synonyms/{synonyms}/change/": "english french",
    "/admin/knowledge/importrun/add/": (
        "source name language audience steps personal allowed names first what"
    ),
    "/admin/knowledge/importrun/site/": (
        "address scope most_pages include exclude schedule publish_visits name language audience steps "
        "personal allowed names"
    ),
    "/admin/knowledge/importrun/{run}/decide/": "decision row all",
    "/admin/knowledge/importrun/{run}/items/{row}/": (
        "item{row}-title item{row}-body item{row}-questions item{row}-language item{row}-category "
        "item{row}-audience"
    ),
    "/admin/knowledge/source/{site}/change/": (
        "name language audience steps personal allowed names scope include exclude most_pages schedule"
    ),
    "/admin/knowledge/job/": "action _selected_action",
    "/admin/evaluation/gap/": "action _selected_action select_across index",
    "/admin/evaluation/gap/{gap}/answer/": "title body language",
    "/admin/evaluation/gap/{gap}/care/": "title assignee",
    "/admin/evaluation/gap/{gap}/decide/": "decision question",
    "/admin/accounts/user/add/": "username role language usable_password password1 password2",
    "/admin/accounts/user/{agent}/change/": "username first_name email role language is_active",
    "/admin/accounts/user/{agent}/password/": "password1 password2 usable_password",
    "/admin/conversations/customer/{customer}/change/": "name email language",
}
# What the form takes, before some of it is made worse.
_ARTICLE = {
    "title": "Lamps",
    "body": "They shine.",
    "language": "en",
    "audience": "everyone",
    "seen_revision": 1,
}
_SITE = {"scope": "site", "most_pages": "5", "schedule": "never", "steps": ["spacing"]}
_PASSWORD = {"password1": "x9-lamp-tree", "password2": "x9-lamp-tree"}
_USER = {"username": "zoe", "role": "agent", "language": "en"}
VALID: dict[str, dict[str, Any]] = actions.VALID | {
    "/staff/conversations/{carla}/note/": {"text": "Mine", "client_id": str(uuid4())},
    "/admin/knowledge/document/add/": _ARTICLE | {"_publish": "1"},
    "/admin/knowledge/document/{draft}/change/": _ARTICLE,
    "/admin/knowledge/document/{public}/change/": _ARTICLE | {"_propose": "1"},
    "/admin/knowledge/document/proposals/{proposal}/decide/": _ARTICLE
    | {"decision": "correct", "seen": 1, "status": "published", "version": 1},
    "/admin/knowledge/document/{public}/written/": {"wish": "keep", "question": "question-of-the-model"},
    "/admin/knowledge/importrun/add/": {"first": "a.md", "audience": "everyone", "steps": ["spacing"]},
    "/admin/knowledge/importrun/site/": _SITE | {"address": "https://shop.example/help/"},
    "/admin/knowledge/source/{site}/change/": _SITE | {"name": "Site", "audience": "everyone"},
    "/admin/evaluation/gap/{gap}/answer/": _ARTICLE,
    "/admin/evaluation/gap/{gap}/care/": {"title": "Lamps"},
    "/admin/knowledge/synonyms/add/": {"english": "lamp\nlight", "french": "lampe"},
    "/admin/knowledge/category/add/": {"name": "Shelf", "language": "fr"},
    "/admin/accounts/user/add/": _USER | _PASSWORD | {"usable_password": "true"},
    "/admin/accounts/user/{agent}/change/": _USER,
    "/admin/accounts/user/{agent}/password/": _PASSWORD,
    "/admin/conversations/customer/{customer}/change/": {"name": "Zoe", "language": "fr"},
}  # fmt: skip
for more in APART:
    QUERIES |= more.QUERIES
    FORMS |= more.FORMS
    VALID |= more.VALID
HEADERS = "ACCEPT_LANGUAGE COOKIE REFERER HX_REQUEST HX_CURRENT_URL USER_AGENT X_FORWARDED_FOR CONTENT_TYPE"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
)


def filled_in(path: str, world: World) -> dict[str, Any]:
    return {name: row(value, world) for name, value in VALID.get(path, {}).items()}


def values(names: str) -> st.SearchStrategy[dict[str, Any]]:
    """A few of the fields, each once or twice, and perhaps one that does not exist."""
    value = st.one_of(TEXT, TEXT, st.lists(TEXT, min_size=2, max_size=2))
    return st.dictionaries(st.sampled_from([*names.split(), "other"]), value, max_size=3)


@pytest.mark.parametrize("path", QUERIES)
def test_whatever_is_asked_for_is_answered(world: World, path: str) -> None:
    browser, where, names = world.client(ADMIN), place(path, world), QUERIES[path]

    @fuzz(6)
    @given(values(names), st.dictionaries(st.sampled_from(names.split()), RAW, max_size=2))
    def ask(query: dict[str, Any], raw: dict[str, str]) -> None:
        assert browser.get(where, query).status_code < 500, query
        encoded = "&".join(f"{name}={value}" for name, value in raw.items())
        assert browser.get(f"{where}?{encoded}").status_code < 500, encoded

    ask()


@pytest.mark.parametrize("path", FORMS)
def test_whatever_is_filled_in_is_answered(world: World, path: str) -> None:
    where = place(path, world)
    valid = filled_in(path, world)

    @fuzz(7)
    @given(values(place(FORMS[path], world)))
    def fill_in(form: dict[str, Any]) -> None:
        browser = world.client(ADMIN)  # whoever signs out has to come in again
        assert browser.post(where, valid | form).status_code < 500, form

    fill_in()


def test_whatever_session_is_asked_for_is_answered(world: World, settings: Any) -> None:
    settings.SESSIONS_PER_MINUTE_PER_ADDRESS = 10**6

    @fuzz(80)
    @given(
        st.one_of(JSON, st.fixed_dictionaries({}, optional={"assistant": JSON, "new": JSON})),
        st.binary(max_size=30),
    )
    def ask(wanted: Any, raw: bytes) -> None:
        browser = Client(raise_request_exception=False)
        assert browser.post("/chat/session/", wanted, content_type="application/json").status_code < 500
        assert (
            browser.generic("POST", "/chat/session/", raw, content_type="application/json").status_code < 500
        )

    ask()


def test_whatever_transcript_is_asked_for_is_answered(world: World, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.shop.example"
    settings.TRANSCRIPTS_PER_HOUR = settings.TRANSCRIPTS_PER_HOUR_PER_ADDRESS = 10**6
    settings.MESSAGES_PER_MINUTE = 10**6
    browser, where = world.client(CARLA), f"/chat/transcripts/{world.carla.pk}/"
    wish = {"email": JSON, "client_id": JSON | st.uuids().map(str), "time_zone": JSON}

    @fuzz(80)
    @given(st.one_of(JSON, st.fixed_dictionaries({}, optional=wish)), st.binary(max_size=30), TEXT)
    def ask(wanted: Any, raw: bytes, zone: str) -> None:
        assert browser.post(where, wanted, content_type="application/json").status_code < 500, wanted
        assert browser.generic("POST", where, raw, content_type="application/json").status_code < 500, raw
        assert browser.get(where, {"time_zone": zone}).status_code == 200, zone

    ask()


def test_whatever_a_browser_says_of_itself_it_is_answered(world: World) -> None:
    headers = st.sampled_from([f"HTTP_{name}" for name in HEADERS.split()])
    printable = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=80)
    cookies = st.sampled_from(["customer", "sessionid", "django_language", "csrftoken", "messages"])

    @fuzz(60)
    @given(st.dictionaries(headers, printable, max_size=3), st.dictionaries(cookies, printable, max_size=3))
    def come(said: dict[str, str], kept: dict[str, str]) -> None:
        browser = Client(raise_request_exception=False)
        for name, value in kept.items():
            browser.cookies[name] = value
        for path in ("/", "/help/en/?q=lamps", "/staff/", "/staff/sign-in/", "/nowhere"):
            assert browser.get(path, **said).status_code < 500, (path, said, kept)

    come()


def test_whatever_is_asked_in_the_playground_is_answered(world: World) -> None:
    browser, assistant = world.client(ADMIN), str(world.assistant.pk)

    @fuzz(15)
    @given(TEXT, TEXT)
    def ask(question: str, before: str) -> None:
        form = {"assistant": assistant, "audience": "staff", "question": question, "before": before}
        assert browser.post("/staff/playground/try/", form, HTTP_HX_REQUEST="true").status_code < 500, form

    ask()
