"""Columns in plain text: a row is no sentence, a sentence no row."""

from __future__ import annotations

import re

import pytest

from satzpaar.translate.document import Segment
from tests.test_formats_text import document, translated, written


class TestColumns:
    @pytest.mark.parametrize(
        ("text", "cells"),
        [
            pytest.param("Hans Meier\t30\tKöln", 3, id="tabs"),
            pytest.param("1.\tHans\tKöln", 2, id="tabs behind a marker"),
            pytest.param("Datum:      3. Mai", 2, id="blanks"),
            pytest.param("Datum:  3. Mai", 2, id="two after a label"),
            pytest.param("Name  Ort\nHans  Köln", 4, id="two in two lines"),
            pytest.param("| Name | Ort |\n|------|-----|", 2, id="bars"),
            pytest.param("|Name|Ort|", 2, id="bars without blanks"),
            pytest.param("Sport | Berlin | 3. Mai", 3, id="bars between"),
            pytest.param("Name | Ort\nHans | Köln", 4, id="one bar a line"),
            pytest.param("  1 Das Rad ........... 3", 2, id="dots to a page"),
            pytest.param("Das Rad....3", 2, id="four dots to a page"),
            pytest.param("Das Rad . . . . . . . 3", 2, id="dots with blanks"),
            pytest.param("Das Rad ………… 3", 2, id="dots in threes"),
            pytest.param("Das Rad   ........   3", 2, id="dots among blanks"),
            pytest.param("Name: ............ Ort: ........", 2, id="to be filled in"),
            pytest.param("┌──────┐\n│ Name │\n└──────┘", 1, id="box"),
        ],
    )
    def test_are_cells(self, text: str, cells: int) -> None:
        """A row is no sentence; a sentence is no row."""
        found = [block.kind for block in document(text).blocks()]

        assert found.count("cell") == cells
        assert re.sub(r"\w", "x", translated(text)) == re.sub(r"\w", "x", text)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("Ein Satz.  Noch einer.", id="typewriter"),
            pytest.param("Ein Satz.   Noch einer.", id="a slip after a sentence"),
            pytest.param("Zwei  Wörter", id="a slip"),
            pytest.param("Na ja.... Gut.", id="an ellipsis that is too long"),
            pytest.param("Na ja ... 3 Räder", id="an ellipsis and a number"),
            pytest.param("Wenn a | b gilt", id="a bar in a sentence"),
            pytest.param("-    Hans", id="blanks behind a marker"),
        ],
    )
    def test_are_not_seen_in_sentences(self, text: str) -> None:
        """Half a sentence cannot be translated."""
        (block,) = document(text).blocks()

        assert block.kind != "cell"

    def test_are_not_seen_in_justified_text(self) -> None:
        """Programmes that made lines equally long put blanks where they could."""
        text = (
            "Die  Landesregierung will die Bahnstrecke  zwischen Oberstadt und dem\n"
            "Dorf am Niederbach   bis zum Sommer  sanieren und danach dort bis zum\n"
            "Meer   weiterbauen, sagte der Minister nach  der Sitzung in der Stadt\n"
        )

        assert len(list(document(text).blocks())) == 1

    def test_stay_columns(self) -> None:
        """A longer cell takes its room from the blanks behind it."""
        text = "| Name   | Ort   |\n| Hans   | Köln  |\nName\tOrt  \nHans   Köln\n"
        found = document(text)
        longer = [Segment(f"{segment.text}+") for segment in found.segments()]

        assert written(found, longer).decode() == (
            "| Name+  | Ort+  |\n| Hans+  | Köln+ |\nName+\tOrt+  \nHans+  Köln+\n"
        )

    def test_stay_behind_dots(self) -> None:
        """A longer title takes its room from the dots that lead to its page."""
        text = "1 Rad ........ 3\n2 Tor .... 12\n3 Kran......14\n"
        found = document(text)
        longer = [
            Segment(segment.text + "+" * segment.text[-1].isalpha())
            for segment in found.segments()
        ]

        assert written(found, longer).decode() == (
            "1 Rad+ ....... 3\n2 Tor+ .... 12\n3 Kran+......14\n"
        )

    def test_are_not_wrapped(self) -> None:
        """Not even rows as long as lines of a paragraph."""
        row = "Die Landesregierung von Oberstadt\tdas Ministerium in Niederbach\n"

        assert len(list(document(row * 3).blocks())) == 6
