"""Checkpoints that are damaged, foreign or unusual."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest

from satzpaar.translate.errors import ModelError
from satzpaar.translate.models import find_model
from satzpaar.translate.tensors import TensorFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def cut_weights(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-10])


def cut_header(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:100])


def garbage_weights(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", 9) + b"not JSON!")


def pointer(name: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        text = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
        (folder / name).write_text(text)

    return write


def remove(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def config(**changes: object) -> Callable[[Path], None]:
    return lambda folder: edit_json(folder / "config.json", **changes)


def text(name: str, content: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / name).write_text(content)

    return write


def drop_tensor(folder: Path) -> None:
    from safetensors.numpy import load_file, save_file

    tensors = load_file(folder / "model.safetensors")
    del tensors["model.decoder.layers.1.fc1.bias"]
    save_file(tensors, folder / "model.safetensors")


class TestDamaged:
    @pytest.mark.parametrize(
        ("damage", "file", "complaint"),
        [
            (remove("config.json"), "config.json", "missing"),
            (remove("vocab.json"), "vocab.json", "missing"),
            (remove("source.spm"), "source.spm", "missing"),
            (remove("target.spm"), "target.spm", "missing"),
            (remove("model.safetensors"), "model.safetensors", "missing"),
            (text("config.json", "{"), "config.json", "not JSON"),
            (text("config.json", "[]"), "config.json", "JSON object"),
            (pointer("config.json"), "config.json", "git-LFS pointer"),
            (pointer("model.safetensors"), "model.safetensors", "git-LFS pointer"),
            (config(model_type="bart"), "config.json", "model_type is 'bart'"),
            (config(d_model=None), "config.json", "d_model is None"),
            (config(d_model=50), "config.json", "4 heads"),
            (config(d_model=96), "model.safetensors", r"\[96, 48\].*\[96, 96\]"),
            (config(encoder_layers=3), "model.safetensors", r"no model\.encoder"),
            (config(vocab_size=90), "model.safetensors", r"\[96, 48\].*\[90, 48\]"),
            (drop_tensor, "model.safetensors", r"no model\.decoder\.layers\.1\.fc1"),
            (cut_weights, "model.safetensors", "cut short"),
            (cut_header, "model.safetensors", "cut short"),
            (text("model.safetensors", ""), "model.safetensors", "cut short"),
            (garbage_weights, "model.safetensors", "not a safetensors file"),
            (
                text("tokenizer_config.json", '{"model_max_length": "many"}'),
                "tokenizer_config.json",
                "model_max_length is 'many'",
            ),
        ],
    )
    def test_is_refused(
        self, tiny_copy: Path, damage: Callable[[Path], None], file: str, complaint: str
    ) -> None:
        """One line names the file, what is wrong, and what was expected."""
        damage(tiny_copy)

        with pytest.raises(ModelError, match=complaint) as raised:
            find_model(str(tiny_copy))

        assert str(raised.value).startswith(str(tiny_copy / file))
        assert "\n" not in str(raised.value)

    def test_pickled_weights(self, tiny_copy: Path) -> None:
        """The line says both ways out: a revision with safetensors, or consent."""
        (tiny_copy / "model.safetensors").rename(tiny_copy / "pytorch_model.bin")

        with pytest.raises(ModelError, match=r"OWNER/NAME@refs/pr/N.*--allow-pickle"):
            find_model(str(tiny_copy))


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("dictionary_overrules", "overruled"),
        ("reads_context", "reads_context"),
        ("plain_idioms", "plain_idioms"),
    ],
)
class TestOurKeys:
    """Whether a dictionary may overrule a model's words, and whether it is asked."""

    def test_models_that_do_not_say_have_neither(
        self, tiny_copy: Path, key: str, field: str
    ) -> None:
        """Most know words better, and nobody has tried the other."""
        assert not getattr(find_model(str(tiny_copy)), field)

    def test_ours_has_both(self, key: str, field: str) -> None:
        """It is small."""
        assert getattr(find_model("bundled"), field)

    def test_what_is_no_answer(self, tiny_copy: Path, key: str, field: str) -> None:
        """With what is expected."""
        edit_json(tiny_copy / "config.json", **{key: "yes"})

        with pytest.raises(ModelError, match="is 'yes', but true or false is expected"):
            find_model(str(tiny_copy))

    def test_training_hands_it_on(
        self, tiny_copy: Path, tmp_path: Path, key: str, field: str
    ) -> None:
        """What is learnt does not make a weak model a strong one."""
        export = pytest.importorskip("satzpaar.translate.training.export")
        networks = pytest.importorskip("satzpaar.translate.training.network")
        edit_json(tiny_copy / "config.json", **{key: True})
        start = find_model(str(tiny_copy))
        network = networks.load_network(start)
        state = networks.Averages(network).state()

        export.export(network, state, start, tmp_path / "new", kind="float32")

        assert getattr(find_model(str(tmp_path / "new")), field)


def test_float64_weights(tiny_copy: Path) -> None:
    """Double precision is read as single."""
    from safetensors.numpy import load_file, save_file

    path = tiny_copy / "model.safetensors"
    tensors = {
        name: value.astype(np.float64) for name, value in load_file(path).items()
    }
    save_file(tensors, path)

    found = TensorFile(path).tensor("model.shared.weight")

    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, tensors["model.shared.weight"])


def edit_json(path: Path, **changes: object) -> None:
    """Change keys of a JSON file."""
    content = json.loads(path.read_bytes())
    path.write_text(json.dumps(content | changes))
