"""The bundled model says what it said when it was recorded: a snapshot.

A new model has a new recording (`python tests/make_golden.py`); with the same model a
difference comes from a library.
"""

from __future__ import annotations

import csv

import pytest

from tests.make_golden import ENGINES, FILE, SENTENCES, translations


def recorded() -> list[list[str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))


@pytest.mark.parametrize("number", range(len(ENGINES)), ids=map("-".join, ENGINES))
def test_says_what_was_recorded(number: int) -> None:
    """Sentence by sentence, with either engine and number type."""
    rows = recorded()
    assert [row[0] for row in rows] == list(SENTENCES)

    said = translations(*ENGINES[number])

    assert said == [row[number + 1] for row in rows]


def test_the_engines_agree_in_float32() -> None:
    """One checkpoint, two libraries, one translation."""
    assert [row[1] for row in recorded()] == [row[2] for row in recorded()]
