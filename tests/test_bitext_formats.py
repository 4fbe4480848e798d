"""Bitexts: what is written comes back, in every format, as far as it can hold it."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satzpaar.alignments.bead import Bead
from satzpaar.alignments.bitext import Code, TranslationUnit, Variant
from satzpaar.alignments.formats import (
    FORMATS,
    READERS,
    SUFFIXES,
    WRITERS,
    files_of,
    format_of_path,
    open_bitext,
    read_bitext,
    stable_id,
    write_bitext,
)
from satzpaar.translate.errors import InputError, UsageError
from tests.bitexts import (
    ANY_CHARACTERS,
    PLAIN,
    UNITS,
    each_example_a_folder,
    pair,
    there_and_back,
    units,
)


def without_codes(unit: TranslationUnit) -> TranslationUnit:
    return replace(
        unit,
        source=replace(unit.source, codes=()),
        target=replace(unit.target, codes=()),
    )


class TestEveryFormat:
    def test_can_be_read_and_written(self) -> None:
        """And has a suffix, so that it need not be named."""
        assert set(READERS) == set(SUFFIXES.values()) == {*FORMATS, "tbx"}
        assert set(WRITERS) == set(FORMATS)

    @pytest.mark.parametrize("suffix", ["", ".gz", ".xz", ".bz2"])
    @pytest.mark.parametrize(
        "name",
        ["x.tmx", "x.tsv", "x.jsonl", "x.de", "x.xlf", "x.ladder", "x.vecalign"],
    )
    def test_keeps_texts_packed_or_not(
        self, name: str, suffix: str, tmp_path: Path
    ) -> None:
        """The least that a bitext has."""
        back = there_and_back(PLAIN, tmp_path / (name + suffix))

        assert [(u.source.text, u.target.text) for u in back] == [
            (u.source.text, u.target.text) for u in PLAIN
        ]

    @pytest.mark.parametrize("name", ["x.tmx.gz", "x.jsonl.gz", "x.xlf.xz", "x.tsv"])
    def test_gives_the_same_bytes_for_the_same_units(
        self, name: str, tmp_path: Path
    ) -> None:
        """No clock and no name of the file gets into it."""
        for folder in ("a", "b"):
            (tmp_path / folder).mkdir()
            write_bitext(tmp_path / folder / name, UNITS)

        a, b = ((tmp_path / folder / name).read_bytes() for folder in "ab")
        assert a == b

    @pytest.mark.parametrize("name", ["x.tmx", "x.tsv", "x.jsonl", "x.de", "x.ladder"])
    def test_may_have_no_unit(self, name: str, tmp_path: Path) -> None:
        """A filter may leave nothing."""
        assert there_and_back([], tmp_path / name) == []

    @pytest.mark.parametrize("name", ["x.tmx", "x.de", "x.tsv.gz", "x.vecalign"])
    def test_leaves_nothing_after_an_error(self, name: str, tmp_path: Path) -> None:
        """Half a bitext looks like a whole one."""
        path = tmp_path / name
        path.write_bytes(b"old")

        def broken() -> object:
            yield PLAIN[0]
            raise InputError("x", "is bad")

        with pytest.raises(InputError):
            write_bitext(path, broken())  # type: ignore[arg-type]

        assert [file.name for file in tmp_path.iterdir()] == [name]
        assert path.read_bytes() == b"old"

    @pytest.mark.parametrize("name", ["x.tmx", "x.tsv", "x.jsonl", "x.xlf", "x.de"])
    def test_is_a_stream(self, name: str, tmp_path: Path) -> None:
        """Reading yields the first unit long before the last is looked at."""
        many = (pair(f"Satz {n}.", f"Sentence {n}.") for n in range(20_000))
        path = tmp_path / name
        write_bitext(path, many)
        damaged = path.read_bytes()[:-5000] + b"\xff" * 100
        path.write_bytes(damaged)

        first = next(read_bitext(path))

        assert first.source.text == "Satz 0."


class TestTmx:
    @each_example_a_folder
    @given(st.lists(units(), max_size=5))
    def test_round_trip(self, tmp_path: Path, given: list[TranslationUnit]) -> None:
        """All that a unit has is kept, to the second."""
        assert there_and_back(given, tmp_path / "x.tmx") == given

    def test_keeps_what_it_has_attributes_for(self, tmp_path: Path) -> None:
        """Who made a unit, say; what is no legal value there is a property like all."""
        known = [
            pair(
                "Ja.",
                "Yes.",
                properties=(
                    ("usagecount", "often"),
                    ("creationid", "Jürgen"),
                    ("x-bead", "1-1"),
                    ("creationid", "zwei"),
                ),
            )
        ]

        back = there_and_back(known, tmp_path / "x.tmx")

        assert Counter(back[0].properties) == Counter(known[0].properties)
        assert 'creationid="Jürgen"' in (tmp_path / "x.tmx").read_text("utf-8")


class TestJsonl:
    @each_example_a_folder
    @given(
        st.lists(
            units(
                ANY_CHARACTERS,
                ids=st.text(max_size=5),
                names=st.text(max_size=3),
            ),
            max_size=5,
        )
    )
    def test_round_trip(self, tmp_path: Path, given: list[TranslationUnit]) -> None:
        """Nothing at all is lost."""
        assert there_and_back(given, tmp_path / "x.jsonl") == given

    def test_keeps_time_zones_and_microseconds(self, tmp_path: Path) -> None:
        """As in the unit, not as in UTC."""
        line = (
            '{"source":"a","target":"b","created":"2026-01-24T10:30:00.000001+05:30"}'
        )
        (tmp_path / "a.jsonl").write_text(line, "utf-8")

        write_bitext(tmp_path / "b.jsonl", read_bitext(tmp_path / "a.jsonl"))

        written = json.loads((tmp_path / "b.jsonl").read_text("utf-8"))
        assert written["created"] == "2026-01-24T10:30:00.000001+05:30"

    @pytest.mark.parametrize(
        "line",
        [
            {"de": "Ja.", "en": "Yes.", "score": 0.5, "split": "test"},
            {"source": "Ja.", "target": "Yes.", "score": 0.5, "split": "test"},
            {"translation": {"de": "Ja.", "en": "Yes."}, "score": 0.5, "split": "test"},
            {"src": "Ja.", "tgt": "Yes.", "score": 0.5, "split": "test"},
            {"German": "Ja.", "English": "Yes.", "score": 0.5, "split": "test"},
        ],
        ids=["by language", "by side", "of the hub", "in short", "by name"],
    )
    def test_reads_what_others_write(
        self, line: dict[str, object], tmp_path: Path
    ) -> None:
        """What else they say becomes properties."""
        (tmp_path / "x.jsonl").write_text(json.dumps(line), "utf-8")

        found = list(read_bitext(tmp_path / "x.jsonl"))

        assert found == [
            pair("Ja.", "Yes.", properties=(("score", "0.5"), ("split", "test")))
        ]

    def test_keys_may_have_a_region_or_the_options(self, tmp_path: Path) -> None:
        """The tag that is asked for is what the language is called."""
        (tmp_path / "x.jsonl").write_text('{"de-AT": "Ja.", "en": "Yes."}', "utf-8")

        def tags(**options: str) -> tuple[str, str]:
            (unit,) = read_bitext(tmp_path / "x.jsonl", **options)  # type: ignore[arg-type]
            return unit.source.language, unit.target.language

        assert tags() == ("de-AT", "en")
        assert tags(source_language="de-DE", target_language="en-US") == (
            "de-DE",
            "en-US",
        )

    def test_passes_over_other_languages(self, tmp_path: Path) -> None:
        """And counts them: nothing is called German that is French."""
        losses: Counter[str] = Counter()
        french = replace(PLAIN[0], source=Variant("Oui.", "fr"))
        write_bitext(tmp_path / "x.jsonl", [french, PLAIN[1]])

        found = read_bitext(tmp_path / "x.jsonl", source_language="de", losses=losses)

        assert list(found) == [PLAIN[1]]
        assert losses == {"units without both languages": 1}


class TestTsv:
    @each_example_a_folder
    @given(st.lists(units(ANY_CHARACTERS, codes=False), max_size=5))
    def test_round_trip_of_texts_with_escapes(
        self, tmp_path: Path, given: list[TranslationUnit]
    ) -> None:
        """Tabs and line ends come back if both sides are told that they are escaped."""
        languages = {"source_language": "de-DE", "target_language": "en"}
        back = there_and_back(given, tmp_path / "x.tsv", escapes=True, **languages)

        assert [(u.source, u.target) for u in back] == [
            (u.source, u.target) for u in given
        ]

    def test_a_header_holds_all_but_codes(self, tmp_path: Path) -> None:
        """Properties are columns of their own."""
        losses: Counter[str] = Counter()
        write_bitext(tmp_path / "x.tsv", UNITS, header=True, losses=losses)

        back = list(read_bitext(tmp_path / "x.tsv"))

        assert back == [without_codes(unit) for unit in UNITS]
        assert losses == {"inline codes": 6}

    def test_without_escapes_tabs_become_spaces(self, tmp_path: Path) -> None:
        """Counted, for they are lost; a backslash is what it always was."""
        losses: Counter[str] = Counter()
        write_bitext(tmp_path / "x.tsv", [pair("a\tb\r\nc", r"C:\new")], losses=losses)

        back = list(read_bitext(tmp_path / "x.tsv"))

        assert back == [pair("a b c", r"C:\new")]
        assert losses == {"tabs and line ends, written as spaces": 2}

    @pytest.mark.parametrize(
        "names",
        [
            "de\ten",
            "DE-at\tEN",
            "de_DE\ten_US",
            "de-CH-1996\ten-GB",
            "de-x-formal\ten-GB-oed",
            "Source\tTarget",
            "source_text\ttarget_text",
            "src\ttgt",
            "Quelle\tZiel",
            "German\tEnglish",
            "Deutsch\tEnglisch",
            "deu\teng",
        ],
    )
    def test_a_first_line_that_names_both_sides_is_a_header(
        self, names: str, tmp_path: Path
    ) -> None:
        """In any case; other columns are properties."""
        (tmp_path / "x.tsv").write_text(f"x\t{names}\n1\tJa.\tYes.\n", "utf-8")

        found = list(read_bitext(tmp_path / "x.tsv"))

        assert [(u.source.text, u.target.text, u.properties) for u in found] == [
            ("Ja.", "Yes.", (("x", "1"),))
        ]

    @pytest.mark.parametrize("names", ["English\tGerman", "target\tsource"])
    def test_a_header_says_which_side_is_which(
        self, names: str, tmp_path: Path
    ) -> None:
        """The order of the columns does not matter then."""
        (tmp_path / "x.tsv").write_text(f"{names}\r\nYes.\tJa.\r\n", "utf-8-sig")

        assert list(read_bitext(tmp_path / "x.tsv")) == [PLAIN[0]]

    @pytest.mark.parametrize(
        ("names", "tags"),
        [
            ("de_DE\ten-US", ("de-DE", "en-US")),
            ("German\tEnglish", ("de", "en")),
            ("source_text\ttarget_text", ("de", "en")),
            ("src_text\ttgt-text", ("de", "en")),
            ("src\ttrg", ("de", "en")),
        ],
    )
    def test_a_name_that_is_no_language_becomes_none(
        self, names: str, tags: tuple[str, str], tmp_path: Path
    ) -> None:
        """Or a TMX would say that it is in "source-text"."""
        (tmp_path / "x.tsv").write_text(f"{names}\nJa.\tYes.\n", "utf-8")

        (unit,) = read_bitext(tmp_path / "x.tsv")

        assert (unit.source.language, unit.target.language) == tags

    def test_a_header_goes_with_any_region(self, tmp_path: Path) -> None:
        """The user's is what is written; the file only has to be of the language."""
        (tmp_path / "x.tsv").write_text("de\ten\nJa.\tYes.\n", "utf-8")
        tags = {"source_language": "de-DE", "target_language": "en-US"}

        (unit,) = read_bitext(tmp_path / "x.tsv", **tags)  # type: ignore[arg-type]

        assert (unit.source.language, unit.target.language) == ("de-DE", "en-US")

    @pytest.mark.parametrize("first", ["Quelle\tsource", "Deutsch\tGerman", "de\tof"])
    def test_a_term_and_its_translation_are_no_header(
        self, first: str, tmp_path: Path
    ) -> None:
        """A glossary may begin with them."""
        (tmp_path / "x.tsv").write_text(f"{first}\nJa.\tYes.\n", "utf-8")

        assert len(list(read_bitext(tmp_path / "x.tsv"))) == 2

    def test_a_header_needs_two_columns_of_text(self, tmp_path: Path) -> None:
        """Neither a number nor a note is a side."""
        (tmp_path / "x.tsv").write_text("id\tGerman\n1\tJa.\n", "utf-8")

        with pytest.raises(InputError, match="a header is expected that names both"):
            list(read_bitext(tmp_path / "x.tsv", header=True))

    def test_columns_pass_over_a_header(self, tmp_path: Path) -> None:
        """Its names would be a unit."""
        (tmp_path / "x.tsv").write_text("id\tGerman\tEnglish\n1\tJa.\tYes.\n", "utf-8")

        assert list(read_bitext(tmp_path / "x.tsv", columns=(2, 3))) == [PLAIN[0]]

    def test_a_line_break_among_the_codes_parts_words(self, tmp_path: Path) -> None:
        """Memories of CAT tools have it where their documents have one."""
        codes = Code(5, "alone", 1, "<br/>"), Code(5, "alone", 2, "<br/>")
        source = Variant("Warte, Anna.", "de", (Code(6, "alone", 1, "<br/>"),))
        target = Variant("Wait,Anna.", "en", codes)

        write_bitext(tmp_path / "x.tsv", [TranslationUnit(source, target)])

        assert list(read_bitext(tmp_path / "x.tsv")) == [
            pair("Warte, Anna.", "Wait, Anna.")
        ]

    def test_columns_say_which_of_several_are_wanted(self, tmp_path: Path) -> None:
        """Other columns may hold anything."""
        (tmp_path / "x.tsv").write_text("news\tYes.\tJa.\n", "utf-8")

        assert list(read_bitext(tmp_path / "x.tsv", columns=(3, 2))) == [PLAIN[0]]


