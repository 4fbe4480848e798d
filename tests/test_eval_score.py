"""Tables of scores, and what is noticed about the texts that they are of."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from satzpaar.eval import (
    Reference,
    Score,
    ScoreTable,
    SystemOutput,
    TestSet,
    score_systems,
)
from satzpaar.eval.score import Column
from satzpaar.eval.tables import Style, Table, column_titles, rendered, score_table
from satzpaar.translate.errors import InputError, UsageError

A = ("He came to the house.", "She saw it.", "They left.")
B = ("He came home.", "She saw that.", "They went away.")
MINE = ("He came to a house.", "She saw it.", "They left.")


def one(*references: tuple[str, ...], **more: tuple[str, ...]) -> TestSet:
    named = zip("ABC", references, strict=False)
    return TestSet("set", tuple(Reference(*each) for each in named), **more)  # type: ignore[arg-type]


class TestScoreSystems:
    def test_scores_corpus_document_and_segment(self) -> None:
        """The document scores are those of the documents' segments as a text."""
        testset = one(A, documents=("x", "x", "y"))

        column = score_systems(testset, [SystemOutput("m", MINE)], ["chrf"]).columns[0]

        first = score_systems(one(A[:2]), [SystemOutput("m", MINE[:2])], ["chrf"])
        assert column.documents[0][0] == first.columns[0].scores[0].value  # type: ignore[union-attr]
        assert column.documents[0][1] == 100
        assert column.segments[0][1:] == (100, 100)

    def test_counts_references_together_and_apart(self) -> None:
        """Which reference is chosen can turn a ranking round."""
        table = score_systems(one(A, B), [SystemOutput("m", MINE)], ["bleu"])

        assert [column.references for column in table.columns] == [
            ("A", "B"),
            ("A",),
            ("B",),
        ]
        assert column_titles(table.columns) == ["BLEU", "BLEU A", "BLEU B"]
        assert "nrefs:2|" in table.columns[0].signature

    def test_a_line_that_no_reference_has_is_missing_in_none(self) -> None:
        """Each reference apart has the signature and score that it has alone."""
        systems = [SystemOutput("m", ("", *MINE[1:]))]
        both = one(("", *A[1:]), ("", *B[1:]))

        apart = score_systems(both, systems, ["bleu"]).column("BLEU", ["A"])

        alone = score_systems(one(("", *A[1:])), systems, ["bleu"]).column("BLEU")
        assert (apart.scores, apart.signature) == (alone.scores, alone.signature)

    def test_a_missing_reference_counts_for_nothing(self) -> None:
        """What the second translator left out is not held against a system."""
        systems = [SystemOutput("m", (*B[:2], "They left."))]

        table = score_systems(one(A, (*B[:2], "")), systems, ["bleu"])

        apart = table.column("BLEU", ["B"])
        assert apart.scores[0] is not None
        assert apart.scores[0].value == pytest.approx(100)
        assert apart.signature.endswith("|segments:2/3")
        assert "nrefs:var" in table.columns[0].signature
        assert table.notes == (
            "reference B: 1 segment missing (line 3); the other references count there",
        )

    def test_reads_what_it_wrote(self) -> None:
        """The benchmark keeps tables as JSON."""
        testset = one(A, B, documents=("x", "x", "y"))
        table = score_systems(testset, [SystemOutput("m", MINE)], ["bleu", "chrf"])

        assert ScoreTable.from_json(table.to_json()) == table
        for text in ("[]", '{"format": 1}', '{"format": 0}'):
            with pytest.raises(ValueError, match="no table of scores"):
                ScoreTable.from_json(text)

    def test_knows_texts_by_their_content(self) -> None:
        """A file that changed under its name is another system."""
        first, second = (
            score_systems(one(A), [SystemOutput("m", text)], ["bleu"]).systems[0]
            for text in (MINE, (*MINE[:2], "They leave."))
        )

        assert first.content_hash != second.content_hash


def test_lists_do_as_well() -> None:
    """Scripts have lists; both results are the same."""
    testset = TestSet("set", [Reference("A", list(A))], list(B), list("xxy"))  # type: ignore[arg-type]
    system = SystemOutput("m", list(MINE))  # type: ignore[arg-type]

    table = score_systems(testset, [system], ["chrf"])

    assert testset == TestSet("set", (Reference("A", A),), B, ("x", "x", "y"))
    assert table == score_systems(testset, [SystemOutput("m", MINE)], ["chrf"])


@pytest.mark.parametrize("made", [Reference, SystemOutput])
def test_one_text_is_no_segments(made: type[Reference | SystemOutput]) -> None:
    """Its letters would be scored one by one."""
    with pytest.raises(UsageError, match="m: one text; a list of segments"):
        made("m", "They left.")  # type: ignore[arg-type]


def test_importing_the_package_loads_no_library() -> None:
    """The benchmark measures engines in processes that import it."""
    code = "import sys, satzpaar.eval; sys.exit('numpy' in sys.modules)"

    assert subprocess.run([sys.executable, "-P", "-c", code]).returncode == 0


