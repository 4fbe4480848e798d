"""Words that English does not have, and those that it may make."""

from __future__ import annotations

import pytest

from satzpaar.translate.checks.english_words import is_english
from satzpaar.translate.checks.spelling import check_spelling


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("garden", id="listed"),
        pytest.param("harbours", id="British: our"),
        pytest.param("decentralised", id="British: ise"),
        pytest.param("theatres", id="British: tre"),
        pytest.param("paediatric", id="British: ae"),
        pytest.param("manoeuvre", id="added"),
        pytest.param("refurbishments", id="derived"),
        pytest.param("microfinancing", id="a prefix"),
        pytest.param("thyroiditis", id="a disease"),
        pytest.param("bricklayers", id="a compound"),
        pytest.param("watchlists", id="a compound of several"),
    ],
)
def test_english_has(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize(
    "word",
    ["armoredive", "sateral", "clogize", "accomodation", "leugning", "gepanzert"],
)
def test_english_has_not(word: str) -> None:
    assert not is_english(word)


@pytest.mark.parametrize(
    ("target", "message", "severity"),
    [
        pytest.param(
            "He came in an armoredive train.",
            '"armoredive" is no English word',
            "major",
            id="made up",
        ),
        pytest.param(
            "There is no accomodation.",
            '"accomodation" is misspelt: accommodation?',
            "minor",
            id="a letter lacks",
        ),
        pytest.param(
            "It is a probelm.", '"probelm" is misspelt: problem?', "minor", id="swapped"
        ),
    ],
)
def test_finds(target: str, message: str, severity: str) -> None:
    (found,) = check_spelling("Er kam mit dem Zug.", target)

    assert (found.message, found.severity) == (message, severity)
    assert found.target is not None
    assert target[slice(*found.target)] in message


@pytest.mark.parametrize(
    ("source", "target"),
    [
        pytest.param("Er aß Grombeeren.", "He ate grombeeren.", id="the source's own"),
        pytest.param("Im Grom-Wald.", "In grom woods.", id="a part of the source's"),
        pytest.param("Er kam.", "Mr Clogize came.", id="a name"),
        pytest.param("Er kam.", 'He "clogized", he said.', id="quoted"),
        pytest.param("Er kam.", "See www.clogize.example/leugning.", id="an address"),
        pytest.param("Er kam.", "It was très chic.", id="other letters"),
        pytest.param("Er kam.", "He didn't; it wasn't his.", id="an apostrophe"),
        pytest.param("Er kam.", "He is the ex of bex.", id="short"),
    ],
)
def test_leaves(source: str, target: str) -> None:
    assert check_spelling(source, target) == []
