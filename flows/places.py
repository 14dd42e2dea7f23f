"""Where the problem of a flow stands in its YAML. Pure."""

from __future__ import annotations

from flows.checks.base import Problem
from flows.graph import Graph
from flows.wrong_form import Path


def path_of(problem: Problem, graph: Graph) -> Path:
    """The path to the step and the field, as `yaml_reading.Read.lines` has it."""
    field = tuple(int(part) if part.isdecimal() else part for part in problem.field.split(".") if part)
    if not problem.node:
        return field
    number = next(number for number, node in enumerate(graph.nodes) if node.id == problem.node)
    return ("nodes", number, *field)
