"""`manage.py train_router`: learn which words begin which flow now, and say how well."""

from __future__ import annotations

from training import told as figures
from training.trainings.command import Figures, TrainCommand


class Command(TrainCommand):
    help = (
        "Learn anew which words begin which flow. What comes of it is used as the page of training says; "
        "with --dry-run nothing is kept. Ends with 1 where nothing could be learned, with 2 where what was "
        "learned waits because it is worse."
    )
    told = figures

    def end(self, found: Figures) -> None:
        if found["state"] == "candidate" and found["why"] == "worse":
            raise SystemExit(2)
