"""Lists of beads: as other aligners write them, and the texts that they pair."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satzpaar.alignments.bead import Bead
from satzpaar.alignments.formats import read_bitext
from satzpaar.alignments.formats.beads import bead_lines
from satzpaar.alignments.formats.ladder import LadderLister, ladder_beads
from satzpaar.alignments.formats.vecalign import VecalignLister, vecalign_beads
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

BEADS = [
    Bead(range(2), range(1), 0.5),
    Bead(range(2, 2), range(1, 2), -1.25),
    Bead(range(2, 3), range(2, 4), 3.0),
]


class TestListsOfBeads:
    @pytest.mark.parametrize(
        ("lister", "parse"),
        [(LadderLister, ladder_beads), (VecalignLister, vecalign_beads)],
    )
    @given(
        st.lists(
            st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(-9, 9)).filter(
                lambda sizes: sizes[0] + sizes[1] > 0
            )
        )
    )
    def test_round_trip_of_beads(
        self, lister: type, parse: object, sizes: list[tuple[int, int, int]]
    ) -> None:
        """Also of one-sided ones."""
        beads = []
        source = target = 0
        for n, m, score in sizes:
            beads.append(
                Bead(range(source, source + n), range(target, target + m), score / 4)
            )
            source, target = source + n, target + m

        lines = enumerate(bead_lines(beads, lister()), start=1)

        assert list(parse(lines, "x")) == beads  # type: ignore[operator]

    def test_as_hunalign_writes_them(self) -> None:
        """Each line is where a bead begins, the last where all end."""
        assert list(bead_lines(BEADS, LadderLister())) == [
            "0\t0\t0.5",
            "2\t1\t-1.25",
            "2\t2\t3.0",
            "3\t4\t0.0",
        ]

    def test_as_vecalign_writes_them(self) -> None:
        """Lists of segments, the empty one included."""
        assert list(bead_lines(BEADS, VecalignLister())) == [
            "[0, 1]:[0]:0.5",
            "[]:[1]:-1.25",
            "[2]:[2, 3]:3.0",
        ]

    def test_pair_the_lines_of_two_texts(self, tmp_path: Path) -> None:
        """Those beside the list or those named; one-sided beads are counted."""
        (tmp_path / "de.txt").write_text("Ja.\nEins.\nZwei.\n", "utf-8")
        (tmp_path / "en.txt").write_text("Yes. One.\nNew.\nTwo\nthings.\n", "utf-8")
        (tmp_path / "x.vecalign").write_text(
            "\n".join(bead_lines(BEADS, VecalignLister())), "utf-8"
        )
        losses: Counter[str] = Counter()

        found = read_bitext(
            tmp_path / "x.vecalign",
            texts=(tmp_path / "de.txt", tmp_path / "en.txt"),
            losses=losses,
        )

        assert [(u.source.text, u.target.text, u.get("x-bead")) for u in found] == [
            ("Ja. Eins.", "Yes. One.", "2-1"),
            ("Zwei.", "Two things.", "1-2"),
        ]
        assert losses == {"one-sided beads": 1}

    @pytest.mark.parametrize(
        ("name", "content", "complaint"),
        [
            ("x.ladder", "0\t0\t1\n2\tx\n", r"x.ladder:2: no rung of a ladder"),
            ("x.ladder", "1\t0\t1\n", r"x.ladder:1: a ladder begins at 0 and 0"),
            ("x.ladder", "0 0 1\n1 1 1\n0 2 1\n", r":3: goes from 1, 1 to 0, 2"),
            ("x.ladder", "0 0 1\n3 2 0\n", r"pairs 3 lines of .*x.de, which has 2"),
            ("x.ladder", "0 0 1\n1 2 0\n", r"pairs 1 lines of .*x.de, which has more"),
            ("x.vecalign", "[0]:[0]:1\n[1]\n", r"x.vecalign:2: no bead"),
            ("x.vecalign", "[0, 2]:[0]:1\n", r"x.vecalign:1: no bead"),
            ("x.vecalign", "[1]:[0]:1\n", r"line 2 of .*x.de does not follow line 0"),
        ],
    )
    def test_that_lose_a_line_are_refused(
        self, name: str, content: str, complaint: str, tmp_path: Path
    ) -> None:
        """With the line of the list, or the numbers of lines of the texts."""
        (tmp_path / "x.de").write_text("Ja.\nNein.\n", "utf-8")
        (tmp_path / "x.en").write_text("Yes.\nNo.\n", "utf-8")
        (tmp_path / name).write_text(content, "utf-8")

        with pytest.raises(InputError, match=complaint):
            list(read_bitext(tmp_path / name))
