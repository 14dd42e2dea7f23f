"""What the review queue costs with a hundred thousand answers in it, however many were asked the very same.

    python -m benchmarks.reviews [--answers 100000] [--folder DIR]

Fills a private database by SQL with as many conversations of a question and an answer, all in the queue, a
tenth of them reviewed; then asks for the page, through all of Django, with each filter, for what comes next,
and for what the rail counts: when few questions are the same, when none are, and when one was asked by half
of all, or by all of them.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.insights import CUSTOMER, execute
from chatbot.embedded.services_only import private_services

ASKED = 9
CONVERSATIONS = """
INSERT INTO conversations_conversation (id, assistant_id, customer_id, owner, status, language,
    handoff_reason, last_seq, state_seq, state, created_at, last_message_at, last_words, last_speaker,
    resolution, unsearched, uncounted)
SELECT gen_random_uuid(), %(assistant)s, (SELECT id FROM conversations_customer LIMIT 1), 'assistant', 'open',
    'en', '', 2, 0, '{}', begun, begun, 'Do you wrap gifts?', 'assistant', '', false, false
FROM (SELECT now() - n * interval '10 seconds' AS begun FROM generate_series(1, %(count)s) n) made
"""
MESSAGES = """
INSERT INTO conversations_message (conversation_id, seq, changed_seq, kind, text, partial, outcome, language,
    options, data, created_at)
SELECT id, k, k, CASE k WHEN 1 THEN 'customer' ELSE 'assistant' END, 'Do you wrap gifts?', false,
    CASE k WHEN 2 THEN 'declined' ELSE '' END, language, '[]', '{}', created_at
FROM conversations_conversation, generate_series(1, 2) k
"""
TURNS = """
INSERT INTO conversations_turn (conversation_id, question_id, state, attempt, worker, queued_at, error)
SELECT conversation_id, id, 'done', 1, 'b', created_at, '' FROM conversations_message WHERE seq = 1
"""
ANSWERS = """
UPDATE conversations_message answer SET turn_id = turn.id
FROM conversations_turn turn WHERE answer.conversation_id = turn.conversation_id AND answer.seq = 2
"""
ITEMS = """
INSERT INTO evaluation_reviewitem (message_id, reasons, weight, state, wanted, asked_at, created_at,
    same_question)
SELECT id, ARRAY['declined'], CASE WHEN {worst} THEN 5 ELSE (ARRAY[2.0, 1.5, .5])[1 + n %% 3] END,
    CASE WHEN n %% 10 = 0 THEN 'done' ELSE 'open' END, CASE WHEN n %% 33 = 0 THEN 2 ELSE 1 END, created_at,
    now(), {question}
FROM (SELECT *, row_number() OVER () AS n FROM conversations_message WHERE seq = 2) answer
"""
# Which question it is, and which of them stand in front.
CASES = {
    "20,000 questions, a few of them by many": ("floor(20000 * power(random(), 3))::bigint", "n %% 6 = 0"),
    "no two the same": ("n", "n %% 6 = 0"),
    "half of all the same, in front": (
        "CASE WHEN n <= %(count)s / 2 THEN 0 ELSE n END",
        "n <= %(count)s / 2",
    ),
    "all the same": ("0", "n %% 6 = 0"),
}
PAGES = {
    "the page": "",
    "a reason that all have": "reason=declined",
    "a reason that none has": "reason=handoff",
    "a language": "language=en",
    "nobody’s": "whose=nobody",
    "what was reviewed": "state=done",
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with private_services(options.folder) as addresses:
        os.environ.update({**addresses, "DJANGO_SETTINGS_MODULE": "chatbot.settings"})
        os.environ.setdefault("SECRET_KEY", "benchmark")
        run(options.answers)


def run(answers: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from assistant.models import Assistant

    call_command("migrate", verbosity=0)
    assistant = Assistant.objects.first() or Assistant.objects.create(name="B", slug="b", languages=["en"])
    given = {"assistant": assistant.pk, "count": answers}
    for statement in (CUSTOMER, CONVERSATIONS, MESSAGES, TURNS, ANSWERS):
        execute(statement, given)
    for name, (question, worst) in CASES.items():
        execute("TRUNCATE evaluation_reviewitem CASCADE", {})
        execute(ITEMS.replace("{question}", question).replace("{worst}", worst), given)
        execute("VACUUM ANALYZE", {})
        print(f"\n{name}")
        show()


def show() -> None:
    from django.test import Client
    from django.test.utils import override_settings

    from accounts.models import User
    from conversations.inbox.to_do import count
    from evaluation.models import ReviewItem
    from evaluation.reviews.queueing import Filters, next_for

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(ALLOWED_HOSTS=["testserver"], STORAGES={"staticfiles": plain}).enable()
    user = User.objects.get_or_create(username="b", defaults={"role": "admin"})[0]
    browser = Client()
    browser.force_login(user)
    worst = ReviewItem.objects.filter(state="open").worst_first()[0]
    for name, query in PAGES.items():
        said(name, lambda query=query: browser.get(f"/staff/review/{worst.pk}/?{query}"))
    said("each of its question", lambda: browser.get(f"/staff/review/{worst.pk}/?like={worst.pk}"))
    said("what comes next", lambda: next_for(user, Filters(), after=worst))
    said("what the rail counts", lambda: count(user))


def said(what: str, ask: Callable[[], object]) -> None:
    taken = []
    for _again in range(ASKED):
        begun = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - begun)
    print(f"  {what:30} {1000 * median(taken):6.0f} ms")


if __name__ == "__main__":
    main()
