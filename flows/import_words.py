"""What is said of an imported bot, in words. The importers name parts and reasons as codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LEVELS: dict[str, Promise] = {
    "mapped": _("taken over"),
    "draft": _("to be finished"),
    "left_out": _("left out"),
}
PARTS: dict[str, Promise] = {
    "action": _("action"),
    "block": _("block"),
    "bot": _("bot"),
    "condition": _("condition"),
    "content": _("content"),
    "entity": _("entity"),
    "event": _("event"),
    "file": _("file"),
    "flow": _("flow"),
    "form": _("form"),
    "intent": _("intent"),
    "node": _("node"),
    "page": _("page"),
    "response": _("response"),
    "route": _("route"),
    "rule": _("rule"),
    "settings": _("settings"),
    "slot": _("value"),
    "step": _("step"),
    "story": _("story"),
    "test": _("test"),
    "text": _("text"),
    "webhook": _("webhook"),
}
MAPPED: dict[str, Promise] = {
    "asked_once": _(
        "“%(question)s” is what customers are asked before “%(action)s” is done in the flow “%(flow)s”: they "
        "are not asked again"
    ),
    "became_asks": _("its %(number)s questions are steps"),
    "became_cards": _("%(number)s cards of the flow “%(flow)s”"),
    "became_branch": _("a branch of the flow “%(flow)s”"),
    "became_choices": _("its values (%(number)s) are choices"),
    "became_examples": _("its sentences begin a flow"),
    "became_flow": _("the flow “%(flow)s”, with %(number)s steps"),
    "became_handoff": _("a person takes over there"),
    "became_scenario": _("a test conversation"),
    "became_slot": _("a value that is asked for (%(kind)s)"),
    "became_steps": _("steps of the flow “%(flow)s”"),
    "tool_is_on": _("is the tool “%(tool)s” of the flow “%(flow)s”, and it is switched on"),
    "first_of_several": _("said in the first of its %(number)s ways"),
}
DRAFT: dict[str, Promise] = {
    "became_tool": _("becomes the tool “%(tool)s” of the flow “%(flow)s”, switched off and without secrets"),
    "asked_by_program": _("a program asked for it: write the question"),
    "bad_pattern": _("its pattern cannot be used here; any text is taken"),
    "became_repair": _("replaces our own flow for this trouble (%(repair)s) once it is published"),
    "begins_at_its_start": _("leads into the middle of “%(flow)s”; here the flow begins at its start"),
    "buttons_left": _("its buttons were left out, its text stands in the flow “%(flow)s”"),
    "cards_cut": _("a step shows ten cards, a card three buttons: %(number)s of its parts were left out"),
    "checked_by_program": _("a program (%(action)s) checked the values: add the rules"),
    "composed_entity": _("“%(entity)s” is made of others; any text is taken"),
    "condition_left": _("the condition “%(condition)s” was not taken over: its way was left out, draw it"),
    "depends_on_model": _("a model chose between “%(kept)s” and “%(left)s”; only the first is in the flow"),
    "filled_by_program": _("a program filled it in"),
    "free_answer": _("whatever the customer answers is kept there: say what it is"),
    "link_left": _("its button “%(name)s” leads nowhere that is possible here: it was left out"),
    "no_choices": _("its choices are made by a program: write them"),
    "no_ends_the_flow": _("“no” ends the flow “%(flow)s” here; a program decided it there"),
    "no_examples": _("nothing says yet what customers write to begin the flow “%(flow)s”"),
    "no_flow": _("leads to the flow “%(flow)s”, which is not in these files"),
    "no_response": _("its text is not in these files"),
    "no_target": _("leads to “%(name)s”, which is not in these files; the flow ends there"),
    "no_way_back": _("goes back to the page before; the flow “%(flow)s” ends there"),
    "one_of_a_list": _("several values could be given; here it is one"),
    "picture_left": _("its picture was not fetched, upload it to the card again: %(address)s"),
    "slot_as_text": _("a value of the kind “%(type)s” is a text here"),
    "text_by_model": _(
        "a model or a data store wrote the text: write it in the flow “%(flow)s”, where its place is empty; "
        "what the model was told stands in the note beside it"
    ),
    "tool_has_no_address": _(
        "is the tool “%(tool)s” of the flow “%(flow)s”: write its address, and switch it on"
    ),
    "tool_is_off": _("is the tool “%(tool)s” of the flow “%(flow)s”: look at it, and switch it on"),
    "tool_without_address": _(
        "a program did this in “%(flow)s”: it becomes the tool “%(tool)s”, switched off; write its address"
    ),
    "text_by_program": _("a program made the text; it is missing in the flow “%(flow)s”"),
    "usual_value_left": _("its usual value “%(value)s” was left out: it is asked for"),
    "value_left": _("how “%(name)s” is worked out was left out"),
    "words_left": _("what was said before it was left out; the flow “%(flow)s” begins with other words"),
}
LEFT: dict[str, Promise] = {
    "bare_yes_or_no": _("a mere “yes” or “no” begins no flow"),
    "begins_nothing": _("begins no conversation"),
    "begins_without_customer": _("begins without anything that the customer says"),
    "begun_by_event": _("begun by an event of the other system"),
    "by_model": _("instructions for a language model"),
    "context_never_opened": _("waits for something that nothing in these files opens (%(contexts)s)"),
    "courtesy_built_in": _("a courtesy: the assistant has its own words for it"),
    "greeting_built_in": _("a greeting: the assistant has its own"),
    "is_knowledge": _("a question with its answer: import it as knowledge"),
    "key_twice": _("another flow of these files has the key “%(flow)s” already"),
    "knowledge_built_in": _("answering from knowledge is built in"),
    "never_asked": _("nothing asks for it"),
    "never_begun": _("nothing begins it"),
    "never_said": _("nothing says it"),
    "no_steps": _("it has no steps"),
    "not_reached": _("%(number)s steps that nothing leads to"),
    "not_valid": _("it is no valid flow: %(reason)s"),
    "only_its_text": _("only texts and cards are taken over, no films, sounds or programs"),
    "pattern_built_in": _("this is built in"),
    "person_built_in": _("built in: whoever asks for a person gets one"),
    "programs_left": _("programs and what belongs to them: %(number)s files, never run"),
    "questions_are_knowledge": _("questions with answers: %(number)s. Import them as knowledge"),
    "settings": _("it holds the other system's own settings"),
    "step_built_in": _("“%(kind)s” is done by the runner itself, or not needed"),
    "too_many_steps": _("it has %(number)s steps; a flow may have %(most)s"),
    "trouble_built_in": _("what happens when something is not understood or goes wrong is built in"),
    "unknown_part": _("there is nothing like it here"),
    "unknown_step": _("there is nothing like “%(kind)s” here"),
}
FILES: dict[str, Promise] = {
    "bad_name": _("its name is not acceptable"),
    "damaged": _("it is damaged"),
    "encrypted": _("it is encrypted"),
    "file_too_large": _("it is larger than %(most)s MB"),
    "leads_out": _("its name leads out of the archive"),
    "name_twice": _("the archive holds this name twice"),
    "nested_too_deep": _("its parts are nested too deep"),
    "no_object": _("not a JSON object"),
    "not_an_archive": _("it is not an archive that can be read"),
    "not_json": _("not valid JSON: %(reason)s"),
    "not_yaml": _("not valid YAML"),
    "nothing_said": _("the customer says nothing in it"),
    "packed_too_tight": _("it is packed suspiciously tight"),
    "reader_failed": _("the reading process stopped at it"),
    "shares_bytes": _("it shares its bytes with another file of the archive"),
    "symbolic_link": _("it is a symbolic link"),
    "too_many_files": _("it holds more than %(most)s files"),
    "took_too_long": _("reading it took too long"),
    "took_too_much": _("reading it took more memory than is allowed"),
    "unknown_format": _(
        "it is no flow of ours, and belongs to no bot of Rasa, Dialogflow, Botpress or Typebot"
    ),
    "unpacks_too_large": _("the archive unpacks to more than %(most)s MB"),
    "unreadable": _("it cannot be opened: %(reason)s"),
    "wrong_yaml": _("it is no flow yet. %(reason)s"),
    "yaml_aliases": _("it uses YAML aliases, which can make a small file endless"),
    "yaml_too_long": _("it has more than %(most)s characters of YAML"),
}
REASONS = {**FILES, **LEFT, **DRAFT, **MAPPED}


def in_words(code: str, params: Mapping[str, Any]) -> str:
    """The reason in the language of whoever reads it; an unknown code as it is."""
    reason = REASONS.get(code)
    try:
        return str(reason) % params if reason is not None else code
    except (KeyError, ValueError):
        return code


def part_in_words(what: str) -> str:
    return str(PARTS.get(what, what))
