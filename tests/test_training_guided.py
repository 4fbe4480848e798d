"""Guided alignment: links of training pairs, the head that learns them, its use."""

from __future__ import annotations

import dataclasses
import json
import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from satzpaar.cli.main import main
from satzpaar.translate.alignment_head import AlignmentHead
from satzpaar.translate.checkpoint import HeadPlace
from satzpaar.translate.engines import load_engine
from satzpaar.translate.errors import ModelError, UsageError
from satzpaar.translate.models import find_model
from satzpaar.translate.training import (
    Budget,
    Conduct,
    Corpus,
    Guidance,
    Job,
    Learning,
    StoppedError,
    train,
)
from satzpaar.translate.training.guide import Guide
from satzpaar.translate.training.links import (
    eflomal_links,
    prepare_links,
    symmetrized,
)
from satzpaar.translate.training.network import load_network
from satzpaar.translate.training.packed import Packed, PackedWriter
from satzpaar.translate.training.reports import Steps
from satzpaar.translate.training.work import Work, load_tensors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.models import Model
    from satzpaar.translate.training.links import Links
    from satzpaar.translate.training.settings import Ids, Link

GOLD = Path(__file__).parent / "data" / "word_alignment.jsonl"

needs_eflomal = pytest.mark.skipif(
    find_spec("eflomal") is None, reason="eflomal is not installed"
)


class DiagonalAligner:
    """Links words of the same number, and counts its calls."""

    def __init__(self) -> None:
        self.calls: list[int] = []  # pairs of each

    def __call__(
        self, sources: Sequence[Ids], targets: Sequence[Ids], folder: Path
    ) -> Iterator[tuple[set[Link], set[Link]]]:
        """Link each pair's words in order."""
        self.calls.append(len(sources))
        for source, target in zip(sources, targets, strict=True):
            links = {(n, n) for n in range(min(len(source), len(target)))}
            yield links, links


class LosingAligner(DiagonalAligner):
    """Has nothing to say of the last pair."""

    def __call__(
        self, sources: Sequence[Ids], targets: Sequence[Ids], folder: Path
    ) -> Iterator[tuple[set[Link], set[Link]]]:
        """Leave it out."""
        return super().__call__(sources[:-1], targets[:-1], folder)


class StatedAligner:
    """Gives the links that it was told."""

    def __init__(self, *links: set[Link]) -> None:
        self._links = links

    def __call__(
        self, sources: Sequence[Ids], targets: Sequence[Ids], folder: Path
    ) -> Iterator[tuple[set[Link], set[Link]]]:
        """Give them, the same from both directions."""
        return ((links, links) for links in self._links)


@pytest.fixture(scope="module")
def pairs(tiny_folder: Path) -> list[tuple[str, str]]:
    """Sentences of the tiny model's world."""
    german, english = (
        (tiny_folder / f"sentences.{language}").read_text(encoding="utf-8").splitlines()
        for language in ("de", "en")
    )
    return list(zip(german, english, strict=True))[:120]


@pytest.fixture
def job(pairs: list[tuple[str, str]], tiny_model: Model, tmp_path: Path) -> Job:
    """Describe a guided training of some seconds."""
    return Job(
        output=tmp_path / "out",
        data=[Corpus("memory", pairs, "fingerprint")],
        start=tiny_model,
        budget=Budget(tokens=2500),
        learning=Learning(
            rate=2e-3, batch_tokens=512, micro_tokens=256, longest=64, dropout=0.1
        ),
        conduct=Conduct(validations=2, log_seconds=0, score_sentences=10),
        guidance=Guidance(0.5, aligner=DiagonalAligner()),
        keep_anyway=True,
    )


def after(times: int) -> Any:
    answers = iter([*[False] * times, True])
    return lambda: next(answers, False)


class TestSymmetrized:
    @pytest.mark.parametrize(
        ("forward", "reverse", "expected"),
        [
            pytest.param({(0, 0)}, {(0, 0)}, {(0, 0)}, id="agreed"),
            pytest.param(
                {(0, 0), (1, 1)}, {(0, 0)}, {(0, 0), (1, 1)}, id="grows to a neighbour"
            ),
            pytest.param(
                {(0, 0), (1, 0)},
                {(0, 0), (0, 1)},
                {(0, 0), (1, 0), (0, 1)},
                id="grows where one side is free",
            ),
            pytest.param(
                {(0, 0), (1, 1), (0, 1)},
                {(0, 0), (1, 1)},
                {(0, 0), (1, 1)},
                id="not where both have links",
            ),
            pytest.param(
                {(0, 0), (5, 2)}, {(0, 0)}, {(0, 0), (5, 2)}, id="final: both are free"
            ),
            pytest.param(
                {(0, 0), (0, 5)}, {(0, 0)}, {(0, 0)}, id="and: one that is not"
            ),
        ],
    )
    def test_grow_diag_final_and(
        self, forward: set[Link], reverse: set[Link], expected: set[Link]
    ) -> None:
        """The rules of the papers, one by one."""
        assert symmetrized(forward, reverse) == expected


