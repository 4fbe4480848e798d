"""The engines, against each other and against forced decoding."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
import torch

from satzpaar.translate.engine import DecodingOptions, Engine
from satzpaar.translate.engines import ENGINES, load_engine
from satzpaar.translate.errors import ModelError, UsageError
from satzpaar.translate.models import content_hash, find_model

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.engine import Hypothesis
    from satzpaar.translate.models import Model

LIMIT = 60  # target tokens; the sentences need half of it
GREEDY = DecodingOptions(beam_size=1)
BEAM = DecodingOptions(beam_size=4)


@pytest.fixture(scope="module")
def engines(tiny_model: Model) -> dict[str, Engine]:
    """Load every engine in float32 on the CPU."""
    return {
        name: load_engine(
            name, tiny_model, device="cpu", compute_type="float32", threads=1
        )
        for name in ENGINES
    }


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest, engines: dict[str, Engine]) -> Engine:
    """Give each engine in turn."""
    return engines[request.param]


def translate(
    engine: Engine,
    texts: list[str],
    options: DecodingOptions = BEAM,
    limit: int = LIMIT,
) -> list[Hypothesis]:
    """Tokenise and translate as one batch."""
    tokens = engine.tokenizer.tokenize(texts)
    return engine.translate_batch(tokens, options, max_target_tokens=limit)


class TestParity:
    @pytest.mark.parametrize(
        ("options", "number"),
        [
            pytest.param(GREEDY, 200, id="greedy"),
            pytest.param(BEAM, 200, id="beam 4"),
            pytest.param(DecodingOptions(4, length_penalty=0.6), 40, id="penalty"),
            pytest.param(DecodingOptions(4, no_repeat_ngram_size=4), 40, id="n-grams"),
        ],
    )
    def test_same_translations(
        self,
        engines: dict[str, Engine],
        tiny_sentences: list[str],
        options: DecodingOptions,
        number: int,
    ) -> None:
        """In float32 at least 99 of 100 outputs are the same, and so are the scores."""
        texts = tiny_sentences[:number]

        first, second = (
            translate(engine, texts, options) for engine in engines.values()
        )

        same = [
            (one, other)
            for one, other in zip(first, second, strict=True)
            if one.text == other.text
        ]
        assert len(same) >= 0.99 * number
        for one, other in same:
            assert one.score == pytest.approx(other.score, abs=1e-3)
            assert one.complete == other.complete

    def test_same_alternatives(
        self, engines: dict[str, Engine], tiny_sentences: list[str]
    ) -> None:
        """Different texts, the likeliest first, and the first as without them."""
        texts = tiny_sentences[:40]
        wider = DecodingOptions(4, alternatives=3)

        first, second = (translate(engine, texts, wider) for engine in engines.values())

        alone = translate(next(iter(engines.values())), texts)
        assert [one.text for one in first] == [one.text for one in alone]
        for one in (*first, *second):
            options = [one, *one.alternatives]
            assert len({option.text for option in options}) == len(options) == 4
            scores = [option.score for option in options]
            assert scores == sorted(scores, reverse=True)
            assert not any(option.alternatives for option in one.alternatives)
        same = sum(
            [each.text for each in one.alternatives]
            == [each.text for each in other.alternatives]
            for one, other in zip(first, second, strict=True)
        )
        assert same >= 0.7 * len(texts)

    def test_the_model_has_learnt_its_world(
        self, engine: Engine, tiny_folder: Path, tiny_sentences: list[str]
    ) -> None:
        """Parity on nonsense would prove little: the outputs are translations."""
        text = (tiny_folder / "sentences.en").read_text(encoding="utf-8")
        references = text.splitlines()[:50]

        found = translate(engine, tiny_sentences[:50])

        right = sum(
            hypothesis.text == reference
            for hypothesis, reference in zip(found, references, strict=True)
        )
        assert right >= 0.9 * 50


class TestScore:
    @pytest.mark.parametrize("penalty", [0.0, 0.6, 1.0, 1.5])
    @pytest.mark.parametrize("beam_size", [1, 3])
    def test_is_the_mean_over_the_tokens(
        self, engine: Engine, beam_size: int, penalty: float, tiny_model: Model
    ) -> None:
        """Whatever the penalty: log-probabilities by token, </s> counted."""
        options = DecodingOptions(beam_size=beam_size, length_penalty=penalty)
        source = "Am Montag sieht die Frau in Berlin zwei Karten."

        found = translate(engine, [source], options)[0]

        expected = forced_score(tiny_model, engine, source, found.text)
        assert found.score == pytest.approx(expected, abs=1e-3)


def test_the_model_says_with_which_penalty_it_is_best(
    tiny_folder: Path, tmp_path: Path, tiny_sentences: list[str]
) -> None:
    """By its generation_config.json, unless the options say another."""
    copy = shutil.copytree(tiny_folder, tmp_path / "copy")
    (copy / "generation_config.json").write_text('{"length_penalty": -4}')
    short = find_model(str(copy))
    usual = find_model(str(tiny_folder))

    for name in ENGINES:
        found = [
            [each.text for each in translate(load_engine(name, model), texts, options)]
            for texts in [tiny_sentences[:20]]
            for model, options in (
                (usual, DecodingOptions(4, length_penalty=-4.0)),
                (short, BEAM),
                (short, DecodingOptions(4, length_penalty=1.0)),
                (usual, BEAM),
            )
        ]
        assert found[0] == found[1] != found[2] == found[3]
    assert content_hash(short) != content_hash(usual)


def forced_score(model: Model, engine: Engine, source: str, target: str) -> float:
    """Score a translation with transformers' own forward pass, <pad> shut out."""
    import torch
    import transformers

    network = transformers.MarianMTModel.from_pretrained(model.folder, dtype="float32")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it recommends sacremoses
        tokenizer = transformers.MarianTokenizer.from_pretrained(model.folder)
    inputs = tokenizer(source, text_target=target, return_tensors="pt")
    with torch.no_grad():
        logits = network(**inputs).logits[0]  # (target_length, vocabulary)
    logits[:, tokenizer.pad_token_id] = float("-inf")
    chosen = logits.log_softmax(-1).gather(1, inputs["labels"].T)
    return float(chosen.mean())


