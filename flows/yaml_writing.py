"""Plain data as YAML that people read and git compares: block by block, texts as they are. Pure."""

from __future__ import annotations

from typing import Any

import yaml

WIDTH = 1_000_000  # a text is never broken: one that changes is one line that changes
BREAKS = set("\r\x85\u2028\u2029")


class Inline(dict[str, Any]):
    """A small group that stands in one line, as `{fact: slots.guests, op: above, value: 8}`."""


class InlineList(list[Any]):
    """A short list that stands in one line."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    """Several lines as a block, one as it is. What a YAML reader could take for something else is quoted."""
    odd = bool(BREAKS & set(text))
    style = '"' if odd else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _number(dumper: _Dumper, number: float) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:float", _shown(number))


def _shown(number: float) -> str:
    """Always with a point, which tells it from a whole number: 1e20 is 1.0e+20."""
    digits, exponent, power = repr(number).partition("e")
    return (digits if "." in digits else f"{digits}.0") + exponent + power


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _number)
_Dumper.add_representer(Inline, lambda dumper, data: dumper.represent_mapping(
    "tag:yaml.org,2002:map", data.items(), flow_style=True))  # fmt: skip
_Dumper.add_representer(InlineList, lambda dumper, data: dumper.represent_sequence(
    "tag:yaml.org,2002:seq", data, flow_style=True))  # fmt: skip


def write_yaml(data: Any) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH, indent=2,
                     default_flow_style=False)  # fmt: skip