class TestColumn:
    def test_holds_no_scores_of_different_signatures(self) -> None:
        """They cannot be compared, so they cannot stand below each other."""
        scores = (Score("BLEU", 1, "tok:13a"), Score("BLEU", 1, "tok:intl"))

        with pytest.raises(ValueError, match="tok:intl cannot stand in a column of"):
            Column("BLEU", "tok:13a", "", ("A",), True, scores, ((), ()), ((), ()))


class TestNoticed:
    def test_counts_empty_hypotheses(self) -> None:
        """They are named by their lines, and stand in the table."""
        systems = [SystemOutput("m", ("", MINE[1], "  "))]

        table = score_systems(one(A), systems, ["chrf"])

        assert table.systems[0].empty == (0, 2)
        assert table.notes == (
            "m: 2 segments without text (lines 1, 3); they count as wrong",
        )
        assert score_table(table).header[-1] == "empty"
        assert score_table(table).rows[0][-1] == "2"

    def test_names_empty_references(self) -> None:
        """A line of a single reference without text."""
        table = score_systems(
            one((*A[:2], "")), [SystemOutput("m", MINE)], ["bleu", "chrf"]
        )

        assert "reference A: 1 segment empty (line 3)" in table.notes[0]

    def test_tells_what_no_reference_has_from_what_one_lacks(self) -> None:
        """Another reference counts only where there is one."""
        testset = one((A[0], "", ""), (*B[:2], ""))

        notes = score_systems(testset, [SystemOutput("m", MINE)], ["bleu"]).notes

        every = (
            "every reference: 1 segment empty (line 3); what a system has there counts "
            "as wrong (for chrF not at all)"
        )
        assert notes == (
            "reference A: 1 segment missing (line 2); the other references count there",
            every,
        )

    def test_a_line_that_is_blank_in_all_files_is_no_loss(self) -> None:
        """Blank lines part documents; nothing is missing and nothing is wrong."""
        parted = (*A[:2], "", A[2])
        systems = [SystemOutput("m", (*MINE[:2], "", MINE[2]))]
        sources = ("Eins.", "Zwei.", "", "Drei.")

        table = score_systems(one(parted, sources=sources), systems, ["chrf"])

        assert table.systems[0].empty == ()
        assert table.notes == ()

    def test_a_line_that_only_the_source_has_is_a_loss(self) -> None:
        """Somebody forgot to translate it, perhaps all did."""
        parted = (*A[:2], "", A[2])
        systems = [SystemOutput("m", (*MINE[:2], "", MINE[2]))]
        sources = ("Eins.", "Zwei.", "Noch eins.", "Drei.")

        (note,) = score_systems(one(parted, sources=sources), systems, ["chrf"]).notes

        assert note.startswith("reference A: 1 segment empty (line 3)")

    def test_notices_that_two_systems_are_one(self) -> None:
        """A file copied to a second name; no test would find a difference."""
        systems = [SystemOutput("old", MINE), SystemOutput("new", MINE)]

        (note,) = score_systems(one(A), systems, ["chrf"]).notes

        assert note == "new: the same text as old, word for word"

    def test_notices_copies(self) -> None:
        """Of the source, and of the reference."""
        sources = ("Er kam.", "Sie sah es.", "Sie gingen.")
        systems = [SystemOutput("same", sources), SystemOutput("cheat", A)]

        notes = score_systems(one(A, sources=sources), systems, ["chrf"]).notes

        assert notes == (
            "same: 3 segments are the source untouched; is it a translation?",
            "cheat: is the reference A itself",
        )

    def test_notices_swapped_files(self) -> None:
        """By their names alone: scores look much the same either way."""
        testset = TestSet("set", (Reference("mine", A, "out/mine.hyp.en"),))
        systems = [SystemOutput("ref", MINE, place="data/set.ref.en")]

        notes = score_systems(testset, systems, ["chrf"]).notes

        (note,) = notes
        assert note == (
            "data/set.ref.en: scored as a translation against mine.hyp.en; by their "
            "names the two are swapped"
        )

    def test_refuses_the_source_as_a_reference(self) -> None:
        """Seen by its text where the source is known."""
        testset = one(A, sources=A)

        with pytest.raises(InputError, match="A: 3 of 3 segments are the source's own"):
            score_systems(testset, [SystemOutput("m", MINE)], ["chrf"])

    def test_refuses_a_reference_in_the_wrong_language(self) -> None:
        """Seen by its little words where the source is not known."""
        german = ("Der Mann und die Frau sind nicht von hier.",) * 4
        testset = replace(one(german), source_language="de", target_language="en")
        systems = [SystemOutput("m", ("The man and the woman are not from here.",) * 4)]

        with pytest.raises(InputError, match="A: reads as de, en is expected"):
            score_systems(testset, systems, ["chrf"])


