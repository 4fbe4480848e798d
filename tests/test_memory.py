"""Segments whose translation is known as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.bitext import Code, TranslationUnit, Variant
from satzpaar.alignments.formats import write_bitext
from satzpaar.cli.known_pairs import known_pairs
from satzpaar.translate.document import Mark, Segment
from satzpaar.translate.memory import Memory, standing_phrases
from satzpaar.translate.pipeline import translate_segments
from tests.doubles import EchoEngine

if TYPE_CHECKING:
    from pathlib import Path

MEMORY = Memory(
    [
        ("Anzeige", "Advertisement"),
        ("Anzeige", "Complaint"),
        ("Alle Rechte vorbehalten.", "All rights reserved."),
        ("Quelle:", "Source:"),
        ("Stand:", "As of:"),
        ("Er sagte: „Nein.“", 'He said: "No."'),
        ("Es sind 20 Prozent.", "It is 20%."),
        ("100 €", "$110"),
        ("Kommen Sie!", "Come!"),
    ]
)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Anzeige", "Advertisement"),  # the first of two
        ("- Anzeige -", "- Advertisement -"),
        ("(ANZEIGE)", "(ADVERTISEMENT)"),
        ("Alle  Rechte vorbehalten", "All rights reserved"),
        ("Er sagte: „Nein.“", 'He said: "No."'),  # exactly: as it is there
        ("Es sind 20 Prozent.", "It is 20%."),
        ("Es sind 20 Prozent", "It is 20%"),
        ("100", None),
        ("100 %", None),
        ("Kommen Sie?", None),
        ("Quelle:", "Source:"),
        ("anzeige", None),
        ("Eine Anzeige", None),
        ("„Anzeige“", None),  # quotes are the model's
        ("", None),
        ("A", None),
    ],
)
def test_a_segment_is_found_by_its_words(source: str, target: str | None) -> None:
    """Punctuation and white space around it are the source's."""
    assert MEMORY.translation(source) == target


@pytest.mark.parametrize(
    ("source", "said", "labelled"),
    [
        ("Quelle: dpa", "Spring: dpa", "Source: dpa"),
        ("QUELLE: DPA", "SPRING: DPA", "SOURCE: DPA"),
        ("Stand: 14. März", "Stand: 14 March", "As of: 14 March"),
        ("(Quelle: dpa)", "(Spring: dpa)", "(Source: dpa)"),
        ("Quelle: dpa", "The spring is dpa", "The spring is dpa"),
        ("Quelle: Er sagte: Nein", "From the source: No", "From the source: No"),
        ("Stand: 3:1", "Score: 3:1", "Score: 3:1"),
        ("Anzeige: 3", "Shows: 3", "Shows: 3"),  # no label
        ("Ursprung: dpa", "Spring: dpa", "Spring: dpa"),
        ("Um 14:30 Uhr", "At 14:30", "At 14:30"),
    ],
)
def test_what_stands_before_a_colon(source: str, said: str, labelled: str) -> None:
    """Is put right where both sides have one."""
    assert MEMORY.labelled(source, said) == labelled


def test_what_is_known_does_not_reach_the_model() -> None:
    """Marks stay where they were."""
    engine = EchoEngine()
    bold = Segment("Er kommt.", (Mark(0, 9, "<b>", "</b>"),))

    known, standing, other = translate_segments(
        [bold, Segment("Anzeige"), Segment("Ein Satz.")],
        engine,
        memory=Memory([("Er kommt.", "He is coming.")]),
    )

    assert engine.asked == ["Ein Satz."]
    assert known.target == Segment("He is coming.", (Mark(0, 13, "<b>", "</b>"),))
    assert standing.target.text == "Advertisement"
    assert (known.known_from, standing.known_from) == ("memory", "standing phrases")
    assert other.known_from is None


def test_ones_own_translations_come_first() -> None:
    """Before what stands around articles."""
    (translation,) = translate_segments(
        [Segment("Anzeige")], EchoEngine(), memory=Memory([("Anzeige", "Ad")])
    )

    assert translation.target.text == "Ad"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("\n   He is\n   coming. ", "He is coming."),  # a TMX that was indented
        ("", "Er kommt."),
        (" \t", "Er kommt."),  # not translated yet
    ],
)
def test_a_memory_is_taken_as_others_write_it(written: str, said: str) -> None:
    """White space is tidied, and a unit without a translation loses no segment."""
    memory = Memory([("Er kommt.", written)])

    (translation,) = translate_segments(
        [Segment("Er kommt.")], EchoEngine(), memory=memory
    )

    assert translation.target.text == said


def test_the_first_that_is_translated_counts() -> None:
    """A later file may have what an earlier one has not yet."""
    memory = Memory([("Er kommt.", ""), ("Er kommt.", "He is coming."), ("", "No.")])

    assert memory.translation("Er kommt.") == "He is coming."
    assert memory.translation("") is None


def test_a_segment_with_code_is_not_looked_up() -> None:
    """The code has to come out as it is."""
    segment = Segment("Anzeige x", (Mark(8, 9, "`x`", "", verbatim=True),))
    memory = Memory([("Anzeige x", "Advertisement y")])

    (translation,) = translate_segments([segment], EchoEngine(), memory=memory)

    assert translation.known_from is None


def test_other_languages_have_no_standing_phrases() -> None:
    """Only German to English is known."""
    engine = EchoEngine()
    engine.model = engine.model.__class__(
        "echo", engine.model.folder, "fr", "en", 64, 64, "none"
    )

    (translation,) = translate_segments([Segment("Anzeige")], engine)

    assert translation.target.text == "Anzeige"


def test_the_standing_phrases_can_be_read() -> None:
    """Each German phrase once."""
    phrases = standing_phrases()

    assert len(phrases) > 280
    assert phrases.translation("Mehr zum Thema") == "More on this topic"
    assert phrases.translation("Zur Person:") == "Profile:"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Fortsetzung auf Seite 5", "Continued on page 5"),
        ("(BERICHT SEITE 12)", "(REPORT ON PAGE 12)"),
        ("Zuschauer: 1.250", "Attendance: 1,250"),
        ("Bericht Seite 3/4", None),  # of two, nobody knows which
        ("Seite 3", None),
    ],
)
def test_a_number_has_a_place_in_a_standing_phrase(
    source: str, target: str | None
) -> None:
    """One, as English writes it; in one's own translations "#" is a sign."""
    assert standing_phrases().translation(source) == target
    assert Memory([("Bericht Seite #", "Page #")]).translation(source) is None


def test_the_dictionary_does_not_undo_a_label() -> None:
    """Quelle is a spring too, and the second look knows both."""
    from satzpaar.translate import load_translator

    assert load_translator().translate("Quelle: dpa") == "Source: dpa"


def test_a_line_break_of_a_file_parts_words(tmp_path: Path) -> None:
    """Memories of CAT tools have it as a code, which no segment has."""
    source = Variant("Na ja.Gut.", "de", (Code(6, "alone", 1, "<br/>"),))
    target = Variant("Oh well.Good.", "en", (Code(8, "alone", 1, "<br/>"),))
    write_bitext(tmp_path / "ours.tmx", [TranslationUnit(source, target)])

    pairs = known_pairs([str(tmp_path / "ours.tmx")], None, None)

    assert list(pairs or ()) == [("Na ja. Gut.", "Oh well. Good.")]
