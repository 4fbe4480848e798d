"""The conversion for CTranslate2, against the library's own converter."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
import threading
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from satzpaar.translate.conversion import (
    conversion_folder,
    convert,
    is_converted,
    read_manifest,
    storage_for,
)
from satzpaar.translate.ctranslate2_format import positions, write_model
from satzpaar.translate.errors import ModelError
from satzpaar.translate.models import content_hash, find_model

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from satzpaar.translate.ctranslate2_format import Storage
    from satzpaar.translate.models import Model

DTYPES = ("<f4", "<i1", "<i2", "<i4", "<f2")


def read_variables(path: Path) -> dict[str, NDArray[Any]]:
    """Read every variable of a ``model.bin``, aliases resolved."""
    with path.open("rb") as file:

        def numbers(form: str) -> tuple[Any, ...]:
            return struct.unpack(form, file.read(struct.calcsize(form)))

        def text() -> str:
            return file.read(numbers("<H")[0])[:-1].decode()

        assert (*numbers("<I"), text(), *numbers("<I")) == (6, "TransformerSpec", 7)
        found = {}
        for _ in range(numbers("<I")[0]):
            name = text()
            shape = numbers(f"<{numbers('<B')[0]}I")
            dtype, size = numbers("<BI")
            found[name] = np.frombuffer(file.read(size), DTYPES[dtype]).reshape(shape)
        for _ in range(numbers("<I")[0]):
            name, other = text(), text()
            found[name] = found[other]
            if f"{other}_scale" in found:
                found[f"{name}_scale"] = found[f"{other}_scale"]
        assert file.read() == b""
    return found


def library_conversion(folder: Path, output: Path, quantization: str | None) -> Path:
    """Convert with CTranslate2's own converter."""
    from ctranslate2.converters import TransformersConverter

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # transformers recommends sacremoses
        converter = TransformersConverter(str(folder))
        converter.convert(str(output), quantization=quantization)
    return output


def plain_bundled(folder: Path) -> Model:
    """Copy the bundled model without what it says of its alignment head."""
    shutil.copytree(find_model().folder, folder)
    path = folder / "config.json"
    config = json.loads(path.read_bytes())
    del config["alignment_head"]
    path.write_text(json.dumps(config), encoding="utf-8")
    return find_model(str(folder))


class TestAgainstTheLibrary:
    @pytest.mark.parametrize(
        ("storage", "quantization"), [("float", None), ("int8", "int8")]
    )
    @pytest.mark.parametrize("which", ["tiny", "bundled"])
    def test_same_variables(
        self,
        which: str,
        storage: Storage,
        quantization: str,
        tiny_model: Model,
        tmp_path: Path,
    ) -> None:
        """Every variable has the name, shape and numbers of CTranslate2's.

        Where the alignment head is Marian's; the library knows of no other.
        """
        model = tiny_model if which == "tiny" else plain_bundled(tmp_path / "plain")
        theirs = library_conversion(model.folder, tmp_path / "theirs", quantization)
        (ours := tmp_path / "ours").mkdir()

        write_model(model, storage, ours)

        found = read_variables(ours / "model.bin")
        expected = read_variables(theirs / "model.bin")
        assert found.keys() == expected.keys()
        for name, value in expected.items():
            assert found[name].shape == value.shape, name
            # The library rounds the positions to the checkpoint's float16.
            tolerance = 1e-3 if name.endswith("encodings") else 0
            np.testing.assert_allclose(
                found[name].astype(np.float32), value, atol=tolerance, err_msg=name
            )
        for name in ("config.json", "shared_vocabulary.json"):
            assert json.loads((ours / name).read_bytes()) == json.loads(
                (theirs / name).read_bytes()
            )

    def test_the_positions_are_those_of_transformers(self, tiny_model: Model) -> None:
        """Sines and cosines in single precision."""
        import transformers

        from satzpaar.translate.checkpoint import read_config

        network = transformers.MarianMTModel.from_pretrained(
            tiny_model.folder, dtype="float32"
        )
        expected = network.model.encoder.embed_positions.weight.detach().numpy()

        found = positions(read_config(tiny_model.folder))

        np.testing.assert_allclose(found, expected, atol=1e-6)


