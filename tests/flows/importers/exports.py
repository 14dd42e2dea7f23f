"""Small exports of each kind, and how a test reads one without a process."""

from __future__ import annotations

import json
from typing import Any

from flows.graph import Graph
from flows.importers.base import Imported, Importer
from untrusted.base import RawFile, Refusal
from untrusted.together import Files


class Read:
    """What an importer makes of files (names → text, or what is to be JSON)."""

    def __init__(self, importer: Importer, files: dict[str, Any], language: str = "en") -> None:
        data = {name: one if isinstance(one, bytes) else as_text(one).encode() for name, one in files.items()}

        def open_file(name: str) -> RawFile:
            if len(data[name]) > 50_000_000:
                raise Refusal("file_too_large", most=50)
            return RawFile(name, data[name])

        together = Files(list(data), open_file)
        self.claimed = importer.claim(together)
        self.made: Imported = importer.load(together, self.claimed, language) if self.claimed else Imported()

    @property
    def flows(self) -> dict[str, Graph]:
        return {flow.key: flow for flow in self.made.flows}

    def codes(self, level: str = "") -> set[tuple[str, str]]:
        return {(line.where, line.code) for line in self.made.report if level in ("", line.level)}

    def code_of(self, where: str) -> str:
        return next(line.code for line in self.made.report if line.where == where)


def as_text(content: Any) -> str:
    return content if isinstance(content, str) else json.dumps(content)


def kinds(flow: Graph) -> list[str]:
    return [node.kind for node in flow.nodes]


CALM = """
version: "3.1"
flows:
  transfer_money:
    name: Transfer money
    description: Send money to somebody.
    nlu_trigger:
      - intent: {name: transfer, confidence_threshold: 0.8}
    steps:
      - collect: recipient
      - id: amount
        collect: amount
        ask_before_filling: true
        rejections:
          - if: slots.amount <= 0
            utter: utter_too_little
        next:
          - if: slots.amount > 1000 and not slots.verified
            then:
              - action: utter_too_much
                next: amount
          - if: custom_function(slots.amount)
            then: END
          - else: confirm
      - id: confirm
        collect: confirmed
        next:
          - if: slots.confirmed
            then: go
          - else:
              - set_slots:
                  - amount: null
              - link: ask_person
      - id: go
        action: action_transfer
      - call: rate_us
  rate_us:
    description: Ask for a rating.
    if: False
    steps:
      - collect: stars
  ask_person:
    description: Call a person.
    steps:
      - noop: true
        next:
          - else:
              - link: pattern_human_handoff
  pattern_cancel_flow:
    description: Cancel.
    steps:
      - action: utter_cancelled
  pattern_search:
    description: Search.
    steps:
      - action: action_trigger_search
"""
CALM_DOMAIN = """
version: "3.1"
slots:
  recipient: {type: text, mappings: [{type: from_llm}]}
  amount: {type: float, mappings: [{type: from_llm}]}
  confirmed: {type: bool, mappings: [{type: from_llm}]}
  verified: {type: bool, mappings: [{type: controlled}]}
  stars:
    type: categorical
    values: [one, two]
    mappings: [{type: from_llm}]
responses:
  utter_ask_recipient:
    - text: To whom?
      translation: {fr: À qui ?}
  utter_ask_amount: [{text: "How much for {recipient}?"}]
  utter_ask_confirmed:
    - text: Is that right?
      buttons: [{title: Yes, payload: "/SetSlots(confirmed=true)"}, {title: No, payload: "/SetSlots(confirmed=false)"}]
  utter_ask_stars:
    - text: How was it?
      buttons: [{title: Bad, payload: "/SetSlots(stars=one)"}, {title: Good, payload: "/SetSlots(stars=two)"}]
  utter_too_little: [{text: More than that.}]
  utter_too_much: [{text: Too much.}]
  utter_cancelled: [{text: Stopped.}]
actions: [action_transfer]
"""
CALM_NLU = """
version: "3.1"
nlu:
  - intent: transfer
    examples: |
      - send [50]{"entity": "amount"} to [Ann](recipient)
      - transfer money
"""
CALM_TESTS = """
test_cases:
  - test_case: a transfer
    steps:
      - user: send money
        assertions:
          - flow_started: transfer_money
          - bot_uttered: {utter_name: utter_ask_recipient}
      - user: Ann
        assertions:
          - slot_was_set: [{name: recipient, value: Ann}]
"""
RASA_CALM = {"flows.yml": CALM, "domain.yml": CALM_DOMAIN, "nlu.yml": CALM_NLU, "e2e/one.yml": CALM_TESTS}

