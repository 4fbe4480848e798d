"""Plain text: nothing but the sentences changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satzpaar.translate.document import Block, Document, Segment
from satzpaar.translate.formats import text as plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def sentences(text: str) -> list[tuple[int, int]]:
    """Segment at full stops: a stand-in that is wrong about German, but lossless."""
    found = re.finditer(r"\S(?:.*?[.!?](?=\s|$)|.*\S)?", text)
    return [match.span() for match in found]


def document(text: str) -> Document:
    return plain.read(text.encode(), sentences)


def written(
    document: Document,
    translations: Iterable[Segment],
    target_language: str | None = None,
) -> bytes:
    return b"".join(
        plain.write(document, translations, target_language=target_language)
    )


def segments(text: str) -> list[str]:
    return [segment.text for segment in document(text).segments()]


def translated(text: str) -> str:
    """Put a shape of the same length in place of every sentence."""
    found = document(text)
    changed = [Segment(re.sub(r"\w", "x", s.text)) for s in found.segments()]
    return written(found, changed).decode()


LETTERS = st.text("aäBß. ,-„“\n\r\t\f\u2028\u00ad\u00a0>*1)|:\u200b", max_size=80)


class TestExactness:
    @given(LETTERS)
    def test_untranslated_text_is_the_source(self, text: str) -> None:
        """White space, line ends, soft hyphens: all come back."""
        found = document(text)

        assert written(found, found.segments()).decode() == text

    @given(st.binary(max_size=40).map(lambda data: data.decode("cp437")))
    def test_any_characters(self, text: str) -> None:
        """No text is too strange; what is no text at all is for `files`."""
        text = text.replace("\0", "")
        found = plain.read(text.encode(), sentences, encoding="utf-8")

        assert written(found, found.segments()).decode() == text

    @given(LETTERS)
    def test_no_character_is_lost(self, text: str) -> None:
        """Segments and copied parts hold every visible character once."""
        found = document(text)
        inside = "".join(segment.text for segment in found.segments())
        outside = "".join(
            "".join(part.separators) if isinstance(part, Block) else str(part)
            for part in found.parts
        )

        kept = [len(re.findall(r"[\wß.,„“]", part)) for part in (inside, outside)]

        assert sum(kept) == len(re.findall(r"[\wß.,„“]", text))

    @given(LETTERS)
    def test_translation_keeps_the_lines_that_were_not_wrapped(self, text: str) -> None:
        """Every paragraph ends where it ended, with the same line end."""
        found = document(text)
        wrapped = any(block.width for block in found.blocks())

        lines = re.split("[\n\r\f\u2028]", translated(text))

        assert wrapped or len(lines) == len(re.split("[\n\r\f\u2028]", text))

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="empty"),
            pytest.param("\n\n", id="blank lines only"),
            pytest.param("Ein Satz.", id="no final line end"),
            pytest.param("Eins.\r\n\r\nZwei.\r\n", id="CR LF"),
            pytest.param("Eins.\rZwei.\r", id="CR"),
            pytest.param("Eins.\r\nZwei.\nDrei.\r", id="mixed line ends"),
            pytest.param("\t Eins.  \n\n\n   Zwei.\t\n", id="indentation"),
            pytest.param("Seite eins.\n\fSeite zwei.\n", id="form feed"),
            pytest.param("Eins.\u2028Zwei.\u2029Drei.", id="Unicode separators"),
            pytest.param("***\n\nEins.\n\n-----\n", id="ornaments"),
        ],
    )
    def test_translation_keeps_white_space(self, text: str) -> None:
        """What is between the words stands around their translation too."""
        assert translated(text) == re.sub(r"\w", "x", text)

    def test_runs_of_white_space_within_a_sentence_become_one(self) -> None:
        """Only in a changed sentence: the translator decides where its words go."""
        assert segments("Zwei  Wörter und\u00a0mehr.") == ["Zwei Wörter und mehr."]

    @pytest.mark.parametrize(
        ("source", "translation", "expected"),
        [
            ("Für 1.000,50\u00a0€ da.", "For 1,000.50 € here.", "1,000.50\u00a0€"),
            ("Nach 5\u202fkm am Ziel.", "There after 5 km.", "5\u202fkm"),
            ("Mit 5\u00a0kg, 5 km.", "With 5 kg, 5 km.", "5\u00a0kg, 5 km"),
            ("Je 5\u00a0kg, 5\u00a0km.", "5 kg, 5 km.", "5\u00a0kg, 5\u00a0km"),
            ("Für 5\u00a0€ da.", "Here for €5 now.", "€5 now"),
            ("Im Mai 15\u00a0km.", "In May 15 km.", "15\u00a0km"),
            ("Je 5\u00a0kg. Es sind 5 da.", "5 kg.|5 are.", "5\u00a0kg. 5 are."),
        ],
    )
    def test_a_number_is_not_parted_from_its_unit(
        self, source: str, translation: str, expected: str
    ) -> None:
        """The model gets a plain space, a reader what the author wanted."""
        found = document(source)

        assert not any("\u00a0" in segment.text for segment in found.segments())
        said = [Segment(text) for text in translation.split("|")]
        assert expected in written(found, said).decode()

    def test_invisible_characters_do_not_split_words(self) -> None:
        """A vocabulary has no entry for a word with a soft hyphen in it."""
        assert segments("Waf\u00adfen\u200blieferung.") == ["Waffenlieferung."]

    def test_joiners_within_emoji_stay(self) -> None:
        """Without its joiners a family falls apart."""
        assert segments("Ja \U0001f468\u200d\U0001f469") == [
            "Ja \U0001f468\u200d\U0001f469"
        ]

    def test_the_byte_order_mark_comes_back(self) -> None:
        """Windows programmes read a file without it as something else."""
        data = b"\xef\xbb\xbf" + "Größe.\r\n".encode()
        found = plain.read(data, sentences)

        assert next(found.segments()).text == "Größe."
        assert written(found, found.segments()) == data

    def test_utf_16_comes_back(self) -> None:
        """What came in one encoding goes out in it."""
        data = "Größe.\n".encode("utf-16")
        found = plain.read(data, sentences)

        assert written(found, [Segment("Size.")]) == "Size.\n".encode("utf-16")

    def test_writes_what_is_there(self) -> None:
        """The first paragraph does not wait for the last."""
        found = document("Eins.\n\nZwei.")

        def slowly() -> Iterator[Segment]:
            yield Segment("One.")
            pytest.fail("asked too early")

        assert next(plain.write(found, slowly())) == b"One."

    @pytest.mark.parametrize("number", [0, 2])
    def test_every_segment_needs_its_translation(self, number: int) -> None:
        """A lost or doubled translation must stop us."""
        found = document("Ein Satz.")

        with pytest.raises(ValueError, match="translations than segments"):
            written(found, [Segment("A sentence.")] * number)


WRAPPED = """\
Die Landesregierung will die Bahnstrecke zwischen Oberstadt und Niederbach
bis zum Sommer sanieren. Das teilte das Ministerium mit. Die Kosten von rund
40 Millionen Euro tragen Bund und Land gemeinsam.
"""


class TestHardWrapped:
    def test_sentences_go_on_over_the_line_end(self) -> None:
        """Half a sentence cannot be translated."""
        assert segments(WRAPPED) == [
            (
                "Die Landesregierung will die Bahnstrecke zwischen Oberstadt und "
                "Niederbach bis zum Sommer sanieren."
            ),
            "Das teilte das Ministerium mit.",
            "Die Kosten von rund 40 Millionen Euro tragen Bund und Land gemeinsam.",
        ]

    def test_the_translation_is_wrapped_at_the_same_width(self) -> None:
        """A file for narrow windows stays one."""
        found = document(WRAPPED)
        longer = [Segment(f"Also {segment.text}") for segment in found.segments()]

        lines = written(found, longer).decode().splitlines()

        assert max(map(len, lines)) <= 76
        assert " ".join(lines) == " ".join(segment.text for segment in longer)

    def test_wrapping_twice_changes_nothing(self) -> None:
        """The wrapped translation is again a wrapped text of the same shape."""
        once = translated(WRAPPED)

        assert translated(once) == once

    @given(
        st.lists(
            st.text("abcdefgä", min_size=1, max_size=12), min_size=30, max_size=60
        ),
        st.integers(45, 100),
    )
    def test_text_wrapped_by_a_program_is_one_block(
        self, words: list[str], width: int
    ) -> None:
        """Whatever the width, the words are those of one sentence."""
        import textwrap

        text = "Der " + " ".join(words) + "."

        assert segments(textwrap.fill(text, width)) == [text]

    @pytest.mark.parametrize(
        ("upper", "lower", "joined"),
        [
            pytest.param(
                "die Waffen-", "lieferungen", "die Waffenlieferungen", id="word"
            ),
            pytest.param("ein Atom-", "U-Boot", "ein Atom-U-Boot", id="compound"),
            pytest.param("die Ein-", "und Ausfuhr", "die Ein- und Ausfuhr", id="und"),
            pytest.param("die CDU-", "geführte", "die CDU-geführte", id="acronym"),
            pytest.param("der 19-", "jährige", "der 19-jährige", id="number"),
            pytest.param("die Regel -", "heißt es", "die Regel - heißt es", id="dash"),
            pytest.param("Rad <", "rad@example.de>", "Rad <rad@example.de>", id="mail"),
        ],
    )
    def test_hyphens_at_the_line_end(self, upper: str, lower: str, joined: str) -> None:
        """A hyphen of the line end goes, one of the word stays."""
        text = (
            f"Nach Angaben des Ministeriums in Oberstadt betrifft das {upper}\n"
            f"{lower} an mehreren Orten im Land, in denen man seit Jahren wartet."
        )

        assert joined in segments(text)[0]

    def test_hanging_indentation_of_items(self) -> None:
        """The marker is no part of the sentence, and stands once."""
        text = (
            "  - Die Strecke wird im Sommer für mindestens sechs Wochen gesperrt\n"
            "    und danach nur in eine Richtung befahren\n"
            "  - Busse fahren\n"
        )

        first, second = document(text).blocks()

        assert (first.separators[0], first.indent) == ("  - ", "    ")
        assert second.segments == (Segment("Busse fahren"),)
        assert translated(text) == re.sub(r"\w", "x", text)

    def test_a_ragged_item_goes_on_under_its_text(self) -> None:
        """German nouns begin with a capital: the indentation has to tell."""
        text = (
            "1. Die Strecke wird im Sommer wegen der neuen\n"
            "   Brücke für sechs Wochen gesperrt, Busse fahren stattdessen.\n"
        )

        assert len(segments(text)) == 1

    def test_quoted_mail(self) -> None:
        """The signs of quoting stand before every line, in no sentence."""
        text = (
            "> Wir haben die Unterlagen am Montag erhalten und werden sie in der\n"
            "> nächsten Woche prüfen.\n"
        )

        assert "> " not in segments(text)[0]
        assert translated(text) == re.sub(r"\w", "x", text)

    def test_line_ends_of_wrapped_text(self) -> None:
        """Wrapped again, a file of Windows has the line ends of Windows."""
        text = WRAPPED.replace("\n", "\r\n")

        assert "\n" not in translated(text).replace("\r\n", "")

    def test_an_ordinal_at_the_line_start_is_no_item(self) -> None:
        """German writes »3. Oktober«."""
        text = (
            "Die Gespräche in der Hauptstadt sollen nach Angaben aus Berlin am\n"
            "3. Oktober fortgesetzt werden, wie ein Sprecher der Regierung sagte.\n"
        )

        (block,) = document(text).blocks()

        assert "am 3. Oktober" in " ".join(s.text for s in block.segments)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Bahnstrecke wird saniert\n"
            "Die Landesregierung will die Bahnstrecke zwischen Oberstadt und dem "
            "Bach sanieren.",
            id="heading above its paragraph",
        ),
        pytest.param(
            "Oberstadt, 3. Mai\nVon Erika Muster\nMit Material der Agenturen",
            id="dateline and credits",
        ),
        pytest.param("Erika Mustermann\nHauptstraße 5\n12345 Oberstadt", id="address"),
        pytest.param(
            "Der Mond steht überm Haus,\nder Hund bellt in die Nacht,\n"
            "und alle Lichter aus",
            id="verse",
        ),
        pytest.param("- Mehl\n- Zucker\n1. Rühren\n2) Backen\na) ruhen", id="items"),
        pytest.param(
            "\n".join(f"Absatz {n}: " + "lang und länger " * 12 for n in range(4)),
            id="a long line is a paragraph",
        ),
        pytest.param(
            "Die Bahnstrecke wird nach langer Planung saniert.\n"
            "Busse fahren.\n"
            "Die Kosten tragen der Bund und das Land je zur Hälfte.\n"
            "Das Land hilft.\n"
            "Der Bau beginnt im Sommer.",
            id="one sentence a line",
        ),
        pytest.param(
            "Bahnstrecke zwischen Oberstadt und Niederbach wird saniert\n"
            "Busse fahren\n"
            "Kosten tragen Bund und Land\n"
            "Neuer Fahrplan ab Sommer",
            id="headlines",
        ),
        pytest.param(
            "  ! Geändert: Die Brücke im Norden der Stadt ist wieder offen für alle\n"
            "  - Entfernt: Der Steg am alten Hafen, auf dem niemand mehr ging, ist weg",
            id="items of several kinds",
        ),
    ],
)
def test_lines_that_stand_alone(text: str) -> None:
    """What looks like lines of their own is not made one sentence."""
    blocks = list(document(text).blocks())

    assert len(blocks) == len(text.split("\n"))
    assert not any(block.width for block in blocks)


class TestRules:
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("{0}\n1. Das Rad\n{0}\nDas Rad dreht sich.\n", id="heading"),
            pytest.param("{0}\nEin Satz.\n{0}\n", id="box"),
            pytest.param("Das Rad\n{0}\n", id="below"),
            pytest.param("  {0}\n  Das Rad\n  {0}\n", id="indented"),
        ],
    )
    @pytest.mark.parametrize(
        "rule", ["=" * 70, "-" * 70, "*" * 66, "* " * 35, "—" * 70]
    )
    def test_are_copied(self, text: str, rule: str) -> None:
        """What has no word in it is part of no paragraph."""
        text = text.format(rule)

        assert not any(mark in "".join(segments(text)) for mark in "=-*—")
        assert translated(text) == re.sub("[^\\W\\d]", "x", text)

    @pytest.mark.parametrize("length", [45, 120])
    def test_are_no_margin(self, length: int) -> None:
        """A paragraph is wrapped as its own lines say."""
        rule = "-" * length + "\n"

        found = segments(rule + WRAPPED + rule)

        assert found == segments(WRAPPED)


class TestLetters:
    @pytest.mark.parametrize(
        "text",
        ["z. B. Brot", "d. h. Brot", "u. a. mit Hans", "A. Merkel kam", "S. Fischer"],
    )
    def test_abbreviations_and_initials_are_no_markers(self, text: str) -> None:
        """A letter copied as a marker would never be translated."""
        _, block, _ = document(f"Brot\n\n{text}\n\nMilch").blocks()

        assert (block.kind, block.segments[0].text[0]) == ("heading", text[0])

    @pytest.mark.parametrize("text", ["a. Brot\nb. Milch", "a. Brot\n\nb. Milch"])
    def test_letters_in_a_row_are(self, text: str) -> None:
        """One item alone proves nothing, its neighbour does."""
        assert [block.kind for block in document(text).blocks()] == ["item", "item"]

    def test_a_row_goes_up(self) -> None:
        """Two names are no list."""
        blocks = document("B. Müller\nA. Meier").blocks()

        assert "item" not in [block.kind for block in blocks]

    def test_a_bracket_needs_no_neighbour(self) -> None:
        """No abbreviation ends in one."""
        assert [block.kind for block in document("a) Brot").blocks()] == ["item"]

    def test_an_abbreviation_goes_on_in_wrapped_text(self) -> None:
        """Its sentence goes on over the line end."""
        text = (
            "Die Strecke führt nach den Angaben des Landes an vielen Orten, also\n"
            "z. B. am Wald von Oberstadt, durch ein Gebiet, das man schützen will.\n"
        )

        (block,) = document(text).blocks()

        assert "also z. B. am Wald" in " ".join(s.text for s in block.segments)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Bahn wird saniert\n\nDer Bund zahlt.", ["heading", "paragraph"]),
        ("Der Bund zahlt.\n\nMit Material der Agenturen", ["paragraph", "paragraph"]),
        ("* Mehl\n* Zucker", ["item", "item"]),
        ("Neu seit dem 3. Mai\n- Das Rad dreht", ["heading", "item"]),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    """A heading has no full stop and something below it."""
    assert [block.kind for block in document(text).blocks()] == kinds


def test_blocks_know_their_line() -> None:
    """A warning about a translation names the place."""
    found = document("\n\nEins.\r\nZwei.\r\rDrei.")

    assert [part.line for part in found.parts if isinstance(part, Block)] == [3, 4, 6]