class TestLinks:
    @pytest.fixture
    def made(self, tiny_model: Model, tmp_path: Path) -> Any:
        """Pack three pairs; return what makes their links."""
        rows = [[5, 6, 7], [5, 6], [8, 9, 10, 11]]
        for side in ("source", "target"):
            with PackedWriter(tmp_path, side, 99) as writer:
                writer.add(rows)
        source, target = (Packed(tmp_path, side, 99) for side in ("source", "target"))
        prepared: Any = SimpleNamespace(model=tiny_model, source=source, target=target)

        def make(guidance: Guidance, tell: Any = lambda _: None) -> Links:
            return prepare_links(prepared, guidance, tmp_path, seed=1, tell=tell)

        return make

    def test_come_back_in_any_order_of_pairs(self, made: Any) -> None:
        """A batch takes pairs from anywhere, some of them without links."""
        links = made(
            Guidance(aligner=StatedAligner({(2, 0)}, set(), {(0, 3), (1, 3), (2, 1)}))
        )
        batch = links.batch(np.array([2, 1, 0]))

        found = zip(batch.row, batch.source, batch.target, batch.share, strict=True)
        assert sorted(tuple(map(float, link)) for link in found) == [
            (0, 0, 3, 0.5),  # two links of one target token share its attention
            (0, 1, 3, 0.5),
            (0, 2, 1, 1),
            (2, 2, 0, 1),
        ]

    def test_may_be_none_at_all(self, made: Any) -> None:
        """Then nothing is learnt, and nothing fails."""
        links = made(Guidance(aligner=StatedAligner(set(), set(), set())))

        assert not len(links.batch(np.array([0, 1, 2])).row)

    def test_are_made_once(self, made: Any) -> None:
        """A run that goes on learns from the same links."""
        aligner = DiagonalAligner()
        made(Guidance(aligner=aligner))
        again = made(Guidance(aligner=aligner))

        assert aligner.calls == [3]
        assert len(again.batch(np.array([0])).row) == 3

    def test_of_a_large_bitext_only_some_pairs_are_aligned(self, made: Any) -> None:
        """The others have no links."""
        aligner = DiagonalAligner()
        links = made(Guidance(pairs=2, aligner=aligner))
        counts = [len(links.batch(np.array([n])).row) for n in range(3)]

        assert aligner.calls == [2]
        assert sum(count > 0 for count in counts) == 2
        assert links.coverage == pytest.approx(2 / 3)

    def test_says_that_few_pairs_teach_little(self, made: Any) -> None:
        """An aligner learns from what it aligns."""
        told: list[str] = []
        made(Guidance(aligner=DiagonalAligner()), told.append)

        assert any("only 3 pairs" in text for text in told)

    def test_an_aligner_that_loses_a_pair_leaves_nothing(self, made: Any) -> None:
        """The next call begins anew."""
        with pytest.raises(ValueError, match="shorter"):
            made(Guidance(aligner=LosingAligner()))

        assert len(made(Guidance(aligner=DiagonalAligner())).batch(np.array([2])).row)

    def test_refuses_half_a_file(self, made: Any, tmp_path: Path) -> None:
        """As of a full disk."""
        made(Guidance(aligner=DiagonalAligner()))
        path = tmp_path / "links.pairs"
        path.write_bytes(path.read_bytes()[:-8])

        with pytest.raises(ModelError, match="delete the work folder"):
            made(Guidance(aligner=DiagonalAligner()))


@needs_eflomal
def test_eflomal_finds_which_word_is_which(tmp_path: Path) -> None:
    """Twenty words, each with its translation, in reversed order."""
    random = np.random.default_rng(1)
    sources = [random.choice(20, 6, replace=False) for _ in range(400)]
    targets = [row[::-1] + 50 for row in sources]

    found = list(eflomal_links(sources, targets, tmp_path))

    diagonal = {(n, 5 - n) for n in range(6)}
    right = [len(symmetrized(*links) & diagonal) for links in found]
    assert len(found) == 400
    assert sum(right) > 0.9 * 6 * 400
    assert not list(tmp_path.iterdir())


