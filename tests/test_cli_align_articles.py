"""`satzpaar align` with whole articles."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from satzpaar.alignments.tmx.validation import validate
from satzpaar.cli.main import main
from tests.mill import (
    places,
    written,
)

Captured = pytest.CaptureFixture[bytes]


ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "artikel.de.txt"
COUNTERPART = Path(__file__).parent / "data" / "align" / "bruecke.en.txt"
SEED_ARTICLE = ROOT.parent / "shared" / "data" / "articles" / "nordkorea.de.txt"

# Which segments of the example are rendered by which of its counterpart, written by
# hand. Segments 10 and 11 changed places there, which no path of beads can follow: at
# most one of the two can be paired, or both as one bead.
PAIRED = {
    *(("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5"), ("6", "6")),
    *(("7", "7 8"), ("8", "9"), ("9", "10"), ("12", "13"), ("13", "14"), ("14", "15")),
    *(("15", "16 17"), ("16", "18"), ("17", "19"), ("18 19", "20"), ("20", "21")),
}


class TestArticles:
    @pytest.mark.parametrize(
        ("evidence", "least"),
        [
            pytest.param([], 14, id="bundled model"),
            pytest.param(["--no-mt"], 12, id="no translation"),
        ],
    )
    def test_of_which_sentences_were_split_merged_and_moved(
        self, evidence: list[str], least: int, tmp_path: Path
    ) -> None:
        """A human's translation, found with a weak model and with none at all."""
        output = tmp_path / "pair.tmx"

        arguments = [str(EXAMPLE), str(COUNTERPART), "-o", str(output), *evidence]
        assert main(["align", *arguments]) == 0

        assert list(validate(output)) == []
        found = set(places(written(output)))
        assert len(found & PAIRED) >= least

    @pytest.mark.skipif(
        not SEED_ARTICLE.exists(), reason="shared/data is not here: no seed article"
    )
    def test_that_satzpaar_itself_translated(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The whole way: translate, edit the translation, align, validate."""
        monkeypatch.setenv("SATZPAAR_CACHE", str(tmp_path / "cache"))
        article = Path(shutil.copy(SEED_ARTICLE, tmp_path / "nordkorea.de.txt"))
        machine, edited = tmp_path / "machine.en.txt", tmp_path / "edited.en.txt"
        pairs, output = tmp_path / "machine.tmx", tmp_path / "pair.tmx"
        translate = ["translate", str(article), "-o", str(machine)]
        assert main([*translate, "--tmx", str(pairs)]) == 0
        translations = [unit.target.text for unit in written(pairs)]
        edited.write_text(by_hand(machine.read_text(encoding="utf-8"), translations))

        assert main(["align", str(article), str(edited), "-o", str(output)]) == 0

        assert list(validate(pairs)) == []
        assert list(validate(output)) == []
        # Of the untouched sentences each is found with its own source.
        expected = {(unit.source.text, unit.target.text) for unit in written(pairs)[9:]}
        found = {(unit.source.text, unit.target.text) for unit in written(output)}
        assert len(expected & found) >= 0.8 * len(expected)


def by_hand(text: str, translations: list[str]) -> str:
    """Merge, split and reorder sentences among the first nine of a translation."""
    second, third = translations[4:6]
    assert f"{second} {third}" in text
    text = text.replace(
        f"{second} {third}",
        f"{second.rstrip('.')}, and {third[0].lower()}{third[1:]}",
    )
    fourth, fifth = translations[6:8]
    assert f"{fourth} {fifth}" in text
    words = fourth.split()
    middle = len(words) // 2
    split = f"{' '.join(words[:middle])}. {' '.join(words[middle:]).capitalize()}"
    return text.replace(f"{fourth} {fifth}", f"{fifth} {split}")
