"""Whatever stands in the files: an importer finds something in them or refuses it, and never breaks."""

from __future__ import annotations

import ast
import json

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.importers.kinds import IMPORTERS
from knowledge.loaders.base import Conversation, Record, Refused
from knowledge.refusals import REASONS, in_words
from tests.knowledge.importers.exports import files_of, read_all
from tests.source import ROOT, calls, parsed
from untrusted.shapes import words_of

KEYS = sorted(
    words_of("""
    version language nlu intent examples responses text buttons title payload url stories story rules
    rule steps action or forms flows intents name displayName isFallback trainingPhrases parts
    languageCode transitionRoutes triggerFulfillment messages targetPage condition entryFulfillment
    defaultLanguageCode supportedLanguages id lang contexts fallbackIntent webhookUsed parentId
    parameters required speech type payload richContent options data questions answers enabled category
    qnas content formData nodes instructions settings articles body section_id locale user_segment_id
    draft label_names tickets requester_id status comments public author_id created_at tags
    translated_content default_locale source conversation_parts part_type author state message_type
    conversation_id private sender role at events event sender_id timestamp conversations csat resolved
    patterns tag documents answer question ticket_id internal sections users translations source_id
    source_type user_type meta label satisfaction_rating
    """)
)
WORDS = [
    *("", "utter_a", "utter_ask", "en", "fr", "comment", "user", "true", "1"),
    *("a?", "#!x", "$x", "{x}", "<p>a</p>", "text"),
]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(WORDS)
)
SHAPES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=7),
    max_leaves=25,
)
NAMES = [
    *("agent.json", "intents/A.json", "intents/A_usersays_en.json", "intents/B/B.json"),
    *("intents/B/trainingPhrases/en.json", "flows/F/F.json", "flows/F/pages/P.json", "bot.config.json"),
    *("qna/q.json", "content-elements/builtin_text.json", "articles.json", "tickets.jsonl"),
    "comments/ticket_1.json",
    *("talks.json", "domain.yml", "data/nlu.yml", "data/rules.yml", "config.yml"),
]
# What makes the importers take the rest of the files for theirs.
BAIT = {
    "zz/nlu.yml": "nlu:\n- intent: a\n  examples: |\n    - a\n",
    "zz/agent.json": {"language": "en", "supportedLanguages": []},
    "agent.json": {"defaultLanguageCode": "en"},
    "config.yml": "language: en\npipeline: []\n",
    "domain.yml": "responses:\n  utter_a:\n  - text: A.\n",
    "bot.config.json": {},
}


def written(name: str, shape: object) -> str:
    return yaml.safe_dump(shape, allow_unicode=True) if name.endswith(".yml") else json.dumps(shape)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(NAMES), SHAPES, min_size=1, max_size=5), st.booleans())
def test_any_content_is_found_or_refused(shapes, baited):
    contents = {name: written(name, shape) for name, shape in shapes.items()}
    found = read_all(files_of((BAIT | contents) if baited else contents))
    for one in (one for all_found in found.values() for one in all_found):
        assert isinstance(one, Record | Conversation | Refused)
        if isinstance(one, Refused):
            assert in_words(one.code, one.details) != one.code


LISTS = st.dictionaries(
    st.sampled_from(KEYS),
    st.lists(st.dictionaries(st.sampled_from(KEYS), SHAPES, max_size=9), max_size=3),
    max_size=2,
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(IMPORTERS), LISTS, st.sampled_from(NAMES))
def test_any_content_under_a_claimed_name_does_no_harm(importer, lists, name):
    """What is read after a claim may have been claimed for its name alone."""
    files = files_of(BAIT | {name: written(name, lists), "list.json": [*lists.values()]})
    assert all(
        isinstance(one, Record | Conversation | Refused) for one in importer.load(files, set(files.names))
    )


@settings(max_examples=60)
@given(st.sampled_from(NAMES), st.binary(max_size=60))
def test_any_bytes_do_no_harm(name, data):
    read_all(files_of(BAIT | {name: data}))


def test_a_deep_file_is_refused_and_takes_no_time():
    deep = {
        "domain.yml": "responses: " + "[" * 400,
        "intents/A.json": "[" * 100_000,
        "x.json": '{"a":' * 50_000,
    }
    assert read_all(files_of(BAIT | deep))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "knowledge" / "importers").glob("*.py")), ids=lambda path: path.name
)
def test_importers_know_nothing_of_django(path):
    imported = {
        ast.unparse(node) for node in ast.walk(parsed(path)) if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert not [line for line in imported if "django" in line or "models" in line or "refusals" in line]


def test_every_code_has_its_words():
    codes = {
        call.args[1].value
        for path in (ROOT / "knowledge" / "importers").glob("*.py")
        for call in calls(parsed(path))
        if getattr(call.func, "id", "") == "Refused"
        and len(call.args) > 1
        and isinstance(call.args[1], ast.Constant)
    }
    assert len(codes) > 15 and codes <= set(REASONS)
