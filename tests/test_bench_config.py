"""What a benchmark's configuration may say, and what is said of what it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from satzpaar.eval.bench.config_file import read_config
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

SETS = """\
test_sets:
  - name: small
    source: small.de
    reference: small.en
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "bench.yaml"
    path.write_text(text, encoding="utf-8")
    return path


class TestReadConfig:
    def test_combines_what_an_item_lists(self, tmp_path: Path) -> None:
        """An item of `systems` stands for all combinations of its lists."""
        path = written(
            tmp_path,
            "systems:\n"
            "  - engine: ctranslate2\n"
            "    compute_type: [int8, float32]\n"
            "    beam: [1, 4]\n"
            "  - engine: transformers\n" + SETS,
        )

        found = read_config(path)

        assert [system.name for system in found.systems] == [
            "ctranslate2 int8 beam 1",
            "ctranslate2 int8 beam 4",
            "ctranslate2 float32 beam 1",
            "ctranslate2 float32 beam 4",
            "transformers float32 beam 4",
        ]

    def test_names_what_varies(self, tmp_path: Path) -> None:
        """Threads are part of a name only where they tell systems apart."""
        path = written(tmp_path, "systems:\n  - threads: [1, 2]\n" + SETS)

        found = read_config(path)

        assert [system.name for system in found.systems] == [
            "ctranslate2 int8 beam 4 1 thread",
            "ctranslate2 int8 beam 4 2 threads",
        ]

    def test_a_second_look_may_be_left_out(self, tmp_path: Path) -> None:
        """By itself, to see what it gives."""
        path = written(tmp_path, "systems:\n  - once: [false, true]\n" + SETS)

        found = read_config(path)

        assert [(system.name, system.once) for system in found.systems] == [
            ("ctranslate2 int8 beam 4", False),
            ("ctranslate2 int8 beam 4 once", True),
        ]

    def test_segments_may_go_on_in_one_document(self, tmp_path: Path) -> None:
        """By itself, to see what context gives."""
        path = written(tmp_path, "systems:\n  - in_context: [false, true]\n" + SETS)

        found = read_config(path)

        assert [(system.name, system.in_context) for system in found.systems] == [
            ("ctranslate2 int8 beam 4", False),
            ("ctranslate2 int8 beam 4 in context", True),
        ]

    def test_fills_a_template_of_names(self, tmp_path: Path) -> None:
        """`name` may hold settings in braces."""
        path = written(
            tmp_path, 'systems:\n  - name: "b{beam}"\n    beam: [1, 2]\n' + SETS
        )

        found = read_config(path)

        assert [system.name for system in found.systems] == ["b1", "b2"]

    def test_finds_files_beside_itself(self, tmp_path: Path) -> None:
        """Paths are the configuration's, not the caller's."""
        path = written(tmp_path, "systems:\n  - beam: 1\n" + SETS)

        (found,) = read_config(path).test_sets

        assert found.source == tmp_path / "small.de"

    def test_finds_files_in_a_folder_of_data(self, tmp_path: Path) -> None:
        """The same configuration serves whoever keeps the test sets elsewhere."""
        path = written(tmp_path, "systems:\n  - beam: 1\n" + SETS)

        (found,) = read_config(path, tmp_path / "data").test_sets

        assert found.source == tmp_path / "data" / "small.de"

    def test_finds_models_beside_itself(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A folder, where there is one; else a name for `find_model`."""
        (tmp_path / "models" / "mine").mkdir(parents=True)
        path = written(
            tmp_path, "systems:\n  - model: [bundled, models/mine, A/b]\n" + SETS
        )
        monkeypatch.chdir("/")

        found = read_config(path)

        folder = str(tmp_path / "models" / "mine")
        assert [system.model for system in found.systems] == ["bundled", folder, "A/b"]
        assert [system.name.split()[0] for system in found.systems] == [
            "bundled",
            "mine",
            "b",
        ]

    def test_needs_no_system_where_outputs_are_given(self, tmp_path: Path) -> None:
        """Files of translations alone make a table of quality."""
        path = written(tmp_path, SETS + "    outputs: {mine: mine.en}\n")

        found = read_config(path)

        assert not found.systems
        assert found.test_sets[0].given == ("mine",)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("", "is empty", id="empty"),
        pytest.param("systems: [\n", ":2: is not YAML", id="not YAML"),
        pytest.param("systems: &a [*a]\n", ": is nested too", id="within itself"),
        pytest.param(
            "Ein Satz. " * 50,
            r":1: is 'Ein Satz\. [^\n]{40,60}…; keys with values are expected",
            id="a text",
        ),
        pytest.param("title: 2026-13-01\n", ":1: '2026-13-01': month", id="no date"),
        pytest.param(
            SETS + "systms: []\n",
            r":5: unknown key 'systms'; do you mean 'systems'\?",
            id="misspelt key",
        ),
        pytest.param(
            SETS + "systems:\n  - beem: 4\n",
            r":6: systems: unknown key 'beem'; do you mean 'beam'\?",
            id="misspelt key within",
        ),
        pytest.param(
            SETS + "systems:\n  - beam: many\n",
            ":6: systems: beam: is 'many'; a whole number is expected",
            id="no number",
        ),
        pytest.param(
            SETS + "systems:\n  - once: 1\n",
            ":6: systems: once: is 1; true or false is expected",
            id="neither true nor false",
        ),
        pytest.param(
            SETS + "systems:\n  - beam: 0\n", ":6: .*at least 1 is expected", id="zero"
        ),
        pytest.param(
            SETS + "systems:\n  - engine: marian\n",
            ":6: .*no engine 'marian'; one of ctranslate2, transformers",
            id="unknown engine",
        ),
        pytest.param(
            SETS + "systems:\n  - beam: [1, 1]\n",
            "two systems are called 'ctranslate2 int8 beam 1'",
            id="one system twice",
        ),
        pytest.param("systems:\n  - beam: 1\n", "no test_sets", id="no test set"),
        pytest.param(SETS, "no systems, and no test set has outputs", id="no system"),
        pytest.param(
            "test_sets:\n  - name: small\n",
            ":2: .*either load, or source and reference",
            id="test set of nothing",
        ),
        pytest.param(
            SETS + "title: one\ntitle: two\n",
            ":6: key 'title' is given twice",
            id="twice",
        ),
        pytest.param(
            SETS + "systems: [{beam: 1}]\nmetrics: [blue]\n",
            ":6: metrics: .*blue",
            id="unknown metric",
        ),
        pytest.param(
            SETS + "systems: [{beam: 1}]\nmeasure: {repeats: 2}\n",
            ":6: .*at least 3 is expected",
            id="too few repeats",
        ),
        pytest.param(
            SETS + "systems: [{beam: 1}]\nbaseline: main\n",
            ":6: baseline: no system is called 'main'",
            id="unknown baseline",
        ),
    ],
)
def test_names_what_is_wrong_and_its_line(
    tmp_path: Path, text: str, complaint: str
) -> None:
    """Whoever wrote the file finds the place at once."""
    path = written(tmp_path, text)

    with pytest.raises(InputError, match=complaint):
        read_config(path)