class TestMoses:
    def test_is_two_files_named_by_their_languages(self, tmp_path: Path) -> None:
        """Without regions, as is usual; the second goes where the first does."""
        write_bitext(tmp_path / "x.de.gz", UNITS)

        assert gzip.decompress((tmp_path / "x.en.gz").read_bytes()).decode() == (
            "The house & the garden <are> 'red'.\nYes.\n"
        )

    def test_other_languages_name_other_files(self, tmp_path: Path) -> None:
        """The pair is what the options say."""
        languages = {"source_language": "fr", "target_language": "it"}
        unit = TranslationUnit(Variant("Oui.", "fr"), Variant("Sì.", "it"))

        assert there_and_back([unit], tmp_path / "x.fr", **languages) == [unit]
        assert (tmp_path / "x.it").exists()

    def test_line_ends_in_a_text_become_spaces(self, tmp_path: Path) -> None:
        """Line N must stay the counterpart of line N."""
        losses: Counter[str] = Counter()
        write_bitext(tmp_path / "x.de", [pair("a\nb", "c\r\nd")], losses=losses)

        assert list(read_bitext(tmp_path / "x.de")) == [pair("a b", "c d")]
        assert losses == {"line ends, written as spaces": 2}


class TestNames:
    @pytest.mark.parametrize(
        ("name", "format"),
        [
            ("a.b/x.TMX", "tmx"),
            ("x.tmx.gz", "tmx"),
            ("x.xliff", "xliff"),
            ("x.de", "moses"),
            ("x.de.xz", "moses"),
        ],
    )
    def test_a_suffix_says_the_format(self, name: str, format: str) -> None:
        """In any case, packed or not."""
        assert format_of_path(name) == format

    @pytest.mark.parametrize("name", ["x.docx", "x", "x.gz", "x.en"])
    def test_an_unknown_suffix_tells_the_known_ones(self, name: str) -> None:
        """So that nobody has to look them up."""
        with pytest.raises(InputError, match=r"\.tmx, \.tsv, .* \.parquet.* \.de is"):
            format_of_path(name)

    def test_an_unknown_format_tells_the_known_ones(self, tmp_path: Path) -> None:
        """The same for a name."""
        with pytest.raises(UsageError, match="no bitext format 'csv'; formats: tmx, "):
            read_bitext(tmp_path / "x", format="csv")

    def test_all_files_of_a_bitext_are_known(self) -> None:
        """None of them may be written over while it is read."""
        assert files_of("a/x.de.gz") == [Path("a/x.de.gz"), Path("a/x.en.gz")]
        assert files_of("x.ladder") == [Path("x.ladder"), Path("x.de"), Path("x.en")]


