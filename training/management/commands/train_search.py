"""`manage.py train_search`: learn from saved questions how to search now, and say whether that is better."""

from __future__ import annotations

from training.search import told as figures
from training.trainings.command import TrainCommand


class Command(TrainCommand):
    help = (
        "Learn from saved questions how words and meaning are weighed in search, and how near an article has "
        "to be for an answer. What is better on held-out questions is used as the page says; with "
        "--dry-run nothing is kept. Ends with 1 where nothing could be learned."
    )
    told = figures
