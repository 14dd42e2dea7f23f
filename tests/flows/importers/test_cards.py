"""Cards, carousels and pictures of other systems become cards; no picture is fetched from anywhere."""

from __future__ import annotations

import copy
import json
from typing import Any

from flows.cards import Card
from flows.importers.base import Importer
from flows.importers.botpress import BOTPRESS as BOTPRESS_12
from flows.importers.botpress_cloud import BOTPRESS_CLOUD
from flows.importers.dialogflow_es import DIALOGFLOW_ES
from flows.importers.rasa import RASA
from flows.importers.typebot import TYPEBOT as TYPEBOT_IMPORTER
from flows.problems import problems
from tests.flows.importers.exports import BOTPRESS, CLOUD, TYPEBOT, Read, bot

PICTURE = "https://u:p@pictures.example/lamps/luna.png?key=secret"
TOLD = "https://pictures.example/lamps/luna.png"
GENERIC = """\
      elements:
      - title: Luna
        subtitle: "Warm light for {name}"
        image_url: https://u:p@pictures.example/lamps/luna.png?key=secret
        buttons:
        - {title: Look, type: web_url, url: "https://shop.example/luna"}
        - {title: Take it, type: postback, payload: /take_luna}
        - {title: Bad, type: web_url, url: "javascript:alert(1)"}
      - title: Sol
"""
RASA_BOT = {
    "domain.yml": f"""\
version: "3.1"
intents: [lamps]
slots: {{name: {{type: text, mappings: [{{type: from_text}}]}}}}
forms: {{name_form: {{required_slots: [name]}}}}
responses:
  utter_ask_name: [{{text: Your name?}}]
  utter_lamps:
  - text: Our lamps
    custom:
{GENERIC}
  utter_shop:
  - text: The shop
    image: {PICTURE}
    buttons:
    - {{title: Plan, url: "https://shop.example/plan"}}
  utter_film:
  - text: A film
    custom: {{video: x}}
""",
    "nlu.yml": """\
version: "3.1"
nlu:
- intent: lamps
  examples: |
    - show me lamps
    - lamps please
""",
    "rules.yml": """\
version: "3.1"
rules:
- rule: ask
  steps: [{intent: lamps}, {action: name_form}, {active_loop: name_form}]
- rule: tell
  condition: [{active_loop: name_form}]
  steps:
  - {action: name_form}
  - {active_loop: null}
  - {action: utter_lamps}
  - {action: utter_shop}
  - {action: utter_film}
""",
}


def cards(read: Read, key: str) -> list[Card]:
    return [card for node in read.flows[key].nodes for card in getattr(node, "cards", ())]


def told(read: Read) -> list[str]:
    """Where the pictures lie that were not brought; nothing secret is in it."""
    assert "secret" not in str(read.made.report) and "u:p" not in str(read.made.report)
    return [str(line.params["address"]) for line in read.made.report if line.code == "picture_left"]


def as_plain(found: list[Card]) -> list[dict[str, Any]]:
    return [card.model_dump(exclude_defaults=True) for card in found]


LUNA = {
    "title": {"en": "Luna"},
    "text": {"en": "Warm light"},
    "buttons": (
        {"label": {"en": "Look"}, "link": "https://shop.example/luna"},
        {"label": {"en": "Take it"}, "says": {"en": "Take it"}},
    ),
}


def test_elements_and_pictures_of_rasa() -> None:
    read = Read(RASA, RASA_BOT)
    (key,) = read.flows
    luna, sol, shop = cards(read, key)
    assert as_plain([luna])[0] == {**LUNA, "text": {"en": "Warm light for {name}"}}
    assert as_plain([sol, shop]) == [
        {"title": {"en": "Sol"}},
        {
            "title": {"en": "Shop"},
            "buttons": ({"label": {"en": "Plan"}, "link": "https://shop.example/plan"},),
        },
    ]
    texts = [node.text for node in read.flows[key].nodes if node.kind == "say"]
    assert texts == [{"en": "Our lamps"}, {"en": "The shop"}, {"en": "A film"}]
    assert told(read) == [TOLD, TOLD]
    assert ("utter_lamps", "link_left") in read.codes("draft")
    assert ("utter_film", "only_its_text") in read.codes("draft")
    assert ("utter_lamps", "became_cards") in read.codes("mapped")


def es_card(lang: str, title: str, platform: str = "") -> dict[str, Any]:
    buttons = [{"text": "Look", "postback": "https://shop.example/luna"}, {"text": "Take it", "postback": ""}]
    return {
        "type": "1", "lang": lang, "title": title, "subtitle": "Warm light", "imageUrl": PICTURE,
        "buttons": buttons, **({"platform": platform} if platform else {}),
    }  # fmt: skip


def es(*messages: dict[str, Any]) -> Read:
    files = copy.deepcopy(bot("dialogflow_es.json"))
    files["intents/Order - yes.json"]["responses"][0]["messages"] = list(messages)
    return Read(DIALOGFLOW_ES, files)


def test_a_card_of_dialogflow_es_in_two_languages() -> None:
    read = es({"type": 0, "lang": "en", "speech": "Here:"}, es_card("en", "Luna"), es_card("fr", "Lune"))
    (card,) = cards(read, "order")
    assert card.title == {"en": "Luna", "fr": "Lune"} and card.buttons[1].says == {
        "en": "Take it",
        "fr": "Take it",
    }
    assert card.buttons[0].link == "https://shop.example/luna" and told(read) == [TOLD]
    (step,) = [node for node in read.flows["order"].nodes if getattr(node, "cards", ())]
    assert step.text == {"en": "Here:"}