class TestAlignmentHead:
    @pytest.fixture
    def network(self, tiny_model: Model) -> Any:
        """Load the tiny network; nothing is dropped."""
        return load_network(tiny_model).eval()

    @pytest.fixture
    def batch(self, network: Any) -> dict[str, torch.Tensor]:
        """Make two pairs, one of them padded on both sides."""
        pad = network.config.pad_token_id
        return {
            "input_ids": torch.tensor([[5, 6, 7, 8, 0], [9, 10, 0, pad, pad]]),
            "attention_mask": torch.tensor([[1] * 5, [1, 1, 1, 0, 0]]),
            "decoder_input_ids": torch.tensor([[pad, 11, 12], [pad, 13, pad]]),
        }

    def test_is_the_first_head_of_the_last_layer(
        self, network: Any, batch: dict[str, torch.Tensor]
    ) -> None:
        """The same numbers as those of the library's slow attention."""
        head = AlignmentHead(network)
        with head.recording(), torch.no_grad():
            network.model(**batch, use_cache=False)
        found = head.log_weights(batch["attention_mask"].bool()).exp()

        network.set_attn_implementation("eager")
        with torch.no_grad():
            outputs = network.model(**batch, use_cache=False, output_attentions=True)
        expected = outputs.cross_attentions[-1][:, 0]
        assert torch.allclose(found, expected, atol=1e-6)
        assert not found[1, :, 3:].any()

    def test_leaves_no_hook_behind(
        self, network: Any, batch: dict[str, torch.Tensor]
    ) -> None:
        """Nor may old numbers be taken for new ones."""
        head = AlignmentHead(network)
        with head.recording(), torch.no_grad():
            network.model(**batch, use_cache=False)
        head.log_weights(batch["attention_mask"].bool())

        with torch.no_grad():
            network.model(**batch, use_cache=False)
        with pytest.raises(ValueError, match="no forward pass"):
            head.log_weights(batch["attention_mask"].bool())

    def test_the_loss_is_the_cross_entropy_of_linked_tokens(
        self, network: Any, batch: dict[str, torch.Tensor], tmp_path: Path
    ) -> None:
        """By hand: one token with one link, one with two, one without."""
        links = SimpleNamespace(
            coverage=1.0,
            batch=lambda _: SimpleNamespace(
                row=np.array([0, 0, 1]),
                target=np.array([0, 0, 1]),
                source=np.array([1, 2, 0]),
                share=np.array([0.5, 0.5, 1.0], np.float32),
            ),
        )
        guide = Guide(network, links, 0.1)  # type: ignore[arg-type]
        mask = batch["attention_mask"].bool()
        with guide.recording():
            network.model(**batch, use_cache=False)
        head = guide.links(np.array([0, 1]))
        assert head is not None
        loss = guide.loss(head, mask)

        network.set_attn_implementation("eager")
        outputs = network.model(**batch, use_cache=False, output_attentions=True)
        weights = outputs.cross_attentions[-1][:, 0].log()
        expected = -(weights[0, 0, 1] + weights[0, 0, 2]) / 2 - weights[1, 1, 0]
        assert float(loss.detach()) == pytest.approx(float(expected.detach()), abs=1e-4)
        assert head.tokens == 2
        loss.backward()  # type: ignore[no-untyped-call]
        gradient = network.model.decoder.layers[-1].encoder_attn.q_proj.weight.grad
        width = network.config.d_model // network.config.decoder_attention_heads
        assert gradient[:width].any()
        assert not gradient[width:].any()  # the other heads are free


