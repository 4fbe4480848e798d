"""Models by name: found, described, and refused with one clear line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import satzpaar.translate
from satzpaar.translate.conversion import convert
from satzpaar.translate.errors import ModelError, SatzpaarError, UsageError
from satzpaar.translate.models import (
    cache_folder,
    content_hash,
    download_model,
    find_model,
    list_models,
    model_info,
)

# A published model's configuration; its weights and pieces are not here.
OPUS = Path(__file__).parents[2] / "shared" / "data" / "opus-mt-de-en"


class TestFindModel:
    def test_bundled_is_the_default(self) -> None:
        """No name and no network are needed for the model that we ship."""
        model = find_model()

        assert model.name == "bundled"
        assert model.folder == Path(satzpaar.translate.__file__).parent / "bundled"
        assert (model.source_language, model.target_language) == ("de", "en")
        assert model.normalization == "none"

    def test_a_folder(self, tiny_folder: Path) -> None:
        """Limits and languages come from the checkpoint."""
        model = find_model(str(tiny_folder))

        assert model.folder == tiny_folder
        assert (model.source_language, model.target_language) == ("de", "en")
        assert (model.max_source_tokens, model.max_target_tokens) == (64, 96)

    def test_a_tokenizer_without_a_limit(self, tiny_copy: Path) -> None:
        """Without a limit of its own, or with an endless one, the positions count."""
        (tiny_copy / "tokenizer_config.json").write_text('{"model_max_length": 1e30}')

        assert find_model(str(tiny_copy)).max_source_tokens == 96

        (tiny_copy / "tokenizer_config.json").unlink()
        model = find_model(str(tiny_copy))
        assert model.max_source_tokens == 96
        assert model.source_language is None

    @pytest.mark.parametrize(
        ("name", "languages"),
        [
            ("opus-mt-de-en", ("de", "en")),
            ("opus-mt-tc-big-fi-en", ("fi", "en")),
            ("opus-mt-tc-base-gmw-gmw", ("gmw", "gmw")),
        ],
    )
    def test_a_published_model_by_its_folder(
        self, tiny_copy: Path, name: str, languages: tuple[str, str]
    ) -> None:
        """OPUS-MT names the pair in its name, and wants Moses' punctuation."""
        (tiny_copy / "tokenizer_config.json").unlink()
        folder = tiny_copy.rename(tiny_copy.with_name(name))

        model = find_model(str(folder))

        assert (model.source_language, model.target_language) == languages
        assert model.normalization == "moses"

    def test_a_published_model_by_its_origin(self, tiny_copy: Path) -> None:
        """A copy under another name still says where it came from."""
        edit_json(tiny_copy / "config.json", _name_or_path="Helsinki-NLP/opus-mt-de-en")

        assert find_model(str(tiny_copy)).normalization == "moses"

    @pytest.mark.parametrize("text", ['"1.2"', "true", "NaN", "Infinity", "[1]"])
    def test_a_length_penalty_that_is_none(self, tiny_copy: Path, text: str) -> None:
        """It says where, and what is expected."""
        path = tiny_copy / "generation_config.json"
        path.write_text(f'{{"length_penalty": {text}}}')

        with pytest.raises(
            ModelError, match=r"length_penalty is .* a number is expect"
        ):
            find_model(str(tiny_copy))

    @pytest.mark.skipif(not OPUS.is_dir(), reason="the data folder is not here")
    def test_a_published_configuration(self, tiny_copy: Path) -> None:
        """Helsinki's own files are read; only weights and pieces are missed."""
        with pytest.raises(ModelError, match=r"source\.spm: missing"):
            find_model(str(OPUS))

    def test_needs_no_heavy_library(self) -> None:
        """To find the bundled model costs no import worth the name."""
        program = (
            "import sys; from satzpaar.translate.models import find_model; "
            "find_model(); print({'torch', 'transformers', 'ctranslate2', 'numpy', "
            "'huggingface_hub'} & set(sys.modules) or 'none')"
        )

        done = subprocess.run(
            [sys.executable, "-P", "-c", program], capture_output=True, text=True
        )

        assert done.stdout.strip() == "none", done.stderr


