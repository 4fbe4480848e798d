"""Bitexts in XLIFF: what its schema allows, and what others write."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from satzpaar.alignments.bitext import Code, TranslationUnit
from satzpaar.alignments.formats import read_bitext
from tests.bitexts import each_example_a_folder, pair, there_and_back, units

SCHEMAS = Path(__file__).parent / "data" / "schemas"


class TestXliff:
    @each_example_a_folder
    @given(
        st.lists(units(ids=st.text("abc/ .:", min_size=1, max_size=8)), min_size=1,
            max_size=5)
    )  # fmt: skip
    def test_round_trip_of_what_the_schema_allows(
        self, tmp_path: Path, given: list[TranslationUnit]
    ) -> None:
        """A unit without an id has none afterwards, though XLIFF must have one."""
        path = tmp_path / "x.xlf"
        back = there_and_back(given, path)

        schema = etree.XMLSchema(etree.parse(SCHEMAS / "xliff21.xsd"))
        schema.assertValid(etree.parse(path))
        assert back == given

    def test_control_characters_are_kept(self, tmp_path: Path) -> None:
        """XLIFF has an element for what XML cannot hold."""
        odd = pair("Ja\x02.", "Yes\x0c\uffff.", id="a")

        assert there_and_back([odd], tmp_path / "x.xlf") == [odd]

    def test_reads_pairs_notes_and_states_of_others(self, tmp_path: Path) -> None:
        """<pc>, suggestions that are none of ours, several segments of a unit."""
        (tmp_path / "x.xlf").write_text(
            '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0"'
            ' srcLang="de" trgLang="en"><file id="f"><unit id="7">'
            '<mtc:matches xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><mtc:match>'
            "<source>x</source><target>y</target></mtc:match></mtc:matches>"
            "<notes><note>eins</note><note>zwei</note></notes>"
            '<originalData><data id="a">[</data><data id="b">]</data></originalData>'
            '<segment state="final"><source>Das <pc id="q" dataRefStart="a"'
            ' dataRefEnd="b">gute</pc> <mrk id="m" type="term">Buch</mrk></source>'
            "<target>The good book</target></segment>"
            "<ignorable><source> </source></ignorable>"
            "<segment><source>Nein.</source></segment>"
            "</unit></file></xliff>",
            "utf-8",
        )

        first, second = read_bitext(tmp_path / "x.xlf")

        assert first.source.text == "Das gute Buch"
        assert first.source.codes == (
            Code(4, "open", 1, "["),
            Code(8, "close", 1, "]"),
        )
        assert (first.id, first.note) == ("7/1", "eins\nzwei")
        assert first.properties == (("state", "final"),)
        assert (second.id, second.source.text, second.target.text) == (
            "7/2",
            "Nein.",
            "",
        )
