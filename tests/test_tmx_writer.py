"""TMX written: by the DTD, a schema, and the rules that CAT tools insist on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from importlib.metadata import PackageNotFoundError
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from satzpaar.alignments.bitext import Code, TranslationUnit, Variant
from satzpaar.alignments.formats import read_bitext, write_bitext
from satzpaar.alignments.formats.options import HALF_EMPTY
from satzpaar.alignments.tmx.dates import is_tmx_date, written_date
from satzpaar.alignments.tmx.validation import validate
from satzpaar.alignments.version import satzpaar_version
from satzpaar.translate.errors import InputError, UsageError
from tests.bitexts import ANY_CHARACTERS, UNITS, pair, units

SCHEMAS = Path(__file__).parent / "data" / "schemas"


def written(given: list[TranslationUnit], folder: Path, **options: object) -> str:
    path = folder / "x.tmx"
    write_bitext(path, given, **options)  # type: ignore[arg-type]
    assert not [f for f in validate(path) if f.severity == "error"]
    return path.read_bytes().decode()


def check_by_schemas(path: Path) -> None:
    tree = etree.parse(path)
    data = files("satzpaar.alignments.tmx").joinpath("tmx14.dtd").read_bytes()
    etree.DTD(BytesIO(data)).assertValid(tree)
    etree.XMLSchema(etree.parse(SCHEMAS / "tmx14.xsd")).assertValid(tree)


class TestWhatIsWritten:
    @settings(
        suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40
    )
    @given(
        st.lists(
            units(
                ANY_CHARACTERS,
                ids=st.text(ANY_CHARACTERS, max_size=6),
                names=st.text(ANY_CHARACTERS, max_size=4),
            ),
            max_size=5,
            unique_by=lambda unit: unit.id,
        )
    )
    def test_is_always_valid(
        self, tmp_path: Path, given: list[TranslationUnit]
    ) -> None:
        """By DTD, schema and our own validation, whatever the units hold."""
        ids = Counter(
            re.sub(r"\s", "%", "".join(filter(str.isprintable, unit.id or "")))
            for unit in given
        )
        told_apart = [u if ids.most_common(1)[0][1] == 1 else replace(u, id=None)
            for u in given]  # fmt: skip

        text = written(told_apart, tmp_path)

        assert text.count("<tu") >= text.count("</tu>")
        check_by_schemas(tmp_path / "x.tmx")

    def test_begins_as_tools_expect(self, tmp_path: Path) -> None:
        """UTF-8 without BOM, the DOCTYPE, version 1.4, all that a header must say."""
        text = written(UNITS, tmp_path)

        assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
        assert '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">' in text
        header = etree.fromstring(text.encode()).find("header")
        assert header is not None
        assert header.attrib.pop("creationtoolversion") == satzpaar_version()
        assert dict(header.attrib) == {
            "creationtool": "satzpaar",
            "segtype": "sentence",
            "o-tmf": "satzpaar",
            "adminlang": "en",
            "srclang": "de-DE",
            "datatype": "plaintext",
        }

    def test_says_so_where_the_tool_is_not_installed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In the words of `satzpaar --version` and of a corpus's manifest."""

        def missing(name: str) -> str:
            raise PackageNotFoundError(name)

        monkeypatch.setattr("satzpaar.alignments.version.version", missing)

        assert 'creationtoolversion="not installed"' in written(UNITS, tmp_path)

    def test_has_notes_and_properties_before_texts(self, tmp_path: Path) -> None:
        """OmegaT stops at any other order."""
        text = written(UNITS, tmp_path)

        unit = etree.fromstring(text.encode()).find("body/tu")
        assert unit is not None
        assert [child.tag for child in unit] == ["note", "prop", "prop", "tuv", "tuv"]

    def test_has_the_date_it_is_given(self, tmp_path: Path) -> None:
        """And none of its own: the same units give the same file."""
        made = datetime(2026, 1, 24, 11, 30, tzinfo=timezone(timedelta(hours=1)))

        text = written(UNITS, tmp_path, created=made)

        assert 'creationdate="20260124T103000Z"/>' in text


