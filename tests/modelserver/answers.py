"""What the scripted model says when no test told it: an answer from the passages in the prompt, cited."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

_NUMBERED = re.compile(r"^\s*\[(\d+)\]\s*(.+?)(?=^\s*\[\d+\]|\Z)", re.MULTILINE | re.DOTALL)
_TAGGED = re.compile(r'<passage number="(\d+)"(?:[^>"]|"[^"]*")*>(.*?)</passage>', re.DOTALL)
_RESULT = re.compile(r'<result number="(\d+)"')
_MESSAGE = re.compile(r"<message>\s*(.*?)\s*</message>", re.DOTALL)
_WORD = re.compile(r"\w{3,}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")

NOTHING = "I do not know. The passages that I was given do not say it."
# A prompt that wants a decision as the first word names the words that it wants.
DECIDED, UNDECIDED = "[ANSWER]", "[NONE]"


def question_in(messages: Sequence[dict[str, Any]]) -> str:
    """The last user message, whatever parts it is made of."""
    for message in reversed(messages):
        if message.get("role") == "user":
            return _text(message.get("content"))
    return ""


def answer_for(messages: Sequence[dict[str, Any]]) -> str:
    """The sentence of the passages that shares most words with the question, with its `[n]`."""
    words = _words(_bare(question_in(messages)))
    best, score = "", 0
    for number, sentence in _sentences(messages):
        shared = len(words & _words(sentence))
        if shared > score:
            best, score = f"{sentence} [{number}]", shared
    if any(DECIDED in _text(message.get("content")) for message in messages):
        return f"{DECIDED} {best}" if best else UNDECIDED
    return best or NOTHING


def citing_results(text: str, messages: Sequence[dict[str, Any]]) -> str:
    """With the number of what the last tool has brought in the place of "[result]"."""
    if "[result]" not in text:
        return text
    told = "".join(_text(message.get("content")) for message in messages if message.get("role") == "tool")
    numbers = _RESULT.findall(told)
    return text.replace("[result]", f"[{numbers[-1]}]" if numbers else "")


def _bare(question: str) -> str:
    """Without the passages that a prompt may put before it."""
    marked = _MESSAGE.search(question)
    return marked[1] if marked else question.strip().rsplit("\n", 1)[-1]


def _sentences(messages: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """(number of the passage, sentence); questions and headings answer nothing."""
    for text in (_text(message.get("content")) for message in messages):
        for number, passage in _TAGGED.findall(text) or _NUMBERED.findall(text):
            for sentence in map(str.strip, _SENTENCE.split(passage)):
                if len(sentence) > 20 and not sentence.endswith("?"):
                    yield number, sentence


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def instance_of(schema: dict[str, Any], question: str, root: dict[str, Any] | None = None) -> Any:
    """The plainest JSON value that fits the schema; strings repeat the question."""
    root = root or schema
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return instance_of(root["$defs"][name], question, root)
    if "enum" in schema or "const" in schema:
        return schema.get("const", (schema.get("enum") or [None])[0])
    if "anyOf" in schema:
        return instance_of(schema["anyOf"][0], question, root)
    if schema.get("type") == "object":
        properties = schema.get("properties", {})
        return {name: instance_of(part, question, root) for name, part in properties.items()}
    text = question[: schema.get("maxLength")]
    return {"string": text, "integer": 0, "number": 0.0, "boolean": False, "array": []}.get(
        schema.get("type", "string")
    )


def structured_answer(body: dict[str, Any]) -> str | None:
    """The JSON text that `response_format` asks for, or None when it asks for none."""
    wanted = body.get("response_format") or {}
    if wanted.get("type") == "json_schema":
        schema = wanted["json_schema"]["schema"]
        return json.dumps(instance_of(schema, question_in(body["messages"])), ensure_ascii=False)
    return "{}" if wanted.get("type") == "json_object" else None


def demanded_tool_calls(body: dict[str, Any]) -> list[dict[str, Any]]:
    """One call with the plainest arguments when `tool_choice` insists on one; none otherwise."""
    choice, tools = body.get("tool_choice"), body.get("tools") or []
    if not tools or choice in (None, "auto", "none"):
        return []
    named = choice["function"]["name"] if isinstance(choice, dict) else tools[0]["function"]["name"]
    tool = next(tool["function"] for tool in tools if tool["function"]["name"] == named)
    return [{"name": named, "arguments": instance_of(tool["parameters"], question_in(body["messages"]))}]


def _text(content: Any) -> str:
    if isinstance(content, list):
        return "\n".join(part.get("text", "") for part in content)
    return content or ""