class TestRefuses:
    @pytest.mark.parametrize(
        ("name", "kind", "complaint"),
        [
            ("bundeld", UsageError, "no model 'bundeld'"),
            ("", UsageError, "no model ''"),
            ("./no/such/folder", ModelError, "no such folder"),
            ("/no/such/folder", ModelError, "no such folder"),
            (__file__, ModelError, "a file; a model's folder is expected"),
        ],
    )
    def test_names_of_nothing(
        self, name: str, kind: type[SatzpaarError], complaint: str
    ) -> None:
        """A slip of the pen is told apart from a model that is not there."""
        with pytest.raises(kind, match=complaint):
            find_model(name)


@pytest.fixture
def hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty Hugging Face cache of its own, and no network."""
    import huggingface_hub.constants

    folder = tmp_path / "huggingface" / "hub"
    monkeypatch.setenv("HF_HUB_CACHE", str(folder))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(folder))
    return folder


def put_into_cache(hub_cache: Path, name: str, checkpoint: Path) -> Path:
    """Lay a checkpoint out as huggingface_hub does."""
    repository = hub_cache / f"models--{name.replace('/', '--')}"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text("0" * 40)
    shutil.copytree(checkpoint, repository / "snapshots" / ("0" * 40))
    return repository / "snapshots" / ("0" * 40)


class TestHub:
    NAME = "Helsinki-NLP/opus-mt-de-en"

    def test_a_cached_model_needs_no_network(
        self, hub_cache: Path, tiny_folder: Path
    ) -> None:
        """What was downloaded once is found offline."""
        folder = put_into_cache(hub_cache, self.NAME, tiny_folder)

        model = find_model(self.NAME)

        assert model.folder == folder
        assert model.name == self.NAME
        assert model.normalization == "moses"

    def test_a_revision(self, hub_cache: Path, tiny_folder: Path) -> None:
        """A commit or a pull request can be named after an @."""
        folder = put_into_cache(hub_cache, self.NAME, tiny_folder)
        (reference := folder.parents[1] / "refs" / "refs" / "pr").mkdir(parents=True)
        (reference / "7").write_text("0" * 40)

        assert find_model(f"{self.NAME}@refs/pr/7").folder == folder
        assert find_model(f"{self.NAME}@{'0' * 40}").folder == folder

    @pytest.mark.parametrize("name", [NAME, f"{NAME}@main"])
    def test_not_cached_and_offline(self, hub_cache: Path, name: str) -> None:
        """One line says what to do on a machine that has a network."""
        with pytest.raises(ModelError, match=f"satzpaar models download {name}"):
            find_model(name)

    def test_not_cached_and_the_hub_out_of_reach(
        self, hub_cache: Path, tmp_path: Path
    ) -> None:
        """A dead network gives the same line, no traceback of the library's."""
        program = (
            "import sys\n"
            "from satzpaar.translate.errors import ModelError\n"
            "from satzpaar.translate.models import find_model\n"
            "try:\n"
            "    find_model(sys.argv[1])\n"
            "except ModelError as error:\n"
            "    print(error)\n"
        )
        environment = os.environ | {
            "HF_HUB_OFFLINE": "0",
            "HF_HUB_CACHE": str(hub_cache),
            "HF_ENDPOINT": "http://127.0.0.1:9",  # the discard port: nobody listens
        }

        done = subprocess.run(
            [sys.executable, "-P", "-c", program, self.NAME],
            env=environment,
            capture_output=True,
            text=True,
        )

        assert "the hub cannot be reached" in done.stdout, done.stderr
        assert "satzpaar models download" in done.stdout
        assert done.stdout.count("\n") == 1

    def test_offline_by_argument(
        self, hub_cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The caller's word counts before the environment's."""
        monkeypatch.setenv("HF_HUB_OFFLINE", "0")

        with pytest.raises(ModelError, match="may not be asked"):
            find_model(self.NAME, offline=True)

    def test_cached_in_part(self, hub_cache: Path, tiny_folder: Path) -> None:
        """Offline, what is missing is named."""
        folder = put_into_cache(hub_cache, self.NAME, tiny_folder)
        (folder / "source.spm").unlink()

        with pytest.raises(ModelError, match=r"source\.spm: missing"):
            find_model(self.NAME)

    def test_download_of_no_hub_id(self) -> None:
        """A folder cannot be downloaded."""
        with pytest.raises(UsageError, match="OWNER/NAME is expected"):
            download_model("bundled")


class TestDescriptions:
    def test_list(self, hub_cache: Path, tiny_folder: Path) -> None:
        """The bundled model and the Marian models of the cache, others left out."""
        put_into_cache(hub_cache, TestHub.NAME, tiny_folder)
        foreign = put_into_cache(hub_cache, "someone/bert", tiny_folder)
        edit_json(foreign / "config.json", model_type="bert")

        found = list_models()

        assert [model.name for model in found] == ["bundled", TestHub.NAME]
        assert [model.place for model in found] == ["bundled", "hub cache"]
        assert found[1].size > 200_000

    def test_list_knows_what_is_converted(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The first run with CTranslate2 changes the answer."""
        monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path))
        before = list_models()[0].converted

        convert(find_model())

        assert not before
        assert list_models()[0].converted

    def test_info(self, tiny_folder: Path) -> None:
        """What the files say, counted independently."""
        from safetensors.numpy import load_file

        model = find_model(str(tiny_folder))
        tensors = load_file(tiny_folder / "model.safetensors")

        info = model_info(model)

        assert info.parameters == sum(tensor.size for tensor in tensors.values())
        assert (info.encoder_layers, info.decoder_layers) == (2, 2)
        assert (info.model_width, info.heads, info.vocabulary) == (48, 4, 96)
        assert info.content_hash == content_hash(model)


