"""The scores are sacreBLEU's, and those that were published."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from satzpaar.eval import Reference, SystemOutput, TestSet, load_testset
from satzpaar.eval.known_metrics import make_metric, metrics_for
from satzpaar.eval.ngrams import match, tokens_of_characters
from satzpaar.eval.ter import Ter
from satzpaar.translate.errors import SatzpaarError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sacrebleu.metrics.base import Metric as SacrebleuMetric

SHARED = Path(__file__).parents[2] / "shared" / "data"
WMT23 = SHARED / "wmt23"
ANCHORS = SHARED / "anchors" / "anchors_wmt23_deen.tsv"

needs_wmt23 = pytest.mark.skipif(
    not ANCHORS.exists(), reason="needs the WMT23 outputs and figures in shared/data"
)

# Few words, so that texts have much in common; marks that tokenizers split or keep.
WORDS = st.sampled_from(
    "the The cat sat, 3.5 1,000 (a) a. don't &quot;so&quot; -x 7-8 „ja“ é . ...".split()
)
SEGMENTS = st.lists(WORDS, max_size=9).map(" ".join)


@st.composite
def texts(draw: st.DrawFn, references: int) -> tuple[list[str], list[list[str]]]:
    """Draw a hypothesis and references; each segment has one."""
    size = draw(st.integers(1, 5))
    hypothesis = draw(st.lists(SEGMENTS, min_size=size, max_size=size))
    filled = SEGMENTS.filter(bool)
    columns = [draw(st.lists(filled, min_size=size, max_size=size))]
    for _ in range(references - 1):
        rest = draw(st.lists(SEGMENTS, min_size=size - 1, max_size=size - 1))
        columns.append([draw(filled), *rest])
    return hypothesis, columns


def set_of(references: Sequence[Sequence[str]]) -> TestSet:
    named = (Reference(str(i), tuple(text)) for i, text in enumerate(references))
    return TestSet("made up", tuple(named))


def sacrebleus(references: Sequence[Sequence[str]]) -> list[list[str | None]]:
    """Say as sacreBLEU does which references are missing: None."""
    several = len(references) > 1
    return [
        [text if text or not several else None for text in ref] for ref in references
    ]


CORPUS_METRICS = [
    pytest.param("bleu", BLEU(), id="BLEU"),
    pytest.param("bleu:case:lc", BLEU(lowercase=True), id="BLEU lc"),
    pytest.param("bleu:tok:intl", BLEU(tokenize="intl"), id="BLEU intl"),
    pytest.param("chrf", CHRF(), id="chrF"),
    pytest.param("chrf++", CHRF(word_order=2), id="chrF++"),
    pytest.param("chrf++:case:lc", CHRF(word_order=2, lowercase=True), id="chrF++ lc"),
    pytest.param("ter", TER(), id="TER"),
    pytest.param("ter:norm:yes|punct:no", TER(True, True), id="TER normalized"),
]


@pytest.mark.parametrize(("name", "theirs"), CORPUS_METRICS)
@pytest.mark.parametrize("references", [1, 3])
def test_scores_as_sacrebleu_does(
    name: str,
    theirs: SacrebleuMetric,
    references: int,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Corpus scores and signatures, with references missing here and there."""
    monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path_factory.mktemp("cache")))
    ours = make_metric(name)

    @settings(max_examples=40, deadline=None)
    @given(texts(references))
    def check(drawn: tuple[list[str], list[list[str]]]) -> None:
        hypothesis, columns = drawn
        testset = set_of(columns)
        system = SystemOutput("system", tuple(hypothesis))

        rows = ours.statistics(testset, [system])[0]

        expected = theirs.corpus_score(hypothesis, sacrebleus(columns))  # type: ignore[arg-type]
        assert float(ours.scores(rows.sum(axis=0))) == pytest.approx(
            expected.score, abs=1e-9
        )
        assert ours.signature(testset) == str(theirs.get_signature())

    check()


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        pytest.param("bleu", BLEU(effective_order=True), id="BLEU"),
        pytest.param("chrf", CHRF(), id="chrF"),
        pytest.param("chrf++", CHRF(word_order=2), id="chrF++"),
    ],
)
def test_scores_segments_as_sacrebleu_does(name: str, theirs: SacrebleuMetric) -> None:
    """BLEU of a sentence counts as many orders as the sentence has words."""
    ours = make_metric(name)

    @settings(max_examples=40, deadline=None)
    @given(texts(1))
    def check(drawn: tuple[list[str], list[list[str]]]) -> None:
        hypothesis, columns = drawn
        testset = set_of(columns)
        rows = ours.statistics(testset, [SystemOutput("s", tuple(hypothesis))])[0]

        found = ours.segment_scores(rows.T)

        pairs = zip(hypothesis, columns[0], strict=True)
        expected = [theirs.sentence_score(h, [r]).score for h, r in pairs]
        assert found == pytest.approx(expected, abs=1e-9)
        assert ours.segment_signature(testset) == str(theirs.get_signature())

    check()


