"""Commands made from the protocol's own models: as they should be, and then a little or much worse."""

from __future__ import annotations

import types
from collections.abc import Sequence
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID

from hypothesis import strategies as st
from pydantic import BaseModel

from conversations.protocol import Command
from tests.fuzz.values import TEXT

SHAPES: tuple[type[BaseModel], ...] = get_args(get_args(Command)[0])
NUMBERS = st.one_of(
    st.integers(0, 5), st.sampled_from([2**31, 2**53 - 1, 2**53, 2**63, 10**40, -1]), st.integers()
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def _field(annotation: Any, ids: Sequence[int], uuids: Sequence[str]) -> st.SearchStrategy[Any]:
    """What the field takes: rows that exist more often than not."""
    if get_origin(annotation) is Literal:
        return st.sampled_from(get_args(annotation))
    if get_origin(annotation) in (Union, types.UnionType):
        return st.one_of(*(_field(part, ids, uuids) for part in get_args(annotation)))
    if get_origin(annotation) is list:
        return st.just([]) | st.lists(_field(get_args(annotation)[0], ids, uuids), max_size=3)
    if get_origin(annotation) is dict:
        names = st.one_of(st.sampled_from(["name", "day", "shop"]), TEXT)
        return st.dictionaries(names, _field(get_args(annotation)[1], ids, uuids), max_size=12)
    if annotation is UUID:
        return st.one_of(st.sampled_from(uuids), st.uuids().map(str))
    if annotation is int:
        return st.one_of(st.sampled_from(ids), st.integers(0, 2**53 - 1))
    return st.none() if annotation is type(None) else TEXT


def _whole(
    shape: type[BaseModel], ids: Sequence[int], uuids: Sequence[str]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {name: _field(field.annotation, ids, uuids) for name, field in shape.model_fields.items()}
    )


def _worse(command: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """With a field changed, missing, or one too many."""
    name = st.sampled_from(sorted(command))
    return st.one_of(
        st.tuples(name, ANYTHING).map(lambda change: command | dict([change])),
        name.map(lambda gone: {key: value for key, value in command.items() if key != gone}),
        st.tuples(TEXT, ANYTHING).map(lambda added: command | dict([added])),
    )


def commands(ids: Sequence[int], uuids: Sequence[str]) -> st.SearchStrategy[dict[str, Any]]:
    whole = st.sampled_from(SHAPES).flatmap(lambda shape: _whole(shape, ids, uuids))
    return st.one_of(whole, whole, whole.flatmap(_worse))
