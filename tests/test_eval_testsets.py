"""Test sets kept under names, and what training data know of them."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

import pytest

from satzpaar.eval import Reference, SystemOutput, TestSet, load_testset, registry
from satzpaar.eval.contamination import checked_sides, find_contamination
from satzpaar.translate.errors import InputError, SatzpaarError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TESTSET = TestSet(
    "news",
    (Reference("A", ("He came.", "She saw it.")), Reference("B", ("He did.", ""))),
    sources=("Er kam.", "Sie sah es."),
    documents=("d1", "d1"),
    source_language="de",
    target_language="en",
    systems=(SystemOutput("my system", ("He comes.", "She sees.")),),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SATZPAAR_TESTSETS", str(tmp_path / "testsets"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "testsets"


class TestRegistry:
    def test_keeps_a_test_set_under_a_name(self) -> None:
        """All its texts come back, to the content hash."""
        registry.import_testset("mine", TESTSET, origin="somewhere")

        found = load_testset("mine")

        assert found.content_hash == TESTSET.content_hash
        assert found.reference_names == ("A", "B")
        assert found.documents == ("d1", "d1")
        assert found.systems[0].hypotheses == TESTSET.systems[0].hypotheses
        (stored,) = registry.stored_testsets()
        assert (stored.name, stored.segments, stored.origin) == ("mine", 2, "somewhere")

    def test_notices_a_changed_file(self, folder: Path) -> None:
        """Scores on a silently edited test set compare with nothing."""
        stored = registry.import_testset("mine", TESTSET, origin="x")
        changed = folder / "mine.de-en" / "mine.ref.A.en"
        changed.write_text("He came!\nShe saw it.\n")

        (complaint,) = registry.verify(stored)

        assert "mine.ref.A.en: fails its checksum: SHA-256 " in str(complaint)
        with pytest.raises(InputError, match="fails its checksum"):
            load_testset("mine")

    def test_notices_a_missing_file(self, folder: Path) -> None:
        """And says which."""
        stored = registry.import_testset("mine", TESTSET, origin="x")
        (folder / "mine.de-en" / "mine.docs").unlink()

        (complaint,) = registry.verify(stored)

        assert str(complaint).endswith("mine.docs: no such file")

    def test_replaces_only_when_asked_to(self) -> None:
        """Else the name is taken."""
        registry.import_testset("mine", TESTSET, origin="x")

        with pytest.raises(UsageError, match="mine is there already; --replace"):
            registry.import_testset("mine", TESTSET, origin="y")
        stored = registry.import_testset("mine", TESTSET, origin="y", replace=True)
        assert stored.origin == "y"

    def test_leaves_nothing_of_a_failure(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A full disk half way through."""

        def files(*_: object) -> Iterator[tuple[str, tuple[str, ...]]]:
            yield "mine.src.de", ("Ja.",)
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(registry, "_files", files)

        with pytest.raises(OSError, match="No space left"):
            registry.import_testset("mine", TESTSET, origin="x")

        assert list(folder.iterdir()) == []

    @pytest.mark.parametrize("name", ["", "../mine", ".mine", "a/b"])
    def test_refuses_names_that_are_paths(self, name: str) -> None:
        """What is kept stays in its folder."""
        with pytest.raises(UsageError, match="a name of letters"):
            registry.import_testset(name, TESTSET, origin="x")

    def test_refuses_a_foreign_manifest(self, folder: Path) -> None:
        """Also one whose files lie elsewhere."""
        stored = registry.import_testset("mine", TESTSET, origin="x")
        manifest = stored.folder / "testset.json"
        text = manifest.read_text()

        manifest.write_text(text.replace("mine.docs", "../mine.docs"))

        ((name, error),) = registry.damaged_testsets()
        assert name == "mine"
        assert "no manifest of a test set" in str(error)
        assert registry.stored_testsets() == []
        with pytest.raises(InputError, match="no manifest of a test set"):
            load_testset("mine")

    @pytest.mark.parametrize(
        ("key", "value"),
        [("languages", ["de"]), ("files", 1), ("references", None), ("segments", "x")],
    )
    def test_refuses_a_manifest_that_holds_something_else(
        self, folder: Path, key: str, value: object
    ) -> None:
        """Its values are checked, not only its keys."""
        stored = registry.import_testset("mine", TESTSET, origin="x")
        manifest = stored.folder / "testset.json"

        manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {key: value}))

        ((_, error),) = registry.damaged_testsets()
        assert "no manifest of a test set" in str(error)

    def test_says_what_is_missing_offline(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One line, with the other way to get it."""

        def refused(*_: object, **__: object) -> None:
            raise socket.gaierror(-2, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", refused)
        monkeypatch.setattr("sacrebleu.dataset.DATASETS", _empty_cache(tmp_path))

        with pytest.raises(SatzpaarError) as caught:
            registry.fetch("wmt17", ("de", "en"))

        assert str(caught.value).startswith(
            "wmt17: cannot be fetched (Name or service not known); the network is "
            "needed once, or `satzpaar eval testset import wmt17 FOLDER`"
        )

    def test_knows_what_sacrebleu_has(self) -> None:
        """For a language pair."""
        assert "wmt23" in registry.sacrebleu_names(("de", "en"))
        with pytest.raises(UsageError, match="sacreBLEU has no test set 'wmt99'"):
            registry.fetch("wmt99", ("de", "en"))


def _empty_cache(folder: Path) -> dict[str, object]:
    """SacreBLEU's test sets, as they are where none was fetched yet."""
    from copy import copy

    from sacrebleu.dataset import DATASETS

    dataset = copy(DATASETS["wmt17"])
    dataset._outdir, dataset._rawdir = str(folder / "out"), str(folder / "raw")
    return {"wmt17": dataset}


LONG = "the committee will meet again on monday to discuss the plan for next year"


class TestFindContamination:
    def test_finds_whole_segments(self) -> None:
        """Whatever their case and punctuation."""
        testset = TestSet(
            "t",
            (Reference("A", ("He saw the old house.", "She left.")),),
            sources=("Er sah das alte Haus.", "Sie ging."),
        )
        training = [("x", "y"), ("Er sah das Haus.", "he saw THE old house")]

        found = find_contamination(testset, training)

        (only,) = found.found
        assert (only.segment, only.side, only.whole) == (0, "reference", True)
        assert (only.place, found.pairs) == (2, 2)
        assert found.clean_segments() == [1]

    def test_finds_runs_of_words_within_longer_text(self) -> None:
        """Half of the segment stands in the middle of something else."""
        testset = TestSet("t", (Reference("A", (LONG, "other words entirely, here")),))
        training = [("", f"he said {LONG.rsplit(' ', 1)[0]} and more")]

        found = find_contamination(testset, training, length=13)

        (only,) = found.found
        assert (only.whole, only.share) == (False, 0.5)
        assert found.count("reference", whole=False) == 1
        assert found.count("reference", whole=True) == 0

    def test_takes_short_segments_for_chance(self) -> None:
        """A mere "Yes, of course." is in all training data."""
        testset = TestSet("t", (Reference("A", ("Yes, of course.",)),))

        found = find_contamination(testset, [("Ja.", "Yes, of course.")])

        assert found.found == ()

    def test_reads_the_training_data_once(self) -> None:
        """A stream of any length; only the test set is kept."""
        testset = TestSet("t", (Reference("A", (LONG,)),))

        found = find_contamination(testset, (("a", f"b {n}") for n in range(1000)))

        assert (found.pairs, found.found) == (1000, ())

    def test_says_what_was_looked_for(self) -> None:
        """Of sources that the test set lacks, none found means nothing."""
        without = TestSet("t", (Reference("A", (LONG,)),))
        with_sources = TestSet("t", without.references, sources=("Ja.",))

        assert find_contamination(without, []).sides == ("reference",)
        assert find_contamination(with_sources, []).sides == ("source", "reference")

    def test_refuses_runs_that_say_nothing(self) -> None:
        """Three words are everywhere."""
        testset = TestSet("t", (Reference("A", (LONG,)),))

        with pytest.raises(UsageError, match="runs of 3 words are everywhere"):
            find_contamination(testset, [], length=3)


class TestCheckedSides:
    GERMAN = "Das ist nicht der Hund und die Katze von nebenan."
    ENGLISH = "It is not the dog and the cat of that man."

    @pytest.mark.parametrize(
        ("pair", "complaint"),
        [
            ((ENGLISH, GERMAN), "x.tsv: its sources read as en, de is expected"),
            ((GERMAN, GERMAN), "x.tsv: its targets read as de, en is expected"),
        ],
    )
    def test_refuses_swapped_sides(self, pair: tuple[str, str], complaint: str) -> None:
        """Nothing would be found in them: a clean bill for nothing."""
        with pytest.raises(InputError, match=complaint):
            list(checked_sides([pair] * 4, ("de", "en"), place="x.tsv"))

    @pytest.mark.parametrize(
        ("pair", "languages"),
        [
            ((GERMAN, ENGLISH), ("de", "en")),
            (("1", "2"), ("de", "en")),
            ((ENGLISH, GERMAN), ("cs", "uk")),
        ],
    )
    def test_passes_on_what_may_be_right(
        self, pair: tuple[str, str], languages: tuple[str, str]
    ) -> None:
        """Also texts and languages that it cannot tell."""
        pairs = list(checked_sides([pair] * 4, languages, place="x.tsv"))

        assert pairs == [pair] * 4

    def test_streams(self) -> None:
        """It reads ahead, but not to the end."""
        endless = ((self.GERMAN, f"{self.ENGLISH} {n}") for n in range(10**9))

        pairs = checked_sides(endless, ("de", "en"), place="x.tsv")

        assert next(pairs) == (self.GERMAN, f"{self.ENGLISH} 0")