class TestTraining:
    def test_the_head_learns_the_links(
        self, job: Job, pairs: list[tuple[str, str]]
    ) -> None:
        """And the engines see it in the model that is written."""
        reports: list[Any] = []
        guidance = Guidance(5, aligner=DiagonalAligner())
        conduct = dataclasses.replace(job.conduct, validations=1)
        outcome = train(
            dataclasses.replace(
                job, budget=Budget(tokens=9_000), guidance=guidance, conduct=conduct
            ),
            report=reports.append,
        )
        losses = [report.guided or 0 for report in reports if isinstance(report, Steps)]

        assert losses[-1] < 0.6 * losses[0]
        assert find_model(str(outcome.folder)).alignment_head == HeadPlace(1, 0)
        diagonal = []
        for folder in (job.start, find_model(str(outcome.folder))):
            engine = load_engine("ctranslate2", folder, threads=1)  # type: ignore[arg-type]
            sources = engine.tokenizer.tokenize([source for source, _ in pairs[:8]])
            targets = engine.tokenizer.tokenize_targets([t for _, t in pairs[:8]])
            found = engine.attention_batch(sources, targets)
            diagonal.append(np.mean([np.diagonal(each).mean() for each in found]))
        assert diagonal[1] > 2 * diagonal[0]

    def test_goes_on_bit_by_bit(self, job: Job, tmp_path: Path) -> None:
        """As without guidance."""
        with pytest.raises(StoppedError):
            train(job, stop=after(4))
        train(job)
        whole = dataclasses.replace(job, output=tmp_path / "whole")
        train(whole)

        first, second = (
            load_tensors(Work(each.output).state)["averages"] for each in (job, whole)
        )
        assert all(torch.equal(first[name], second[name]) for name in first)

    @pytest.mark.parametrize(
        ("guidance", "complaint"),
        [
            (Guidance(0.2), "guided alignment weight was 0.5, now 0.2"),
            (Guidance(0.5, pairs=9), "guided alignment pairs was 100000, now 9"),
            (None, "guided alignment was .* now null"),
        ],
    )
    def test_refuses_another_setting(
        self, job: Job, guidance: Guidance | None, complaint: str
    ) -> None:
        """As with every setting that changes the weights."""
        with pytest.raises(StoppedError):
            train(job, stop=after(1))

        if guidance is not None and job.guidance is not None:
            # The stand-in, so that it is the setting that is refused without eflomal.
            guidance = dataclasses.replace(guidance, aligner=job.guidance.aligner)
        with pytest.raises(UsageError, match=complaint):
            train(dataclasses.replace(job, guidance=guidance))

    def test_runs_without_it_are_as_before(self, job: Job) -> None:
        """A work folder of an older version goes on."""
        manifest = dataclasses.replace(job, guidance=None).manifest()

        assert "guided alignment" not in manifest

    @pytest.mark.parametrize("weight", [0, -1, 11, float("nan")])
    def test_refuses_a_weight_that_is_none(self, weight: float) -> None:
        """Zero would align for nothing."""
        with pytest.raises(UsageError, match="weight"):
            Guidance(weight)


class TestCommand:
    @needs_eflomal
    def test_trains(
        self, pairs: list[tuple[str, str]], tiny_folder: Path, tmp_path: Path
    ) -> None:
        """From a file to a model, by eflomal."""
        memory = tmp_path / "memory.tsv"
        memory.write_text("".join(f"{s}\t{t}\n" for s, t in pairs), encoding="utf-8")
        status = main(
            f"train {memory} -o {tmp_path / 'out'} -m {tiny_folder} --tokens 1500 "
            "--guided-alignment --guided-pairs 50 --micro-tokens 256 --batch-tokens "
            "512 --score-sentences 5 --keep-anyway --quiet".split()
        )
        record = json.loads((tmp_path / "out" / "training.json").read_text())

        assert status == 0
        assert record["guided alignment"] == {"weight": 0.1, "pairs": 50}

    def test_says_what_is_missing(
        self,
        tmp_path: Path,
        tiny_folder: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Before anything is read or written."""
        monkeypatch.setitem(sys.modules, "eflomal", None)
        memory = tmp_path / "memory.tsv"
        memory.write_text("Ja.\tYes.\n")
        status = main(
            f"train {memory} -o {tmp_path / 'out'} -m {tiny_folder} "
            "--guided-alignment".split()
        )

        assert status == 2
        assert "pip install 'satzpaar[guided]'" in capsys.readouterr().err
        assert list(tmp_path.iterdir()) == [memory]

    def test_refuses_a_file_as_weight(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The option takes what follows it."""
        with pytest.raises(SystemExit) as stop:
            main("train -o out --guided-alignment memory.tsv".split())

        assert stop.value.code == 2
        assert "DATA before the option" in capsys.readouterr().err

    def test_refuses_pairs_without_it(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A number that nothing would use."""
        memory = tmp_path / "memory.tsv"
        memory.write_text("Ja.\tYes.\n")
        status = main(
            f"train {memory} -o {tmp_path / 'out'} --guided-pairs 5".split(),
        )

        assert status == 2
        assert "goes with --guided-alignment" in capsys.readouterr().err
        assert not (tmp_path / "out.work").exists()
