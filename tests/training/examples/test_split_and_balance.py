"""However examples are alike, none is in both parts; what is said twice or otherwise goes, and says why."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from training.examples.balancing import Weighed, left_out, said_before, too_many
from training.examples.likeness import Compared, groups_of
from training.examples.splitting import Placed, held_out
from training.examples.validating import warnings, wrong_with

NOW = datetime(2026, 11, 30, tzinfo=UTC)
WORDS = (
    "when", "where", "parcel", "lamp", "refund", "order", "bulb", "return", "invoice", "shop", "gift", "card",
    "price", "repair", "label", "courier",
)  # fmt: skip
LONG = (
    "Print the label from your account, put the lamp into its box with all that came with it, and bring the "
    "parcel to any post office within thirty days of the day on which you received it."
)


def made_up(chance: random.Random, size: int) -> list[Compared]:
    """Conversations of several questions; some ask the same in nearly the same words, or are answered so."""
    found: list[Compared] = []
    for number in range(size):
        question = " ".join(chance.choices(WORDS, k=chance.randint(3, 9)))
        answer = " ".join(chance.choices(WORDS, k=40))
        if found and chance.random() < 0.3:
            question = chance.choice(found).question.replace("parcel", "parcels")
        if found and chance.random() < 0.2:
            answer = chance.choice(found).answer + " please"
        talk = str(chance.randrange(size // 2)) if chance.random() < 0.4 else f"own {number}"
        found.append(Compared(talk, question, answer if chance.random() < 0.8 else ""))
    return found


@pytest.mark.parametrize("seed", range(12))
def test_nothing_that_belongs_together_is_in_both_parts(seed: int) -> None:
    chance = random.Random(seed)
    examples = made_up(chance, chance.randint(20, 160))
    groups = groups_of(examples)
    placed = [
        Placed(group, chance.choice(["en", "fr"]), chance.choice(["Returns", "Delivery", "Gifts"]))
        for group in groups
    ]
    chosen = held_out(placed, percent=chance.choice([5, 15, 30]), seed=seed)
    part = ["held out" if group in chosen else "learned" for group in groups]
    if len(set(groups)) > 1:
        assert set(part) == {"held out", "learned"}
    for mark in ("conversation", "question", "answer"):
        parts: dict[str, set[str]] = {}
        for example, own in zip(examples, part, strict=True):
            if value := getattr(example, mark).removesuffix(" please"):
                parts.setdefault(value, set()).add(own)
        assert all(len(own) == 1 for own in parts.values()), mark


def test_nearly_the_same_words_are_one_group_and_others_are_not() -> None:
    asked = [
        "When is my parcel going to be here?", "when is my parcel going to be here", "My parcel, when is it "
        "going to be here?", "How do I get a refund?", "Do you repair lamps?",
    ]  # fmt: skip
    groups = groups_of([Compared(str(at), text, "") for at, text in enumerate(asked)])
    assert groups[0] == groups[1] == groups[2]
    assert len(set(groups)) == 3


def test_an_answer_that_is_nearly_the_same_joins_them() -> None:
    other = LONG.replace("thirty days", "fourteen days")
    examples = [Compared("a", "How do I return it?", LONG), Compared("b", "Sending back?", other)]
    assert len(set(groups_of(examples))) == 1
    assert len(set(groups_of([Compared("a", "One?", ""), Compared("b", "Two or three?", "")]))) == 2


def test_each_language_and_topic_has_its_share() -> None:
    placed = [Placed(at, "en" if at % 3 else "fr", "Returns" if at % 2 else "Delivery") for at in range(300)]
    chosen = held_out(placed, percent=20, seed=1)
    assert 55 <= len(chosen) <= 65
    for language, topic in {(one.language, one.topic) for one in placed}:
        group = [one for one in placed if (one.language, one.topic) == (language, topic)]
        share = sum(one.group in chosen for one in group) / len(group)
        assert 0.15 <= share <= 0.25, (language, topic)


def test_the_same_seed_divides_in_the_same_way() -> None:
    placed = [Placed(at, "en", str(at % 4)) for at in range(60)]
    assert held_out(placed, percent=20, seed=7) == held_out(placed, percent=20, seed=7)
    assert held_out(placed, percent=20, seed=7) != held_out(placed, percent=20, seed=8)
    assert held_out(placed, percent=0, seed=7) == set()
    assert held_out(placed[:1], percent=20, seed=7) == set()


def weighed(question: str, answer: str, *, age: int = 0, **facts: str) -> Weighed:
    said = {"origin": "review", "language": "en", "topic": "Returns", "asked": question, **facts}
    return Weighed(said_at=NOW - timedelta(days=age), question=question, answer=answer, **said)


def test_the_newest_of_the_same_stays() -> None:
    examples = [
        weighed("Who pays?", "We do.", age=3),
        weighed("who pays", "We do!", age=1),
        weighed("Who pays?", "We do.", age=2, language="fr"),
    ]
    assert said_before(examples) == {0: "duplicate"}


def test_of_two_that_contradict_each_other_the_newest_stays() -> None:
    old, new = weighed("Who pays?", "You do.", age=9), weighed("Who pays?", "We do.", age=1)
    assert said_before([old, new]) == {0: "contradicted"}
    elsewhere = weighed("Who pays?", "You do.", age=9, asked="I am in Norway.\nWho pays?")
    assert said_before([elsewhere, new]) == {}


def test_what_there_is_too_much_of_is_capped_and_corrections_stay() -> None:
    examples = [weighed(f"Question {at}?", f"Answer {at}.", age=at) for at in range(6)]
    examples += [weighed("Wrong before?", "Right now.", age=90, origin="correction")]
    examples += [weighed("Frage?", "Antwort.", age=80, language="fr")]
    assert too_many(examples, set(range(8)), 3) == dict.fromkeys([2, 3, 4, 5], "balance")
    assert left_out(examples, most=0) == {}


@pytest.mark.parametrize(
    ("roles", "why"),
    [
        ("system user assistant", ""),
        ("user assistant", ""),
        ("system user user assistant assistant user assistant", ""),
        ("system assistant user", "roles"),
        ("user assistant user", "roles"),
        ("system assistant", "roles"),
        ("system user tool assistant", "roles"),
        ("", "roles"),
    ],
)
def test_roles_are_in_order(roles: str, why: str) -> None:
    messages = [{"role": role, "content": "Some words"} for role in roles.split()]
    assert wrong_with(messages, 10) == why


def test_empty_and_endless_examples_are_none() -> None:
    asked, answer = {"role": "user", "content": "Who pays?"}, {"role": "assistant", "content": "We do."}
    assert wrong_with([asked, answer], 10) == ""
    assert wrong_with([asked, {**answer, "content": "  "}], 10) == "empty"
    assert wrong_with([{**asked, "content": "?!"}, answer], 10) == "empty"
    assert wrong_with([asked, answer], 100_000) == "too_long"


def test_one_class_only_is_warned_about() -> None:
    assert warnings(["A"] * 12, ["en"] * 12, [True] * 12) == ["one_topic", "one_language", "no_refusals"]
    several = ["A"] * 4 + ["B"] * 4 + ["=declined"] * 4
    assert warnings(several, ["en", "fr"] * 6, [True] * 8 + [False] * 4) == []
    refusals = warnings(["=declined"] * 12, ["en", "fr"] * 6, [False] * 12)
    assert "only_refusals" in refusals
    assert warnings(["A"] * 11 + ["B"], ["en", "fr"] * 6, [True, False] * 6) == ["lopsided"]
    assert warnings([], [], []) == []