BOTPRESS = {
    "bot.config.json": {
        "id": "shop", "name": "Shop", "version": "12.30.6", "defaultLanguage": "en", "languages": ["en", "fr"],
        "imports": {"contentTypes": []}, "dialog": {"timeoutInterval": "5m"},
    },
    "content-elements/builtin_text.json": [
        {"id": "builtin_text-hello", "formData": {"text$en": "Hello {{user.name}}", "text$fr": "Bonjour {{user.name}}"}},
        {"id": "builtin_text-sent", "formData": {"text$en": "Your label is on its way."}},
        {"id": "builtin_text-kept", "formData": {"text$en": "Then keep it."}},
    ],
    "content-elements/builtin_single-choice.json": [
        {"id": "builtin_single-choice-why", "formData": {
            "text$en": "Send it back?", "text$fr": "Le renvoyer ?",
            "choices$en": [{"title": "Yes, please", "value": "yes"}, {"title": "No", "value": "no"}],
            "choices$fr": [{"title": "Oui", "value": "yes"}, {"title": "Non", "value": "no"}]}},
    ],
    "flows/main.flow.json": {
        "version": "0.0.1", "startNode": "entry", "catchAll": {}, "nodes": [
            {"id": "1", "name": "entry", "type": "standard", "onEnter": ["say #!builtin_text-hello"], "onReceive": [],
             "next": [{"condition": "event.nlu.intent.name === 'return_item'", "node": "return.flow.json"},
                      {"condition": "true", "node": "END"}]}],
    },
    "flows/return.flow.json": {
        "version": "0.0.1", "startNode": "ask", "catchAll": {}, "nodes": [
            {"id": "2", "name": "ask", "type": "skill-call", "skill": "choice", "flow": "skills/choice-1a.flow.json",
             "next": [{"condition": "temp['skill-choice-ret-1a'] == \"yes\"", "node": "send"},
                      {"condition": "temp['skill-choice-ret-1a'] == \"no\"", "node": "keep"},
                      {"condition": "true", "node": "keep"}]},
            {"id": "3", "name": "send", "type": "standard", "onReceive": None,
             "onEnter": ["builtin/setVariable {\"type\":\"user\",\"name\":\"returned\",\"value\":\"yes\"}",
                         "shop/print_label {\"order\":\"{{user.order}}\",\"args\":\"\"}", "say #!builtin_text-sent"],
             "next": [{"condition": "user.vip == true && temp.total > 50", "node": "keep"},
                      {"condition": "lodash.isEmpty(temp.x)", "node": "keep"},
                      {"condition": "true", "node": "#"}]},
            {"id": "4", "name": "keep", "type": "standard", "onReceive": None, "onEnter": ["say #!builtin_text-kept"],
             "next": [{"condition": "true", "node": "END"}]}],
    },
    "flows/skills/choice-1a.flow.json": {
        "version": "0.0.1", "startNode": "entry", "nodes": [], "catchAll": {},
        "skillData": {"contentId": "#!builtin_single-choice-why", "keywords": {"yes": ["sure", "ok"], "no": ["never"]},
                      "config": {"nbMaxRetries": 3}},
    },
    "intents/return_item.json": {
        "name": "return_item", "slots": [], "contexts": ["global"],
        "utterances": {"en": ["I want to return [this](item)"], "fr": ["je veux renvoyer cet article"]},
    },
    "qna/__qna__hours.json": {"id": "hours", "data": {"questions": {"en": ["When?"]}, "answers": {"en": ["Now."]}}},
    "actions/print_label.js": "steal()",
}  # fmt: skip

CLOUD = {
    "version": "1.9", "settings": {"defaultLanguage": "en", "languages": ["en"]},
    "flows": [
        {"id": "wf-main", "name": "Main", "startNode": "nd-1", "links": [
            {"id": "l", "source": "nd-2", "sourcePort": "i-4", "target": "nd-3"}],
         "nodes": [
            {"id": "nd-1", "name": "Start", "type": "entry", "x": 0, "y": 0, "instructions": [],
             "defaultTransition": {"targetNodeId": "nd-2"}},
            {"id": "nd-2", "name": "Ask", "type": "standard", "instructions": [
                {"id": "i-1", "type": "content", "content": {"type": "text", "text": {"valueType": "static", "staticValue": "Welcome."}}},
                {"id": "i-2", "type": "capture", "entityId": "prompts://SingleChoice/v1", "variableName": "workflow.topic",
                 "question": {"valueType": "static", "staticValue": "What is it about?"},
                 "choice": {"options": {"staticValue": [{"label": "A bike", "value": "bike"}, {"label": "A coat", "value": "coat"}]}}},
                {"id": "i-3", "type": "transition", "condition": {"type": "expression", "payload": "workflow.topic === 'bike'"},
                 "destination": {"node": "nd-3"}},
                {"id": "i-4", "type": "transition", "condition": {"type": "expression", "payload": "fetch('http://x')"}},
                {"id": "i-5", "type": "executeCode", "code": "workflow.seen = \"yes\""},
                {"id": "i-6", "type": "executeCode", "code": "await axios.get('http://x')"}],
             "defaultTransition": {"targetNodeId": "nd-4"}},
            {"id": "nd-3", "name": "Bike", "type": "standard", "instructions": [
                {"id": "i-7", "type": "content", "content": {"type": "text", "text": {"valueType": "dynamic", "dynamicValue": "A {{workflow.topic}}."}}}],
             "defaultTransition": {"targetNodeId": "nd-4"}},
            {"id": "nd-4", "name": "End", "type": "end", "instructions": []},
            {"id": "nd-5", "name": "note", "type": "comment", "instructions": []}]},
        {"id": "wf-error", "name": "Error", "startNode": "e", "links": [], "nodes": []}],
}  # fmt: skip

