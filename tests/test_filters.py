"""What makes a translation unit bad, filter by filter, and what must not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satzpaar.alignments.bitext import TranslationUnit, Variant
from satzpaar.alignments.filters import (
    FILTERS,
    REJECTED,
    apply,
    learn,
    load_filters,
)
from satzpaar.alignments.filters.boilerplate import Boilerplate
from satzpaar.alignments.filters.duplicates import Duplicates
from satzpaar.alignments.filters.lengths import LengthRatio
from satzpaar.alignments.language_id import doubt
from satzpaar.translate.errors import InputError, UsageError

GERMAN = "Der Zug nach Leipzig hatte gestern wieder eine Stunde Verspätung."
ENGLISH = "The train to Leipzig was an hour late again yesterday."


def unit(source: str, target: str, **properties: str) -> TranslationUnit:
    named = tuple(
        (f"x-{key.replace('_', '-')}", text) for key, text in properties.items()
    )
    return TranslationUnit(
        Variant(source, "de-DE"), Variant(target, "en-GB"), properties=named
    )


def reasons(
    one: TranslationUnit, *, after: tuple[TranslationUnit, ...] = ()
) -> set[str]:
    """Name the filters that reject *one* when it comes after others."""
    *_, verdict = apply([*after, one], load_filters())
    return {reason.filter for reason in verdict.reasons}


def test_a_good_unit_passes_them_all() -> None:
    assert reasons(unit(GERMAN, ENGLISH)) == set()


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("", ENGLISH, "short"),
        (GERMAN, "  ", "short"),
        ("Ein Wort. " * 300, "One word. " * 300, "long"),
        ("12.05.2023 | 17:30 | 0341/22", "12/05/2023 | 5:30 | 0341/22", "letters"),
        (GERMAN, "The train was late.", "length-ratio"),
        (GERMAN, GERMAN, "copy"),
        (GERMAN, GERMAN.replace("Leipzig", "Dresden"), "copy"),
        (GERMAN, GERMAN, "language"),
        (ENGLISH, GERMAN, "language"),
        (
            GERMAN,
            "Hier, le train de Leipzig a encore eu une heure de retard.",
            "language",
        ),
        ("GrÃ¼Ã\x9fe aus KÃ¶ln", "Greetings from Cologne", "encoding"),
        ("Es waren 15 Leute da.", "There were 50 people there.", "numbers"),
        ("Alle Cookies akzeptieren", "Accept all cookies", "boilerplate"),
        (
            "Start | Politik | Sport | Wetter",
            "Home | Politics | Sports | Weather",
            "boilerplate",
        ),
    ],
)
def test_a_fault_is_found_by_its_filter(
    source: str, target: str, expected: str
) -> None:
    assert expected in reasons(unit(source, target))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Ja", "Yes"),
        ("Nein!", "No!"),
        ("Angela Merkel", "Angela Merkel"),
        (
            "Deutsche Bank, Volkswagen, Siemens, Bayer",
            "Deutsche Bank, Volkswagen, Siemens, Bayer",
        ),
        ("Bayern München – Werder Bremen 2:1", "Bayern Munich – Werder Bremen 2-1"),
        ("Wetter", "Weather"),
        ("Hotel Restaurant Adler", "Hotel Restaurant Adler"),
        (
            "Mehr unter https://example.org/de/artikel-7",
            "More at https://example.org/en/article-7",
        ),
        (
            "Ein Artikel über Cookies und Datenschutz.",
            "An article about biscuits and privacy.",
        ),
        ("Bis 2030 sollen es 1,5 Mio. sein.", "There should be 1.5 million by 2030."),
        ("Und du? Was?", "And you? What?"),
    ],
)
def test_short_units_and_names_pass(source: str, target: str) -> None:
    assert reasons(unit(source, target)) == set()


def test_the_aligners_doubt_rejects_and_its_silence_does_not() -> None:
    assert reasons(unit(GERMAN, ENGLISH, confidence="0.31")) == {"confidence"}
    assert reasons(unit(GERMAN, ENGLISH, confidence="0.93")) == set()
    assert reasons(unit(GERMAN, ENGLISH)) == set()


def test_a_confidence_that_is_no_number_is_refused() -> None:
    with pytest.raises(InputError, match="x-confidence is 'high', expected a number"):
        reasons(unit(GERMAN, ENGLISH, confidence="high"))


def test_the_reason_says_what_was_found_and_what_was_expected() -> None:
    (verdict,) = apply([unit("Es kamen 15.", "50 came.")], load_filters())
    told = verdict.marked().get(REJECTED)
    assert told == "numbers 0 < 0.75 (no match for 15, 50)"


def test_marking_again_does_not_pile_up_reasons() -> None:
    (verdict,) = apply([unit("Es kamen 15.", "50 came.")], load_filters())
    (again,) = apply([verdict.marked()], load_filters())
    assert [name for name, _ in again.marked().properties] == [REJECTED]


def test_kept_and_rejected_together_are_what_came_in_its_order() -> None:
    units = [unit(GERMAN, ENGLISH), unit(GERMAN, GERMAN), unit("Ja", "Yes")]
    verdicts = list(apply(units, load_filters()))
    assert [verdict.unit for verdict in verdicts] == units
    assert [verdict.kept for verdict in verdicts] == [True, False, True]


def test_units_are_judged_as_they_come() -> None:
    def endless() -> object:
        while True:
            yield unit(GERMAN, ENGLISH)

    verdicts = apply(endless(), load_filters())  # type: ignore[arg-type]
    assert [next(verdicts).kept, next(verdicts).kept] == [True, False]


# Thresholds


def test_a_threshold_is_apart_from_the_score() -> None:
    judge = LengthRatio(2.5)
    one = unit(GERMAN, "The train to Leipzig was late again.")
    assert judge.score(one) == LengthRatio(9).score(one)
    strict = load_filters({"length-ratio": 1})
    (verdict,) = apply([one], strict)
    assert [reason.filter for reason in verdict.reasons] == ["length-ratio"]
    (verdict,) = apply([one], load_filters({"length-ratio": 9}))
    assert verdict.kept


def test_a_score_on_the_threshold_passes_whatever_the_direction() -> None:
    one = unit("a" * 10, "b" * 20)
    exact = load_filters(
        {"short": 10, "long": 20}, without=set(FILTERS) - {"short", "long"}
    )
    (verdict,) = apply([one], exact)
    assert verdict.kept


def test_a_filter_can_be_left_out() -> None:
    (verdict,) = apply(
        [unit(GERMAN, GERMAN)], load_filters(without=["copy", "language"])
    )
    assert verdict.kept


@pytest.mark.parametrize(
    "how", [{"thresholds": {"lenght": 1}}, {"without": ["lenght"]}]
)
def test_an_unknown_filter_is_refused(how: dict[str, dict[str, float]]) -> None:
    with pytest.raises(UsageError, match="no filter 'lenght'; filters: short, long"):
        load_filters(**how)


# What is learnt from the corpus


def test_the_usual_ratio_of_lengths_is_the_corpus_own() -> None:
    long_winded = [unit("x" * 50, "y" * 100) for _ in range(4000)]
    one = unit("x" * 80, "y" * 160)
    before, judge = LengthRatio(), LengthRatio()
    learn(long_winded, [judge])
    assert before.score(one).value > 4 > 1 > judge.score(one).value


def test_what_stands_in_many_documents_is_boilerplate_from_the_first_on() -> None:
    footer = [
        unit("Lesen Sie auch das", "Read this too", src_doc=f"{i}.txt")
        for i in range(6)
    ]
    filters = load_filters(without=["duplicate"])
    learn(footer, filters)
    assert not any(verdict.kept for verdict in apply(footer, filters))


def test_what_one_document_repeats_is_no_boilerplate() -> None:
    refrain = [unit("Und sie bewegt sich doch", "And yet it moves", src_doc="a")] * 20
    filters = load_filters(without=["duplicate"])
    learn(refrain, filters)
    assert all(verdict.kept for verdict in apply(refrain, filters))


def test_without_a_first_look_boilerplate_is_what_was_seen_so_far() -> None:
    footer = [unit("Weiter so", "Go on", src_doc=f"{i}.txt") for i in range(8)]
    filters = load_filters(without=["duplicate"])
    kept = [verdict.kept for verdict in apply(footer, filters)]
    assert kept == [True] * 5 + [False] * 3


def test_the_memory_for_boilerplate_is_bounded_and_keeps_what_is_frequent() -> None:
    judge = Boilerplate(5, capacity=8)
    for number in range(40):
        judge.learn(
            unit("Das gibt es überall", "It is everywhere", src_doc=f"{number}")
        )
        judge.learn(unit(f"Satz Nummer {number}", "One", src_doc=f"{number}"))
    frequent = judge.score(unit("Das gibt es überall", "It is everywhere", src_doc="0"))
    assert frequent.value > 5


# Duplicates


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (GERMAN, ENGLISH),
        (GERMAN.upper(), ENGLISH),
        (f"»{GERMAN[:-1]}!«", f"“{ENGLISH}”"),
    ],
)
def test_case_and_punctuation_make_no_other_unit(source: str, target: str) -> None:
    first = unit(GERMAN, ENGLISH)
    assert "duplicate" in reasons(unit(source, target), after=(first,))


def test_a_long_unit_with_one_other_word_is_nearly_the_same() -> None:
    source = (
        "Die Stadt will im kommenden Jahr zwei neue Schulen bauen und dafür den alten "
        "Park am Fluss mit seinen Bäumen opfern, was viele Leute dort ärgert."
    )
    target = (
        "Next year the city wants to build two new schools and for that it will give "
        "up the old park by the river with its trees, which angers many people there."
    )
    other = unit(source.replace("Leute", "Eltern"), target.replace("people", "parents"))
    assert reasons(other, after=(unit(source, target),)) == {"duplicate"}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (GERMAN, "Yesterday the Leipzig train was again one hour behind schedule."),
        ("Kapitel 4", "Chapter 4"),
        ("Er kam um 8 Uhr an.", "He arrived at 8 o'clock."),
    ],
)
def test_another_translation_or_number_is_no_duplicate(
    source: str, target: str
) -> None:
    before = (
        unit(GERMAN, ENGLISH),
        unit("Kapitel 3", "Chapter 3"),
        unit("Er kam um 9 Uhr an.", "He arrived at 9 o'clock."),
    )
    assert reasons(unit(source, target), after=before) == set()


def test_only_what_was_kept_makes_a_duplicate() -> None:
    doubtful, sure = (unit(GERMAN, ENGLISH, confidence=c) for c in ("0.1", "0.9"))
    assert reasons(sure, after=(doubtful,)) == set()


def test_a_memory_that_is_full_forgets_the_oldest() -> None:
    judge = Duplicates(capacity=4)
    units = [unit(f"Wort{i} eins zwei drei vier", f"word{i} two") for i in range(64)]
    for one in units:
        judge.remember(one)
    assert judge.score(units[-1]).value == 1
    forgotten = sum(judge.score(one).value < 1 for one in units)
    assert forgotten >= 64 - 16 - 4


@given(st.text(max_size=60), st.text(max_size=60))
def test_every_unit_is_a_duplicate_of_itself(source: str, target: str) -> None:
    judge = Duplicates(capacity=16)
    one = unit(source, target)
    assert judge.score(one).value == 0
    judge.remember(one)
    assert judge.score(unit(source, target)).value == 1


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_breaks_a_filter(source: str, target: str) -> None:
    (verdict,) = apply([unit(source, target)], FILTERS_ONCE)
    assert verdict.unit.source.text == source
    assert all(str(reason) for reason in verdict.reasons)


FILTERS_ONCE = load_filters(without=["duplicate"])


# Languages


def test_no_doubt_where_the_language_is_unknown_to_the_library() -> None:
    assert doubt(GERMAN, "gsw").value == 0


def test_links_say_nothing_of_the_language() -> None:
    link = "https://example.org/this-is-an-english-address/about-the-weather"
    assert doubt(f"Siehe {link}", "de").value == 0


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("piece", ["x", "1", ".", "a@", "Ã¤", "a-", "&amp", "?a"])
def test_a_segment_without_end_takes_no_time_without_end(name: str, piece: str) -> None:
    """Some pattern that is tried at each place anew would take minutes."""
    text = (piece * 100_000)[:100_000]
    units = [TranslationUnit(Variant(text, "de"), Variant(text, "en"))]
    started = time.process_time()
    (_,) = apply(units, load_filters(without=[one for one in FILTERS if one != name]))
    assert time.process_time() - started < 10