@needs_wmt23
@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("bleu", "BLEU"),
        ("bleu:case:lc", "BLEU_lc"),
        ("bleu:tok:intl", "BLEU_intl"),
        ("chrf", "chrF2"),
        ("chrf++", "chrF2++"),
        pytest.param("ter", "TER", marks=pytest.mark.slow),
    ],
)
def test_reproduces_the_wmt23_figures(
    name: str, column: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All 13 systems of WMT23 German-English, to the fourth decimal."""
    monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path))
    testset = load_testset(WMT23)
    metric = make_metric(name)

    statistics = metric.statistics(testset, testset.systems)

    published = anchors()
    assert len(testset.systems) == 13
    for system, rows in zip(testset.systems, statistics, strict=True):
        wanted = float(published[system.name][column])
        assert float(metric.scores(rows.sum(axis=0))) == pytest.approx(wanted, abs=1e-4)


def anchors() -> dict[str, dict[str, str]]:
    lines = ANCHORS.read_text().splitlines()
    rows = csv.DictReader((x for x in lines if x[0] != "#"), delimiter="\t")
    return {row["system"]: row for row in rows}


class TestNgrams:
    def test_counts_the_same_when_keys_have_to_be_ranked(self) -> None:
        """A segment number and six of a million characters do not fit in 64 bits."""
        words = [["abcabc", "zzz"], ["abcab", "zz"]]
        tokens, bound = tokens_of_characters(words)

        narrow = match(tokens[:1], tokens[1:], 6, bound, pooled=False)
        wide = match(tokens[:1], tokens[1:], 6, 1 << 20, pooled=False)

        assert narrow[0, 0, 0].tolist() == [5, 4, 3, 2, 1, 0]
        assert np.array_equal(narrow, wide)

    def test_keeps_segments_apart(self) -> None:
        """What only a neighbour has is no match."""
        tokens, bound = tokens_of_characters([["ab", "cd"], ["cd", "ab"]])

        found = match(tokens[:1], tokens[1:], 2, bound, pooled=False)

        assert not found.any()

    def test_counts_chunk_by_chunk(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Long texts are counted piece by piece, with the same result."""
        segments = [f"{n % 7} of {n % 11}" for n in range(100)]
        tokens, bound = tokens_of_characters([segments, segments[::-1]])
        whole = match(tokens[:1], tokens[1:], 6, bound, pooled=False)

        monkeypatch.setattr("satzpaar.eval.ngrams.CHUNK", 50)

        pieces = match(tokens[:1], tokens[1:], 6, bound, pooled=False)
        assert np.array_equal(pieces, whole)


class TestTer:
    def test_counts_in_several_processes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Shares of the work come back in the order of the segments."""
        monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path))
        monkeypatch.setattr("satzpaar.eval.ter.SMALL_JOB", 20)
        monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
        hypotheses = tuple(f"word {'x ' * n} end" for n in range(8))
        testset = set_of([["word x x end"] * 8])

        rows = Ter().statistics(testset, [SystemOutput("s", hypotheses)])[0]

        wanted = [TER().sentence_score(h, ["word x x end"]) for h in hypotheses]
        assert rows[:, 0].tolist() == [score.num_edits for score in wanted]

    def test_says_that_a_process_failed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Killed for want of memory, say; nothing is remembered of it."""
        monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path))
        monkeypatch.setattr("satzpaar.eval.ter.SMALL_JOB", 1)
        monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
        monkeypatch.setattr("sys.executable", "/bin/false")
        testset = set_of([["a b c"] * 4])

        with pytest.raises(SatzpaarError, match="TER: a process ended with status 1"):
            Ter().statistics(testset, [SystemOutput("s", ("a c",) * 4)])

        assert list(tmp_path.rglob("*.npy")) == []

    def test_is_remembered_by_content(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The same texts are not counted twice, whatever the system is called."""
        monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path))
        testset = set_of([["a b c"]])
        first = Ter().statistics(testset, [SystemOutput("one", ("a c",))])
        monkeypatch.setattr("satzpaar.eval.ter._computed", None)

        second = Ter().statistics(testset, [SystemOutput("two", ("a c",))])

        assert np.array_equal(first, second)

    def test_is_left_out_where_it_would_take_minutes(self) -> None:
        """One segment of 61 words, and TER has to be asked for."""
        short, _ = metrics_for(set_of([["word " * 60]]))
        long, said = metrics_for(set_of([["word " * 61]]))

        assert [metric.name for metric in short][-1] == "TER"
        assert "TER" not in [metric.name for metric in long]
        assert "TER is left out" in said[0]


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("blue", "no metric 'blue'; there are bleu"),
        ("bleu:tok:15a", "no tokenizer '15a'; there are 13a"),
        ("bleu:tokens:13a", "no option 'tokens:13a'; there are case:mixed/lc"),
        ("chrf:case:upper", "no option 'case:upper'"),
        ("comet:model:small", "comet takes no options; .* --model ID` chooses"),
    ],
)
def test_refuses_unknown_metrics(name: str, complaint: str) -> None:
    """A metric is asked for as its signature would say it."""
    with pytest.raises(UsageError, match=complaint):
        make_metric(name)
