"""What another system brings once staff have approved a call: no reply carries it, and guardrails hold."""

from __future__ import annotations

from assistant.guidance.breaches import breach_in
from assistant.guidance.conditions import Facts
from assistant.guidance.held import Held, Kind
from assistant.guidance.judging import judge_all, open_now, rows_of
from assistant.models import Assistant
from llm.clients import own_loop


def may_be_said(
    text: str, assistant: Assistant | None, *, question: str, language: str, verified: bool
) -> bool:
    """`question` is what the customer said last before: it decides which rows hold."""
    rows = [row for row in rows_of(assistant.pk if assistant else None) if row.kind is Kind.GUARDRAIL]
    if not rows or not text:
        return True
    facts = Facts(question, language, verified, open_now(rows))
    with own_loop() as runner:
        judged = runner.run(judge_all(rows, facts))
        held = Held(tuple(one for one in judged if one.holds), language)
        return runner.run(breach_in(text, held)) is None
