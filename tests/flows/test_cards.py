"""Cards that a step shows: with their values, once for each element of a list, and buttons that lead nowhere
else than they should."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.graph import Graph
from flows.importers.rasa import RASA
from flows.languages import languages_of, only_in
from flows.links import LONGEST_LINK, link_to, may_lead_there
from flows.mermaid import to_mermaid
from flows.problems import problems
from flows.rasa_form import left_out, to_rasa
from flows.shown_cards import LONGEST_TEXT, LONGEST_TITLE, ShownButton, ShownCard, in_words
from flows.state import Button, CorrectSlot, Say, SetSlot, StartFlow
from tests.flows.importers.exports import Read
from tests.flows.shop import ORDER, flow
from tests.flows.talking import Talk

CARDS = """kind: say
    text: {en: 'Here it is:', fr: 'La voici :'}
    cards:
      - title: {en: 'Order {order}', fr: 'Commande {order}'}
        text: {en: 'It is {state.word}.', fr: 'Elle est {state.word}.'}
        buttons:
          - {label: {en: Follow it, fr: Suivre}, link: 'https://shop.example/orders/{order}?step={state.step}'}
          - {label: {en: Something else, fr: Autre chose}, says: {en: 'Not {order}', fr: 'Pas {order}'}}
      - title: {en: '{item.name}', fr: '{item.name}'}
        text: {en: '{item.count} pieces of {order}', fr: '{item.count} pièces de {order}'}
        buttons: [{label: {en: Look, fr: Voir}, link: '{item.url}'}]
        each: items
  - {id: never, kind: say, text: {en:"""
SHOWN = flow(
    ORDER,
    (
        "{id: told, kind: say, text: {en: 'It is {state}.', fr: 'Elle est {state}.'}}",
        f"id: told\n    {CARDS} a, fr: a}}}}",
    ),
    ("  state: {}", "  state: {}\n  items: {}"),
    ("takes: {state: state}", "takes: {state: state, items: items}"),
)
LAMPS = [{"name": "Luna", "count": 2, "url": "https://shop.example/luna"}, {"name": "Sol", "count": 1}]


def shown(data: Any, language: str = "en", graph: Graph = SHOWN) -> tuple[ShownCard, ...]:
    talk = Talk.over(graph, language=language)
    talk.hear(StartFlow("order"))
    talk.hear(SetSlot("order", "A1234"))
    talk.acted(data=data)
    return next((one.cards for one in talk.effects if isinstance(one, Say) and one.cards), ())


def test_a_card_holds_what_is_known_and_another_stands_for_each_element() -> None:
    state = {"word": "on its way", "step": "2 of 3"}
    order, luna, sol = shown({"state": state, "items": LAMPS})
    link = "https://shop.example/orders/A1234?step=2%20of%203"
    assert order == ShownCard(
        "Order A1234",
        "It is on its way.",
        (ShownButton("Follow it", link=link), ShownButton("Something else", says="Not A1234")),
    )
    assert luna == ShownCard("Luna", "2 pieces of A1234", (ShownButton("Look", "https://shop.example/luna"),))
    assert sol == ShownCard("Sol", "1 pieces of A1234")  # without an address no button
    assert shown({"state": state, "items": LAMPS}, "fr")[0].title == "Commande A1234"


@pytest.mark.parametrize("items", [None, [], "Luna", {"name": "Luna"}, 7])
def test_without_a_list_there_are_none_of_its_cards(items: Any) -> None:
    assert [card.title for card in shown({"state": {"word": "here"}, "items": items})] == ["Order A1234"]


def test_ten_are_shown_at_most_and_long_values_are_cut() -> None:
    assert len(shown({"items": [{"name": "Luna"} for _ in range(40)]})) == 10
    cards = shown({"items": [{"name": "n" * 9_000, "count": "c" * 9_000}]})
    assert len(cards[1].title) == LONGEST_TITLE and cards[1].title.endswith("…")
    assert len(cards[1].text) == LONGEST_TEXT


def test_signs_in_values_stay_as_they_are() -> None:
    """They are shown as text: nothing of them is Markdown, and nothing is HTML."""
    name = "**<b>Luna</b>** [x](javascript:alert(1))"
    assert shown({"items": [{"name": name}]})[1].title == name


def test_a_button_with_a_hole_is_left_out() -> None:
    labels = [button.label for button in shown({"state": {"word": "here"}})[0].buttons]
    assert labels == ["Something else"]


def test_cards_that_changed_are_shown_again_after_a_correction() -> None:
    """What was told already is not told twice, unless a card holds something else now."""
    talk = Talk.over(
        flow(
            ORDER,
            ("next: told", "next: more"),
            ("slots:\n", "slots:\n  more: {ask: {en: More?}}\n"),
            ("next: find", "next: shown"),
            ("  - id: find", f"  - {SAME}\n  - id: find"),
            ("  - {id: told", "  - {id: more, kind: ask, slot: more, next: told}\n  - {id: told"),
        )
    )
    talk.hear(StartFlow("order"), SetSlot("order", "A1234"))
    assert _titles(talk) == ["For A1234!", "A lamp"]
    talk.acted(data={"state": "here"})
    talk.hear(CorrectSlot("order", "B9999"))
    assert _titles(talk) == ["For B9999!"]


SAME = """{id: shown, kind: say, cards: [{title: {en: 'For {order}!'}}], next: same}
  - {id: same, kind: say, cards: [{title: {en: A lamp}}], next: find}"""


def _titles(talk: Talk) -> list[str]:
    return [card.title for one in talk.effects if isinstance(one, Say) for card in one.cards]


# --- Where buttons lead


@pytest.mark.parametrize(
    ("template", "value", "link"),
    [
        ("https://shop.example/o/{x}", "A 1/2?&#é", "https://shop.example/o/A%201%2F2%3F%26%23%C3%A9"),
        ("mailto:{x}", "ann@example.org", "mailto:ann@example.org"),
        ("mailto:{x}", "ann@example.org?bcc=eve@example.org", ""),
        ("tel:{x}", "+33612345678", "tel:+33612345678"),
        ("tel:{x}", "call me", ""),
        ("/help/{x}", "returns", "/help/returns"),
        ("/help/{x}", "..", ""),
        ("/help/{x}/a", ".", ""),
        ("https://shop.example/{x}/a", "..", ""),
        ("{x}", "https://shop.example/luna?a=b&c=%20d", "https://shop.example/luna?a=b&c=%20d"),
        ("{x}", "https://shop.example/a b\"<script>", "https://shop.example/a%20b%22%3Cscript%3E"),
        ("{x}", "javascript:alert(1)", ""),
        ("{x}", "//evil.example", ""),
        ("{x}", "https://shop.example@evil.example/", ""),
        ("{x}", "mailto:eve@example.org", ""),
        ("{x}", ["https://shop.example"], ""),
        ("{x}", "https://shop.example/" + "a" * LONGEST_LINK, ""),
        ("https://shop.example/{x}", "", ""),
        ("https://shop.example/{x}", None, ""),
        ("https://shop.example/{x}", ["a"], ""),
        ("https://shop.example/{x}", 12, "https://shop.example/12"),
        ("https://shop.example/{x}", "x" * 10_000, ""),
        ("{x}", "https://bücher.example/é?q=ü", "https://xn--bcher-kva.example/%C3%A9?q=%C3%BC"),
        ("{x}", "HTTP://BÜCHER.example:8080", "HTTP://xn--bcher-kva.example:8080"),
        ("{x}", "https://пример.испытание#a", "https://xn--e1afmkfd.xn--80akhbyknj4f#a"),
        ("{x}", "https://ex\uff0fample.bücher/", ""),
        ("{x}", "https://shop.example\uff20bücher.example/", ""),
        ("{x}", "https://-ü.example/", ""),
        ("{x}", "https://ü" + "a" * 70 + ".example/", ""),
        ("https://bücher.example/{x}", "ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("mailto:a@b.example?subject=My order {x}", "A 1", "mailto:a@b.example?subject=My%20order%20A%201"),
        ("https://shop.example/my page?q=two words", "", "https://shop.example/my%20page?q=two%20words"),
        ("tel:+33 1 23 45 67 89", "", "tel:+33123456789"),
        ("https://{x}/", "shop.example", ""),
        ("https://shop.example{x}", ".evil.example", ""),
        ("{x}://shop.example", "javascript", ""),
        ("java{x}:alert(1)", "script", ""),
    ],
)  # fmt: skip
def test_a_value_never_makes_it_another_link(template: str, value: Any, link: str) -> None:
    assert link_to(template, {"slots": {"x": value}}) == link


NONE = [
    *("javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"),
    *("//evil.example", "/staff/", "/help/../staff/", "/help/%2e%2E/staff/", "ftp://a.example", "tel:.."),
    *(
        "https:/a.example",
        "https://",
        "https://a b",
        "mailto:a b@c.example",
        "https://u@a.example",
        "https://{x}.example/",
    ),
    *("blob:https://a.example", "java\tscript:alert(1)", "https://a.example\\@b.example", "mailto:", ""),
]


@pytest.mark.parametrize("template", [*NONE, "java\nscript:alert(1)"])
def test_what_is_no_link_of_ours_is_none(template: str) -> None:
    assert not may_lead_there(template) and link_to(template, {"slots": {"x": "1"}}) == ""


TEMPLATES = [
    *("https://shop.example/{x}", "https://shop.example/?q={x}#{x}", "mailto:{x}", "tel:{x}"),
    *("/help/{x}", "{x}", "{x}{x}"),
]
HOSTS = ["bücher", "пример", "a\u3002b", "\uff0f", "\uff20", "x@", "\u202e", "ß", "\u200d", "xn--a", ":80"]
TRICKS = ["javascript:", "..", "%2e%2e", "\\", "//", "\n", "data:,"]


@given(st.sampled_from(TEMPLATES), st.one_of(st.text(max_size=60), st.sampled_from(TRICKS)))
def test_whatever_the_value_is_it_leads_where_the_flow_says(template: str, value: str) -> None:
    link = link_to(template, {"slots": {"x": value}})
    if not link:
        return
    parts = urlsplit(link)
    assert parts.scheme in ("https", "http", "mailto", "tel") or link.startswith("/help/")
    if template != "{x}" and parts.scheme == "https":
        assert parts.netloc == "shop.example"
    assert not set(link) & set(' \n\r\t"<>\\`')
    assert ".." not in parts.path.replace("%2e", ".").replace("%2E", ".").split("/")


@given(st.lists(st.one_of(st.sampled_from(HOSTS), st.text(max_size=9)), max_size=6))
def test_a_host_is_one_of_the_network_or_there_is_no_link(parts: list[str]) -> None:
    link = link_to("{x}", {"slots": {"x": f"https://{''.join(parts)}.example/a"}})
    assert link == "" or (link.isascii() and "@" not in urlsplit(link).netloc and urlsplit(link).hostname)


# --- In the other forms of a flow


def test_what_cards_say_stands_in_the_picture_and_is_kept_for_rasa() -> None:
    assert problems(SHOWN, languages=["en", "fr"]) == [
        one for one in problems(SHOWN, languages=["en", "fr"]) if one.node == "never"
    ]
    assert "&#91;" not in to_mermaid(SHOWN, "en") and "Order" in to_mermaid(SHOWN, "en").split("told<br/>")[1]
    assert [(one.place, one.what) for one in left_out(SHOWN) if one.place == "told"] == [("told", "cards")]
    assert Read(RASA, {"x.yml": to_rasa(SHOWN)}).flows["order"].node("told").cards == SHOWN.node("told").cards


def test_cards_without_words_beside_them_come_back_from_rasa() -> None:
    graph = SHOWN.model_copy(
        update={
            "nodes": tuple(
                node.model_copy(update={"text": {}}) if node.id == "told" else node for node in SHOWN.nodes
            )
        }
    )
    assert Read(RASA, {"x.yml": to_rasa(graph)}).flows["order"].node("told").cards


def test_they_are_said_in_words_too() -> None:
    card = ShownCard(
        "Luna", "2 pieces", (ShownButton("Look", "https://shop.example"), ShownButton("Take it", says="Luna"))
    )
    assert in_words([card, ShownCard("Sol")]) == "Luna\n2 pieces\n[Look] [Take it]\n\nSol"
    assert Say("", (Button("a", "b"),), "x") == Say("", (Button("a", "b"),), "x", ())


def test_the_languages_of_cards_are_those_of_the_flow() -> None:
    step = {"id": "a", "kind": "say", "cards": [{"title": {"de": "Eins"}, "alt": {"it": ""}}]}
    slots = {"title": {"kind": "number"}}  # which is no text, whatever it is called
    graph = Graph.model_validate({"key": "a", "start": "a", "nodes": [step], "slots": slots})
    assert languages_of(graph) == ["de", "it"]
    assert only_in(graph, ["it"]).node("a").cards[0].title == {}


def test_a_number_to_call_is_written_without_spaces() -> None:
    facts = {"slots": {"phone": "+33 1 23 45 67 89"}}
    assert link_to("tel:{phone}", facts) == "tel:+33123456789"
