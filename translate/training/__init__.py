"""Training: fine-tune a Marian checkpoint on a bitext, or train one from scratch.

Nothing here loads torch before ``train`` is called.
"""

from satzpaar.translate.training.bitext import (
    Corpus,
    open_bitext,
    open_bitexts,
    parse_corpus,
)
from satzpaar.translate.training.cleaning import Cleaner, Cleaning
from satzpaar.translate.training.job import Job, Outcome, StoppedError
from satzpaar.translate.training.run import train
from satzpaar.translate.training.settings import (
    Architecture,
    Budget,
    Conduct,
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
    "Job",
    "Learning",
    "Outcome",
    "Scratch",
    "StoppedError",
    "Vocabulary",
    "open_bitext",
    "open_bitexts",
    "parse_corpus",
    "train",
]
