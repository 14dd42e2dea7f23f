"""The six rules that carry the house (DESIGN, section 1), as tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.calling import called, reaching, within_transactions
from tests.source import (
    LEVELS,
    ROOT,
    calls,
    functions,
    imported,
    let_go,
    module_of,
    name_of,
    parsed,
    product_files,
    steps,
    users_of,
)


@pytest.fixture(autouse=True, scope="module")
def no_tree_outlives_them() -> Iterator[None]:
    yield
    let_go()


# --- 1. Imports go down, facts go up ------------------------------------------------------------------------

# Doors of `chatbot` that every app may use; the rest of it wires the apps together and stands outside.
SHARED = {
    "counting",
    "kept_connections",
    "outgoing",
    "mailing",
    "mail_queue",
    "markdown",
    "addresses",
    "chance",
    "dates",
    "jobs",
    "mail_jobs",
    "celery",
    "arguments",
    "rounding",
    "row_files",
}
BESIDE = {("training", "evaluation"), ("insights", "evaluation")}
# `accounts.permissions` and the staff model may be asked by every app.
EVERYWHERE = {"accounts"}
SIGNALS = {"message_posted", "conversation_changed"}


def may_import(app: str, module: str) -> bool:
    first, _, rest = module.partition(".")
    if first == "chatbot":
        return app == "chatbot" or rest.split(".")[0] in SHARED
    if first not in LEVELS or first == app or first in EVERYWHERE or app == "chatbot":
        return True
    return LEVELS[first] < LEVELS[app] or (app, first) in BESIDE


@pytest.mark.parametrize("path", product_files(), ids=name_of)
def test_imports_go_down(path: Path) -> None:
    app = path.relative_to(ROOT).parts[0]
    assert [module for module in imported(path) if not may_import(app, module)] == []


def test_two_signals_go_up_and_no_other() -> None:
    made = {
        (name_of(path), target.id)
        for path in product_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Assign) and steps(node.value)[-1:] == ["Signal"]
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    assert made == {("conversations/signals.py", name) for name in SIGNALS}
    assert users_of("django.dispatch.Signal") == {"conversations/signals.py"}


def test_the_signals_are_sent_from_one_place_and_heard_above() -> None:
    door = "conversations.signals"
    users = users_of(door)
    assert "conversations/posting.py" in users
    assert {user for user in users if LEVELS.get(user.split("/")[0], 9) <= LEVELS["conversations"]} == {
        "conversations/posting.py"
    }


# --- 2. One door per boundary -------------------------------------------------------------------------------

# What writes rows, called on a model, its manager or the manager of its relatives.
WRITING = {
    *("create", "get_or_create", "update_or_create", "bulk_create", "update", "bulk_update", "delete"),
    *("acreate", "aget_or_create", "aupdate_or_create", "abulk_create", "aupdate", "abulk_update", "adelete"),
    *("add", "set", "remove", "clear"),
}
# HTTP by other means than the doors: whatever speaks it may be told where to by somebody outside.
HTTP = ("httpx", "httpx2", "requests", "urllib.request", "urllib3", "aiohttp", "http.client", "websockets")


def inside(files: set[str], *homes: str) -> bool:
    """Whether every file is one of the homes or stands in one; a home `a/b` may be a module or a package."""
    return all(
        any(file in (home, f"{home}.py") or file.startswith(f"{home}/") for home in homes) for file in files
    )


def test_only_llm_uses_openai() -> None:
    assert users_of("openai") == {"llm/sdk.py"}
    assert inside(users_of("llm.sdk.openai"), "llm"), users_of("llm.sdk.openai")


def test_only_one_module_renders_markdown() -> None:
    assert inside(users_of("markdown_it", "nh3"), "chatbot/markdown.py")


def test_only_one_module_hands_mail_to_a_server() -> None:
    assert inside(users_of("smtplib", "django.core.mail"), "chatbot/mailing.py")


def test_only_live_touches_redis() -> None:
    assert inside(users_of("redis"), "conversations/live", "chatbot/embedded")


def test_nothing_uses_a_lossy_channel_layer() -> None:
    assert users_of("channels.layers") == set()


def test_only_one_module_calls_addresses_that_a_user_gave() -> None:
    """Beside it, `llm` hands the SDK its client, and `chatbot.embedded` asks the services it has started."""
    homes = ("chatbot/outgoing", "chatbot/embedded", "llm/sdk.py")
    assert inside(users_of(*HTTP), *homes), users_of(*HTTP)
    assert users_of("llm.sdk.httpx2") == {"llm/clients.py", "llm/errors.py"}


def writes(path: Path, model: str, relatives: set[str]) -> bool:
    """Whether the module makes, changes or deletes rows of `model`."""
    for call in calls(parsed(path)):
        *front, last = steps(call.func) or [""]
        if not front and last == model and call.keywords:
            return True
        through = front[:1] == [model] or bool(relatives & set(front))
        if last in WRITING and through:
            return True
        if last in {"save", "delete", "asave", "adelete"} and front[-1:] == [model.lower()]:
            return True
    return False


@pytest.mark.parametrize(
    ("model", "relatives", "door"),
    [
        ("Message", {"messages"}, "conversations/posting.py"),
        ("Chunk", {"chunks"}, "knowledge/indexing.py"),
    ],
)
def test_rows_are_written_through_one_door(model: str, relatives: set[str], door: str) -> None:
    assert {name_of(path) for path in product_files() if writes(path, model, relatives)} <= {door}


# --- 4. Asynchronous where streams are awaited --------------------------------------------------------------

ASYNC_HOMES = """
llm/streaming llm/stream_attempt llm/completing llm/embedding llm/reranking llm/clients llm/checking
assistant/reply assistant/asking assistant/looking_up assistant/meaning assistant/writing assistant/acting
assistant/from_knowledge assistant/guiding assistant/hearing assistant/routing/asking assistant/grounding
assistant/guidance/breaches assistant/guidance/guarding assistant/guidance/judging assistant/guidance/likeness
assistant/guidance/usual
assistant/tools/answering assistant/tools/confirming assistant/tools/desk assistant/tools/offering
assistant/tools/rounds
actions/doing actions/mcp_client chatbot/outgoing/client
chatbot/row_files
conversations/consumers/ahead conversations/consumers/bell
conversations/consumers/chat conversations/consumers/company conversations/consumers/conversing
conversations/consumers/inbox
conversations/consumers/outbox conversations/consumers/serving conversations/consumers/socket
conversations/consumers/staff conversations/consumers/watching
conversations/live/bell conversations/live/hub conversations/live/log conversations/live/writer
conversations/responder/lag conversations/responder/process conversations/responder/queueing
conversations/responder/service conversations/responder/work
chatbot/embedded/console chatbot/embedded/reload chatbot/embedded/services chatbot/embedded/supervisor
chatbot/embedded/up chatbot/forwarded
""".split()  # noqa: SIM905
# What each token of an answer passes: from the provider's bytes to the browser's frame.
TOKEN_PATH = """
llm/streaming llm/stream_attempt llm/sse llm/deltas assistant/writing assistant/showing assistant/citations
assistant/evidence conversations/live/writer conversations/live/log conversations/live/hub
conversations/live/turnlog conversations/consumers/outbox
""".split()  # noqa: SIM905
MODEL_CALLS = re.compile(
    r"llm\.(streaming\.stream_chat|completing\.(a?complete\w*)|embedding\.(a?embed_\w+)|reranking\.rerank|checking\.check_\w+"
    r"|lifetimes\.ask_lifetime|fine_tuning\.(upload|files_named|delete_file|create|find_job|retrieve|cancel|events"
    r"|checkpoints|offered))"
)


def test_async_lives_where_streams_are_awaited() -> None:
    homes = {
        name_of(path)
        for path in product_files()
        if any(isinstance(function, ast.AsyncFunctionDef) for function in functions(path))
    }
    assert homes - {f"{home}.py" for home in ASYNC_HOMES} == set()


@pytest.mark.parametrize("module", TOKEN_PATH)
def test_no_token_passes_the_database(module: str) -> None:
    path = ROOT / f"{module}.py"
    assert [name for name in imported(path, for_types=False) if is_of_the_database(name)] == []


def is_of_the_database(name: str) -> bool:
    return name.startswith("django.db") or "models" in name.split(".")[1:]


def test_no_model_is_asked_inside_a_transaction() -> None:
    ends = {f"{module_of(p)}.{f.name}" for p in product_files() for f in functions(p)}
    asking = reaching({name for name in ends if MODEL_CALLS.fullmatch(name)})
    assert len(asking) > 20  # else the pattern above has fallen behind
    found = {
        f"{where}: {name}"
        for path in product_files()
        for where, body in within_transactions(path)
        for name in called(path, body)
        if name in asking
    }
    assert found == set()


# --- 5. Decide purely, then act -----------------------------------------------------------------------------

# Value types of `llm` that anybody may hold.
VALUES = ("llm.messages.", "llm.pricing.", "llm.errors.")


def is_impure(name: str) -> bool:
    return is_of_the_database(name) or (name.startswith("llm.") and not name.startswith(VALUES))


def test_what_says_that_it_is_pure_asks_no_database_and_no_model() -> None:
    pure = [p for p in product_files() if re.search(r"\bPure\b", ast.get_docstring(parsed(p)) or "")]
    assert len(pure) > 5
    found = {name_of(p): [name for name in imported(p, for_types=False) if is_impure(name)] for p in pure}
    assert {path: names for path, names in found.items() if names} == {}
