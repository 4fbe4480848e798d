"""German verbs: what forms they have, and what forms a word may be."""

from __future__ import annotations

import pytest

from satzpaar.translate.german_verbs import FINITE, FORMS, Form, forms, verb


@pytest.mark.parametrize(
    ("base", "second", "third", "past", "subjunctive", "participle"),
    [
        ("machen", "machst", "macht", "machte", "machte", "gemacht"),
        ("arbeiten", "arbeitest", "arbeitet", "arbeitete", "arbeitete", "gearbeitet"),
        ("rechnen", "rechnest", "rechnet", "rechnete", "rechnete", "gerechnet"),
        ("lernen", "lernst", "lernt", "lernte", "lernte", "gelernt"),
        ("wandeln", "wandelst", "wandelt", "wandelte", "wandelte", "gewandelt"),
        ("setzen", "setzt", "setzt", "setzte", "setzte", "gesetzt"),
        ("kritisieren", "kritisierst", "kritisiert", "kritisierte", "kritisierte",
         "kritisiert"),
        ("schmieren", "schmierst", "schmiert", "schmierte", "schmierte", "geschmiert"),
        ("verhindern", "verhinderst", "verhindert", "verhinderte", "verhinderte",
         "verhindert"),
        ("begleiten", "begleitest", "begleitet", "begleitete", "begleitete",
         "begleitet"),
        ("posaunen", "posaunst", "posaunt", "posaunte", "posaunte", "posaunt"),
        ("wiederholen", "wiederholst", "wiederholt", "wiederholte", "wiederholte",
         "wiederholt"),
        ("entern", "enterst", "entert", "enterte", "enterte", "geentert"),
        ("schieben", "schiebst", "schiebt", "schob", "schöbe", "geschoben"),
        ("verschieben", "verschiebst", "verschiebt", "verschob", "verschöbe",
         "verschoben"),
        ("treten", "trittst", "tritt", "trat", "träte", "getreten"),
        ("halten", "hältst", "hält", "hielt", "hielte", "gehalten"),
        ("werfen", "wirfst", "wirft", "warf", "würfe", "geworfen"),
        ("lesen", "liest", "liest", "las", "läse", "gelesen"),
        ("laden", "lädst", "lädt", "lud", "lüde", "geladen"),
        ("bringen", "bringst", "bringt", "brachte", "brächte", "gebracht"),
        ("vergehen", "vergehst", "vergeht", "verging", "verginge", "vergangen"),
        ("vergessen", "vergisst", "vergisst", "vergaß", "vergäße", "vergessen"),
        ("genießen", "genießt", "genießt", "genoss", "genösse", "genossen"),
        ("können", "kannst", "kann", "konnte", "könnte", "gekonnt"),
        ("wissen", "weißt", "weiß", "wusste", "wüsste", "gewusst"),
        ("haben", "hast", "hat", "hatte", "hätte", "gehabt"),
        ("werden", "wirst", "wird", "wurde", "würde", "geworden"),
        ("sein", "bist", "ist", "war", "wäre", "gewesen"),
    ],
)  # fmt: skip
def test_conjugates(
    base: str, second: str, third: str, past: str, subjunctive: str, participle: str
) -> None:
    """As Duden's grammar does."""
    made = forms(base)

    assert made["2s"] == second
    assert made["3s"] == third
    assert made["past"] == past
    assert made["second"] == subjunctive
    assert made["participle"] == participle
    assert set(made) == set(FORMS) - {"to-infinitive"}


@pytest.mark.parametrize(
    ("base", "imperative"),
    [("geben", "gib"), ("treten", "tritt"), ("fahren", "fahr"), ("lachen", "lach"),
     ("arbeiten", "arbeite"), ("sein", "sei"), ("werden", "werde"),
     ("verschwinden", "verschwinde"), ("wissen", "wisse"), ("halten", "halt")],
)  # fmt: skip
def test_knows_the_imperative(base: str, imperative: str) -> None:
    """With the vowel of the second person where that is an i."""
    assert forms(base)["imperative"] == imperative


def test_a_separable_prefix_goes_before_ge_and_zu() -> None:
    """In one word at the end of a clause, alone in second place."""
    put_off = verb("auf|schieben")

    assert put_off.infinitive == "aufschieben"
    assert put_off.whole(Form("participle")) == "aufgeschoben"
    assert put_off.whole(Form("participle", "e")) == "aufgeschobene"
    assert put_off.whole(Form("to-infinitive")) == "aufzuschieben"
    assert put_off.whole(Form("past")) == "aufschob"
    assert put_off.finite(Form("past")) == "schob"
    assert verb("verschieben").whole(Form("to-infinitive")) == "zu verschieben"


@pytest.mark.parametrize(
    ("infinitive", "word", "names"),
    [
        ("auf|schieben", "aufgeschoben", ["participle"]),
        ("auf|schieben", "aufzuschieben", ["to-infinitive"]),
        ("auf|schieben", "aufgeschobenen", ["participle"]),
        ("auf|schieben", "schob", []),
        ("machen", "machte", ["past", "second"]),
        ("machen", "machen", ["infinitive", "pl", "subjunctive pl"]),
        ("hängen", "hängte", ["past", "second"]),
        ("hängen", "hing", ["past"]),
        ("machen", "machbar", []),
    ],
)
def test_says_what_forms_a_word_may_be(
    infinitive: str, word: str, names: list[str]
) -> None:
    """The likeliest first; several where German makes no difference."""
    assert [form.name for form in verb(infinitive).at_end(word)] == names


def test_apart_from_its_prefix_a_verb_is_finite() -> None:
    """Participles and infinitives are never parted."""
    found = verb("auf|schieben").apart("schieben")

    assert [form.name for form in found] == ["pl", "subjunctive pl"]
    assert all(form.name in FINITE for form in found)
    assert verb("auf|schieben").apart("geschoben") == []


@pytest.mark.parametrize(
    ("infinitive", "moves"),
    [("gehen", True), ("zurück|treten", True), ("sterben", True), ("sein", True),
     ("begehen", False), ("auf|schieben", False), ("bekommen", False),
     ("breit|treten", False), ("ein|rennen", False), ("aus|ufern", True),
     ("desertieren", True)],
)  # fmt: skip
def test_knows_whose_perfect_has_sein(infinitive: str, moves: bool) -> None:
    """An inseparable prefix mostly takes it away."""
    assert verb(infinitive).is_of_motion == moves
