"""The same examples for tools that train on one's own machine, and what each of them has to be told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from training.examples.rows import Dataset, Example, Form

Messages = Sequence[Mapping[str, Any]]


def lines_of(dataset: Dataset, part: str) -> bytes:
    rows = dataset.examples.filter(state=Example.State.IN, part=part).order_by("place", "pk")
    objects = (object_of(dataset.form, example) for example in rows.iterator())
    return "".join(f"{json.dumps(one, ensure_ascii=True)}\n" for one in objects).encode()


def object_of(form: str, example: Example) -> dict[str, Any]:
    """Sides in turn, as chat templates of open models want them, and nothing but roles and words."""
    if form == Form.PREFERENCE:
        return {
            "prompt": in_turn(example.messages),
            "chosen": in_turn(example.preferred),
            "rejected": in_turn(example.rejected),
        }
    return {"messages": in_turn(example.messages)}


def in_turn(messages: Messages) -> list[dict[str, str]]:
    """What one side writes in several messages becomes one."""
    found: list[dict[str, str]] = []
    for message in messages:
        if found and found[-1]["role"] == message["role"]:
            found[-1]["content"] += f"\n\n{message['content']}"
        else:
            found.append({"role": message["role"], "content": message["content"]})
    return found


LLAMA_FACTORY = """\
```json
{"causerie": {"file_name": "training.jsonl", "formatting": "sharegpt",
  "columns": {"messages": "messages"},
  "tags": {"role_tag": "role", "content_tag": "content", "user_tag": "user",
           "assistant_tag": "assistant", "system_tag": "system"}}}
```"""
AXOLOTL = """\
```yaml
datasets:
  - path: training.jsonl
    type: chat_template
    field_messages: messages
    roles_to_train: [assistant]
```"""
TRL = """\
```python
rows = load_dataset("json", data_files={"train": "training.jsonl", "test": "validation.jsonl"})
rows = rows.map(lambda row: {"prompt": row["messages"][:-1], "completion": row["messages"][-1:]},
                remove_columns=["messages"])
```"""


def readme_of(dataset: Dataset) -> str:
    with translation.override(dataset.language):
        return "\n\n".join(_parts(dataset.form)) + "\n"


def _parts(form: str) -> Iterator[str]:
    yield "# " + _("Training on your own machine")
    yield _(
        "`training.jsonl` and `validation.jsonl` in this folder have one example a line. Customer and "
        "assistant take turns. In the folder above are the same examples as hosts take them."
    )
    yield _(
        "Only the last answer of each example was reviewed. Answers before it are there to be read: let the "
        "tool learn from the last one alone."
    )
    if form == Form.PREFERENCE:
        yield _(
            "Each line has `prompt`, `chosen` and `rejected`, each a list of messages: the form that TRL’s "
            "DPOTrainer and Unsloth take as it is. In Axolotl, choose a DPO strategy for chat templates; in "
            "LLaMA-Factory, set `ranking` and name the three columns."
        )
        return
    yield "## TRL, Unsloth"
    yield _(
        "With a prompt and a completion, the loss is that of the completion. Unsloth takes the same rows."
    )
    yield TRL
    yield "## LLaMA-Factory"
    yield _("In `dataset_info.json`; for training, set `mask_history` to `true`.")
    yield LLAMA_FACTORY
    yield "## Axolotl"
    yield _("Versions differ in how the last answer alone is learned from: look at what is masked first.")
    yield AXOLOTL
    yield "## " + _("What the model has to be asked later")
    yield _(
        "With the same system message and the same form of passages as in the examples. The assistant does "
        "that by itself where the trained model is its model for answers."
    )
