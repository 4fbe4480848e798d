"""The aligner as a whole: what is said of it holds for texts of every kind."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satzpaar import alignments
from satzpaar.alignments.aligner import Aligner, AlignerOptions, coverage
from satzpaar.alignments.alignment import Alignment
from satzpaar.alignments.bead import Bead
from satzpaar.alignments.calibration import Calibration, log_odds
from satzpaar.alignments.evidence import ending
from satzpaar.alignments.labse import LabseCost
from satzpaar.alignments.layout import agreement
from satzpaar.alignments.length import length_penalty, length_ratio
from satzpaar.alignments.text import Text
from satzpaar.translate.document import Segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from satzpaar.translate.document import BlockKind

DATA = Path(__file__).parents[2] / "shared" / "data"

SYLLABLES = "ba dor fen gul hir kam lus mon nep rid sol tav wek zim".split()


def vocabulary(seed: int) -> list[str]:
    """Make up the words of a language."""
    draw = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < 400:
        found["".join(draw.choices(SYLLABLES, k=draw.choice((2, 2, 3))))] = None
    return list(found)


# Two languages whose words are each other's translation, in this order.
GERMAN, ENGLISH = vocabulary(1), vocabulary(2)


def sentence(draw: random.Random, words: int) -> tuple[str, str]:
    """Return a sentence and its translation."""
    picked = [draw.randrange(len(GERMAN)) for _ in range(words)]
    return (
        " ".join(GERMAN[k] for k in picked).capitalize() + ".",
        " ".join(ENGLISH[k] for k in picked).capitalize() + ".",
    )


def sentences(count: int, seed: int = 1) -> tuple[list[str], list[str]]:
    draw = random.Random(seed)
    pairs = [sentence(draw, draw.randint(5, 14)) for _ in range(count)]
    return [german for german, _ in pairs], [english for _, english in pairs]


def spans(alignment: Alignment) -> list[tuple[range, range]]:
    return [(bead.source, bead.target) for bead in alignment.beads]


def spans_of(bead: Bead) -> tuple[range, range]:
    return bead.source, bead.target


def align(
    source: Sequence[str], target: Sequence[str], translation: Sequence[str] | None
) -> Alignment:
    return Aligner().align(
        Text.of_lines(source), Text.of_lines(target), translation=translation
    )


class TestAlign:
    def test_finds_beads_of_all_kinds(self) -> None:
        """1-1, 1-2, 2-1 and 1-0 in one text, each told with confidence."""
        german, english = sentences(12)
        source = [*german[:3], " ".join(german[3:5]), *german[5:]]
        target = [*english[:7], " ".join(english[7:9]), *english[9:10], *english[11:]]
        translation = [*english[:3], " ".join(english[3:5]), *english[5:]]

        found = align(source, target, translation)

        kinds = ["1-1"] * 3 + ["1-2"] + ["1-1"] * 2 + ["2-1", "1-1", "1-0", "1-1"]
        assert [bead.kind for bead in found.beads] == kinds
        assert all((bead.confidence or 0) > 0.5 for bead in found.beads)

    def test_finds_what_both_texts_write_alike_without_a_translation(self) -> None:
        """Names and years are enough to see which segment is missing."""
        source = [
            f"Im Jahr {1900 + 7 * k} kam Frau Odenwald{k} hier an." for k in range(9)
        ]
        target = [f"Mrs Odenwald{k} arrived in {1900 + 7 * k} there." for k in range(9)]

        found = align(source, [*target[:4], *target[5:]], None)

        assert (range(4, 5), range(4, 4)) in spans(found)
        assert "no translation" in found.method

    def test_uses_a_back_translation(self) -> None:
        """A translation of the target alone serves as well."""
        german, english = sentences(8)

        found = Aligner().align(
            Text.of_lines(german),
            Text.of_lines([*english[:2], *english[3:]]),
            back_translation=[*german[:2], *german[3:]],
        )

        assert (range(2, 3), range(2, 2)) in spans(found)

    def test_keeps_to_the_cap(self) -> None:
        """Whatever fits better, no side is longer than asked for."""
        german, english = sentences(6)
        text = Text.of_lines([" ".join(german)])

        found = Aligner(options=AlignerOptions(max_side=2)).align(
            text, Text.of_lines(english), translation=[" ".join(english)]
        )

        assert max(len(bead.target) for bead in found.beads) <= 2

    def test_survives_a_bad_translation(self) -> None:
        """Half came back empty or garbled: nine of ten are still right."""
        german, english = sentences(40)
        translation = [
            text if k % 2 else ("" if k % 4 else "and and and and")
            for k, text in enumerate(english)
        ]

        found = align(german, english, translation)

        right = sum(one == other for one, other in spans(found))
        assert right >= 36

    def test_is_not_led_astray_by_what_is_repeated(self) -> None:
        """A line that comes ten times is paired where it stands."""
        german, english = sentences(30)
        for k in range(0, 30, 3):
            german[k], english[k] = "Weiter zur nächsten Seite.", "On to the next page."

        found = align(german, english, english)

        assert spans(found) == [(range(k, k + 1), range(k, k + 1)) for k in range(30)]

    def test_identical_texts(self) -> None:
        """A text is aligned with itself segment by segment."""
        german, _ = sentences(20)

        found = align(german, german, None)

        assert [bead.kind for bead in found.beads] == ["1-1"] * 20

    def test_leaves_out_strangers_where_many_segments_are_missing(self) -> None:
        """A quarter of each side is missing: 19 of 20 beads are right all the same.

        The most probable path has 11 of 12 right: it pairs strangers that stand at the
        same place.
        """
        german, english = sentences(200)
        draw = random.Random(3)
        kept, left = ([k for k in range(200) if draw.random() >= 0.25] for _ in "st")
        gold = {
            *((k, k) for k in kept if k in left),
            *((k, None) for k in kept if k not in left),
            *((None, k) for k in left if k not in kept),
        }

        found = align(
            [german[k] for k in kept],
            [english[k] for k in left],
            [english[k] for k in kept],
        )

        small = [bead for bead in found.beads if max(map(len, spans_of(bead))) == 1]
        right = sum(
            (
                kept[bead.source[0]] if bead.source else None,
                left[bead.target[0]] if bead.target else None,
            )
            in gold
            for bead in small
        )
        assert right >= 0.95 * len(found.beads)

    def test_paragraphs_draw_borders(self) -> None:
        """A segment that could belong to either neighbour stays in its paragraph."""
        german, english = sentences(4)
        source = text_of([german[:2], german[2:]])
        extra = "So it is."

        def kinds(target: Text) -> list[str]:
            found = Aligner().align(source, target, translation=english)
            return [bead.kind for bead in found.beads if len(bead.target) == 2]

        before = Aligner().align(
            source,
            text_of([[*english[:2], extra], english[2:]]),
            translation=[*english[:1], f"{english[1]} {extra}", *english[2:]],
        )
        assert (range(1, 2), range(1, 3)) in spans(before)
        assert kinds(text_of([english[:2], [f"{english[2]}", english[3]]])) == []

    def test_texts_that_do_not_belong_together_are_told_by_coverage(self) -> None:
        """There are always beads; how much they cover says what they are worth."""
        german, english = sentences(40)
        _, other = sentences(35, seed=2)
        unlike = [line.translate(str.maketrans("aeiou", "uoaei")) for line in other]

        good, bad = align(german, english, english), align(german, unlike, english)

        assert coverage(good) > 0.95
        assert coverage(bad) < 0.3


def text_of(paragraphs: Sequence[Sequence[str]]) -> Text:
    segments = [Segment(line) for paragraph in paragraphs for line in paragraph]
    numbers = [k for k, paragraph in enumerate(paragraphs) for _ in paragraph]
    kinds: list[BlockKind] = ["paragraph"] * len(segments)
    return Text(tuple(segments), tuple(numbers), tuple(kinds))


class TestNothingIsLost:
    @pytest.mark.parametrize(
        ("source", "target"),
        [
            pytest.param([], [], id="both empty"),
            pytest.param(["Ja."], [], id="no target"),
            pytest.param([], ["Yes.", "No."], id="no source"),
            pytest.param(["Ja."], ["Yes."], id="one each"),
            pytest.param(["Ja."], [f"Line {k}." for k in range(1000)], id="1 x 1000"),
            pytest.param(["", "Ja.", ""], ["", ""], id="empty segments"),
            pytest.param(["wort " * 20_000], ["word " * 20_000, "Yes."], id="100,000"),
            pytest.param(["gleich"] * 200, ["same"] * 170, id="all alike"),
        ],
    )
    @pytest.mark.parametrize("translated", [True, False])
    def test_at_the_edges(
        self, source: list[str], target: list[str], *, translated: bool
    ) -> None:
        """`Alignment` itself refuses beads that do not cover both texts."""
        found = align(source, target, source if translated else None)

        assert len(found.beads) >= (1 if source or target else 0)
        assert all(0 <= (bead.confidence or 0) <= 1 for bead in found.beads)

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(st.sampled_from(GERMAN), max_size=12),
        st.lists(st.sampled_from([*GERMAN, *ENGLISH]), max_size=12),
        st.integers(1, 4),
    )
    def test_whatever_the_texts(
        self, source: list[str], target: list[str], max_side: int
    ) -> None:
        """Also with the narrowest band and any cap."""
        options = AlignerOptions(max_side=max_side, half_band=1)

        found = Aligner(options=options).align(
            Text.of_lines(source), Text.of_lines(target)
        )

        assert sum(len(bead.source) for bead in found.beads) == len(source)

    def test_long_texts_with_a_large_gap(self) -> None:
        """The band finds its way where 300 segments are in one text alone."""
        german, english = sentences(900)

        found = align(german, [*english[:300], *english[600:]], english)

        kept = [bead for bead in found.beads if bead.kind == "1-1"]
        assert len(kept) >= 590
        assert sum(bead.kind == "1-0" for bead in found.beads) >= 290


@pytest.mark.parametrize("wrong", [{"max_side": 0}, {"max_side": 99}, {"half_band": 0}])
def test_options_are_checked(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="expected"):
        AlignerOptions(**wrong)  # type: ignore[arg-type]


def test_the_package_has_what_a_script_needs(tmp_path: Path) -> None:
    """As its docstring shows it, from two lists of lines to a file of pairs."""
    source = alignments.Text.of_lines(["Guten Morgen.", "Es regnet in Lindenau."])
    target = alignments.Text.of_lines(["Good morning.", "It rains in Lindenau."])
    origin = alignments.Origin("de", "en", "a.txt", "b.txt")

    alignment = alignments.Aligner().align(source, target)
    path = tmp_path / "pairs.tmx"
    alignments.write_bitext(path, alignments.units_of(alignment, origin))

    pairs = [
        (unit.source.text, unit.target.text) for unit in alignments.read_bitext(path)
    ]
    assert pairs == [(german, english) for _, german, english in alignment.pairs()]
    assert all(hasattr(alignments, name) for name in alignments.__all__)


class TestCoverage:
    def test_counts_characters_of_sure_pairs(self) -> None:
        """A segment left out counts in the whole but not as paired."""
        source, target = Text.of_lines(["aaaa", "bbbb"]), Text.of_lines(["cccc"])
        beads = (
            Bead(range(1), range(1), confidence=0.9),
            Bead(range(1, 2), range(1, 1), confidence=0.9),
        )

        found = coverage(Alignment(source, target, beads, "by hand"))

        assert found == pytest.approx(8 / 12)

    def test_leaves_out_doubtful_beads(self) -> None:
        """Doubtful is what the caller says."""
        source, target = Text.of_lines(["aaaa"]), Text.of_lines(["cccc"])
        beads = (Bead(range(1), range(1), confidence=0.4),)

        alignment = Alignment(source, target, beads, "by hand")

        assert coverage(alignment) == 0
        assert coverage(alignment, least=0.3) == 1


class TestEvidence:
    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("Wann?", "„When?“", True),
            ("Ende.", "End)", False),
            ("他来了。", "He came.", True),
            ("erstens,", "first;", True),
            ("Titel", "Title", True),
            ("", "", True),
        ],
    )
    def test_endings(self, one: str, other: str, *, same: bool) -> None:
        """Marks of one kind are alike in any script, quotes apart."""
        assert (ending(one) == ending(other)) == same

    def test_length_is_relative_to_the_texts(self) -> None:
        """A language that needs twice the characters is no bad fit."""
        source, target = np.array([50.0, 80.0]), np.array([100.0, 160.0])

        ratio = length_ratio(source, target)

        assert length_penalty(source * ratio, target).tolist() == [0.0, 0.0]
        assert length_penalty(np.array([10.0]), np.array([900.0])).tolist() == [1.0]

    def test_paragraph_breaks_that_agree_count_for_the_bead(self) -> None:
        """A break on one side alone counts against it, on either side alike."""
        breaks = np.array([True, False, False, False] * 10)

        worth = agreement(breaks, breaks)

        assert worth is not None
        assert worth[1, 1] > 1 > 0 > worth[0, 1]
        assert worth[0, 1] == worth[1, 0]

    @pytest.mark.parametrize("share", [0.0, 1.0])
    def test_breaks_nowhere_or_everywhere_say_nothing(self, share: float) -> None:
        """A text of one paragraph, or of one a line, has no layout to go by."""
        some = np.array([True, False])

        assert agreement(np.full(10, share > 0), some) is None


class TestCalibration:
    def test_rises_with_the_posterior(self) -> None:
        """Calibration keeps the order of beads, and is never quite sure."""
        calibration = Calibration(0.7, -0.2, 0.5, 1.0)

        told = [
            calibration.confidence(p, one_sided=False, many=False)
            for p in (0.0, 0.2, 0.9, 1.0)
        ]

        assert told == sorted(told)
        assert told[0] > 0
        assert told[-1] < 1

    def test_trusts_gaps_more_where_they_are_many(self) -> None:
        """Whether others are left out says nothing about a bead with two sides."""
        calibration = Calibration(1.0, 0.0, 0.5, 1.0)

        told = {
            (one_sided, many): calibration.confidence(
                0.5, one_sided=one_sided, many=many
            )
            for one_sided in (False, True)
            for many in (False, True)
        }

        assert told[False, False] == told[False, True] == 0.5
        assert 0.5 < told[True, False] < told[True, True]

    def test_log_odds_of_certainty_are_finite(self) -> None:
        """Posteriors round to 0 and 1."""
        assert log_odds(1.0) == pytest.approx(-log_odds(0.0))


class WordEncoder:
    """Stands in for LaBSE: both languages' words are mapped to the same directions."""

    def __init__(self) -> None:
        self.asked = 0

    def encode(self, sentences: list[str]) -> NDArray[np.float32]:
        """Count the words, and add what every two texts have in common."""
        self.asked += len(sentences)
        known = {word: k for words in (GERMAN, ENGLISH) for k, word in enumerate(words)}
        found = np.full((len(sentences), len(GERMAN)), 0.3, dtype=np.float32)
        for row, text in zip(found, sentences, strict=True):
            for word in text.lower().replace(".", "").split():
                row[known[word]] += 1
        return found


