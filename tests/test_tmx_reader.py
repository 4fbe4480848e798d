"""TMX read: leniently where tools differ, safely where a file is hostile."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import resource
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.bitext import Code
from satzpaar.alignments.formats import Reading
from satzpaar.alignments.tmx.reader import read_tmx, stream_units
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.alignments.bitext import TranslationUnit


def tmx(
    body: str, *, head: str = "", srclang: str = "de", encoding: str = "UTF-8"
) -> str:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>{head}<tmx version="1.4">'
        f'<header srclang="{srclang}"/><body>{body}</body></tmx>'
    )


def tu(*texts: tuple[str, str], inside: str = "", attributes: str = "") -> str:
    tuvs = "".join(
        f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in texts
    )
    return f"<tu {attributes}>{inside}{tuvs}</tu>"


YES = tu(("de", "Ja."), ("en", "Yes."))


def read(text: str | bytes, **how: object) -> list[TranslationUnit]:
    data = text.encode() if isinstance(text, str) else text
    return list(stream_units(io.BytesIO(data), Reading(**how), place="x.tmx"))  # type: ignore[arg-type]


def texts(found: list[TranslationUnit]) -> list[tuple[str, str]]:
    return [(unit.source.text, unit.target.text) for unit in found]


class TestLanguages:
    @pytest.mark.parametrize("srclang", ["de", "DE", "*all*", "*ALL*", ""])
    def test_the_header_or_the_first_unit_says_the_source(self, srclang: str) -> None:
        """And the target is the other one."""
        assert texts(read(tmx(YES, srclang=srclang))) == [("Ja.", "Yes.")]

    def test_the_header_goes_before_the_order(self) -> None:
        """Some tools write the translation first."""
        body = tu(("en", "Yes."), ("de", "Ja."))

        assert texts(read(tmx(body))) == [("Ja.", "Yes.")]

    def test_match_by_their_first_part(self) -> None:
        """Tools write DE-AT, de_DE and, in old files, lang without its prefix."""
        body = tu(("DE-AT", "Ja."), ("en_gb", "Yes.")).replace("xml:lang", "lang", 1)

        found = read(tmx(body), source_language="de", target_language="en")

        assert texts(found) == [("Ja.", "Yes.")]
        assert (found[0].source.language, found[0].target.language) == (
            "DE-AT",
            "en-gb",
        )

    def test_match_as_a_whole_first(self) -> None:
        """Who asks for British English gets it, if there is any."""
        body = tu(("de", "Farbe"), ("en-US", "color"), ("en-GB", "colour"))
        asked = {"source_language": "de", "target_language": "en-gb"}

        assert texts(read(tmx(body), **asked)) == [("Farbe", "colour")]

    def test_more_than_two_are_counted(self) -> None:
        """Those that were not asked for are no loss to be silent about."""
        losses: Counter[str] = Counter()
        body = tu(("de", "Ja."), ("fr", "Oui."), ("en", "Yes."))

        found = read(tmx(body), target_language="en", losses=losses)

        assert texts(found) == [("Ja.", "Yes.")]
        assert losses == {"variants in other languages": 1}

    def test_units_without_both_are_passed_over(self) -> None:
        """A memory of several languages is an ordinary one."""
        losses: Counter[str] = Counter()
        body = tu(("fr", "Oui."), ("en", "Yes.")) + YES

        found = read(
            tmx(body), source_language="de", target_language="en", losses=losses
        )

        assert texts(found) == [("Ja.", "Yes.")]
        assert losses == {"units without both languages": 1}


class TestEncodings:
    @pytest.mark.parametrize(
        "pack", [bytes, gzip.compress, bz2.compress, lzma.compress]
    )
    @pytest.mark.parametrize(
        ("encoding", "codec"),
        [
            ("UTF-8", "utf-8"),
            ("UTF-8", "utf-8-sig"),
            ("UTF-16", "utf-16"),
            ("ISO-8859-1", "latin-1"),
            ("windows-1252", "cp1252"),
        ],
    )
    def test_are_as_declared_packed_or_not(
        self, encoding: str, codec: str, pack: type[bytes], tmp_path: Path
    ) -> None:
        """With a byte order mark or without; what is packed is seen by its bytes."""
        body = tu(("de", "Größe"), ("en", "size"))
        path = tmp_path / "x.tmx"
        path.write_bytes(pack(tmx(body, encoding=encoding).encode(codec)))

        assert texts(list(read_tmx(path))) == [("Größe", "size")]

    @pytest.mark.parametrize("order", ["le", "be"])
    def test_a_byte_order_mark_is_believed_more_than_the_declaration(
        self, order: str
    ) -> None:
        """Some tools convert a file to UTF-16 and leave its first line alone."""
        text = "\ufeff" + tmx(tu(("de", "Größe"), ("en", "size")), encoding="UTF-8")

        assert texts(read(text.encode(f"utf-16-{order}"))) == [("Größe", "size")]


class TestMetadata:
    def test_is_taken_from_unit_and_variants(self) -> None:
        """OmegaT has dates and names at the translation."""
        body = (
            '<tu tuid="7" creationid="Jo" usagecount="3"'
            ' creationdate="20260124T103000Z">'
            '<prop type="x-bead">1-1</prop><note>eins</note><note>zwei</note>'
            '<tuv xml:lang="de"><prop type="x-bead">1-1</prop><seg>Ja.</seg></tuv>'
            '<tuv xml:lang="en" creationid="Al" changeid="Mo"'
            ' changedate="2026-01-25T00:00:00"><prop type="x-q">9</prop>'
            "<seg>Yes.</seg></tuv></tu>"
        )

        (unit,) = read(tmx(body))

        assert unit.id == "7"
        assert unit.note == "eins\nzwei"
        assert unit.properties == (
            ("creationid", "Jo"),
            ("usagecount", "3"),
            ("changeid", "Mo"),
            ("x-bead", "1-1"),
            ("x-q", "9"),
        )
        assert unit.created == datetime(2026, 1, 24, 10, 30, tzinfo=UTC)
        assert unit.changed == datetime(2026, 1, 25, tzinfo=UTC)

    def test_that_cannot_be_kept_is_counted(self) -> None:
        """Dates that are none, the header's own notes."""
        losses: Counter[str] = Counter()
        text = tmx(YES.replace("<tu ", '<tu creationdate="gestern" '))
        text = text.replace("<header", "<header><note>n</note></header><header", 1)

        read(text, losses=losses)

        assert losses == {
            "unreadable dates": 1,
            "notes and properties of the header": 1,
        }


