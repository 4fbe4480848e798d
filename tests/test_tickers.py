"""Rows of signs stay, and what stands between them is translated for itself."""

from __future__ import annotations

import time

import pytest

from satzpaar.translate.document import Segment
from satzpaar.translate.pipeline import translate_segments
from satzpaar.translate.tickers import between_signs
from tests.doubles import EchoEngine


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("+++ Rat sagt Ja +++", ["", "+++ ", "Rat sagt Ja", " +++", ""]),
        ("Rat tagt +++ Bahn steht", ["Rat tagt", " +++ ", "Bahn steht"]),
        ("*** Achtung ***", ["", "*** ", "Achtung", " ***", ""]),
        ("--- Ende ---", ["", "--- ", "Ende", " ---", ""]),
        (">> Weiter", ["", ">> ", "Weiter"]),
        ("→ Alle Ergebnisse", ["", "→ ", "Alle Ergebnisse"]),
    ],
)
def test_a_row_parts(text: str, parts: list[str]) -> None:
    """At the edges, and those of a ticker in between."""
    assert between_signs(text) == parts
    assert "".join(parts) == text


@pytest.mark.parametrize(
    "text",
    [
        "Er kann C++ und Go.",
        "Er ging --- und kam wieder.",
        "Er kam -- endlich.",
        "- Der Rat tagt",
        "* Der Rat tagt",
        "1 + 1 = 2",
        "Das ist **wichtig**.",
        "Sie wohnten im Hotel Adler *** in Thal.",
        "Du bist ein *** Lügner.",
        "+++",
        "",
    ],
)
def test_other_signs_do_not(text: str) -> None:
    """A dash, a plus, what belongs to a word."""
    assert between_signs(text) == [text]


def test_the_model_sees_no_row() -> None:
    """Each headline comes to it as it would alone."""
    engine = EchoEngine()
    segment = Segment("+++ Der Rat tagt heute +++ Die Bahn steht still +++")

    (translation,) = translate_segments([segment], engine)

    assert set(engine.asked) == {"Der Rat tagt heute", "Die Bahn steht still"}
    assert translation.target == segment


def test_many_signs_are_quick() -> None:
    """A row is read once."""
    started = time.perf_counter()

    between_signs("+" * 50_000 + " " * 50_000 + "x")

    assert time.perf_counter() - started < 2
