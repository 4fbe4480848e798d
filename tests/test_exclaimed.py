"""Several exclamation or question marks in a row."""

from __future__ import annotations

import time

import pytest

from satzpaar.translate.exclaimed import with_marks_of, with_one_mark


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Hör auf!!!", "Hör auf!"),
        ("Was nun?!", "Was nun?"),
        ("Wirklich???", "Wirklich?"),
        ("Halt! Wer da?", "Halt! Wer da?"),
        ("Nun ja...", "Nun ja..."),
    ],
)
def test_a_model_reads_one(text: str, plain: str) -> None:
    """A question stays one; full stops are no such marks."""
    assert with_one_mark(text) == plain


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Hör auf!!! Sofort!", "Stop it! At once!", "Stop it!!! At once!"),
        ("Hör auf!!!", "Stop it.", "Stop it!!!"),
        ("„Hör auf!!!“", "“Stop it.”", "“Stop it!!!”"),
        ("Hör endlich auf!!!", "Oh, no! Stop it...", "Oh, no!!! Stop it..."),
        ("Nein!! Hör auf!!!", "No, stop it...", "No, stop it!!!"),
        ("Hör auf!!! Sofort.", "Stop it at once.", "Stop it at once."),
        ("Hör auf!", "Stop it.", "Stop it."),
    ],
)
def test_a_translation_has_those_of_its_source(
    source: str, target: str, expected: str
) -> None:
    """Each where it has one, or the last at its end."""
    assert with_marks_of(source, target) == expected


def test_a_long_row_of_full_stops_is_quick() -> None:
    """A run of marks is looked at once, not from each of its marks."""
    started = time.perf_counter()

    with_marks_of("Was!!", "." * 50_000 + " x")

    assert time.perf_counter() - started < 2