class TestContentHash:
    def test_is_of_the_content(self, tiny_folder: Path, tiny_copy: Path) -> None:
        """A copy elsewhere is the same model; its conversion is shared."""
        first = content_hash(find_model(str(tiny_folder)))

        assert content_hash(find_model(str(tiny_copy))) == first

    @pytest.mark.parametrize(
        "name", ["model.safetensors", "vocab.json", "source.spm", "config.json"]
    )
    def test_changes_with_every_file(self, tiny_copy: Path, name: str) -> None:
        """One byte, with the size and even a remembered hash unchanged."""
        model = find_model(str(tiny_copy))
        before = content_hash(model)
        content = bytearray((tiny_copy / name).read_bytes())
        content[-2] ^= 1

        (tiny_copy / name).write_bytes(content)

        assert content_hash(model) != before

    def test_is_remembered(
        self, tiny_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A later start does not read the weights again."""
        monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path / "cache"))
        model = find_model(str(tiny_copy))
        first = content_hash(model)
        path = tiny_copy / "model.safetensors"
        times = path.stat().st_atime_ns, path.stat().st_mtime_ns
        path.write_bytes(bytes(path.stat().st_size))
        os.utime(path, ns=times)

        assert content_hash(model) == first

    def test_without_a_cache_it_is_counted_again(
        self, tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A cache that cannot be written costs time, nothing else."""
        model = find_model(str(tiny_folder))
        expected = content_hash(model)
        (tmp_path / "file").touch()
        monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path / "file"))

        assert content_hash(model) == expected


def test_the_cache_folder_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """SATZPAAR_CACHE, else the place that the system has for caches."""
    monkeypatch.setenv("SATZPAAR_CACHE", "~/elsewhere")
    assert cache_folder() == Path.home() / "elsewhere"

    monkeypatch.delenv("SATZPAAR_CACHE")
    assert cache_folder().name == "satzpaar"


def edit_json(path: Path, **changes: object) -> None:
    """Change keys of a JSON file."""
    content = json.loads(path.read_bytes())
    path.write_text(json.dumps(content | changes))
