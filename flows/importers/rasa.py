"""Rasa projects: flows (CALM), rules, stories and forms become flows, tests become scenarios. Pure."""

from __future__ import annotations

from flows.importers.base import Imported, Importer
from flows.importers.project import Project
from flows.importers.rasa_calm import read_flows
from flows.importers.rasa_files import Bot, claim, read_bot
from flows.importers.rasa_slots import declare
from flows.importers.rasa_stories import read_stories
from flows.importers.rasa_tests import read_tests, take_tests
from untrusted.together import Files


def load(files: Files, claimed: set[str], language: str) -> Imported:
    project = Project(files, language)
    bot = read_bot(project, sorted(claimed))
    declare(bot)
    tests = take_tests(bot)
    read_flows(bot)
    read_stories(bot)
    read_tests(bot, tests)
    _tell_rest(bot)
    return project.made


def _tell_rest(bot: Bot) -> None:
    """What stands in the files and became part of no flow."""
    project = bot.project
    retrieved = {name.split("/")[0] for name in bot.intents if "/" in name}
    for name in sorted(retrieved):
        project.left("intent", name, "is_knowledge")
    told = {intent for _, one in bot.told for intent in _named(one, "intent")} | set(bot.begun_by)
    for name in bot.intents:
        if name not in told and "/" not in name:
            project.left("intent", name, "begins_nothing")
    spoken = bot.said | {action for _, one in bot.told for action in _named(one, "action")}
    for name in bot.responses:
        if name not in spoken and "/" not in name:
            project.left("response", name, "never_said")


def _named(value: object, key: str) -> set[str]:
    """What stands under this key anywhere."""
    if isinstance(value, dict):
        own = {value[key]} if isinstance(value.get(key), str) else set()
        return own.union(*(_named(one, key) for one in value.values()))
    return set().union(*(_named(one, key) for one in value)) if isinstance(value, list) else set()


RASA = Importer("Rasa", claim, load)