class TestContract:
    def test_keeps_the_order_whatever_the_lengths(
        self, engine: Engine, tiny_sentences: list[str]
    ) -> None:
        """A sentence's translation does not depend on its neighbours."""
        texts = [*tiny_sentences[:7], "Heute.", *tiny_sentences[7:9]]
        alone = [translate(engine, [text])[0].text for text in texts]

        together = [found.text for found in translate(engine, texts)]

        assert together == alone

    def test_no_sources(self, engine: Engine) -> None:
        """An empty batch gives an empty list."""
        assert engine.translate_batch([], BEAM, max_target_tokens=LIMIT) == []

    @pytest.mark.parametrize("options", [GREEDY, BEAM], ids=["greedy", "beam"])
    def test_says_whether_the_limit_cut_it(
        self, engine: Engine, options: DecodingOptions
    ) -> None:
        """Complete from the very limit that the end token still fits into."""
        text = "Heute kauft der Mann ein Haus."
        whole = translate(engine, [text], options)[0]
        tokens = next(
            limit
            for limit in range(1, LIMIT)
            if translate(engine, [text], options, limit)[0].complete
        )

        exact = translate(engine, [text], options, tokens)[0]
        short = translate(engine, [text], options, tokens - 1)[0]

        assert whole.complete
        assert exact.text == whole.text
        assert not short.complete  # although no word of it may be missing

    def test_a_source_as_long_as_the_model_takes(self, engine: Engine) -> None:
        """Nothing is cut on the way in: the last word still matters."""
        longest = engine.model.max_source_tokens - 1
        tokens = engine.tokenizer.tokenize(["Heute kauft der Mann ein Haus. " * 20])[0]
        other = [*tokens[: longest - 1], "▁B"]

        first, second = engine.translate_batch(
            [tokens[:longest], other], GREEDY, max_target_tokens=LIMIT
        )

        assert first.score != second.score

    def test_the_whole_limit_of_the_model(self, engine: Engine) -> None:
        """Decoding to the last position the model has does not fail."""
        limit = engine.model.max_target_tokens
        options = dataclasses.replace(BEAM, length_penalty=5.0)

        found = translate(engine, ["Heute kauft"], options, limit)

        assert len(found) == 1

    def test_two_threads(self, engine: Engine, tiny_sentences: list[str]) -> None:
        """Callers side by side get what they would get alone."""
        batches = [tiny_sentences[start : start + 8] for start in range(0, 64, 8)]
        alone = [translate(engine, batch) for batch in batches]

        with ThreadPoolExecutor(2) as pool:
            together = list(pool.map(lambda batch: translate(engine, batch), batches))

        for one, other in zip(alone, together, strict=True):
            assert [found.text for found in one] == [found.text for found in other]

    def test_describes_itself(self, engine: Engine, tiny_model: Model) -> None:
        """What the pipeline reads from an engine."""
        assert engine.name in ENGINES
        assert engine.model is tiny_model
        assert engine.workers >= 1


