"""The sample company's guidance: it loads once, is well-formed, and holds for what it is meant for."""

from __future__ import annotations

import asyncio

import pytest
import yaml

from assistant.asking import ask
from assistant.events import HandoffReason
from assistant.guidance.form import GuidanceForm
from assistant.guidance.sample import load_sample_guidance
from assistant.guidance.usual import some_embedded
from assistant.management.commands.load_sample import SAMPLE
from assistant.models import Assistant, Guidance

pytestmark = pytest.mark.django_db(transaction=True)
PATH = SAMPLE / "guidance.yaml"


@pytest.fixture
def loaded(assistant: Assistant, articles: None, titles: None) -> Assistant:
    """Its lines are read beforehand: in a reply only as many count as are read in half a second."""
    load_sample_guidance(PATH, assistant)
    lines = [line for row in Guidance.objects.all() for line in row.as_row().about]
    asyncio.run(some_embedded(list(dict.fromkeys(lines)), seconds=60))
    return assistant


def test_it_loads_once_and_keeps_what_staff_have_changed(loaded: Assistant) -> None:
    number = Guidance.objects.count()
    assert set(Guidance.objects.values_list("kind", flat=True)) == {"tone", "rule", "guardrail", "escalation"}
    Guidance.objects.update(enabled=False)
    assert load_sample_guidance(PATH, loaded) == 0
    assert Guidance.objects.filter(enabled=False).count() == number


def test_each_row_could_have_been_written_in_its_form(db: None) -> None:
    for said in yaml.safe_load(PATH.read_text("utf-8")):
        words = {f"words_{code}": text for code, text in said.get("words", {}).items()}
        lines = {name: "\n".join(said.get(name, ())) for name in ("about", "forbidden")}
        form = GuidanceForm({**said, **lines, **words, "position": 1, "by_meaning": "on"})
        assert form.is_valid(), form.errors
        assert said["kind"] in ("tone", "escalation") or set(said["words"]) == {"en", "fr"}


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("My lamp gave me an electric shock!", HandoffReason.POLICY),
        ("Je me suis brûlée en touchant votre lampe", HandoffReason.POLICY),
        ("There is smoke coming out of my lamp", HandoffReason.POLICY),
        ("My lamp is smoking", HandoffReason.POLICY),
        ("Vous aurez des nouvelles de mon avocat", HandoffReason.POLICY),
        ("Je vais porter plainte", HandoffReason.POLICY),
        ("My lamp flickers", None),
        ("Will it set off a smoke detector?", None),
        ("Is there a smoke detector with a lamp in it?", None),
        ("Which bulb do I need, now that the old one is burnt out?", None),
        ("Faut-il changer une ampoule brûlée ?", None),
        ("Le variateur fait du bruit", None),
        ("The lamp gets warm after an hour", None),
        ("How long does delivery in Europe take?", None),
        ("Quelles sont vos conditions générales de vente ?", None),
        ("I am not happy with my lamp", None),
        ("I want to complain", None),
        ("Combien coûte la livraison ?", None),
        ("J'ai pris le jus en touchant la lampe", HandoffReason.POLICY),
        ("j'ai reçu une décharge", HandoffReason.POLICY),
        ("j'ai oublié mon mot de passe", None),
        ("j'ai perdu ma facture", None),
        ("je me suis trompé d'adresse", None),
        ("garantie", None),
        ("frais de port", None),
        ("stop", None),
        ("complaint", None),
        ("I will sue you", HandoffReason.POLICY),
        ("procès", HandoffReason.POLICY),
    ],
)
def test_a_person_comes_for_what_is_meant_and_for_nothing_near_it(
    loaded: Assistant, question: str, reason: HandoffReason | None
) -> None:
    assert ask(loaded, question).answer.handoff_reason == reason


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("Do you ship to Corsica?", True),
        ("Combien de temps pour recevoir un colis en Corse ?", True),
        ("How long does delivery in Europe take?", False),
        ("Combien coûte la livraison ?", False),
        ("how much is delivery", False),
        ("delivery", False),
    ],
)
def test_its_rule_is_said_where_it_belongs(loaded: Assistant, question: str, holds: bool) -> None:
    answer = ask(loaded, question).answer
    assert ("Cors" in answer.text) is holds
