"""The library's front door, as a script calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from satzpaar.translate import (
    InputError,
    Segment,
    Translator,
    UsageError,
    load_translator,
)
from tests.doubles import EchoEngine

if TYPE_CHECKING:
    from pathlib import Path


class TestLoadTranslator:
    def test_takes_the_path_of_a_folder(self, tiny_folder: Path) -> None:
        """Scripts have paths; they need not write them as text."""
        translator = load_translator(tiny_folder)

        assert translator.engine.model.folder == tiny_folder

    def test_takes_dictionaries(self, tiny_folder: Path) -> None:
        """What belongs to what is a dictionary in Python; pairs do as well."""
        known, terms = {"Er kommt.": "He is coming."}, {"Rat": "council"}
        pairs = load_translator(
            tiny_folder, memory=known.items(), glossary=terms.items()
        )

        both = load_translator(tiny_folder, memory=known, glossary=terms)

        for translator in (pairs, both):
            assert translator.translate("Er kommt.") == "He is coming."
            (found,) = translator.translate_segments(["Rat"])
            assert (found.target.text, found.known_from) == ("Council", "glossary")


class TestTranslateSegments:
    def test_refuses_a_text(self) -> None:
        """Its letters would be translated one by one."""
        with pytest.raises(UsageError, match="a list of sentences"):
            Translator(EchoEngine()).translate_segments("Er kommt. Sie geht.")

    def test_names_the_segment_that_no_engine_takes(self) -> None:
        """Half a character, as a broken decoding leaves it; the others are there."""
        found = Translator(EchoEngine()).translate_segments(
            ["Er kommt.", Segment("Sie geht."), "Das \ud83d."]
        )

        with pytest.raises(InputError, match="<segment 3>: character 5 is half of one"):
            list(found)
