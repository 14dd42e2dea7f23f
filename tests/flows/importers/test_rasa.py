"""Rasa: flows, rules, stories and forms as flows, tests as conversations."""

from __future__ import annotations

from flows.graph import Graph
from flows.importers.rasa import RASA
from flows.rasa_form import to_rasa
from tests.flows.importers.exports import CALM, RASA_CALM, Read, bot, kinds

CLASSIC = {
    "domain.yml": bot("classic_domain.yml"),
    "nlu.yml": bot("classic_nlu.yml"),
    "rules.yml": bot("classic_rules.yml"),
}


def test_a_flow_keeps_its_steps_branches_and_conditions():
    flow = Read(RASA, RASA_CALM).flows["transfer_money"]
    amount = flow.node("amount")
    assert amount.again and flow.node(amount.next).kind == "branch"
    branch = flow.node(amount.next)
    assert branch.cases[0].when.model_dump()["all"][0] == {
        "fact": "slots.amount",
        "op": "above",
        "value": 1000,
    }
    assert flow.node(branch.cases[0].next).next == "amount" and branch.next == "go"
    assert flow.examples == {"en": ("send 50 to Ann", "transfer money")}
    assert flow.slots["recipient"].ask == {"en": "To whom?", "fr": "À qui ?"}
    assert flow.slots["amount"].kind == "number" and flow.slots["amount"].valid is not None
    assert flow.slots["amount"].reject == {"en": "More than that."}


def test_a_condition_that_would_have_to_be_run_is_told():
    read = Read(RASA, RASA_CALM)
    assert ("transfer_money", "condition_left") in read.codes("draft")


def test_a_called_flow_comes_back_and_a_linked_one_does_not():
    flow = Read(RASA, RASA_CALM).flows["transfer_money"]
    assert flow.node(flow.node("go").next).text == {"en": "{action_transfer_reply}"}  # what the program says
    assert flow.node("action_transfer_reply").next == "call_rate_us"
    assert flow.node("call_ask_person").next == ""


def test_only_called_flows_begin_nothing_and_patterns_replace_repairs():
    flows = Read(RASA, RASA_CALM).flows
    assert not flows["rate_us"].begins
    assert flows["pattern_cancel_flow"].repair == "cancelled"
    assert kinds(flows["ask_person"]) == ["handoff"]


def test_buttons_that_give_a_slot_are_its_choices():
    slot = Read(RASA, RASA_CALM).flows["rate_us"].slots["stars"]
    assert [(one.value, dict(one.label)) for one in slot.choices] == [
        ("one", {"en": "Bad"}),
        ("two", {"en": "Good"}),
    ]


def test_tests_become_conversations():
    scenario = Read(RASA, RASA_CALM).made.scenarios[0]
    assert [(turn.role, turn.text) for turn in scenario.turns][:3] == [
        ("customer", "send money"), ("check", "transfer_money"), ("bot", "To whom?"),
    ]  # fmt: skip


def test_a_form_asks_for_its_slots_and_goes_on_as_the_rules_say():
    flow = Read(RASA, CLASSIC).flows["book"]
    assert kinds(flow)[:3] == ["ask", "ask", "act"]  # whose own question is the third of the form
    assert [node.slot for node in flow.nodes if node.kind == "ask"] == ["size", "code"]
    assert flow.slots["size"].kind == "choice" and flow.slots["code"].pattern == "[A-Z]{2}\\d{4}"
    assert flow.slots["size"].choices[1].synonyms == {"en": ("big one",)}
    assert any(node.kind == "act" and node.action == "action_book" for node in flow.nodes)


def test_no_to_a_confirmation_does_not_do_what_was_asked_about():
    rules = CLASSIC["rules.yml"].replace("{action: action_book}, ", "{action: utter_more}, ")
    flow = Read(RASA, {**CLASSIC, "rules.yml": rules}).flows["book"]
    branch = next(node for node in flow.nodes if node.kind == "branch")
    assert branch.cases[0].next == "" and flow.node(branch.next).kind == "say"


def test_an_answer_under_a_condition_is_a_branch():
    read = Read(RASA, CLASSIC)
    flow = read.flows["book"]
    branch = [node for node in flow.nodes if node.kind == "branch"][-1]
    assert flow.node(branch.cases[0].next).text["en"].startswith("Welcome back")
    assert flow.node(branch.next).text == {"en": "It is booked."}
    assert ("utter_booked", "first_of_several") in read.codes("mapped")


