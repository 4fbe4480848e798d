"""What benchmarks of a second look have in common: a test set, a model, its scores."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from satzpaar.translate.models import BUNDLED

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Task:
    """What a benchmark was asked to look at."""

    sources: list[str]
    references: list[str]
    given: list[str] | None  # a translation of it; None: one is to be made
    model: str
    show: bool  # each change


def asked_for(description: str, *, takes_output: bool = False) -> Task:
    """Read the command line, and the files that it names."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path)
    if takes_output:
        parser.add_argument(
            "--output", type=Path, help="a translation; default: we make one"
        )
    parser.add_argument("--model", default=BUNDLED)
    parser.add_argument("--lines", type=int, help="the first so many; default: all")
    parser.add_argument("--show", action="store_true", help="each change")
    options = parser.parse_args()

    def lines(path: Path) -> list[str]:
        return path.read_text(encoding="utf-8").splitlines()[: options.lines]

    given = lines(options.output) if takes_output and options.output else None
    return Task(
        lines(options.source),
        lines(options.reference),
        given,
        options.model,
        options.show,
    )


def scores(translations: Sequence[str], references: Sequence[str]) -> str:
    """Return chrF and BLEU, as text."""
    chrf = CHRF().corpus_score(translations, [references]).score
    bleu = BLEU().corpus_score(translations, [references]).score
    return f"{chrf:.2f} chrF, {bleu:.2f} BLEU"
