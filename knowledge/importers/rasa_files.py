"""Which files belong to a Rasa project, told by what stands in them. Pure."""

from __future__ import annotations

import re

from knowledge.importers.base import Files
from knowledge.loaders.base import Refusal
from untrusted.folders import folder as folder_of
from untrusted.folders import inside, nearest, real
from untrusted.shapes import words_of

KEYS = re.compile(r"^['\"]?(\w+)['\"]?[ \t]*:", re.MULTILINE)
TRAINING = words_of(
    "version nlu stories rules flows e2e_tests test_cases fixtures metadata stub_custom_actions"
)
DOMAIN = words_of(
    "version intents entities slots responses templates forms actions e2e_actions session_config config"
)
SETTINGS = words_of("pipeline policies recipe action_endpoint tracker_store event_broker lock_store nlg")
# What must stand below a key for it to be Rasa's: other files have rules and flows too.
SIGNS = {
    "nlu": re.compile(r"^[ \t]*-[ \t]+(intent|synonym|regex|lookup)[ \t]*:", re.MULTILINE),
    "stories": re.compile(r"^[ \t]*-[ \t]+['\"]?story['\"]?[ \t]*:", re.MULTILINE),
    "rules": re.compile(r"^[ \t]*-[ \t]+['\"]?rule['\"]?[ \t]*:", re.MULTILINE),
    "responses": re.compile(r"^[ \t]+['\"]?(utter_\w|\w+/\w)", re.MULTILINE),
    "templates": re.compile(r"^[ \t]+['\"]?utter_\w", re.MULTILINE),
    "flows": re.compile(r"^[ \t]+-[ \t]+(id|collect|action|link|call|noop|set_slots)[ \t]*:", re.MULTILINE),
    "test_cases": re.compile(r"^[ \t]*-[ \t]+test_case[ \t]*:", re.MULTILINE),
}
# Rasa 1 kept its training data in Markdown.
OLD = re.compile(
    r"^##[ \t]*(intent|synonym|regex|lookup)[ \t]*:|^\* \w.*\n[ \t]+- (utter|action|respond)_", re.MULTILINE
)
PROGRAMS = re.compile(
    r"\.py$|(^|/)actions/.*\.(ya?ml|json|txt)$|(^|/)models/[^/]+\.tar\.gz$|(^|/)(Dockerfile|credentials\.ya?ml)$"
)


# Beside the files that a project is made of.
NOTES = re.compile(
    r"(^|/)(readme|license|licence|copying|notice|changelog|contributing|source|requirements)(\.(md|txt|rst))?$",
    re.IGNORECASE,
)


def is_note(name: str) -> bool:
    """What tells programmers about a project answers no customer."""
    return bool(NOTES.search(name))


def is_yaml(name: str) -> bool:
    return name.lower().endswith((".yml", ".yaml"))


def claim(files: Files) -> set[str]:
    names = real(files.names)
    kept = {name: keys_of(files, name) for name in names if is_yaml(name)}
    sure = {name for name, keys in kept.items() if _is_sure(files, name, keys)}
    old = {name for name in names if name.lower().endswith(".md") and OLD.search(_text(files, name))}
    if not sure | old:
        return set()
    settings = {name for name, keys in kept.items() if keys & SETTINGS}
    roots = roots_of(files, sure | old | settings)
    theirs = {name for name in names if nearest(name, roots) is not None}
    split = {name for name in theirs if kept.get(name) and kept[name] <= DOMAIN | TRAINING}
    beside = {name for name in theirs if PROGRAMS.search(name) or is_note(name)}
    return sure | old | settings | split | beside


def _is_sure(files: Files, name: str, keys: frozenset[str]) -> bool:
    content = _text(files, name)
    return any(key in keys and sign.search(content) for key, sign in SIGNS.items()) or (
        "intents" in keys and len(keys & DOMAIN) > 1
    )


def _text(files: Files, name: str) -> str:
    try:
        return files.text(name)
    except Refusal:
        return ""


def keys_of(files: Files, name: str) -> frozenset[str]:
    return frozenset(KEYS.findall(_text(files, name)))


def roots_of(files: Files, names: set[str]) -> list[str]:
    """The folders of the projects: where their settings stand, else the one that holds all files."""
    configured = {folder_of(name) for name in names if is_yaml(name) and "pipeline" in keys_of(files, name)}
    loose = [name for name in names if nearest(name, configured) is None]
    return sorted(configured | ({_holding(loose)} if loose else set()))


def _holding(names: list[str]) -> str:
    """The innermost folder that holds all of them."""
    shared = folder_of(names[0])
    while shared and len(inside(names, shared)) < len(names):
        shared = folder_of(shared)
    return shared
