"""The problems of a flow in words: what it means for customers, and what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from flows.checks.base import Problem

LISTED = 6  # steps of a circle that are named
WORDS = {
    "no_steps": _("There are no steps yet. Add one."),
    "no_start": _("It is not said which step is the first. Choose it."),
    "no_such_step": _("This leads to “%(target)s”, which does not exist. Choose another."),
    "unreached": _("No way leads to this step. Connect it, or delete it."),
    "ends_in_silence": _("The flow ends here, and the customer hears nothing. Let it say something."),
    "circle_without_exit": _("Nothing leads out of this circle of steps: %(steps)s. Add a way out."),
    "circle_without_question": _(
        "In this circle of steps nothing is asked: %(steps)s. Ask something in it, or lead out of it."
    ),
    "circle_asks_once": _(
        "In this circle of steps, what is known is not asked again: %(steps)s. Let the step ask again."
    ),
    "too_many_steps": _(
        "There are %(count)s steps, which nobody oversees. Move some to flows that are called."
    ),
    "no_text": _("The text is missing. Write it."),
    "no_translation": _("The text is missing in this language: %(language)s. Write it."),
    "unknown_placeholder": _("“{%(name)s}” is no slot and no fact: nothing will stand there. Correct it."),
    "no_placeholder": _(
        "“{%(name)s}” stands for nothing: in the braces belongs a slot’s name in texts and conditions, "
        "such as {your_name}. Choose it from the list."
    ),
    "undeclared_slot": _("There is no slot called “%(name)s”. Add it, or choose another."),
    "unused_slot": _("No step asks for the slot “%(name)s” or uses it. Use it, or delete it."),
    "no_choices": _("The slot “%(name)s” has no choices: no answer is ever right. Add some."),
    "no_options": _("There is nothing to choose from here. Add options."),
    "empty_form": _("This form asks for nothing. Add two fields or more."),
    "form_of_one": _("This form asks for one thing only. Ask for it in a step of its own."),
    "long_form": _("This form has %(count)s fields; at most %(most)s are shown. Divide it among two steps."),
    "field_twice": _("The field “%(name)s” stands here twice. Take it out once."),
    "file_in_form": _(
        "“%(name)s” is a file, and files cannot go into a form. Ask for it in a step of its own."
    ),
    "optional_elsewhere": _("“%(name)s” may stay empty, but the form does not ask for it. Take it out."),
    "not_filled_before": _(
        "This looks at the slot “%(name)s”, which no step before fills. Ask for it before."
    ),
    "no_such_flow": _("The flow “%(flow)s” is not published. Publish it, or choose another."),
    "no_flow_here": _("There is no flow called “%(flow)s” here. Draw it, or choose another."),
    "calls_itself": _("The flow “%(flow)s” leads back here without asking anything. Lead elsewhere."),
    "calls_each_other": _(
        "The flow “%(flow)s” leads back here; after some rounds it is given up. Let it end instead."
    ),
    "no_action": _("It is not said what is to be done. Choose an action."),
    "no_such_action": _("There is no action called “%(action)s”. Choose another, or add it."),
    "action_off": _("The action “%(action)s” is switched off: nothing would be done. Switch it on."),
    "action_without_address": _(
        "The action “%(action)s” has no address: nothing would be done. Write its address, and switch it on."
    ),
    "argument_missing": _("The action needs “%(name)s”, else it fails. Say what it gets."),
    "argument_advised": _(
        "Customers cannot say what “%(name)s” is, and are offered whatever comes first. "
        "Ask for it before, and say that the action gets it."
    ),
    "argument_unfit": _(
        "What the slot “%(slot)s” asks for is not what “%(name)s” takes: the action may fail. "
        "Choose another slot."
    ),
    "argument_unknown": _("The action takes no “%(name)s”, and fails with it. Remove it."),
    "not_brought": _("The action brings no “%(name)s”. Choose another part of what it brings."),
    "not_refused_with": _("A refusal of the action brings no “%(name)s”. Choose another part of it."),
    "refusal_in_vain": _(
        "“%(slot)s” keeps a part of a refusal, and no step comes after one. Say what comes when it fails."
    ),
    "no_failure_before": _(
        "“%(name)s” is known only after an action has failed. Use it behind “Failed” of an action."
    ),
    "unknown_fact": _("“%(name)s” is no slot and no fact, so it is never known. Choose another."),
    "never": _("“%(name)s” can never be “%(value)s”, or compared with it. Correct the value."),
    "too_many_cards": _("A step shows at most %(most)s cards. Take some out, or show them one step later."),
    "too_many_buttons": _("A card has at most %(most)s buttons. Take some out."),
    "no_picture": _(
        "The picture of this card is not here (any more), so the card is shown without it. Choose one again, "
        "or take it away."
    ),
    "no_list": _("No action brings “%(name)s”: there is no list to make cards of. Choose another slot."),
    "no_target": _("This button does nothing. Say where it leads, or what it says for the customer."),
    "two_targets": _("This button leads to a page and says something too. Keep one of them."),
    "no_link": _(
        "No button leads there. Write an address that begins with https://, mailto:, tel: or /help/, "
        "with its host in full."
    ),
    "no_examples": _("There are no examples of what customers say to begin it. Add about ten."),
    "no_examples_in": _("There are no examples in this language: %(language)s. Add about ten."),
    "begins_in": _(
        "Its steps speak %(languages)s only: it does not begin in other conversations. Write its texts in "
        "the other languages, or let it begin in any."
    ),
    "no_description": _("It is not said what the flow is for. Describe it in one sentence."),
    "same_example": _("“%(example)s” is an example of the flow “%(flow)s” too. Take one of them out."),
}  # fmt: skip


def words(problem: Problem) -> str:
    params = {name: _shown(name, one) for name, one in problem.params.items()}
    return str(WORDS[problem.code]) % params


def _shown(name: str, param: Any) -> Any:
    if name == "language":
        return language_name(str(param))
    if name == "languages":
        return _listed([language_name(code) for code in param])
    return _listed(param) if isinstance(param, list) else param


def language_name(code: str) -> str:
    """In the reader's language: "French"; the code itself where nobody knows a name for it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _listed(names: list[str]) -> str:
    return ", ".join(names[:LISTED]) + (" …" if len(names) > LISTED else "")


def with_place(problem: Problem) -> str:
    """For a list without the picture beside it."""
    place = " → ".join(part for part in (problem.node, problem.field) if part)
    known = {"place": place, "what": words(problem)}
    return gettext("%(place)s: %(what)s") % known if place else words(problem)
