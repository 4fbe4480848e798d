"""Whole trainings of the tiny model: learning, going on, refusing, exporting."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import torch

from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.engines import load_engine
from satzpaar.translate.errors import InputError, UsageError
from satzpaar.translate.models import Model, find_model
from satzpaar.translate.training import (
    Architecture,
    Budget,
    Conduct,
    Corpus,
    Job,
    Learning,
    Outcome,
    Scratch,
    StoppedError,
    Vocabulary,
    assembly,
    train,
)
from satzpaar.translate.training import network as networks
from satzpaar.translate.training.reports import Note, Report, Steps, Validation, line
from satzpaar.translate.training.work import Work, load_tensors

if TYPE_CHECKING:
    from pathlib import Path

QUICK = Learning(rate=2e-3, batch_tokens=512, micro_tokens=256, longest=64, dropout=0.1)
CHANCE = dataclasses.replace(QUICK, split_pieces=0.3, softmax=64)
# What is measured may come out otherwise in the next run; bits are compared here.
CONDUCT = Conduct(validations=2, log_seconds=0, score_sentences=20, precision="float32")

Pairs = list[tuple[str, str]]
Make = Callable[..., Job]


@pytest.fixture(scope="module")
def pairs(new_pairs: Pairs) -> Pairs:
    """Name what most of these tests learn from."""
    return new_pairs


@pytest.fixture
def job(pairs: Pairs, tiny_model: Model, tmp_path: Path) -> Make:
    """Make a job of some seconds; arguments change it."""

    def make(**changes: Any) -> Job:
        return dataclasses.replace(usual_job(tmp_path, pairs, tiny_model), **changes)

    return make


def backwards(text: str) -> str:
    """Make other text of the same words."""
    return " ".join(reversed(text.split()))


def usual_job(folder: Path, pairs: Pairs, model: Model) -> Job:
    return Job(
        output=folder / "out",
        data=[Corpus("memory", pairs, "fingerprint")],
        start=model,
        budget=Budget(tokens=5000),
        learning=QUICK,
        conduct=CONDUCT,
    )


def said_by_both(folder: Path, sources: list[str]) -> list[list[str]]:
    """Translate with both engines in the same numbers."""
    said = []
    for name in ("ctranslate2", "transformers"):
        engine = load_engine(name, find_model(str(folder)), compute_type="float32")
        found = engine.translate_batch(
            engine.tokenizer.tokenize(sources), DecodingOptions(), max_target_tokens=40
        )
        said.append([hypothesis.text for hypothesis in found])
    return said


def after(times: int) -> Callable[[], bool]:
    """Ask for an end when it was looked for often enough."""
    answers = iter([*[False] * times, True])
    return lambda: next(answers, False)


def weights_of(work: Path) -> dict[str, torch.Tensor]:
    state = load_tensors(work / "state.pt")
    return {
        **{f"weights {name}": tensor for name, tensor in state["weights"].items()},
        **{f"averages {name}": tensor for name, tensor in state["averages"].items()},
    }


class TestFineTuning:
    @pytest.fixture(scope="class")
    @classmethod
    def run(
        cls, pairs: Pairs, tiny_model: Model, tmp_path_factory: pytest.TempPathFactory
    ) -> tuple[Outcome, list[Report]]:
        """Fine-tune once for all that is asked of the result."""
        reports: list[Report] = []
        job = Job(
            output=tmp_path_factory.mktemp("run") / "mine",
            data=[Corpus("/home/somebody/memory.tmx", pairs, "fingerprint")],
            start=tiny_model,
            budget=Budget(tokens=20_000),
            general=Corpus(
                "general", [(backwards(s), backwards(t)) for s, t in pairs], "g"
            ),
            general_share=0.1,
            may_lose=100,
            learning=QUICK,
            conduct=CONDUCT,
        )
        return train(job, report=reports.append), reports

    def test_learns(self, run: tuple[Outcome, list[Report]]) -> None:
        """The held-out loss and the chrF of real translations get better."""
        outcome, reports = run
        losses = [report.loss for report in reports if isinstance(report, Validation)]

        assert outcome.accepted
        assert losses[-1] < 0.6 * losses[0]
        before, after = (
            scores["held out"] for scores in (outcome.start_scores, outcome.scores)
        )
        assert after.chrf > before.chrf + 3
        assert "version:" in after.chrf_signature

    def test_tells_how_well_each_bitext_is_known(
        self, run: tuple[Outcome, list[Report]]
    ) -> None:
        """By its file's name; both are learnt from, and get likelier."""
        found = [report for report in run[1] if isinstance(report, Validation)]

        first, last = found[0].learnt, found[-1].learnt
        assert [*first] == [*last] == ["memory.tmx", "general"]
        assert all(last[name] < 0.6 * first[name] for name in first)
        assert f"; learnt from: memory.tmx {last['memory.tmx']:.2f}" in line(found[-1])

    def test_says_by_what_words_are_aligned(
        self, run: tuple[Outcome, list[Report]]
    ) -> None:
        """Hardly a word of these pairs is the same in both languages."""
        notes = [report.text for report in run[1] if isinstance(report, Note)]

        (note,) = [text for text in notes if "word alignments" in text]
        assert "is as at the start: 7 words of the held-out pairs" in note

    def test_the_result_loads_in_both_engines(
        self, run: tuple[Outcome, list[Report]], tiny_sentences: list[str]
    ) -> None:
        """And they say the same, in the English that was learnt."""
        first, second = said_by_both(run[0].folder, tiny_sentences[120:132])

        assert first == second
        assert sum("hat " in text for text in first) > 6

    def test_the_row_of_padding_is_zero(
        self, run: tuple[Outcome, list[Report]]
    ) -> None:
        """CTranslate2 starts to decode from zeros."""
        pad = find_model(str(run[0].folder))
        network = networks.load_network(pad)
        row = network.get_input_embeddings().weight[network.config.pad_token_id]

        assert not row.any()

    def test_the_card_tells_what_it_is(self, run: tuple[Outcome, list[Report]]) -> None:
        """Data, scores, settings; nobody's folders."""
        outcome, _ = run
        card = (outcome.folder / "README.md").read_text(encoding="utf-8")

        assert "| memory.tmx | 1 |" in card
        assert f"{outcome.scores['held out'].chrf:.1f}" in card
        assert "chrF: `nrefs:1|" in card
        assert '"rate": 0.002' in card
        assert "/home/somebody" not in card
        assert "fine-tuned from `tiny-marian`" in card

    def test_the_log_is_in_the_folder(self, run: tuple[Outcome, list[Report]]) -> None:
        """A line of JSON for each report."""
        log = (run[0].folder / "training-log.jsonl").read_text(encoding="utf-8")
        kinds = {json.loads(line)["kind"] for line in log.splitlines()}

        assert kinds == {"note", "steps", "validation"}

    def test_general_pairs_are_mixed_in_by_their_share(
        self, run: tuple[Outcome, list[Report]]
    ) -> None:
        """And a part of them is held out, to see what is forgotten."""
        outcome, _ = run

        assert set(outcome.scores) == {"held out", "general"}
        assert outcome.facts["general"] == 12
        assert outcome.facts["pairs"][1] > 90