class TestLabse:
    def test_aligns_by_the_vectors_of_runs(self) -> None:
        """Each run of segments is encoded as one text."""
        german, english = sentences(20)
        target = [*english[:5], " ".join(english[5:7]), *english[7:12], *english[13:]]
        encoder = WordEncoder()
        aligner = Aligner(LabseCost(encoder), AlignerOptions(max_side=3))

        found = aligner.align(Text.of_lines(german), Text.of_lines(target))

        assert (range(5, 7), range(5, 6)) in spans(found)
        assert (range(12, 13), range(11, 11)) in spans(found)
        assert found.method.startswith("satzpaar: LaBSE")
        assert encoder.asked == 3 * (20 + 18)

    def test_empty_texts_need_no_model(self) -> None:
        """Nothing to compare is no reason to fail."""
        found = Aligner(LabseCost(WordEncoder())).align(
            Text.of_lines([]), Text.of_lines([ENGLISH[0]])
        )

        assert [bead.kind for bead in found.beads] == ["0-1"]


@pytest.mark.skipif(not DATA.exists(), reason="the shared data are not here")
class TestAccuracy:
    """A floor under the figures of docs/alignment.md."""

    def test_textberg(self) -> None:
        """More than seven of eight beads that are found are exactly right."""
        folder = DATA / "alignment" / "textberg-dev"
        source, target, translation = (
            (folder / name).read_text(encoding="utf-8").rstrip("\n").split("\n")
            for name in ("dev.de", "dev.fr", "dev.google.fr")
        )
        gold = {
            line.strip()
            for line in (folder / "dev.defr").read_text(encoding="utf-8").splitlines()
        }

        found = align(source, target, translation)

        right = sum(
            f"{list(bead.source)}:{list(bead.target)}" in gold for bead in found.beads
        )
        assert right / len(found.beads) > 0.87
