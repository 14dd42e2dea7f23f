"""What the server answers: rules that tests set, tried in order, each for as many times as it says."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

FAULTS = frozenset(
    {
        "status",  # answer with `status` (429, 500 …), with `retry_after` when given
        "cut",  # close the connection after `after` tokens; -1: before the headers
        "stall",  # say nothing more after `after` tokens, connection open
        "hang",  # never answer at all
        "drip",  # one byte every `drip` seconds from token `after` on
        "split_utf8",  # every event in two pieces, cut inside a character where there is one
        "no_done",  # leave out [DONE]
        "no_finish",  # leave out the finish reason, keep [DONE]
        "no_end",  # leave out both: the stream ends cleanly in the middle
        "content_type",  # an HTML page with status 200
        "plain_json",  # ignore `stream`: one JSON object
        "empty_choices",  # events whose choices are empty
        "bad_json",  # a line that is not JSON after `after` tokens
        "long_line",  # a line of 1 MB after `after` tokens
        "error_event",  # an error object inside the stream after `after` tokens
        "odd_framing",  # CRLF, comments, no space after "data:": legal, and seen in the wild
        "refuse_parameter",  # 400 for the parameter named in `parameter`, whenever a request holds it
    }
)


@dataclass
class Rule:
    """One scripted answer. Everything has a default, so a test says only what it is about."""

    match: str | None = None  # text that the last user message holds, upper and lower case alike
    model: str | None = None  # only for this model name
    times: int | None = None  # how often this rule may be used; None: always
    text: str | None = None  # the answer; None: the default answer from the passages in the prompt
    count: int = 0  # instead of text: this many numbered tokens
    stamped: bool = False  # with count: each token's text is the time it was written (wire.time_of)
    cited: bool = False  # with count: then a line from the passages in the prompt, with its number
    pace: float = 0.0  # tokens a second; 0: as fast as the client reads
    delay: float = 0.0  # seconds before the first token
    finish: str = ""  # "": stop, or tool_calls where some are called
    usage: bool = True
    # [{"name": …, "arguments": {…} or the letters themselves, "id": …}], after the text if there is one
    tool_calls: list[dict[str, Any]] = field(default_factory=list)
    pieces: int = 1  # events over which the arguments of each call are spread
    indexed: bool = True  # False: every call has the number 0, as some servers have it
    form: str | None = None  # only where an answer of this form is asked for: "Meaning"
    told: bool | None = None  # only where the last message is (not) what a tool brought
    fault: str | None = None
    after: int = 0
    status: int = 500
    retry_after: float | None = None
    drip: float = 0.05
    parameter: str = ""
    # Of a reranker:
    speaks: str = "results"  # or "texts" (text-embeddings-inference), "voyage", "llama"
    scores: dict[str, float] = field(default_factory=dict)  # what a document is worth that holds these words
    longest: int = 0  # characters of a document that it reads; 0: any number
    raw: str | None = None  # the body of the answer, whatever was asked

    @classmethod
    def parse(cls, given: dict[str, Any]) -> "Rule":
        unknown = set(given) - {known.name for known in fields(cls)}
        if unknown or given.get("fault") not in {None, *FAULTS}:
            raise ValueError(f"no such rule: {sorted(unknown) or given['fault']}")
        return cls(**given)

    def fits(self, model: str, question: str, told: bool) -> bool:
        if self.times == 0 or (self.model and self.model != model) or self.told not in (None, told):
            return False
        return self.match is None or self.match.casefold() in question.casefold()


class Script:
    """The rules in force. `take` uses one up."""

    def __init__(self) -> None:
        self._rules: list[Rule] = []

    def replace(self, rules: Iterable[dict[str, Any]]) -> None:
        self._rules = [Rule.parse(rule) for rule in rules]

    def take(self, model: str, question: str, body: dict[str, Any]) -> Rule:
        messages = body.get("messages") or [{}]
        told = messages[-1].get("role") == "tool"
        for rule in self._rules:
            if rule.fault == "refuse_parameter" and rule.parameter not in body:
                continue
            if rule.form not in (None, form_of(body)):
                continue
            if rule.fits(model, question, told):
                if rule.times is not None:
                    rule.times -= 1
                return rule
        return Rule()


def form_of(body: dict[str, Any]) -> str:
    """The name of the form that the answer is to have, "" for none."""
    wanted = body.get("response_format") or {}
    return str((wanted.get("json_schema") or {}).get("name", ""))
