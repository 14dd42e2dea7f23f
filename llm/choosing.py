"""Which model does which task, and whether there is one at all."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

TASKS = {
    "answer": "ANSWER_MODEL",
    "rewrite": "REWRITE_MODEL",
    "judge": "JUDGE_MODEL",
    "summary": "SUMMARY_MODEL",
}


@dataclass(frozen=True)
class ChatModel:
    name: str
    base_url: str | None  # None: OpenAI's own address
    api_key: str

    def __repr__(self) -> str:
        """Without the key: this ends up in logs and tracebacks."""
        return f"ChatModel({self.name!r}, {self.base_url or 'OpenAI'!r})"


def chat_model_for(task: str, overrides: Mapping[str, str] | None = None) -> ChatModel | None:
    """The model for `task`, or None when the installation works without one.

    An assistant's own choice comes first, then the setting of the task, then whatever answers.
    """
    if not (settings.OPENAI_API_KEY or settings.OPENAI_BASE_URL):
        return None
    name = _name_for(task, overrides or {})
    if not name:
        return None
    # A local server asks for no key, but the SDK insists on sending one.
    return ChatModel(name, settings.OPENAI_BASE_URL or None, settings.OPENAI_API_KEY or "none")


def _name_for(task: str, overrides: Mapping[str, str]) -> str:
    return (
        overrides.get(task)
        or getattr(settings, TASKS[task], "")
        or overrides.get("answer")
        or getattr(settings, TASKS["answer"], "")
        or ""
    )
