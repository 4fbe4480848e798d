"""Words for people of every gender, written as a model has read them."""

from __future__ import annotations

import pytest

from satzpaar.translate.gendered import without_stars


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Bürger*innen und Schüler:innen", "Bürger und Schüler"),
        ("Student_innen, Ärzt:innen, Freund*innen", "Studenten, Ärzte, Freunde"),
        ("Kund:innen, Kolleg*innen, Pilot:innen", "Kunden, Kollegen, Piloten"),
        ("Chef:innen, Nachbar:innen, Französ:innen", "Chefs, Nachbarn, Franzosen"),
        ("Wähler/innen, Lehrer/-innen, BürgerInnen", "Wähler, Lehrer, Bürger"),
        ("Leser*innenbriefe, Student*innenausweis", "Leserbriefe, Studentenausweis"),
        ("jede:r Schüler:in, ein*e Ärzt*in", "jeder Schüler, ein Arzt"),
        ("Kund:in, Expert:in, Lehrer/in", "Kunde, Experte, Lehrer"),
        ("jede_r Besucher_in, ein_e Freund_in", "jeder Besucher, ein Freund"),
        ("ein*e Schüler*in, seine:n Lehrer:in", "ein Schüler, seinen Lehrer"),
        ("ihre*n Partner*in, unsere:n Leser:in", "ihren Partner, unseren Leser"),
        ("der*die Leiter*in, des*der Autor*in", "der Leiter, des Autor"),
        ("die:der Köch:in, zum*zur Vorsitzenden", "der Koch, zum Vorsitzenden"),
        ("Er*sie sucht eine:n Pfleger:in", "Er sucht einen Pfleger"),
        ("Autor:in: Eva Klein", "Autor: Eva Klein"),
        ("Pol:innen, Finn*innen, Dän:innen", "Polen, Finnen, Dänen"),
        ("Tschech:innen, Schott:innen, Hess:innen", "Tschechen, Schotten, Hessen"),
        ("Bot:innen, Schwäb:innen, Sachs:innen", "Boten, Schwaben, Sachsen"),
        ("Pol:in, Pat:in, Schwäb:in, Bäuer:in", "Pole, Pate, Schwabe, Bauer"),
        ("Bäuer:innen, Bayer:innen", "Bauern, Bayern"),
        ("StudentInnen-Vertretung", "Studenten-Vertretung"),
        ("als Lehrer/in der Schule", "als Lehrer der Schule"),
        ("Mitarbeiter/in Vertrieb", "Mitarbeiter Vertrieb"),
        ("Keller/-in der Schule", "Keller der Schule"),
    ],
)
def test_what_goes_for_all_or_for_men(text: str, written: str) -> None:
    """In the plural, in the singular, and in compounds."""
    assert without_stars(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "um 12:in der Nacht",
        "innen und außen",
        "2*innen",
        "in Wien/in der Stadt",
        "in Hannover/in der Stadt",
        "im Keller/in Räumen",
        "Außen/innen: 3 mm",
        "Die Grünen-Innen- und Rechtspolitikerin",
        "Ein Außen-Innen-Vergleich",
        "eine n:m-Beziehung, m:n",
        "Die Fläche ist a*s, nicht r*n.",
        "im Format H:i:s",
        "Ein Gute*n-Abend-Gruß",
        "mit sign_in und check_in",
        "C:in",
        "der:die:das",
        "Es sind Der _die_ und das.",
    ],
)
def test_other_text_stays(text: str) -> None:
    """What has such a mark by chance."""
    assert without_stars(text) == text
