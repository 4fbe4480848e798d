"""Contrastive tests: the wrong translations, the pairs, the verdicts, the command."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest

from satzpaar.cli.main import main
from satzpaar.eval.contrast import (
    PERTURBATIONS,
    ContrastPair,
    Judgement,
    judge_pairs,
    make_pairs,
    read_pairs,
    summarize,
    write_pairs,
)
from satzpaar.eval.contrast.scoring import wilson_interval
from satzpaar.translate.engine import ForcedScore
from satzpaar.translate.errors import InputError
from satzpaar.translate.scoring import PairScore
from tests.doubles import EchoEngine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SEGMENTS = [
    ("Er sah am Montag 40 Schiffe.", "He saw 40 ships on Monday."),
    ("Sie hat nicht gelacht.", "She has not laughed."),
    ("Frau Weber lebt 7 km von hier.", "Mrs Weber lives 7 km from here."),
    ("Ja.", "Yes."),
]


def perturbed(kind: str, source: str, reference: str, seed: int = 1) -> str | None:
    return PERTURBATIONS[kind](source, reference, Random(seed))


class TestPerturbations:
    @pytest.mark.parametrize(
        ("kind", "source", "reference", "contrasts"),
        [
            ("unit", "Es kostet 5 Euro.", "It costs 5 euros.", {"It costs 5 dollars."}),
            (
                "unit",
                "2 Milliarden Sterne",
                "2 billion stars",
                {"2 million stars"},
            ),
            (
                "negation dropped",
                "Sie lacht nicht.",
                "She doesn't laugh.",
                {"She does laugh."},
            ),
            ("negation dropped", "Er will nicht.", "He won't.", {"He will."}),
            ("negation dropped", "Er kann nicht.", "He cannot.", {"He can."}),
            (
                "negation dropped",
                "Niemand kam.",
                "Nobody came.",
                {"Everyone came."},
            ),
            (
                "negation dropped",
                "Er kam ohne den Hut.",
                "He came without the hat.",
                {"He came with the hat."},
            ),
            ("negation added", "Sie ist alt.", "She is old.", {"She is not old."}),
            (
                "pronoun",
                "Er sah sein Haus.",
                "He saw his house.",
                {"She saw her house."},
            ),
            (
                "pronoun",
                "Sie sah ihr Haus. Er sieht sie an.",
                "She saw her house; look at her.",
                {"He saw his house; look at him."},
            ),
            ("antonym", "Es wird mehr.", "There is more.", {"There is less."}),
        ],
    )
    def test_makes_one_error(
        self, kind: str, source: str, reference: str, contrasts: set[str]
    ) -> None:
        """And keeps the sentence as good English as it can."""
        assert perturbed(kind, source, reference) in contrasts

    @pytest.mark.parametrize(
        ("kind", "source", "reference"),
        [
            ("number", "Es waren viele.", "There were 12."),
            ("negation dropped", "Er lacht.", "He does not cry."),
            ("negation added", "Er lacht nie.", "He is never happy."),
            ("pronoun", "Er sah sie.", "He saw her."),
            ("pronoun", "Das Kind schlief.", "He was asleep."),
            ("name", "Das Haus ist alt.", "The house is old."),
            ("date", "Bald.", "Soon."),
            ("unit", "Fünf Euro.", "Five euros."),
        ],
    )
    def test_needs_a_place(self, kind: str, source: str, reference: str) -> None:
        """Where source and reference do not agree, nothing can be made wrong."""
        assert perturbed(kind, source, reference) is None

    def test_numbers_keep_their_form(self) -> None:
        """One digit differs; the separators and the length stay."""
        source, reference = "1.250 Leute", "There were 1,250 people"

        for seed in range(20):
            found = perturbed("number", source, reference, seed)
            assert found is not None
            changed = [
                (one, other)
                for one, other in zip(reference, found, strict=True)
                if one != other
            ]
            assert len(changed) == 1
            assert changed[0][0].isdigit()
            assert changed[0][1].isdigit()

    def test_names_become_others(self) -> None:
        """Another first name for a first name, a surname for a surname."""
        found = perturbed("name", "Frau Weber kam.", "Mrs Weber came; Weber laughed.")

        assert found is not None
        assert "Weber" not in found
        assert found.startswith("Mrs ")
        assert len(set(found.split()) - set("Mrs came; laughed.".split())) == 1

    def test_another_month(self) -> None:
        """Never the same one."""
        for seed in range(20):
            found = perturbed("date", "im Mai", "in May", seed)
            assert found not in (None, "in May")


class TestPairs:
    def test_are_made_of_every_kind_there_is_a_place_for(self) -> None:
        """In the order of the segments; those without a place give none."""
        found = [(pair.segment, pair.kind) for pair in make_pairs(SEGMENTS)]

        assert found == [
            (1, "number"),
            (1, "date"),
            (1, "pronoun"),
            (2, "pronoun"),
            (2, "negation dropped"),
            (3, "number"),
            (3, "unit"),
            (3, "name"),
        ]

    def test_depend_on_the_segment_and_the_seed_alone(self) -> None:
        """A part of a test set gives a part of the pairs."""
        whole = list(make_pairs(SEGMENTS, seed=5))
        part = list(make_pairs(SEGMENTS[2:], seed=5))
        seeds = {tuple(make_pairs(SEGMENTS, seed=seed)) for seed in range(8)}

        assert [pair.contrast for pair in part] == [
            pair.contrast for pair in whole if pair.segment == 3
        ]
        assert len(seeds) > 1

    def test_are_read_as_they_were_written(self, tmp_path: Path) -> None:
        """JSON Lines, and what users add to a line is left alone."""
        pairs = list(make_pairs(SEGMENTS))
        path = tmp_path / "pairs.jsonl"
        path.write_bytes(write_pairs(pairs) + b'\n{"kind": "own", "source": "a", ')
        with path.open("ab") as file:
            file.write(b'"reference": "b", "contrast": "c", "note": 1}\n')

        assert read_pairs(path) == [*pairs, ContrastPair("own", "a", "b", "c")]

    @pytest.mark.parametrize(
        ("line", "complaint"),
        [
            ("{", "pairs.jsonl:2: no JSON: "),
            ("[]", "pairs.jsonl:2: an object is expected"),
            ('{"kind": "a", "source": "b"}', "pairs.jsonl:2: 'reference' is missing"),
            (
                '{"kind": "a", "source": "b", "reference": "c", "contrast": "c"}',
                "pairs.jsonl:2: the contrast is the reference",
            ),
            (
                (
                    '{"kind": "a", "source": "b", "reference": "c", "contrast": "d", '
                    '"segment": "1"}'
                ),
                "pairs.jsonl:2: segment is '1', no number",
            ),
        ],
    )
    def test_refuses(self, tmp_path: Path, line: str, complaint: str) -> None:
        """Told with the line."""
        path = tmp_path / "pairs.jsonl"
        path.write_text(f"\n{line}\n", encoding="utf-8")

        with pytest.raises(InputError) as caught:
            read_pairs(path)

        assert complaint in str(caught.value)

    def test_refuses_an_empty_file(self, tmp_path: Path) -> None:
        """No pairs are no test."""
        path = tmp_path / "pairs.jsonl"
        path.write_bytes(b"\n")

        with pytest.raises(InputError, match="no pairs"):
            read_pairs(path)


class ShortLoving(EchoEngine):
    """Finds the shorter translation likelier, whatever it says."""

    def score_batch(
        self, sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]
    ) -> list[ForcedScore]:
        """Give every token the same."""
        return [ForcedScore((-1.0,) * (len(target) + 1)) for target in targets]


class TestJudging:
    def test_prefers_what_the_engine_finds_likelier(self) -> None:
        """The double likes words of the source."""
        pairs = [
            ContrastPair("right", "a b c", "a b c", "a b x"),
            ContrastPair("wrong", "a b c", "a x y", "a b y"),
        ]

        found = list(judge_pairs(pairs, EchoEngine()))

        assert [judgement.right for judgement in found] == [True, False]
        assert [judgement.pair for judgement in found] == pairs

    def test_length_counts_in_one_accuracy_and_not_in_the_other(self) -> None:
        """A dropped word makes a text likelier as a whole, not per token."""
        pair = ContrastPair("shorter", "a", "a b c", "a b")

        (found,) = judge_pairs([pair], ShortLoving())

        assert not found.right
        assert not found.right_per_token  # a tie is not right

    def test_what_is_too_long_is_counted_apart(self) -> None:
        """Neither right nor wrong."""
        long = "a " * 70
        pairs = [
            ContrastPair("k", "a", "a", "b"),
            ContrastPair("k", long, "a", "b"),
            ContrastPair("k", "a", "a", long),
        ]

        (found,) = summarize(judge_pairs(pairs, EchoEngine(limit=64)))

        assert (found.pairs, found.right, found.unscored) == (1, 1, 2)

    def test_summary(self) -> None:
        """By kind, with Wilson's interval."""
        pair = ContrastPair("k", "a", "b", "c")
        right = Judgement(pair, PairScore(-1.0, 2), PairScore(-2.0, 2))
        wrong = Judgement(pair, PairScore(-2.0, 4), PairScore(-1.0, 1))

        (found,) = summarize([right, right, right, wrong])

        assert found.accuracy == 0.75
        assert found.accuracy_per_token == 1.0
        assert (found.low, found.high) == wilson_interval(3, 4)


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson_interval(successes: int, trials: int, low: float, high: float) -> None:
    """The third: Newcombe (1998), Statistics in Medicine 17, table I (a)."""
    assert wilson_interval(successes, trials) == pytest.approx((low, high), abs=1e-4)