TYPEBOT_GROUPS = [
    {"id": "g1", "title": "Welcome", "graphCoordinates": {"x": 0, "y": 0}, "blocks": [
        {"id": "b1", "type": "text", "content": {"richText": [{"type": "p", "children": [{"text": "Hello!"}]}]}},
        {"id": "b2", "type": "text", "content": {"richText": [{"type": "p", "children": [{"text": "Your name?"}]}]}},
        {"id": "b3", "type": "text input", "options": {"variableId": "v1", "labels": {"placeholder": "Name"}}},
        {"id": "b4", "type": "choice input", "items": [
            {"id": "i1", "content": "Order", "outgoingEdgeId": "e2"}, {"id": "i2", "content": "Nothing"}],
         "options": {"variableId": "v2"}, "outgoingEdgeId": "e3"}]},
    {"id": "g2", "title": "Order", "blocks": [
        {"id": "b5", "type": "email input", "options": {"variableId": "v3", "retryMessageContent": "Not an address."}},
        {"id": "b6", "type": "Condition", "items": [{"id": "c1", "outgoingEdgeId": "e3", "content": {
            "logicalOperator": "AND", "comparisons": [
                {"id": "x", "variableId": "v1", "comparisonOperator": "Equal to", "value": "Ann"},
                {"id": "y", "variableId": "v3", "comparisonOperator": "Is set"}]}}]},
        {"id": "b7", "type": "Set variable", "options": {"variableId": "v2", "expressionToEvaluate": "{{Name}}"}},
        {"id": "b8", "type": "Set variable", "options": {"variableId": "v2", "expressionToEvaluate": "new Date()"}},
        {"id": "b9", "type": "Webhook", "options": {
            "webhook": {"url": "https://u:p@api.example.com/orders?token=abc", "method": "POST",
                        "headers": [{"key": "Authorization", "value": "Bearer secret"}],
                        "queryParams": [{"key": "id", "value": "{{Name}}"}]},
            "responseVariableMapping": [{"variableId": "v2", "bodyPath": "data.status"}]}},
        {"id": "b10", "type": "Jump", "options": {"groupId": "g3"}}]},
    {"id": "g3", "title": "Bye", "blocks": [
        {"id": "b11", "type": "text", "content": {"richText": [{"type": "p", "children": [{"text": "Bye {{Name}}."}]}]}}]},
]  # fmt: skip
TYPEBOT_EDGES = [
    {"id": "e1", "from": {"eventId": "ev"}, "to": {"groupId": "g1"}},
    {"id": "e2", "from": {"blockId": "b4", "itemId": "i1"}, "to": {"groupId": "g2"}},
    {"id": "e3", "from": {"blockId": "b4"}, "to": {"groupId": "g3"}},
]
TYPEBOT = {
    "version": "6", "id": "tb", "name": "Order help", "events": [{"id": "ev", "type": "start", "outgoingEdgeId": "e1"}],
    "groups": TYPEBOT_GROUPS, "edges": TYPEBOT_EDGES, "theme": {}, "settings": {},
    "variables": [{"id": "v1", "name": "Name"}, {"id": "v2", "name": "Topic"}, {"id": "v3", "name": "E-mail"}],
}  # fmt: skip
# Version 3: the start is a block, and texts are kept in three ways.
TYPEBOT_3 = {
    **TYPEBOT, "version": "3", "events": None,
    "groups": [{"id": "g0", "title": "Start", "blocks": [{"id": "b0", "type": "start", "label": "Start", "outgoingEdgeId": "e1"}]},
               *TYPEBOT_GROUPS],
    "edges": [{"id": "e1", "from": {"groupId": "g0", "blockId": "b0"}, "to": {"groupId": "g1"}}, *TYPEBOT_EDGES[1:]],
}  # fmt: skip