class TestStableIds:
    def test_hang_on_documents_and_segments_alone(self) -> None:
        """The score may be another in the next version."""
        first = stable_id("a", "b", Bead(range(2), range(1), 0.5))
        second = stable_id("a", "b", Bead(range(2), range(1), 0.7, 0.9))

        assert first == second

    def test_tell_all_else_apart(self) -> None:
        """Also where the parts would be one text if written one after the other."""
        ids = {
            stable_id(source, target, Bead(range(*left), range(*right)))
            for source, target in (("a", "b"), ("ab", ""), ("", "ab"), ("b", "a"))
            for left in ((0, 1), (1, 2), (0, 2))
            for right in ((0, 1), (1, 2), (0, 2))
        }

        assert len(ids) == 4 * 3 * 3


def test_a_unit_in_another_language_is_refused_where_it_has_no_place(
    tmp_path: Path,
) -> None:
    """A French line in a German file is worse than no file."""
    french = replace(PLAIN[0], source=Variant("Oui.", "fr"))

    for name in ("x.de", "x.tsv", "x.xlf"):
        with pytest.raises(
            InputError, match="unit 2 is fr to en; this format holds one"
        ):
            write_bitext(tmp_path / name, [PLAIN[0], french])
    assert not list(tmp_path.iterdir())


def test_units_may_come_one_by_one(tmp_path: Path) -> None:
    """For whoever writes several bitexts at once."""
    with open_bitext(tmp_path / "x.jsonl") as write:
        for unit in PLAIN:
            write(unit)

    assert list(read_bitext(tmp_path / "x.jsonl")) == PLAIN