class TestCheckpointVariants:
    def test_bfloat16_weights(self, tiny_copy: Path, tmp_path: Path) -> None:
        """Numpy has no bfloat16; the numbers arrive all the same."""
        import torch
        from safetensors.torch import load_file, save_file

        path = tiny_copy / "model.safetensors"
        tensors = {
            name: tensor.to(torch.bfloat16) for name, tensor in load_file(path).items()
        }
        save_file(tensors, path)

        write_model(find_model(str(tiny_copy)), "float", tmp_path)

        found = read_variables(tmp_path / "model.bin")["decoder/embeddings/weight"]
        expected = tensors["model.shared.weight"].float().numpy()[:-1]
        np.testing.assert_array_equal(found, expected)

    def test_separate_embeddings(self, tiny_copy: Path, tmp_path: Path) -> None:
        """Source, target and output matrix are told apart, the bias kept."""
        from safetensors.numpy import load_file, save_file

        path = tiny_copy / "model.safetensors"
        tensors = load_file(path)
        shared = tensors.pop("model.shared.weight")
        tensors["model.encoder.embed_tokens.weight"] = shared
        tensors["model.decoder.embed_tokens.weight"] = shared * np.float16(2)
        tensors["lm_head.weight"] = shared * np.float16(3)
        tensors["final_logits_bias"] = np.ones((1, len(shared)), np.float16)
        save_file(tensors, path)
        edit_json(
            tiny_copy / "config.json",
            share_encoder_decoder_embeddings=False,
            tie_word_embeddings=False,
        )

        write_model(find_model(str(tiny_copy)), "float", tmp_path)

        found = read_variables(tmp_path / "model.bin")
        for name, factor in (
            ("encoder/embeddings_0/weight", 1),
            ("decoder/embeddings/weight", 2),
            ("decoder/projection/weight", 3),
        ):
            np.testing.assert_array_equal(found[name], shared[:-1] * np.float16(factor))
        assert found["decoder/projection/bias"].tolist() == [1.0] * (len(shared) - 1)

    def test_a_pad_row_that_is_not_zero(self, tiny_copy: Path, tmp_path: Path) -> None:
        """The decoder starts from <pad>'s own vector, as in transformers."""
        from safetensors.numpy import load_file, save_file

        path = tiny_copy / "model.safetensors"
        tensors = load_file(path)
        tensors["model.shared.weight"][-1] = 0.5
        save_file(tensors, path)

        write_model(find_model(str(tiny_copy)), "float", tmp_path)

        found = read_variables(tmp_path / "model.bin")
        assert found["decoder/start_from_zero_embedding"] == 0
        assert len(found["decoder/embeddings/weight"]) == 96
        settings = json.loads((tmp_path / "config.json").read_bytes())
        assert settings["decoder_start_token"] == "<pad>"

    @pytest.mark.parametrize(
        ("changes", "complaint"),
        [
            ({"activation_function": "softmax"}, "activation_function 'softmax'"),
            ({"vocab_size": 95, "decoder_vocab_size": 95}, "shape"),
        ],
    )
    def test_refuses_what_it_cannot_convert(
        self, tiny_copy: Path, tmp_path: Path, changes: dict[str, Any], complaint: str
    ) -> None:
        """One line names the file."""
        edit_json(tiny_copy / "config.json", **changes)

        with pytest.raises(ModelError, match=complaint):
            write_model(find_model(str(tiny_copy)), "float", tmp_path)

    def test_refuses_a_vocabulary_of_another_model(
        self, tiny_copy: Path, tmp_path: Path
    ) -> None:
        """One token for each row of the weights, or ids would shift."""
        path = tiny_copy / "vocab.json"
        vocabulary = json.loads(path.read_bytes())
        vocabulary["more"] = len(vocabulary)
        path.write_text(json.dumps(vocabulary))

        with pytest.raises(ModelError, match=r"97 tokens, but the weights have 96"):
            write_model(find_model(str(tiny_copy)), "float", tmp_path)