class TestCommand:
    @pytest.fixture
    def files(self, tmp_path: Path) -> list[str]:
        """Write the segments as two files, and name them as the command does."""
        sources, references = (
            "".join(segment[side] + "\n" for segment in SEGMENTS) for side in (0, 1)
        )
        (tmp_path / "src.de").write_text(sources, encoding="utf-8")
        (tmp_path / "ref.en").write_text(references, encoding="utf-8")
        return [
            *("--source", str(tmp_path / "src.de")),
            *("--reference", str(tmp_path / "ref.en")),
        ]

    @pytest.mark.parametrize("engine", ["ctranslate2", "transformers"])
    def test_scores_with_either_engine(
        self,
        files: list[str],
        tiny_folder: Path,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
        engine: str,
    ) -> None:
        """A line a kind, and every pair with its scores in the file."""
        output = tmp_path / "pairs.jsonl"

        status = main(
            [
                *("eval", "contrast", *files, "--model", str(tiny_folder), "-q"),
                *("--engine", engine, "--compute-type", "float32"),
                *("--output", str(output)),
            ]
        )

        assert status == 0
        lines = capsys.readouterr().out.splitlines()
        assert [line.split("  ")[0] for line in lines[2:]] == [
            *("number", "date", "pronoun", "negation dropped", "unit", "name")
        ]
        written = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
        assert len(written) == 8
        assert all(pair["reference_score"]["tokens"] > 1 for pair in written)
        assert [pair.kind for pair in read_pairs(output)] == [
            pair["kind"] for pair in written
        ]

    def test_pairs_of_ones_own(
        self, tiny_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Read, limited, told for programs."""
        path = tmp_path / "own.jsonl"
        path.write_bytes(
            write_pairs([ContrastPair("own", "Heute.", "Today.", "Never.")] * 3)
        )

        status = main(
            [
                *("eval", "contrast", "--pairs", str(path), "--limit", "2", "--json"),
                *("--model", str(tiny_folder)),
            ]
        )

        assert status == 0
        (found,) = json.loads(capsys.readouterr().out)
        assert (found["kind"], found["pairs"]) == ("own", 2)

    def test_names_the_kinds_that_there_are(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Of pairs of one's own, those of the file."""
        path = tmp_path / "own.jsonl"
        path.write_bytes(
            write_pairs([ContrastPair("own", "Heute.", "Today.", "Never.")])
        )

        status = main(["eval", "contrast", "--pairs", str(path), "--kinds", "verbs"])

        assert status == 2
        assert "no kind 'verbs'; some of own are" in capsys.readouterr().err

    def test_only_the_pairs(self, files: list[str], tmp_path: Path) -> None:
        """To be looked at, or corrected, first."""
        output = tmp_path / "pairs.jsonl"

        status = main(
            [
                *("eval", "contrast", *files, "--pairs-only", "-o", str(output)),
                *("--kinds", "number,date", "-q"),
            ]
        )

        assert status == 0
        assert {pair.kind for pair in read_pairs(output)} == {"number", "date"}

    @pytest.mark.parametrize(
        ("arguments", "status", "complaint"),
        [
            ([], 2, "--source and --reference, or --pairs, are expected"),
            (["--kinds", "verbs"], 2, "no kind 'verbs'; some of number, unit"),
            (["--limit", "0"], 2, "--limit 0: at least 1"),
            (["--pairs-only"], 2, "--pairs-only goes with --output"),
            (["--pairs", "x"], 2, "--pairs goes without --source"),
        ],
    )
    def test_wrong_use(
        self,
        files: list[str],
        arguments: list[str],
        status: int,
        complaint: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """One line, before any model is loaded."""
        given = files if arguments else []

        assert main(["eval", "contrast", *given, *arguments]) == status
        assert complaint in capsys.readouterr().err

    def test_files_of_different_length(
        self, files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Both counts are told."""
        (tmp_path / "src.de").write_text("Ja.\n", encoding="utf-8")

        assert main(["eval", "contrast", *files]) == 1
        assert "ref.en: 4 lines, but" in capsys.readouterr().err
