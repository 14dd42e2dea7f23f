"""What was said becomes a line: cleaned, without whoever said it, as the model is told it, and looked at once
more. What holds a secret is masked before anything is kept of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.prompts import answer_prompt
from evaluation.redacting import said_of_oneself
from knowledge.cleaning.base import Draft, Rules
from knowledge.cleaning.conversations import NUMBER, NUMBER_SAID, names_given
from knowledge.cleaning.mail import drop_mail
from knowledge.cleaning.personal import find_personal, redact
from knowledge.cleaning.visible import clean_markdown
from knowledge.loaders.base import Said as Heard
from training.examples import tokens
from training.examples.building import Built
from training.examples.rows import Dataset, Example, Form
from training.examples.validating import wrong_with
from training.secrets import holds_a_secret, without_secrets_in

SHORTEST_NAME = 3
Change = Callable[[str], str]


@dataclass
class Taken:
    """What was taken out of the texts of an example: kinds of personal data with how often, and how many
    texts were tidied up."""

    kinds: Counter[str]
    cleaned: int = 0


def finished(dataset: Dataset, made: Built) -> Example:
    taken = Taken(Counter())
    secret = any(map(holds_a_secret, _texts(made)))
    made = _each(made, without_secrets_in) if secret else made
    made = _each(made, lambda text: _cleaned(text, taken))
    made = _each(made, _redaction(made, taken))
    example = Example(
        dataset=dataset, origin=made.origin, conversation=made.conversation, message=made.message,
        said_at=made.said_at, language=made.language, topic=made.topic, redacted=dict(taken.kinds),
        cleaned=taken.cleaned, changed=made.changed,
        licences=sorted({read.licence for read in made.passages}),
    )  # fmt: skip
    _put(example, dataset.form, made)
    example.why = "secret" if secret else made.why or wrong_with_example(example, dataset.form)
    example.state = Example.State.LEFT_OUT if example.why else Example.State.IN
    return example


def _texts(made: Built) -> list[str]:
    said = [said.text for said in made.before]
    return [made.question, *said, made.answer, made.wrong, *(read.text for read in made.passages)]


def _each(made: Built, change: Change) -> Built:
    """Passages are the company's own words, and stay; but for secrets they were looked at."""
    passages = made.passages
    if change is without_secrets_in:
        passages = [replace(read, text=change(read.text)) for read in passages]
    return replace(
        made, question=change(made.question), answer=change(made.answer), wrong=change(made.wrong),
        before=tuple(replace(said, text=change(said.text)) for said in made.before), passages=passages,
    )  # fmt: skip


def _cleaned(text: str, taken: Taken) -> str:
    """Without what nobody sees, quoted mail and signatures."""
    draft, _places = drop_mail(Draft("", clean_markdown(text)), Rules(frozenset()))
    taken.cleaned += draft.body.split() != text.split()
    return draft.body


def _redaction(made: Built, taken: Taken) -> Change:
    """What stands in the passages is the company's own, and is said on: its telephone, its address, a number
    with many digits."""
    heard = [Heard("customer" if one.role == "customer" else "agent", one.text, "") for one in made.before]
    heard.append(Heard("customer", made.question, ""))
    names = made.names | names_given(heard)
    names |= {name for one in heard if one.role == "customer" for name in said_of_oneself(one.text)}
    rules = Rules(
        frozenset(["personal"]), personal="redact",
        names=frozenset(name for name in names if len(name) >= SHORTEST_NAME),
    )  # fmt: skip
    own = "\n\n".join(read.text for read in made.passages)
    allowed = {finding.text for finding in find_personal(own, replace(rules, names=frozenset()))}
    rules = replace(rules, allowed=frozenset(allowed))

    def change(text: str) -> str:
        taken.kinds.update(finding.kind for finding in find_personal(text, rules))
        text = redact(text, rules, made.language)[0]
        return NUMBER.sub(lambda found: _number(found[0], own, made.language, taken), text)

    return change


def _number(number: str, own: str, language: str, taken: Taken) -> str:
    if number in own:
        return number
    taken.kinds["number"] += 1
    return NUMBER_SAID.get(language, NUMBER_SAID["en"])


def _put(example: Example, form: str, made: Built) -> None:
    """As the reply itself is asked, by today's rules. Earlier answers are read, and not learned: nobody has
    reviewed them here."""
    passages = [read.as_passage() for read in made.passages]
    prompt = answer_prompt(
        made.assistant, made.question, passages, made.before, made.language, staff=made.staff
    )
    messages: list[dict[str, Any]] = [{"role": one.role, "content": one.content} for one in prompt]
    answer = {"role": "assistant", "content": made.answer}
    if form == Form.PREFERENCE:
        example.messages, example.preferred = messages, [answer]
        example.rejected = [{"role": "assistant", "content": made.wrong}] if made.wrong else []
    else:
        example.messages = [
            message | {"weight": 0} if message["role"] == "assistant" else message for message in messages
        ] + [answer]
    example.question = made.question
    example.asked = "\n".join([*(one.text for one in made.before if one.role == "customer"), made.question])
    example.tokens = tokens.count([*messages, answer, *example.rejected])


def wrong_with_example(example: Example, form: str) -> str:
    if form != Form.PREFERENCE:
        return wrong_with(example.messages, example.tokens)
    if not example.rejected:
        return "no_wrong"
    if _words(example.preferred) == _words(example.rejected):
        return "same"
    answers = (example.preferred, example.rejected)
    return next(filter(None, (wrong_with([*example.messages, *one], example.tokens) for one in answers)), "")


def _words(messages: Sequence[Mapping[str, str]]) -> list[str]:
    return " ".join(message["content"] for message in messages).split()


def answer_of(example: Example) -> str:
    """All that it teaches to say: of a pair both answers."""
    last = [*example.preferred, *example.rejected] or example.messages[-1:]
    return "\n".join(message["content"] for message in last)
