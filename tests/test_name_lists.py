"""Names: the lists that come with us."""

from __future__ import annotations

from importlib.resources import files

import pytest

from satzpaar.translate.checks.name_lists import (
    TITLES,
    first_names,
    shared_names,
)
from satzpaar.translate.checks.places import EXONYMS


@pytest.mark.parametrize("file", ["first_names.txt", "shared_names.txt"])
def test_names_are_sorted_and_once(file: str) -> None:
    """Who adds one finds its place."""
    listed = files("satzpaar.translate.dictionaries").joinpath(file)
    lines = listed.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert all(line.isalpha() and line[0].isupper() for line in lines)


def test_first_names_are_of_many_countries_and_nothing_else() -> None:
    """No titles, no places that English calls otherwise, no words of every day."""
    names = first_names()
    assert {"Elon", "Aylin", "Olena", "Kofi", "Jürgen", "Haruka"} <= names
    assert not names & (TITLES | EXONYMS.keys())
    assert not names & {"Nur", "Für", "Neue", "Chicago", "Universität"}


def test_shared_names_are_alike_in_both_languages() -> None:
    """And no word of either is among them."""
    names = shared_names()
    assert {"Merkel", "Erdogan", "Queensland", "Netflix"} <= names
    assert not names & EXONYMS.keys()
    assert not names & {"Selenskyj", "Haus", "Wings", "August", "Muslim"}