class TestCTranslate2:
    def test_int8_is_the_default_on_a_cpu(
        self, tiny_model: Model, tiny_sentences: list[str], engines: dict[str, Engine]
    ) -> None:
        """Its outputs differ little; the benchmark says how much for a real model."""
        engine: Any = load_engine("ctranslate2", tiny_model, device="cpu")

        found = translate(engine, tiny_sentences, GREEDY)

        expected = translate(engines["ctranslate2"], tiny_sentences, GREEDY)
        same = sum(a.text == b.text for a, b in zip(found, expected, strict=True))
        assert engine.compute_type == "int8"
        assert same >= 0.9 * len(tiny_sentences)

    def test_one_caller_more_than_decoders(self, tiny_model: Model) -> None:
        """A batch waits in the queue while the decoders are busy."""
        assert load_engine("ctranslate2", tiny_model, threads=3).workers == 4

    def test_pytorch_keeps_its_threads(self, tiny_model: Model) -> None:
        """A training that had its start translated went on with one core."""
        before = torch.get_num_threads()
        torch.set_num_threads(2)
        try:
            engine = load_engine("ctranslate2", tiny_model)
            translate(engine, ["ein Test"])

            assert torch.get_num_threads() == 2
        finally:
            torch.set_num_threads(before)

    def test_never_says_pad(self, tiny_copy: Path, engines: dict[str, Engine]) -> None:
        """Where the pad row is not zero both engines still agree."""
        from safetensors.numpy import load_file, save_file

        path = tiny_copy / "model.safetensors"
        tensors = load_file(path)
        tensors["model.shared.weight"][-1] = 0.3
        save_file(tensors, path)
        model = find_model(str(tiny_copy))
        texts = ["Heute kauft der Mann ein Haus.", "Im Sommer sucht das Kind das Buch."]

        first, second = (
            translate(load_engine(name, model, compute_type="float32"), texts)
            for name in ENGINES
        )

        for one, other in zip(first, second, strict=True):
            assert one.text == other.text
            assert one.score == pytest.approx(other.score, abs=1e-3)


class TestTransformers:
    def test_bfloat16(self, tiny_model: Model) -> None:
        """Half the memory; on this small world the same sentence."""
        engine = load_engine("transformers", tiny_model, compute_type="bfloat16")

        found = translate(engine, ["Heute kauft der Mann ein Haus."])

        assert found[0].text == "The man buys a house today."

    def test_is_silent(self, tiny_folder: Path) -> None:
        """No progress bar, no warning: stderr is the user's."""
        program = (
            "import sys\n"
            "from satzpaar.translate.engine import DecodingOptions\n"
            "from satzpaar.translate.engines import load_engine\n"
            "from satzpaar.translate.models import find_model\n"
            "engine = load_engine('transformers', find_model(sys.argv[1]))\n"
            "tokens = engine.tokenizer.tokenize(['Heute kauft der Mann ein Haus.'])\n"
            "for beam in (1, 4):\n"
            "    found = engine.translate_batch(\n"
            "        tokens, DecodingOptions(beam), max_target_tokens=60)\n"
            "    print(found[0].text)\n"
        )

        done = subprocess.run(
            [sys.executable, "-P", "-c", program, str(tiny_folder)],
            capture_output=True,
            text=True,
            check=True,
        )

        assert done.stdout.splitlines() == ["The man buys a house today."] * 2
        assert done.stderr == ""

    def test_pickle_only_with_consent(
        self, tiny_copy: Path, engines: dict[str, Engine]
    ) -> None:
        """``pytorch_model.bin`` is not opened unless the user says so."""
        import torch
        from safetensors.torch import load_file

        path = tiny_copy / "model.safetensors"
        torch.save(load_file(path), tiny_copy / "pytorch_model.bin")
        path.unlink()
        with pytest.raises(ModelError, match="--allow-pickle"):
            find_model(str(tiny_copy))

        model = find_model(str(tiny_copy), allow_pickle=True)

        text = "Heute kauft der Mann ein Haus."
        for name in ENGINES:
            engine = load_engine(name, model, compute_type="float32")
            assert translate(engine, [text])[0].text == "The man buys a house today."


class TestLoadEngine:
    @pytest.mark.parametrize(
        ("name", "arguments", "complaint"),
        [
            ("marian", {}, "no engine 'marian'; one of ctranslate2, transformers"),
            ("ctranslate2", {"device": "tpu"}, "no device 'tpu'"),
            ("transformers", {"device": "tpu"}, "no device 'tpu'"),
            ("ctranslate2", {"compute_type": "int3"}, "compute type 'int3'"),
            ("transformers", {"compute_type": "int8"}, "compute type 'int8'"),
            ("ctranslate2", {"threads": 0}, "0 threads"),
        ],
    )
    def test_refuses(
        self, tiny_model: Model, name: str, arguments: dict[str, Any], complaint: str
    ) -> None:
        """A wrong choice is a wrong use, told in one line."""
        with pytest.raises(UsageError, match=complaint):
            load_engine(name, tiny_model, **({"device": "cpu"} | arguments))