class TestCodes:
    def test_are_no_text_but_highlights_are(self) -> None:
        """<ph> and its like hold the code of another format, <hi> holds text."""
        source = (
            "Ein <hi>gutes</hi> <bpt i='1' x='5'>[b]</bpt>Buch<ept i='1'>[/b]</ept>"
            "<ph x='6'>[img alt='<sub>Bild</sub>']</ph><it pos='begin'>[i]</it>."
        )
        target = "A <bpt i='2' x='5'>[b]</bpt>book<ept i='2'>[/b]</ept>."
        body = tu(("de", source), ("en", target))

        (unit,) = read(tmx(body))

        assert unit.source.text == "Ein gutes Buch."
        assert unit.source.codes == (
            Code(10, "open", 5, "[b]"),
            Code(14, "close", 5, "[/b]"),
            Code(14, "alone", 6, "[img alt='Bild']"),
            Code(14, "open", 1, "[i]"),
        )
        assert unit.target.codes == (
            Code(2, "open", 5, "[b]"),
            Code(6, "close", 5, "[/b]"),
        )

    def test_without_numbers_are_counterparts_in_order(self) -> None:
        """Old files have neither i nor x on what stands alone."""
        body = tu(
            ("de", "<bpt i='1'>a</bpt>x<ept i='1'>b</ept><ph>c</ph><ut>d</ut>"),
            ("en", "<ph>C</ph><bpt i='1'>A</bpt>y<ept i='1'>B</ept>"),
        )

        (unit,) = read(tmx(body))

        numbers = {code.content.lower(): code.number for code in unit.source.codes}
        assert len(set(numbers.values())) == 3  # of the pair, <ph> and <ut>
        assert all(c.number == numbers[c.content.lower()] for c in unit.target.codes)

    def test_have_attributes_that_are_lost_and_counted(self) -> None:
        """Trados tells in them what a code is."""
        losses: Counter[str] = Counter()
        source = "<bpt i='1' x='1' type='2'/>Ja<ept i='1'/><it pos='begin'/>."

        read(tmx(tu(("de", source), ("en", "Yes."))), losses=losses)

        assert losses == {"attributes of codes": 1}

    def test_that_break_a_line_part_words(self) -> None:
        """Trados writes nothing into them; the type alone says what they are."""
        body = tu(("de", "Bitte<ph type='lb'/>warten"), ("en", "Please<ph/>wait"))

        (unit,) = read(tmx(body))

        assert (unit.source.text, unit.source.plain()) == (
            "Bittewarten",
            "Bitte warten",
        )
        assert unit.target.plain() == "Pleasewait"


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            pytest.param(
                tmx(YES, head='<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///dev/x">]>'),
                "x.tmx:1: its DOCTYPE declares",
                id="external entity",
            ),
            pytest.param(
                tmx(YES, head=f"<!--{' ' * 70_000}-->\n<!DOCTYPE tmx ["
                    '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'),
                "x.tmx:2: its DOCTYPE declares",
                id="bomb behind a long comment",
            ),
            pytest.param(
                tmx(YES, head="<!DOCTYPE tmx []>"), "DOCTYPE declares", id="subset"
            ),
            pytest.param(
                tmx(YES, head='<!DOCTYPE tmx [<!ENTITY % p SYSTEM "x.dtd"> %p;]>'),
                "DOCTYPE declares",
                id="parameter entity",
            ),
            pytest.param(
                tmx("\n" + tu(("de", "&x;"), ("en", "b"))),
                "x.tmx:2: an unknown entity",
                id="entity without DOCTYPE",
            ),
            pytest.param(
                tmx(tu(("de", "&x;"), ("en", "b")),
                    head='<!DOCTYPE tmx SYSTEM "tmx14.dtd">'),
                "an unknown entity &x;, which is refused",
                id="entity with DOCTYPE",
            ),
            pytest.param(tmx("\n\n<tu>"), r"x.tmx:3: not well-formed .*mismatched",
                id="open tag"),
            pytest.param(tmx(YES)[:-9], "it ends too early", id="cut"),
            pytest.param("", "^x.tmx: is empty$", id="nothing"),
            pytest.param("Ja.\tYes.", "x.tmx:1: not well-formed XML", id="no XML"),
            pytest.param("<html/>", "begins with <html>, <tmx> is", id="foreign"),
            pytest.param(tmx(tu(("de", "a\x01"), ("en", "b"))),
                "x.tmx:1: .* a control character", id="control character"),
            pytest.param(tmx(YES).replace("Ja", "J\udcff"), "x.tmx:1: not well-formed",
                id="no UTF-8"),
            pytest.param(tmx("\n<tu><tuv/></tu>"), "x.tmx:2: <tuv> without xml:lang",
                id="no language"),
            pytest.param(
                tmx('\n<tu><tuv xml:lang="de">\n</tuv></tu>'),
                "x.tmx:2: <tuv> without <seg>",
                id="no segment",
            ),
            pytest.param(
                tmx(tu(("fr", "a"), ("it", "b"))),
                "no unit in de and en; the languages found: fr, it",
                id="languages",
            ),
            pytest.param(
                tmx(tu(("de", "x" * 10_000_001), ("en", "b"))),
                "a text of over 10000000 characters",
                id="endless text",
            ),
            pytest.param(
                tmx("<tu>" * 300), "over 256 elements in each other", id="endless depth"
            ),
            pytest.param(
                tmx(f"<!--{'x' * 1_100_000}-->"), "a tag or comment of over", id="tag"
            ),
        ],
    )  # fmt: skip
    def test_says_where_and_why(self, text: str, complaint: str) -> None:
        """In one line; no entity is ever resolved and nothing fetched."""
        with pytest.raises(InputError, match=complaint) as caught:
            read(
                text.encode("utf-8", "surrogateescape"),
                source_language="de",
                target_language="en",
            )

        assert "\n" not in str(caught.value)

    def test_an_external_dtd_is_named_but_not_read(self) -> None:
        """TMX 1.4 files begin so; the file need not be there."""
        head = '<!DOCTYPE tmx SYSTEM "http://example.invalid/tmx14.dtd">'

        assert texts(read(tmx(YES, head=head))) == [("Ja.", "Yes.")]

    def test_a_damaged_archive(self, tmp_path: Path) -> None:
        """Says so, not what zlib says."""
        path = tmp_path / "x.tmx.gz"
        path.write_bytes(gzip.compress(tmx(YES * 9999).encode())[:2000])

        with pytest.raises(InputError, match=r"x\.tmx\.gz: damaged or cut short"):
            list(read_tmx(path))


def test_memory_stays_constant() -> None:
    """Units that were yielded are gone."""

    class Endless(io.RawIOBase):
        begun = False

        def read(self, size: int = -1) -> bytes:
            if self.begun:
                return YES.encode() * 500
            self.begun = True
            return tmx("").removesuffix("</body></tmx>").encode()

    found = stream_units(Endless(), Reading())  # type: ignore[arg-type]
    for _ in range(2000):
        next(found)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(40_000):
        next(found)

    # Kilobytes; a tree that is kept grows by 50,000.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 10_000
