"""What is done again and again: the task, and the seconds between. Beat rings, workers do it."""

SCHEDULE = {
    "revive-stalled-indexing": {"task": "knowledge.tasks.revive_stalled", "schedule": 15.0},
    "index-large-sources": {"task": "knowledge.tasks.keep_near", "schedule": 600.0},
    "tidy-up-after-imports": {"task": "knowledge.tasks.tidy", "schedule": 3600.0},
    "forget-empty-conversations": {"task": "conversations.tasks.forget_empty", "schedule": 3600.0},
    "send-transcripts-that-wait": {"task": "conversations.tasks.sweep_transcripts", "schedule": 30.0},
    "wake-what-was-put-off": {"task": "conversations.tasks.wake_snoozed", "schedule": 20.0},
    "settle-what-went-quiet": {"task": "conversations.tasks.settle_quiet", "schedule": 600.0},
    "gather-words-to-search": {"task": "conversations.tasks.gather_words", "schedule": 5.0},
    "sum-up-what-waits": {"task": "conversations.tasks.sum_up_waiting", "schedule": 5.0},
    "suggest-what-staff-answered": {"task": "conversations.tasks.suggest_knowledge", "schedule": 3600.0},
    "collect-unanswered-questions": {"task": "evaluation.tasks.collect_questions", "schedule": 60.0},
    "send-booking-mails-that-wait": {"task": "actions.bookings.tasks.sweep_mails", "schedule": 30.0},
    "check-gaps": {"task": "evaluation.tasks.check_gaps", "schedule": 5.0},
    "forget-pictures-of-cards": {"task": "flows.tasks.forget_pictures", "schedule": 21600.0},
    "train-the-router": {"task": "assistant.tasks.train_router", "schedule": 10.0},
    "tell-what-staff-decided": {"task": "conversations.tasks.tell_decisions", "schedule": 5.0},
    "mail-what-waits-for-approval": {"task": "actions.tasks.mail_what_waits", "schedule": 60.0},
    "list-tools-of-mcp-servers": {"task": "actions.tasks.list_mcp_tools", "schedule": 3600.0},
    "tidy-up-after-actions": {"task": "actions.tasks.tidy", "schedule": 3600.0},
    "look-at-lifetimes-of-models": {"task": "assistant.tasks.look_at_lifetimes", "schedule": 86400.0},
}
