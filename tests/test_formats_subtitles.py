"""Subtitles that are translated: what is one sentence, and how it is shown again."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satzpaar.alignments.texts import text_of
from satzpaar.cli.main import main
from satzpaar.translate.document import Mark, Segment
from satzpaar.translate.errors import InputError
from satzpaar.translate.formats import subtitles
from satzpaar.translate.formats.subtitle_lines import Place, apart, in_lines
from satzpaar.translate.segmentation import segment_spans

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from satzpaar.translate.formats.subtitles import SubtitleDocument


def srt(*texts: str, pause: float = 0.5) -> str:
    """Return subtitles, each cue two seconds long."""
    cues = []
    for number, text in enumerate(texts):
        start = number * (2 + pause)
        cues.append(f"{number + 1}\n{_clock(start)} --> {_clock(start + 2)}\n{text}\n")
    return "\n".join(cues)


def _clock(seconds: float) -> str:
    return f"00:{int(seconds) // 60:02}:{seconds % 60:06.3f}".replace(".", ",")


def read(text: str) -> SubtitleDocument:
    segmenter = partial(segment_spans, language="de")
    return subtitles.read(text.encode(), segmenter, place="x.srt")


def said(text: str) -> list[str]:
    return [segment.text for segment in read(text).segments()]


def write(text: str, translations: Iterable[str]) -> str:
    """Write subtitles anew; no mark is in these texts."""
    segments = [Segment(one) for one in translations]
    return b"".join(subtitles.write(read(text), segments)).decode()


def written_as_it_is(text: str) -> str:
    found = read(text)
    return b"".join(subtitles.write(found, found.segments())).decode()


class TestSegments:
    def test_go_over_cues_and_lines(self) -> None:
        """A sentence is translated whole."""
        assert said(srt("Die Brücke,\ndie alt", "ist, hält. Sie", "bleibt.")) == [
            "Die Brücke, die alt ist, hält.", "Sie bleibt.",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param("Das Rad ruht.", "Es knarrt", id="a full stop"),
            pytest.param("Was nun?“", "Es knarrt", id="a quotation's end"),
            pytest.param("LINDENAU", "Es knarrt", id="a place"),
            pytest.param("Das Rad", "- Es knarrt", id="another speaker"),
            pytest.param("♪ Das Rad ♪", "Es knarrt", id="music"),
            pytest.param("* Das Rad *", "Es knarrt", id="a sound"),
            pytest.param("<i>* Das Rad *</i>", "Es knarrt", id="a sound in italics"),
            pytest.param("Mehr: www.rad.de", "Es knarrt", id="a site"),
            pytest.param("https://rad.de/tor?x=1", "Es knarrt", id="an address"),
            pytest.param("Mehr auf <i>rad.de/tor</i>", "Es knarrt", id="in italics"),
            pytest.param("Das Rad", "DR. MAX 2: Es knarrt", id="who speaks"),
            pytest.param("Das Rad", "<i>ÄNNE:</i> Es knarrt", id="out of sight"),
        ],
    )
    def test_end_with_a_cue(self, one: str, other: str) -> None:
        """Where the next one begins something new."""
        assert len(list(read(srt(one, other)).blocks())) == 2

    def test_end_at_a_long_pause(self) -> None:
        """Whoever begins after it begins anew."""
        assert len(said(srt("Das Rad", "ruht", pause=5))) == 2

    def test_do_not_go_on_for_ever(self) -> None:
        """Speech that a machine wrote down has no full stops."""
        blocks = list(read(srt(*["das rad ruht nie"] * 100)).blocks())

        assert len(blocks) > 4

    def test_go_over_an_empty_line(self) -> None:
        """Which SRT should not have, and has; numbers are none of them."""
        text = srt("Das Rad\n\nruht", "nie. Im Jahr\n1984", "war es so.")

        assert said(text) == ["Das Rad ruht nie.", "Im Jahr 1984 war es so."]

    def test_are_of_each_who_speaks(self) -> None:
        """Their dashes stay."""
        text = srt("- Kommst du?\n- <i>Nein</i>, ich bleibe.")

        assert said(text) == ["Kommst du?", "Nein, ich bleibe."]
        made = write(text, ["Are you coming?", "No, I'm staying."])
        assert "\n- Are you coming?\n- No, I'm staying.\n" in made

    def test_go_on_behind_an_address(self) -> None:
        """No sentence begins in lower case."""
        assert said(srt("Auf www.rad.de", "steht mehr.")) == [
            "Auf www.rad.de steht mehr."
        ]

    def test_are_of_each_who_is_named(self) -> None:
        """In capitals before the words, as files for the deaf have it."""
        text = srt("ERIKA: Das ist gut\nMAX: Finde ich auch.")
        blocks = list(read(text).blocks())

        assert [block.source for block in blocks] == [
            "ERIKA: Das ist gut", "MAX: Finde ich auch.",
        ]  # fmt: skip
        made = write(text, [s.upper() for s in said(text)])
        assert "\nERIKA: DAS IST GUT\nMAX: FINDE ICH AUCH.\n" in made

    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            pytest.param(
                '<font color="#ff0">Wo warst du?</font>\n<font color="#0ff">Da.</font>',
                '<font color="#ff0">WO WARST DU?</font>\n<font color="#0ff">DA.</font>',
                id="two colours",
            ),
            pytest.param(
                "Wo warst du\n<c.yellow>Da war ich.</c>",
                "WO WARST DU\n<c.yellow>DA WAR ICH.</c>",
                id="one colour",
            ),
            pytest.param(
                '<font color="#ff0">Da war\nich.</font>',
                '<font color="#ff0">DA WAR ICH.</font>',
                id="one who speaks",
            ),
            pytest.param(
                "[Ein Hund bellt]\nKomm her!", "[EIN HUND BELLT]\nKOMM HER!", id="sound"
            ),
            pytest.param(
                "Komm her!\n♪ Das Lied ♪", "KOMM HER!\n♪ DAS LIED ♪", id="song"
            ),
        ],
    )
    def test_are_of_each_colour_and_sound(self, lines: str, expected: str) -> None:
        """Broadcasters give each who speaks a colour; what is heard is said by none."""
        text = srt(lines)
        segments = list(read(text).segments())

        changed = [replace(s, text=s.text.upper()) for s in segments]

        made = b"".join(subtitles.write(read(text), changed)).decode()
        assert f"\n{expected}\n" in made

    def test_do_not_go_on_in_another_colour(self) -> None:
        """Somebody else speaks in the next cue."""
        text = srt('<font color="#ff0">Ich war</font>', '<font color="#0ff">Da.</font>')

        assert said(text) == ["Ich war", "Da."]

    @pytest.mark.parametrize("lower", ["Rad: es dreht", "UM 12:30 UHR", "BIS 3:2"])
    def test_are_not_of_what_only_looks_like_a_name(self, lower: str) -> None:
        """Words with a colon, times, results."""
        assert len(list(read(srt(f"Das ist das\n{lower}")).blocks())) == 1

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("auf\n-5 Grad", ["auf -5 Grad"], id="minus"),
            pytest.param("sagt\n– sank tief", ["sagt – sank tief"], id="a long dash"),
            pytest.param("Das Rad<br>ruht\\Nnie", ["Das Rad ruht nie"], id="breaks"),
        ],
    )
    def test_go_over_what_only_looks_like_an_end(
        self, text: str, expected: list[str]
    ) -> None:
        """A sign, a dash within a sentence, breaks of other formats."""
        assert said(srt(text)) == expected

    @pytest.mark.parametrize("text", ["- Wie alt?\n- 12.", "– 3 Bier, bitte.\n– Gern."])
    def test_are_of_who_begins_with_a_figure_too(self, text: str) -> None:
        """A dash and a space are no minus."""
        assert len(said(srt(text))) == 2

    def test_are_what_is_said_without_numbers_and_empty_lines(self) -> None:
        """A line before times is the name of a cue only if it looks like one."""
        one, other = "00:00:01,000 --> 00:00:02,000", "00:00:03,000 --> 00:00:04,000"

        bare = f"{one}\nHallo Welt.\n{other}\nGut.\n"
        loose = f"{one}\nJa.\n\nNoch da.\n{other}\nGut.\n"

        assert said(bare) == ["Hallo Welt.", "Gut."]
        assert said(loose) == ["Ja.", "Noch da.", "Gut."]

    def test_may_have_arrows(self) -> None:
        """Which are no times."""
        assert said(srt("Es steht 2->3 in C:\\Neu")) == ["Es steht 2->3 in C:\\Neu"]

    def test_end_with_who_says_them(self) -> None:
        """WebVTT names the speakers."""
        text = (
            "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Kommst du</v>\n"
            "<v Bob>Wohin denn\n\n00:02.000 --> 00:03.000\n<v Anna>Heim\n"
        )

        assert said(text) == ["Kommst du", "Wohin denn", "Heim"]

    def test_have_no_names_of_cues(self) -> None:
        """Numbers, also behind a byte order mark, and whatever else stands there."""
        text = srt("Das Rad", "ruht nie.").replace("\n2\n", "\n\ufeff2b\n")

        assert said(text) == ["Das Rad ruht nie."]
        assert "\ufeff2b\n" in write(text, ["The wheel never rests."])

    def test_have_no_part_of_what_says_where_and_who(self) -> None:
        """Positions and speakers stand before the words, and stay there."""
        text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Das Rad &amp; ich</v>\n"

        assert said(text) == ["Das Rad & ich"]
        assert write(text, ["I & the wheel"]).endswith(
            "<v Anna>I &amp; the wheel</v>\n"
        )
        assert "{\\an8}The wheel\n" in write(srt("{\\an8}Das Rad"), ["The wheel"])


class TestWritten:
    def test_has_no_seams_that_the_source_has(self) -> None:
        """Players want formatting anew in each cue, which words may leave."""
        text = srt(
            "<i>Er hat heute</i>\n<i>früh</i>", "<i>in <b>Berlin</b> geredet.</i>"
        )

        assert [segment.marks for segment in read(text).segments()] == [
            (Mark(21, 27, "<b>", "</b>"),)
        ]
        made = write(text, ["He talked in Berlin this morning."])
        assert "\n<i>He talked in Berlin</i>\n" in made
        assert "\n<i>this morning.</i>\n" in made
        assert written_as_it_is(text) == text

    def test_is_cut_where_the_source_is(self) -> None:
        """Near its share of the sentence, not behind an article if that can be."""
        made = write(
            srt("Der Müller sagte am Abend,", "dass das Rad ruht. Es ist alt."),
            ["The miller said that evening that the wheel rests.", "It is old."],
        )

        assert made == srt(
            "The miller said that evening", "that the wheel rests. It is old."
        )

    def test_is_cut_at_the_end_of_a_sentence_near_by(self) -> None:
        """Where a reader would pause."""
        made = write(
            srt("Ja. Die alte Brücke", "und die neue bleiben zu."),
            ["Yes, of course they do.", "Old and new stay closed."],
        )

        assert made == srt("Yes, of course they do.", "Old and new stay closed.")

    def test_parts_no_number_from_its_unit(self) -> None:
        """WebVTT may say so by a name."""
        text = "WEBVTT\n\n00:01.000 --> 00:02.000\nNach 1,5&nbsp;km\n"

        assert write(text, ["After 1.5 km"]).endswith("After 1.5\u00a0km\n")

    def test_closes_and_opens_what_goes_over_a_cue(self) -> None:
        """Players forget at each cue what was open."""
        text = srt("Das <i>rote Rad", "ruht</i> nie")
        (segment,) = read(text).segments()
        (mark,) = segment.marks
        moved = replace(mark, start=4, end=19)

        said = Segment("The red wheel never rests", (moved,))

        made = b"".join(subtitles.write(read(text), [said])).decode()

        assert made == srt("The <i>red wheel</i>", "<i>never</i> rests")

    def test_breaks_lines_of_much_the_same_length(self) -> None:
        """Not longer than those of the file, 42 characters at least."""
        long = "The mayor said on Monday that the bridge will open again in autumn"

        made = write(srt("Das Rad\nruht nie"), [long])

        assert made == srt(
            "The mayor said on Monday\nthat the bridge will open again in autumn"
        )
        assert write(srt("x" + " x" * 40), [long]) == srt(long)

    def test_keeps_all_that_is_not_said(self) -> None:
        """Notes, styles, settings, and the line ends of the file."""
        text = (
            "WEBVTT\r\n\r\nNOTE Das bleibt\r\n\r\nintro\r\n"
            "00:01.000 --> 00:02.000 align:start\r\nDas Rad\r\nruht\r\n\r\n"
            "STYLE\r\n::cue { color: red }\r\n"
        )

        made = write(text, ["The wheel is still and rests all through the summer"])

        assert made == text.replace(
            "Das Rad\r\nruht", "The wheel is still and rests\r\nall through the summer"
        )

    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    def test_says_its_language(self, newline: str) -> None:
        """WebVTT may have it in its header, and only there."""
        text = (
            "WEBVTT - Film\nKind: captions\nLanguage: de-DE\n\n"
            "NOTE\nLanguage: de\n\n00:01.000 --> 00:02.000\nDas Rad\n"
        ).replace("\n", newline)
        said = [Segment("The wheel")]

        made = b"".join(subtitles.write(read(text), said, target_language="en"))

        assert made.decode() == text.replace("de-DE", "en").replace(
            "Das Rad", "The wheel"
        )

    @pytest.mark.parametrize("header", ["WEBVTT\nLanguage: fr\n", "WEBVTT\n\n"])
    def test_says_no_other_language(self, header: str) -> None:
        """What is not of the source is not of the translation."""
        text = f"{header}\nNOTE\nLanguage: de\n\n00:01.000 --> 00:02.000\nRad\n"
        said = [Segment("Wheel")]

        made = b"".join(subtitles.write(read(text), said, target_language="en"))

        assert made.decode() == text.replace("Rad", "Wheel")

    @given(
        st.lists(st.text("ab .-\n", max_size=30), min_size=1, max_size=5),
        st.lists(st.sampled_from(["one", "two,", "of", "x."]), min_size=1, max_size=9),
    )
    def test_has_all_words_and_times(self, texts: list[str], words: list[str]) -> None:
        """In their order, and unchanged where no word is."""
        text = srt(*texts)
        document = read(text)

        same = b"".join(subtitles.write(document, list(document.segments())))
        made = write(text, [" ".join(words) for _ in document.segments()])

        assert same.decode() == text
        assert re.findall(r"\d+:.*", made) == re.findall(r"\d+:.*", text)
        shown = re.findall(r"(?:one|two,|of|x\.)(?!\S)", made)
        assert shown == words * len(list(document.segments()))


class TestApart:
    def test_leaves_no_part_without_a_word(self) -> None:
        """As long as there are enough of them."""
        places = [Place(0, 0.01), Place(0, 0.02)]

        assert apart("one two three", [0, 13], places) == ["one", "two", "three"]
        assert apart("one", [0, 3], places) == ["one", "", ""]

    def test_takes_no_time_for_many_lines(self) -> None:
        """As a file whose times are broken may have."""
        text = " ".join(["word"] * 4000)

        assert in_lines(text, 1000, 42, "\n").count("\n") == 999

    def test_leaves_blanks_that_are_not_to_be_broken(self) -> None:
        """And counts characters as they are shown."""
        assert in_lines("5\u00a0km &amp; x", 2, 8, "\n") == "5\u00a0km & x".replace(
            "&", "&amp;"
        )

    def test_leaves_articles_with_their_nouns(self) -> None:
        """Unless that were far off."""
        assert (
            in_lines("We met at the old mill", 2, 12, "\n") == "We met\nat the old mill"
        )


class TestCommands:
    def test_translate_and_align_take_subtitles(
        self, tmp_path: Path, tiny_folder: Path
    ) -> None:
        """By their suffix."""
        source, target = tmp_path / "film.srt", tmp_path / "film.en.srt"
        source.write_text(srt("Der Mann", "schläft."), encoding="utf-8")
        options = ["-q", "--model", str(tiny_folder), "--once"]

        assert main(["translate", str(source), "-o", str(target), *options]) == 0

        made = target.read_text(encoding="utf-8")
        assert "Mann" not in made
        assert made.count("-->") == 2
        text = text_of(source.read_bytes(), language="de", format="subtitles")
        assert [segment.text for segment in text.segments] == ["Der Mann schläft."]

    def test_another_kind_is_not_written(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """SRT under WebVTT's name is read by no player."""
        source = tmp_path / "film.srt"
        source.write_text(srt("Der Mann"), encoding="utf-8")

        assert main(["translate", str(source), "-o", str(tmp_path / "x.vtt")]) == 2

        assert "stays as it is; a name with .srt is expected" in capsys.readouterr().err

    @pytest.mark.parametrize("time", ["0:0:3,0 -> 0:0:4,0", "0:3 --> 1:2:3:4"])
    def test_a_time_that_is_none_is_refused(self, time: str) -> None:
        """It would be shown, and its cue be lost."""
        with pytest.raises(InputError, match=r"x\.srt:5: is no time"):
            read(srt("Das Rad") + "\n" + time + "\nruht\n")

    def test_what_has_no_times_is_refused(self) -> None:
        """In one line, with what was expected."""
        with pytest.raises(InputError, match="has no times as 00:00:01,000 -->"):
            read("Das ist ein Text.")
        assert said("") == []
        assert said("WEBVTT\n\n") == []