class TestLanguages:
    def test_are_written_as_the_options_say(self, tmp_path: Path) -> None:
        """Trados wants regions where aligners know only languages."""
        text = written(
            [pair("Ja.", "Yes.")],
            tmp_path,
            source_language="de-DE",
            target_language="en-US",
        )

        assert 'srclang="de-DE"' in text
        assert re.findall('xml:lang="(.*?)"', text) == ["de-DE", "en-US"]

    def test_have_the_same_case_everywhere(self, tmp_path: Path) -> None:
        """Tools compare srclang and xml:lang letter by letter."""
        loud = TranslationUnit(Variant("Nein.", "DE-de"), Variant("No.", "en"))

        text = written([UNITS[1], loud], tmp_path)

        assert "DE-de" not in text

    def test_of_one_unit_may_differ(self, tmp_path: Path) -> None:
        """A unit's own srclang then says so."""
        french = TranslationUnit(Variant("Oui.", "fr"), Variant("Yes.", "en"))

        text = written([UNITS[1], french], tmp_path)

        assert '<tu srclang="fr">' in text
        assert list(read_bitext(tmp_path / "x.tmx")) == [UNITS[1], french]

    @pytest.mark.parametrize(
        "tag", ["de_DE", "deutsch und so", "", "de-", "q", "German"]
    )
    def test_that_are_no_tags_are_refused(self, tag: str, tmp_path: Path) -> None:
        """Both in an option and in a unit."""
        with pytest.raises(UsageError, match="no language tag"):
            written([], tmp_path, source_language=tag)
        with pytest.raises(InputError, match="no language tag"):
            written([TranslationUnit(Variant("a", tag), Variant("b", "en"))], tmp_path)


class TestCodes:
    def test_pairs_share_i_and_languages_share_x(self, tmp_path: Path) -> None:
        """A half without its other half is an <it>; there is never an <ut>."""
        source = Variant(
            "ab",
            "de",
            (
                Code(0, "close", 4, "</q>"),
                Code(0, "open", 7, "<b>"),
                Code(1, "close", 7, "</b>"),
                Code(1, "open", 2, "<i>"),
                Code(2, "alone", 3, "<br>"),
            ),
        )
        target = Variant("c", "en", (Code(1, "alone", 3, "<br>"),))

        text = written([TranslationUnit(source, target)], tmp_path)

        assert (
            '<seg><it pos="end" x="4">&lt;/q&gt;</it>'
            '<bpt i="7" x="7">&lt;b&gt;</bpt>a<ept i="7">&lt;/b&gt;</ept>'
            '<it pos="begin" x="2">&lt;i&gt;</it>b<ph x="3">&lt;br&gt;</ph></seg>'
        ) in text
        assert '<seg>c<ph x="3">&lt;br&gt;</ph></seg>' in text

    def test_one_number_twice_is_still_two_pairs(self, tmp_path: Path) -> None:
        """The i of a <bpt> is unique in its segment."""
        source = Variant(
            "ab",
            "de",
            (
                Code(0, "open", 1, "<b>"),
                Code(1, "close", 1, "</b>"),
                Code(1, "open", 1, "<b>"),
                Code(2, "close", 1, "</b>"),
            ),
        )

        text = written([TranslationUnit(source, Variant("c", "en"))], tmp_path)

        assert re.findall(r'<[be]pt i="\d"(?: x="\d")?', text) == [
            '<bpt i="1" x="1"',
            '<ept i="1"',
            '<bpt i="2" x="1"',
            '<ept i="2"',
        ]


class TestWhatIsLeftOut:
    @pytest.mark.parametrize("empty", ["", "  ", "\x01", " \x02 "])
    def test_half_empty_units(self, empty: str, tmp_path: Path) -> None:
        """Tools refuse an empty <seg>; they are counted."""
        losses: Counter[str] = Counter()

        text = written(
            [pair("Ja.", empty), pair(empty, "Yes."), UNITS[1]], tmp_path, losses=losses
        )

        assert text.count("<tu ") == 1
        assert losses[HALF_EMPTY] == 2

    def test_characters_that_xml_cannot_hold(self, tmp_path: Path) -> None:
        """Wherever they are; they are counted."""
        losses: Counter[str] = Counter()
        odd = pair(
            "J\x00a.",
            "Y\x0bes\ufffe.",
            id="a\x1f",
            note="n\ud800",
            properties=(("x\x01", "y\x02"),),
        )

        text = written([odd], tmp_path, losses=losses)

        assert 'tuid="a"' in text
        assert list(read_bitext(tmp_path / "x.tmx")) == [
            pair("Ja.", "Yes.", id="a", note="n", properties=(("x", "y"),))
        ]
        assert losses == {"control characters": 7}

    def test_white_space_of_ids(self, tmp_path: Path) -> None:
        """The specification allows none; it is written as in an address."""
        text = written([pair("Ja.", "Yes.", id="a b\tc")], tmp_path)

        assert 'tuid="a%20b%09c"' in text


def test_a_segment_of_100_000_characters_is_one_of_many(tmp_path: Path) -> None:
    """Long ones occur where segmentation found nothing."""
    long = pair("Wort & " * 15_000 + "Ende.", "word < " * 15_000 + "end.")

    written([long], tmp_path)

    assert list(read_bitext(tmp_path / "x.tmx")) == [long]
    check_by_schemas(tmp_path / "x.tmx")


@given(st.datetimes(min_value=datetime(1, 1, 2), timezones=st.just(UTC)))
def test_dates_are_of_fixed_length(date: datetime) -> None:
    """Early years keep their zeros."""
    assert is_tmx_date(written_date(date))
