"""What the insights cost with a million messages: counting them all, what has changed, and showing the page.

    python -m benchmarks.insights [--messages 1000000] [--days 365] [--folder DIR]

Fills a private database by SQL with conversations of six messages, two questions each, over so many days
until now; then counts them anew, counts a thousand that have changed, and asks for the page of 7, 28 and 90
days and of all, signed in, through all of Django.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from chatbot.embedded.services_only import private_services

EACH = 6  # messages of a conversation
ASKED = 9
CUSTOMER = """
INSERT INTO conversations_customer (id, name, email, language, created_at, last_seen_at)
SELECT gen_random_uuid(), '', '', 'en', now(), now() FROM generate_series(1, 1000)
"""
CONVERSATIONS = """
INSERT INTO conversations_conversation (id, assistant_id, customer_id, owner, status, language,
    handoff_reason, last_seq, state_seq, state, created_at, last_message_at, last_words, last_speaker,
    resolution, resolved_at, unsearched, uncounted)
SELECT gen_random_uuid(), %(assistant)s, customer.id, 'assistant',
    CASE WHEN n %% 10 < 7 THEN 'resolved' ELSE 'open' END, CASE WHEN n %% 5 < 3 THEN 'en' ELSE 'fr' END, '',
    8, 0, '{}', begun, begun + interval '3 minutes', 'Where is my parcel?', 'assistant',
    CASE WHEN n %% 10 < 3 THEN 'confirmed' WHEN n %% 10 < 7 THEN 'assumed' ELSE '' END,
    CASE WHEN n %% 10 < 7 THEN begun + interval '1 day' END, false, false
FROM (SELECT n, now() - random() * %(days)s * interval '1 day' AS begun
      FROM generate_series(1, %(count)s) n) made
JOIN (SELECT id, row_number() OVER () AS place FROM conversations_customer) customer ON place = n %% 1000 + 1
"""
MESSAGES = """
INSERT INTO conversations_message (conversation_id, seq, changed_seq, kind, text, partial, outcome, language,
    options, data, created_at)
SELECT id, k, k, CASE WHEN k = 6 THEN 'log' WHEN k %% 2 = 1 THEN 'customer' ELSE 'assistant' END,
    repeat('Where is my parcel and when does it come? ', 4), false,
    CASE WHEN k IN (2, 4) THEN CASE WHEN random() < .2 THEN 'declined' ELSE 'answered' END ELSE '' END,
    language,
    '[]', CASE WHEN k = 6 AND resolution <> '' THEN jsonb_build_object('code', resolution) ELSE '{}' END,
    created_at + k * interval '20 seconds'
FROM conversations_conversation, generate_series(1, %(each)s) k
"""
TURNS = """
INSERT INTO conversations_turn (conversation_id, question_id, state, attempt, worker, queued_at, started_at,
    first_word_at, finished_at, error)
SELECT conversation_id, id, 'done', 1, 'b', created_at, created_at,
    created_at + (.3 + random() * 2) * interval '1 second',
    created_at + (1 + random() * 6) * interval '1 second', ''
FROM conversations_message WHERE kind = 'customer' AND seq IN (1, 3)
"""
ANSWERS = """
UPDATE conversations_message answer SET turn_id = turn.id
FROM conversations_turn turn JOIN conversations_message question ON question.id = turn.question_id
WHERE answer.conversation_id = question.conversation_id AND answer.seq = question.seq + 1
"""
TRACES = """
INSERT INTO conversations_trace (message_id, route, model, prompt_tokens, completion_tokens, cost)
SELECT id, jsonb_build_object('kind', 'knowledge', 'passages', repeat(md5(id::text), 60)),
    CASE WHEN id %% 4 = 0 THEN 'small' ELSE 'large' END, 1200, 90, .0012
FROM conversations_message WHERE turn_id IS NOT NULL
"""
RATINGS = """
INSERT INTO conversations_rating (message_id, score, reason, comment, email, created_at, updated_at)
SELECT id, CASE WHEN random() < .7 THEN 1 ELSE -1 END, '', '', '', created_at, created_at
FROM conversations_message WHERE turn_id IS NOT NULL AND random() < .1
"""
TOPICS = """
INSERT INTO insights_topic (name, named_by_staff, named_by, tries, middle, made_by, created_at)
SELECT 'Topic ' || n, false, '', 0, '[1,2,3]', 'benchmark', now() FROM generate_series(1, 40) n
"""
IN_TOPICS = """
UPDATE insights_tally SET topic_id = (SELECT min(id) FROM insights_topic) + floor(random() * 40)::int,
    made_by = 'benchmark'
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with private_services(options.folder) as addresses:
        os.environ.update({**addresses, "DJANGO_SETTINGS_MODULE": "chatbot.settings"})
        os.environ.setdefault("SECRET_KEY", "benchmark")
        run(options.messages // EACH, options.days)


def run(conversations: int, days: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from assistant.models import Assistant

    call_command("migrate", verbosity=0)
    assistant = Assistant.objects.first() or Assistant.objects.create(name="B", slug="b", languages=["en"])
    given = {"assistant": assistant.pk, "days": days, "count": conversations, "each": EACH}
    for name in ("CUSTOMER", "CONVERSATIONS", "MESSAGES", "TURNS", "ANSWERS", "TRACES", "RATINGS", "TOPICS"):
        said(f"fill: {name.lower()}", lambda name=name: execute(globals()[name], given))
    execute("VACUUM ANALYZE", {})
    count()
    show()


def count() -> None:
    from conversations.models import Conversation
    from insights.counting import count_all, count_changed

    said("all counted anew", lambda: [*count_all()])
    execute(IN_TOPICS, {})
    execute("VACUUM ANALYZE", {})
    changed = Conversation.objects.order_by("pk").values("pk")[:1000]
    Conversation.objects.filter(pk__in=changed).update(uncounted=True)
    said("a thousand that have changed", count_changed)
    said("nothing has changed", count_changed)


def show() -> None:
    from django.test import Client
    from django.test.utils import override_settings

    from accounts.models import User

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(ALLOWED_HOSTS=["testserver"], STORAGES={"staticfiles": plain}).enable()
    browser = Client()
    browser.force_login(User.objects.create_user("b", role="admin"))
    for range_ in ("range=7", "range=28", "range=90", "since=2000-01-01"):
        address = f"/staff/insights/?{range_}"
        assert browser.get(address).status_code == 200
        times = [taken(lambda address=address: browser.get(address)) for _ in range(ASKED)]
        print(f"page, {range_}: {median(times) * 1000:.0f} ms (slowest {max(times) * 1000:.0f})", flush=True)


def execute(statement: str, given: dict[str, object]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, given or None)


def taken(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def said(what: str, do: Callable[[], object]) -> None:
    print(f"{what}: {taken(do):.1f} s", flush=True)


if __name__ == "__main__":
    main()