def test_cards_of_a_platform() -> None:
    items = [
        {"title": "Luna", "description": "Warm light", "image": {"imageUri": PICTURE}},
        {"title": "Sol", "openUrlAction": {"url": "https://shop.example/sol"}},
    ]
    read = es({"type": "carousel_card", "platform": "google", "lang": "en", "items": items})
    assert [card.title["en"] for card in cards(read, "order")] == ["Luna", "Sol"]
    assert cards(read, "order")[1].buttons[0].link == "https://shop.example/sol"
    assert told(read) == [TOLD]


def botpress(name: str, form: dict[str, Any]) -> Read:
    files = copy.deepcopy(BOTPRESS)
    files[f"content-elements/{name}.json"] = [{"id": f"{name}-x", "formData": form}]
    said = json.dumps(files["flows/return.flow.json"]).replace("builtin_text-kept", f"{name}-x")
    return Read(BOTPRESS_12, {**files, "flows/return.flow.json": json.loads(said)})


ACTIONS = [
    {"title": "Look", "action": "Open URL", "url": "https://shop.example/luna"},
    {"title": "Take it", "action": "Say something", "text": "I take Luna"},
]


def test_a_card_and_a_carousel_of_botpress() -> None:
    item = {"title": "Luna", "subtitle": "Warm light", "image": PICTURE, "actions": ACTIONS}
    for name, form in (
        ("builtin_carousel", {"items$en": [item, {"title": "Sol"}]}),
        ("builtin_card", {f"{field}$en": value for field, value in item.items()}),
    ):
        read = botpress(name, form)
        luna = cards(read, "return")[0]
        assert (luna.title, luna.text) == ({"en": "Luna"}, {"en": "Warm light"})
        assert [(one.link, one.says) for one in luna.buttons] == [
            ("https://shop.example/luna", {}), ("", {"en": "I take Luna"}),
        ]  # fmt: skip
        assert told(read) == [TOLD]


def test_a_picture_alone_is_a_card_with_its_name() -> None:
    read = botpress("builtin_image", {"image$en": PICTURE, "title$en": ""})
    assert [card.title for card in cards(read, "return")] == [{"en": "Builtin image x"}]


def test_cards_of_a_cloud_bot() -> None:
    item = {
        "title": {"valueType": "static", "staticValue": "Luna"}, "subtitle": "Warm light",
        "imageUrl": PICTURE,
        "actions": [{"action": "url", "label": "Look", "value": "https://shop.example/luna"},
                    {"action": "postback", "label": "Take it", "value": "TAKE"}],
    }  # fmt: skip
    for content in ({"type": "card", **item}, {"type": "carousel", "items": [item]}):
        files = copy.deepcopy(CLOUD)
        files["flows"][0]["nodes"][1]["instructions"][0]["content"] = content
        read = Read(BOTPRESS_CLOUD, {"x": files})
        assert as_plain(cards(read, "main")) == [LUNA] and told(read) == [TOLD]


def test_a_bubble_of_typebot_with_a_picture() -> None:
    files = copy.deepcopy(TYPEBOT)
    link = {"url": "https://shop.example/luna", "alt": "The lamp Luna"}
    for content, title in (
        ({"url": PICTURE}, "Luna"),
        ({"url": PICTURE, "clickLink": link}, "The lamp Luna"),
        ({"url": "data:image/png;base64,AAAA"}, "Image"),
    ):
        files["groups"][0]["blocks"][0] = {"id": "b1", "type": "image", "content": content}
        read = Read(TYPEBOT_IMPORTER, {"x": files})
        (card,) = cards(read, "order_help")
        assert card.title == {"en": title} and len(card.buttons) == ("clickLink" in content)
        assert not [
            one for one in problems(read.flows["order_help"], languages=["en"]) if "cards" in one.field
        ]


def test_what_is_too_much_is_told() -> None:
    item = {"title": "Lamp", "actions": [{"title": str(number), "text": "Take it"} for number in range(5)]}
    read = botpress("builtin_carousel", {"items$en": [item] * 12})
    assert len(cards(read, "return")) == 10 and len(cards(read, "return")[0].buttons) == 3
    assert ("builtin_carousel-x", "cards_cut") in read.codes("draft")


def test_hostile_parts_are_passed_over() -> None:
    values: list[Any] = [None, 7, [], {}, "x" * 100_000, [[]], {"title": {"a": 1}}, True]
    for value in values:
        for name in ("title", "subtitle", "image", "items", "actions", "buttons"):
            botpress("builtin_card", {f"{name}$en": value, "title$en": "Luna"})
            es({**es_card("en", "Luna"), name: value})
            content = {"type": "carousel", "items": [{"title": "Luna", name: value}]}
            cloud: dict[str, Any] = copy.deepcopy(CLOUD)
            cloud["flows"][0]["nodes"][1]["instructions"][0]["content"] = content
            _read(BOTPRESS_CLOUD, cloud)
            bubble = copy.deepcopy(TYPEBOT)
            bubble["groups"][0]["blocks"][0] = {
                "id": "b1",
                "type": "image",
                "content": {"url": value, name: value},
            }
            _read(TYPEBOT_IMPORTER, bubble)


def _read(importer: Importer, content: Any) -> None:
    assert Read(importer, {"x": content}).flows