class TestRefusal:
    @pytest.fixture
    def shuffled(self, pairs: Pairs) -> Corpus:
        """Pair each source with the translation of another."""
        sources, targets = zip(*pairs[30:], strict=True)
        mixed = zip(sources, targets[7:] + targets[:7], strict=True)
        return Corpus("shuffled", list(mixed), "shuffled")

    @pytest.fixture
    def valid(self, pairs: Pairs) -> Corpus:
        """Hold true pairs out."""
        return Corpus("valid", pairs[:30], "valid")

    def test_a_worse_result_is_not_written(
        self, job: Make, shuffled: Corpus, valid: Corpus
    ) -> None:
        """Kept beside, so that nothing is lost, but not where a model is expected."""
        outcome = train(job(data=[shuffled], valid=valid, budget=Budget(tokens=4000)))

        assert not outcome.accepted
        assert "worse than the start" in outcome.complaint
        assert not job().output.exists()
        assert outcome.folder.parent == Work(job().output).folder
        assert find_model(str(outcome.folder))

    def test_forgetting_is_refused_too(self, job: Make, tiny_folder: Path) -> None:
        """What the model could do before must not be lost by much."""
        german, english = (
            (tiny_folder / f"sentences.{name}").read_text(encoding="utf-8").splitlines()
            for name in ("de", "en")
        )
        general = Corpus("g", list(zip(german, english, strict=True))[160:220], "g")
        outcome = train(
            job(general=general, general_share=0.0, budget=Budget(tokens=15_000))
        )

        assert "on the general pairs" in outcome.complaint
        assert not outcome.accepted

    def test_unless_it_is_wanted(
        self, job: Make, shuffled: Corpus, valid: Corpus
    ) -> None:
        """The complaint is made all the same."""
        outcome = train(
            job(
                data=[shuffled],
                valid=valid,
                budget=Budget(tokens=4000),
                keep_anyway=True,
            )
        )

        assert outcome.complaint
        assert find_model(str(job().output))


