"""Training: fine-tune a Marian checkpoint on a bitext, or train one from scratch.

Nothing here loads torch before ``train`` is called.
"""

from satzpaar.translate.training.bitext import Corpus
from satzpaar.translate.training.cleaning import Cleaner, Cleaning
from satzpaar.translate.training.job import Job, Outcome, StoppedError
from satzpaar.translate.training.run import train
from satzpaar.translate.training.settings import (
    Architecture,
    Budget,
    Conduct,
    Guidance,
    Learning,
    Scratch,
    Vocabulary,
)

__all__ = [
    "Architecture",
    "Budget",
    "Cleaner",
    "Cleaning",
    "Conduct",
    "Corpus",
    "Guidance",
    "Job",
    "Learning",
    "Outcome",
    "Scratch",
    "StoppedError",
    "Vocabulary",
    "train",
]