class TestCheckSystems:
    def test_refuses_different_numbers_of_lines(self) -> None:
        """SacreBLEU would score the shorter part; both counts are named."""
        systems = [SystemOutput("m", MINE[:2], place="mine.en")]

        with pytest.raises(InputError) as caught:
            score_systems(one(A), systems, ["chrf"])

        assert str(caught.value) == (
            "mine.en: 2 segments, but A has 3; line N of each must be the same segment"
        )

    def test_refuses_transposed_references(self) -> None:
        """A reference of one segment for each segment: sacreBLEU#28, #256, #275."""
        transposed = TestSet("set", tuple(Reference(x, (x,)) for x in A))

        with pytest.raises(
            InputError, match="3 references of 1 segment for 3 segments"
        ):
            score_systems(transposed, [SystemOutput("m", MINE)], ["chrf"])

    def test_refuses_two_systems_of_one_name(self) -> None:
        """Nobody could say which is which."""
        with pytest.raises(UsageError, match="'m' names two systems"):
            score_systems(one(A), [SystemOutput("m", MINE)] * 2, ["chrf"])

    @pytest.mark.parametrize(
        ("references", "complaint"),
        [
            ((A, B[:2]), "B: 2 segments, but A has 3"),
            ((("", " ", ""),), "A: the reference is empty"),
            ((A, ("", "", "")), "B: the reference is empty"),
            ((), "set: no reference"),
        ],
    )
    def test_refuses_references_that_do_not_fit(
        self, references: tuple[tuple[str, ...], ...], complaint: str
    ) -> None:
        """A test set is right from the start."""
        with pytest.raises(InputError, match=complaint):
            one(*references)

    def test_refuses_a_segment_of_no_document(self) -> None:
        """It would be scored as a document without a name."""
        with pytest.raises(InputError, match="set: segment 2 has no document id"):
            one(A, documents=("x", "", "y"))

    def test_a_blank_segment_needs_no_document_id(self) -> None:
        """A line that is blank in all files parts others; it is of the one before."""
        testset = one(("He came.", "", "He left."), documents=("x", "", "y"))

        assert testset.documents == ("x", "x", "y")

    def test_refuses_to_score_nothing(self) -> None:
        """Without a system there is no table."""
        with pytest.raises(UsageError, match="no system to score"):
            score_systems(one(A), [], ["chrf"])


class TestTables:
    TABLE = Table(("system", "BLEU"), (("a_b", "9.50"), ("c|d", "10.00")))

    def test_text(self) -> None:
        """Numbers stand below each other."""
        assert rendered(self.TABLE, "text").splitlines() == [
            "system   BLEU",
            "------  -----",
            "a_b      9.50",
            "c|d     10.00",
        ]

    def test_text_wider_than_the_screen_is_cut_between_columns(self) -> None:
        """A terminal breaks lines anywhere; each part names its systems again."""
        table = Table(("system", "BLEU", "chrF2", "TER"), (("a", "9", "50", "80"),))

        assert rendered(table, "text", width=20).splitlines() == [
            "system  BLEU  chrF2",
            "------  ----  -----",
            "a          9     50",
            "",
            "system  TER",
            "------  ---",
            "a        80",
        ]

    @pytest.mark.parametrize("width", [24, 10, None])
    def test_text_is_whole_where_it_fits_or_nothing_helps(
        self, width: int | None
    ) -> None:
        """To the last character; beside too long a name no column has room."""
        table = Table(("system", "BLEU", "chrF2", "TER"), (("a", "9", "50", "80"),))

        assert rendered(table, "text", width=width).splitlines() == [
            "system  BLEU  chrF2  TER",
            "------  ----  -----  ---",
            "a          9     50   80",
        ]

    @pytest.mark.parametrize("style", ["markdown", "latex"])
    def test_other_styles_know_no_screen(self, style: Style) -> None:
        """They are for files."""
        assert rendered(self.TABLE, style, width=10) == rendered(self.TABLE, style)

    def test_markdown(self) -> None:
        """A bar within a cell is escaped."""
        assert rendered(self.TABLE, "markdown").splitlines() == [
            "| system |  BLEU |",
            "| ------ | ----: |",
            "| a_b    |  9.50 |",
            r"| c\|d   | 10.00 |",
        ]

    def test_latex(self) -> None:
        """What LaTeX takes for a command is escaped."""
        assert rendered(self.TABLE, "latex").splitlines()[:4] == [
            r"\begin{tabular}{lr}",
            r"\toprule",
            r"system & BLEU \\",
            r"\midrule",
        ]
        assert r"a\_b & 9.50 \\" in rendered(self.TABLE, "latex")

    def test_latex_has_signs_that_print_as_others(self) -> None:
        """In its usual encoding a bar is a dash, and < is a Spanish mark."""
        assert r"c\textbar{}d & 10.00 \\" in rendered(self.TABLE, "latex")

    def test_the_best_system_comes_first(self) -> None:
        """By the first metric."""
        systems = [SystemOutput("worse", B), SystemOutput("better", MINE)]

        table = score_table(score_systems(one(A), systems, ["chrf"]))

        assert [row[0] for row in table.rows] == ["better", "worse"]
