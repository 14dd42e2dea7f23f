"""The statements with which `benchmarks/inbox.py` fills a database: a million conversations in minutes."""

# Of a hundred conversations 70 are resolved, 27 open and the assistant's; one waits, one sleeps, one is
# a person's.
FILLING = {
    "staff": """
INSERT INTO accounts_user (password, is_superuser, username, first_name, last_name, email, is_staff,
    is_active, date_joined, role, language)
SELECT '!', false, 'agent' || n, 'Agent', 'N' || n, '', false, true, now(), 'agent', ''
FROM generate_series(1, 50) n
""",
    "teams": """
INSERT INTO conversations_team (name, "order", languages, reasons, shares_out)
SELECT 'Team ' || n, n, '{}', '{}', false FROM generate_series(1, 5) n
""",
    "labels": """
INSERT INTO conversations_label (name, colour, about)
SELECT 'Label ' || n, 'grey', '' FROM generate_series(1, 20) n UNION ALL SELECT 'Seldom', 'red', ''
""",
    "customers": """
INSERT INTO conversations_customer (id, name, email, language, created_at, last_seen_at)
SELECT gen_random_uuid(), 'Customer ' || n, '', 'en', now(), now()
FROM generate_series(1, %(count)s / 3) n
""",
    "conversations": """
INSERT INTO conversations_conversation (id, assistant_id, customer_id, owner, status, language, assignee_id,
    team_id, handoff_reason, waiting_since, snoozed_until, reply_due_at, last_seq, state_seq, state,
    created_at, last_message_at, last_words, last_speaker, resolution, resolved_at, unsearched, uncounted)
SELECT gen_random_uuid(), %(assistant)s, customer.id,
    CASE WHEN kind IN (0, 2) THEN 'person' ELSE 'assistant' END,
    CASE WHEN kind = 0 THEN 'waiting' WHEN kind = 1 THEN 'snoozed'
        WHEN kind < 30 THEN 'open' ELSE 'resolved' END,
    CASE WHEN n %% 5 < 3 THEN 'en' ELSE 'fr' END,
    CASE WHEN kind IN (1, 2) OR n %% 10 = 3 THEN person.id END,
    CASE WHEN kind IN (0, 2) OR n %% 10 = 3 THEN team.id END,
    CASE WHEN kind IN (0, 2) THEN 'customer_request' ELSE '' END,
    CASE WHEN kind = 0 THEN begun END, CASE WHEN kind = 1 THEN now() + interval '1 day' END,
    CASE WHEN kind = 0 THEN begun + interval '1 day' END,
    2, 0, '{}', begun, begun + interval '3 minutes', 'Where is my parcel?', 'assistant',
    CASE WHEN kind >= 30 THEN 'assumed' ELSE '' END, CASE WHEN kind >= 30 THEN begun + interval '1 day' END,
    false, false
FROM (SELECT n, (random() * 99)::int AS kind, now() - random() * interval '365 days' AS begun
      FROM generate_series(1, %(count)s) n) made
JOIN (SELECT id, row_number() OVER () AS place FROM conversations_customer) customer
    ON customer.place = n %% (%(count)s / 3) + 1
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM accounts_user) person
    ON person.place = n / 7 %% 50 + 1
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM conversations_team) team
    ON team.place = n / 3 %% 5 + 1
""",
    "messages": """
INSERT INTO conversations_message (conversation_id, seq, changed_seq, kind, text, partial, outcome, language,
    options, data, created_at)
SELECT id, k, k, CASE WHEN k = 1 THEN 'customer' ELSE 'assistant' END, 'Where is my parcel?', false,
    CASE WHEN k = 2 THEN 'answered' ELSE '' END, language, '[]', '{}', created_at + k * interval '20 seconds'
FROM conversations_conversation, generate_series(1, 2) k
""",
    "ratings": """
INSERT INTO conversations_rating (message_id, conversation_id, score, reason, comment, email,
    created_at, updated_at)
SELECT id, conversation_id, CASE WHEN random() < .7 THEN 1 ELSE -1 END, '', '', '', created_at, created_at
FROM conversations_message WHERE seq = 2 AND random() < .05
""",
    "ratings of conversations": """
INSERT INTO conversations_conversationrating (message_id, conversation_id, score, comment, created_at,
    updated_at)
SELECT id, conversation_id, 1 + floor(random() * 5), '', created_at, created_at
FROM conversations_message WHERE seq = 2 AND random() < .02
""",
    "traces": """
INSERT INTO conversations_trace (message_id, route, model, prompt_tokens, completion_tokens, cost)
SELECT id, CASE WHEN id %% 10 = 0 THEN '{"steps": ["returns@1/why"], "guidance": [{"row": 7, "hit": true}]}'
    ELSE '{"kind": "knowledge"}' END::jsonb, 'small', 1200, 90, .0012
FROM conversations_message WHERE seq = 2 AND random() < .3
""",
    "mentions": """
INSERT INTO conversations_mention (message_id, user_id, seen_at, created_at)
SELECT message.id, person.id, CASE WHEN message.id %% 100 > 0 THEN now() END, message.created_at
FROM conversations_message message JOIN accounts_user person ON person.username = 'agent1'
WHERE message.seq = 1 AND random() < .01
""",
    "labels put on": """
INSERT INTO conversations_conversation_labels (conversation_id, label_id)
SELECT conversation.id, label.id
FROM (SELECT id, 1 + floor(random() * 20) AS one FROM conversations_conversation) conversation
JOIN conversations_label label
    ON label.name IN ('Label ' || one, CASE WHEN one < 10 THEN 'Label ' || one + 1 END)
UNION ALL
(SELECT conversation.id, label.id FROM conversations_conversation conversation, conversations_label label
 WHERE label.name = 'Seldom' LIMIT 3)
""",
    "words": """
INSERT INTO conversations_searchtext (conversation_id, words)
SELECT id, to_tsvector('simple', concat_ws(' ', 'customer', left(id::text, 6),
    CASE WHEN n %% 2 = 0 THEN 'where is my parcel' ELSE 'my lamp is broken' END,
    CASE WHEN n %% 1000 = 0 THEN 'seldom parcel lamp' END, CASE WHEN n <= 3 THEN 'unheardof' END,
    md5(id::text), 'w' || n %% 5000, 'v' || n %% 777, 'u' || n %% 30000))
FROM (SELECT id, row_number() OVER () AS n FROM conversations_conversation) numbered
""",
    "tallies": """
INSERT INTO insights_tally (conversation_id, assistant_id, language, began_at, seq, asked, answered, declined,
    asked_back, failed, handoffs, replies, resolution, up, down, first_words, full_answers, flows, flows_done,
    rules, made_by)
SELECT id, assistant_id, language, created_at, 2, 1, 1, (random() < .1)::int, 0, 0, '{}', 0, resolution, 0, 0,
    '{10}', '{20}', '{}', '{}', '{}', 'benchmark'
FROM conversations_conversation
""",
}