class TestCache:
    def test_converts_once(
        self, tiny_model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The second start finds what the first has written."""
        monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path))
        before = is_converted(tiny_model)
        first = convert(tiny_model)
        changed = (first / "model.bin").stat().st_mtime_ns

        second = convert(tiny_model)

        assert not before
        assert is_converted(tiny_model)
        assert first == second == conversion_folder(tiny_model, "int8")
        assert content_hash(tiny_model) in first.parts
        assert (second / "model.bin").stat().st_mtime_ns == changed

    @pytest.mark.parametrize("damage", ["cut", "gone", "no manifest"])
    def test_makes_a_damaged_one_again(
        self,
        tiny_model: Model,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        damage: str,
    ) -> None:
        """A half conversion is never used, whatever left it behind."""
        monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path))
        folder = convert(tiny_model)
        whole = (folder / "model.bin").read_bytes()
        if damage == "cut":
            (folder / "model.bin").write_bytes(whole[:1000])
        else:
            name = "model.bin" if damage == "gone" else "satzpaar.json"
            (folder / name).unlink()
        assert not is_converted(tiny_model)

        convert(tiny_model)

        assert (folder / "model.bin").read_bytes() == whole
        assert read_manifest(folder) is not None

    def test_a_failure_leaves_nothing(
        self, tiny_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Neither a folder that looks whole nor a temporary one stays behind."""
        monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path / "cache"))
        edit_json(tiny_copy / "config.json", activation_function="softmax")
        model = find_model(str(tiny_copy))

        with pytest.raises(ModelError):
            convert(model)

        left = conversion_folder(model, "int8").parent.iterdir()
        assert [path.name for path in left if path.suffix != ".lock"] == []

    def test_many_at_once_share_one(
        self, tiny_model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Later ones wait for the first, then find its work."""
        monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path))
        found: list[Path] = []
        threads = [
            threading.Thread(target=lambda: found.append(convert(tiny_model)))
            for _ in range(6)
        ]

        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(found) == 6
        assert len(set(found)) == 1
        assert is_converted(tiny_model)

    def test_a_place_that_cannot_be_written(
        self, tiny_model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The line says where it was to be written and how to choose another place."""
        (tmp_path / "file").write_text("in the way")
        monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path / "file"))

        with pytest.raises(ModelError, match="SATZPAAR_CACHE") as raised:
            convert(tiny_model)

        assert str(tmp_path / "file") in str(raised.value)
        assert "\n" not in str(raised.value)

    @pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux has /dev/full")  # noqa: PTH110
    def test_a_full_disk(
        self, tiny_model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """No space left is one line too, and nothing that looks whole stays."""
        import satzpaar.translate.ctranslate2_format as module

        monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path))

        def full(*arguments: object) -> None:
            with open("/dev/full", "wb", buffering=0) as file:  # noqa: PTH123
                file.write(b"x")

        monkeypatch.setattr(module, "_write_binary", full)

        with pytest.raises(ModelError, match=r"No space left.*SATZPAAR_CACHE"):
            convert(tiny_model)

        assert not is_converted(tiny_model)

    def test_compute_types_share_two_files(self) -> None:
        """All the int8 kinds load one file, all others the other."""
        kinds = ("int8", "int8_float32", "int8_bfloat16", "float32", "float16")

        assert [storage_for(kind) for kind in kinds] == ["int8"] * 3 + ["float"] * 2


def test_needs_neither_torch_nor_transformers(
    tiny_folder: Path, tmp_path: Path
) -> None:
    """Not even the first translation, conversion and all, loads them."""
    program = """
import sys
from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.engines import load_engine
from satzpaar.translate.models import find_model

engine = load_engine("ctranslate2", find_model(sys.argv[1]), threads=1)
tokens = engine.tokenizer.tokenize(["Heute kauft der Mann ein Haus."])
print(engine.translate_batch(tokens, DecodingOptions(), max_target_tokens=60)[0].text)
heavy = {"torch", "transformers", "huggingface_hub", "safetensors"} & set(sys.modules)
print(heavy or "none")
"""

    done = subprocess.run(
        [sys.executable, "-P", "-c", program, str(tiny_folder)],
        env=os.environ | {"SATZPAAR_CACHE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines() == ["The man buys a house today.", "none"]
    assert done.stderr == ""


def edit_json(path: Path, **changes: object) -> None:
    """Change keys of a JSON file."""
    content = json.loads(path.read_bytes())
    path.write_text(json.dumps(content | changes))
