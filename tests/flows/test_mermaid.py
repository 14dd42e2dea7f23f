"""A flow as a Mermaid picture, in which nothing that is written means anything to Mermaid."""

from __future__ import annotations

import re

from hypothesis import given, settings

from flows.graph import Graph
from flows.mermaid import LONGEST, escaped, to_mermaid
from tests.flows.drawn import HARD, graphs
from tests.flows.shop import ORDER, RETURN, flow

STEP = r'n\d+(\[/|\{\{|\{|\[\[|\(\[|>|\[|\()"[^"]*"(/\]|\}\}|\}|\]\]|\]\)|\]|\))'
ARROW = r'(begin|n\d+) -->(\|"[^"]*"\|)? n\d+'
LINE = re.compile(rf'flowchart TD|  begin\(\("[^"]*"\)\)|  {STEP}|  {ARROW}')
WITHIN_QUOTES = re.compile(r"(?:[^\W_]|[ ,.!?…’«»–—€°]|#\d+;|<br/>)*")


def test_each_step_and_each_way_is_drawn() -> None:
    assert (
        to_mermaid(flow(ORDER), "fr")
        == """\
flowchart TD
  begin(("Où est ma commande"))
  n0[/"order<br/>De quelle commande s’agit#45;il ?"/]
  n1[["find<br/>find#95;order"]]
  n2["told<br/>Elle est #123;state#125;."]
  n3["unknown<br/>Je ne trouve pas cette commande."]
  begin --> n0
  n0 --> n1
  n1 --> n2
  n1 -->|"failed"| n3
"""
    )


def test_branches_and_options_say_when_they_are_taken() -> None:
    graph = flow(
        RETURN,
        ("next: order}", "next: which}"),
        ("nodes:\n", """nodes:
  - id: which
    kind: branch
    cases:
      - when: {all: [{fact: slots.order, op: known}, {not: {fact: time.hour, op: one_of, value: [1, 2]}}]}
        next: reason
    next: way
  - id: way
    kind: choose
    text: {en: How?, fr: Comment ?}
    options: [{value: post, label: {en: By post, fr: Par la poste}, next: order}, {value: shop, next: kept}]
"""),
    )  # fmt: skip
    drawn = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), to_mermaid(graph, "fr"))
    assert 'n0 -->|"(order known) ∧ (¬ (time.hour ∈ 1, 2))"| n4' in drawn
    assert 'n1 -->|"Par la poste"| n3' in drawn
    assert 'n1 -->|"shop"| n7' in drawn


@settings(max_examples=150)
@given(graphs)
def test_whatever_is_written_stays_within_its_quotes(graph: Graph) -> None:
    lines = to_mermaid(graph, "en").splitlines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    quoted = [text for line in lines for text in re.findall(r'"([^"]*)"', line)]
    assert [text for text in quoted if not WITHIN_QUOTES.fullmatch(text)] == []


def test_every_sign_that_means_something_is_written_as_its_number() -> None:
    assert escaped('a"b') == "a#34;b"
    assert escaped("#quot;") == "#35;quot#59;"
    assert escaped("<script>") == "#60;script#62;"
    assert escaped("`**b**`") == "#96;#42;#42;b#42;#42;#96;"
    assert all(WITHIN_QUOTES.fullmatch(escaped(text)) for text in HARD)


def test_formulas_and_icons_are_not_made() -> None:
    assert escaped("$$x$$") == "#36;#8288;#36;x#36;#8288;#36;"
    assert escaped("fa:fa-car") == "fa#58;#8288;fa#45;car"


def test_a_text_is_one_line_and_not_longer_than_one_reads() -> None:
    assert escaped("one\n\ntwo") == "one two"
    assert len(escaped("e" * 500)) == LONGEST
