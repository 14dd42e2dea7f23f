"""A training for whoever asks on the command line: figures as data and in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from assistant.routing.fitting import go_on
from assistant.routing.samples import NO_FLOWS
from training import examining, register, running, words
from training.apart import Pairs
from training.deciding import Why
from training.learned import learn
from training.models import Training
from training.trainings.register import Refused
from training.words import Names


def trained() -> dict[str, Any]:
    """As a worker would, in one go."""
    training = register.REGISTER.at_once(running.finish)
    if training.state == "refused":
        raise Refused(words.why(training, Names()))
    return _figures(training)


def measured() -> dict[str, Any]:
    """Without keeping anything."""
    training = Training()
    found = learn(training, lambda _done, _of: True, go_on)
    if isinstance(found, Why):
        raise Refused(str(words.WHYS[found]))
    training.state = "measured"
    return _figures(training)


def _figures(training: Training) -> dict[str, Any]:
    """Everything that the page shows, in numbers."""
    report, figures = training.report, training.figures
    held_out = report.get("held_out", [])
    pairs = report.get("compared", {}).get("pairs")
    return {
        "number": training.pk,
        "state": str(training.state),
        "why": str(training.why),
        "signature": training.signature,
        "flows": figures["flows"],
        "samples": figures["samples"],
        "learned_from": training.learned_from,
        "right": figures["right"],
        "begins_none": figures["left_alone"],
        "bar": training.bar,
        "held_out": len(held_out),
        "held_out_right": sum(examining.is_right(one["label"], one["began"]) for one in held_out),
        "compared": None if pairs is None else {
            "with": report["compared"]["number"], **pairs, "said": Pairs(**pairs).said(),
            "chance": Pairs(**pairs).chance,
        },
        "calibration_error": report["calibration"]["error"],
        "temperature": report["calibration"]["temperature"],
        "not_learned_for_secrets": sum(report.get("secrets", {}).values()),
        "embedding_seconds": round(training.embedding_seconds, 2),
        "learning_seconds": round(training.learning_seconds, 2),
    }  # fmt: skip


def in_words(found: dict[str, Any]) -> str:
    examples = sum(sum(of.values()) for label, of in found["learned_from"].items() if label not in NO_FLOWS)
    lines = [
        _("%(examples)s examples of %(flows)s flows, %(samples)s texts in all.")
        % {"examples": examples, "flows": found["flows"], "samples": found["samples"]},
        _("By cross-validation %(right)s of the examples begin their flow; of all else %(none)s begins none.")
        % {"right": words.percent(found["right"]), "none": words.percent(found["begins_none"])},
        _("Of %(held_out)s texts that it had not learned %(right)s were right.")
        % {"held_out": found["held_out"], "right": found["held_out_right"]},
        _("%(vectors)s s for the vectors, %(learning)s s for the learning.")
        % {"vectors": found["embedding_seconds"], "learning": found["learning_seconds"]},
    ]
    if found["compared"]:
        pairs = {key: found["compared"][key] for key in ("both", "present", "candidate", "neither")}
        lines.append(f"{words.SAID[found['compared']['said']]}: {words.difference(Pairs(**pairs))}")
    if found["not_learned_for_secrets"]:
        lines.append(
            _("%(count)s texts look as if they held a secret, and were not learned.")
            % {"count": found["not_learned_for_secrets"]}
        )
    lines.append(_ended(found))
    return "\n".join(lines)


def _ended(found: dict[str, Any]) -> str:
    if found["state"] == "measured":
        return _("Nothing was kept.")
    said = _("%(training)s is in use.") if found["state"] == "in_use" else _("%(training)s waits.")
    return said % {"training": Training.called(found["number"])}