def test_what_customers_may_answer_is_a_choice_and_checkpoints_are_shared():
    flow = Read(RASA, CLASSIC).flows["visit"]
    choice = (
        flow.node(flow.node(flow.start).next)
        if flow.node(flow.start).kind == "say"
        else flow.node(flow.start)
    )
    assert choice.kind == "choose"
    assert [one.value for one in choice.options] == ["affirm", "deny"]
    assert choice.options[0].label == {"en": "Yes"} and choice.options[0].synonyms == {"en": ("yes please",)}
    after_yes = flow.node(choice.options[0].next)
    assert after_yes.text == {"en": "Nine to five."} and after_yes.next == choice.id
    assert flow.node(choice.options[1].next).kind == "branch"


def test_a_button_that_says_an_intent_leads_to_its_flow():
    flow = Read(RASA, CLASSIC).flows["menu"]
    choose = next(node for node in flow.nodes if node.kind == "choose")
    assert {flow.node(one.next).flow for one in choose.options} == {"book", "visit"}


def test_questions_with_one_answer_are_left_to_knowledge_and_unused_parts_are_named():
    read = Read(RASA, CLASSIC)
    assert ("hours", "is_knowledge") in read.codes("left_out")
    assert ("unused_form", "never_begun") in read.codes("left_out")
    assert ("booking_form", "checked_by_program") in read.codes("draft")


def test_every_flow_names_only_what_it_has():
    for flow in [*Read(RASA, CLASSIC).made.flows, *Read(RASA, RASA_CALM).made.flows]:
        names = {node.id for node in flow.nodes}
        targets = {target for node in flow.nodes for target in _targets(node)}
        assert targets - {""} <= names and flow.start in names
        assert set(flow.layout) == names


def _targets(node):
    from flows.graph import ways

    return [target for _, target in ways(node)]


def test_a_broken_file_is_named_and_the_others_are_read():
    read = Read(RASA, {**RASA_CALM, "broken.yml": CALM.replace("steps:", "steps: [", 1)})
    assert ("broken.yml", "not_yaml") in read.codes("left_out") and "rate_us" in read.flows


def test_several_languages_only_where_they_are_marked():
    french = {"data/fr/nlu.yml": "nlu:\n  - intent: transfer\n    examples: |\n      - envoyer de l’argent\n"}
    flow = Read(RASA, {**RASA_CALM, **french}).flows["transfer_money"]
    assert flow.examples["fr"] == ("envoyer de l’argent",) and "en" in flow.examples


def test_where_it_goes_on_while_staff_decide_is_kept():
    """Of our own export: nothing else leads to that step."""
    step = {"kind": "act", "action": "label", "pending": "wait", "id": "do"}
    nodes = [step, {"id": "wait", "kind": "say", "text": {"en": "Later."}}]
    graph = Graph.model_validate(
        {"key": "label", "start": "do", "nodes": nodes, "examples": {"en": ["label"]}}
    )
    flow = Read(RASA, {"label.yml": to_rasa(graph)}).flows["label"]
    act = next(node for node in flow.nodes if node.kind == "act")
    assert flow.node(act.pending).text == {"en": "Later."}


def test_a_button_that_is_a_yes_to_an_action_still_is_after_rasa():
    yes = {"value": "yes", "label": {"en": "Yes"}, "next": "do", "confirms": "do"}
    no = {"value": "no", "label": {"en": "No"}, "next": "bye"}
    nodes = [
        {"id": "sure", "kind": "choose", "text": {"en": "Sure?"}, "options": [yes, no]},
        {"id": "do", "kind": "act", "action": "label", "next": "bye"},
        {"id": "bye", "kind": "say", "text": {"en": "Bye."}},
    ]
    graph = Graph.model_validate({"key": "label", "start": "sure", "nodes": nodes})
    flow = Read(RASA, {"label.yml": to_rasa(graph)}).flows["label"]
    asked = next(node for node in flow.nodes if node.kind == "choose")
    act = next(node for node in flow.nodes if node.kind == "act")
    assert [option.confirms for option in asked.options] == [act.id, ""] and asked.options[0].next == act.id