class TestGoingOn:
    @pytest.fixture(scope="class")
    @classmethod
    def unbroken(
        cls, pairs: Pairs, tiny_model: Model, tmp_path_factory: pytest.TempPathFactory
    ) -> dict[str, torch.Tensor]:
        """Train without a break."""
        folder = tmp_path_factory.mktemp("unbroken")
        job = usual_job(folder, pairs, tiny_model)
        train(dataclasses.replace(job, learning=CHANCE))
        return weights_of(folder / "out.work")

    def test_a_stopped_run_ends_as_an_unbroken_one(
        self, job: Make, unbroken: dict[str, torch.Tensor], tmp_path: Path
    ) -> None:
        """To the bit: weights, averages, and all that is by chance."""
        broken = job(output=tmp_path / "broken", learning=CHANCE)
        with pytest.raises(StoppedError):
            train(broken, stop=after(9))

        train(broken)

        resumed = weights_of(tmp_path / "broken.work")
        assert unbroken.keys() == resumed.keys()
        assert all(torch.equal(unbroken[name], resumed[name]) for name in unbroken)

    def test_a_run_keeps_the_precision_it_began_with(
        self, job: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It is measured, and the next time the machine may be busy with other work."""
        measured = iter([torch.float32, torch.bfloat16])
        monkeypatch.setattr(assembly, "choose_precision", lambda *_: next(measured))
        run = job(conduct=dataclasses.replace(CONDUCT, precision="auto"))
        reports: list[Report] = []

        with pytest.raises(StoppedError):
            train(run, report=reports.append, stop=after(4))
        train(run, report=reports.append)

        said = [report.text for report in reports if isinstance(report, Note)]
        assert [text.split()[-1] for text in said if " on cpu in " in text] == [
            "float32",
            "float32",
        ]

    def test_a_killed_run_goes_on_from_its_last_checkpoint(
        self, job: Make, unbroken: dict[str, torch.Tensor], tmp_path: Path
    ) -> None:
        """Also when it died between two, or while one was written."""
        conduct = dataclasses.replace(CONDUCT, save_minutes=0)
        killed = job(output=tmp_path / "killed", conduct=conduct, learning=CHANCE)

        def die(report: Report) -> None:
            if isinstance(report, Steps) and report.step == 7:
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            train(killed, report=die)
        (tmp_path / "killed.work" / "state.pt.tmp").write_bytes(b"half")
        train(killed)

        resumed = weights_of(tmp_path / "killed.work")
        assert all(torch.equal(unbroken[name], resumed[name]) for name in unbroken)

    def test_a_larger_budget_goes_on_from_before_the_cooldown(self, job: Make) -> None:
        """As if it had been there from the start; the old result is replaced."""
        reports: list[Report] = []
        first = train(job(keep_anyway=True))

        second = train(
            job(keep_anyway=True, budget=Budget(tokens=9000)), report=reports.append
        )

        notes = [report.text for report in reports if isinstance(report, Note)]
        note = next(text for text in notes if "going on" in text)
        begun = int(note.split("step ")[1].split(",")[0])
        assert first.steps / 2 - 1 <= begun < first.steps < second.steps
        assert second.folder == first.folder

    @pytest.mark.parametrize(
        ("changes", "complaint"),
        [
            (
                {"learning": dataclasses.replace(QUICK, rate=1e-3)},
                "learning rate was 0.002, now 0.001",
            ),
            ({"data": [Corpus("other", [], "other")]}, "data was"),
        ],
        ids=["settings", "data"],
    )
    def test_other_data_or_settings_are_refused(
        self, job: Make, changes: dict[str, Any], complaint: str
    ) -> None:
        """The result would be of neither run."""
        with pytest.raises(StoppedError):
            train(job(), stop=after(4))

        with pytest.raises(UsageError, match=complaint):
            train(job(**changes))

    def test_a_damaged_checkpoint_is_told(self, job: Make) -> None:
        """And no code in it is run."""
        with pytest.raises(StoppedError):
            train(job(), stop=after(4))
        state = Work(job().output).state
        state.write_bytes(state.read_bytes()[:1000])

        with pytest.raises(InputError, match="a damaged checkpoint"):
            train(job())


def test_bitexts_of_one_name_are_told_apart(job: Make, pairs: Pairs) -> None:
    """By their number in the command."""
    reports: list[Report] = []
    half = len(pairs) // 2
    data = [Corpus("a/x.tsv", pairs[:half], "1"), Corpus("b/x.tsv", pairs[half:], "2")]

    train(job(data=data, budget=Budget(tokens=500)), report=reports.append)

    found = [report for report in reports if isinstance(report, Validation)]
    assert [*found[-1].learnt] == ["x.tsv #1", "x.tsv #2"]


def test_reports_come_however_short_an_epoch_is(job: Make, pairs: Pairs) -> None:
    """By the clock, over the ends of epochs."""
    reports: list[Report] = []
    conduct = dataclasses.replace(CONDUCT, log_seconds=0.3, patience=0)
    few = job(data=[Corpus("few", pairs[:12], "few")], budget=Budget(tokens=8000))

    train(dataclasses.replace(few, conduct=conduct), report=reports.append)

    assert any(isinstance(report, Steps) for report in reports)


class TestOutput:
    def test_a_folder_of_something_else_is_left_alone(self, job: Make) -> None:
        """Somebody's model may be there."""
        job().output.mkdir()
        (job().output / "config.json").write_text("{}")

        with pytest.raises(UsageError, match="a folder with other files in it"):
            train(job())
        assert not Work(job().output).folder.exists()

    def test_a_bad_bitext_leaves_nothing(self, job: Make, tmp_path: Path) -> None:
        """No work folder either: the next try begins anew."""

        def bad() -> Any:
            yield ("Ja, das ist gut.", "Yes, that is good.")
            raise InputError("x.tsv", "3 columns", line=2)

        with pytest.raises(InputError, match=r"x\.tsv:2"):
            train(job(data=[Corpus("x.tsv", bad(), "x")]))
        assert list(tmp_path.iterdir()) == []

    def test_a_bitext_without_a_good_pair_is_told(self, job: Make) -> None:
        """With the reasons."""
        data = [Corpus("x.tsv", [("", ""), ("Ja", "")], "x")]

        with pytest.raises(InputError, match=r"no pair is left .*\(2 empty"):
            train(job(data=data))


def test_a_new_model_comes_from_nothing_but_pairs(pairs: Pairs, tmp_path: Path) -> None:
    """A vocabulary with <pad> as its last id, and a checkpoint for both engines."""
    scratch = Scratch(
        Architecture(32, 2, 1, 64, 4, positions=64), Vocabulary(size=330), "de", "en"
    )
    outcome = train(
        Job(
            output=tmp_path / "new",
            data=[Corpus("pairs", pairs, "p", 2.0, 1.0)],
            start=scratch,
            budget=Budget(tokens=6000),
            learning=dataclasses.replace(QUICK, rate=5e-3, short_first=0.2),
            conduct=CONDUCT,
            weights="float32",
        )
    )

    vocabulary = json.loads((outcome.folder / "vocab.json").read_bytes())
    config = json.loads((outcome.folder / "config.json").read_bytes())
    first, second = said_by_both(outcome.folder, ["Heute kauft die Frau das Buch."])
    assert outcome.accepted
    assert outcome.start_scores == {}
    assert vocabulary["<pad>"] == len(vocabulary) - 1 == config["pad_token_id"]
    assert "<0x41>" in vocabulary
    assert config["vocab_size"] == len(vocabulary) <= 330
    assert first == second
