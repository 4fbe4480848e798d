"""Folders of documents to a corpus: what is paired, what is stored, what is written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.bitext import TranslationUnit, Variant
from satzpaar.alignments.corpus import Corpus, Files, align_pair, fingerprint
from satzpaar.alignments.corpus_report import (
    Cleaned,
    DocumentReport,
    summary_of_corpus,
)
from satzpaar.alignments.corpus_work import Work
from satzpaar.alignments.corpus_worker import CorpusSettings, CorpusWorker, Setup
from satzpaar.alignments.filters import load_filters
from satzpaar.alignments.formats import read_bitext
from satzpaar.alignments.matching import match_by_name
from satzpaar.translate.errors import InputError, UsageError
from tests.corpora import STORIES, write_stories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.models import Model

SETTINGS = {"source_language": "de", "beam_size": 4}
CREATED = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)


def unit(source: str, target: str) -> TranslationUnit:
    return TranslationUnit(
        Variant(source, "de"), Variant(target, "en"), "u1", (("x-bead", "1-1"),)
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Return a corpus of the stories, nothing done yet, without MT."""
    folders = write_stories(tmp_path)
    work = Work(tmp_path / "c.tmx.work")
    work.folder.mkdir()
    setup = Setup(CorpusSettings(mt=False), *folders, None, work, CREATED)
    made = Corpus(
        setup, Files(tmp_path / "c.tmx"), load_filters(without=["confidence"])
    )
    names = [f"{name}.txt" for name in STORIES]
    made.matches = match_by_name(
        {name: folders[0] / name for name in names},
        {name: folders[1] / name for name in names},
    )
    return made


# The run


def test_each_document_is_aligned_and_all_units_are_written(corpus: Corpus) -> None:
    reports = list(corpus.align())
    assert {report.status for report in reports} == {"aligned"}
    summary = corpus.finish({})
    units = list(read_bitext(corpus.files.output))
    assert len(units) == summary.cleaned.kept > 3 * len(STORIES)
    assert {one.get("x-src-doc") for one in units} == {f"{n}.txt" for n in STORIES}
    assert [one.get("x-src-doc") for one in units] == sorted(
        one.get("x-src-doc") or "" for one in units
    )


def test_the_manifest_tells_of_every_document_and_setting(corpus: Corpus) -> None:
    list(corpus.align())
    summary = corpus.finish({"match": "name"})
    manifest = json.loads(corpus.files.manifest.read_text(encoding="utf-8"))
    assert manifest["match"] == "name"
    assert manifest["created"] == CREATED.isoformat()
    assert manifest["settings"]["mt"] is False
    assert manifest["filters"]["numbers"] == 0.75
    assert [one["name"] for one in manifest["documents"]] == sorted(
        f"{name}.txt" for name in STORIES
    )
    first = manifest["documents"][0]
    assert len(first["source_hash"]) == len(first["target_hash"]) == 64
    assert sum(first["beads"].values()) == sum(first["confidences"])
    kept = sum(one["cleaned"]["kept"] for one in manifest["documents"])
    assert kept == summary.cleaned.kept == manifest["totals"]["cleaned"]["kept"]
    told = json.loads(corpus.files.summary_json.read_text(encoding="utf-8"))
    assert told == manifest["totals"]
    assert f"{kept:,} kept" in corpus.files.summary_text.read_text(encoding="utf-8")


def test_what_was_done_is_not_done_again(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {report.name: report for report in corpus.align()}
    asked: list[str] = []
    original = CorpusWorker._align

    def watched(worker: CorpusWorker, pair: object, report: object) -> DocumentReport:
        done = original(worker, pair, report)  # type: ignore[arg-type]
        if "aligner" in vars(worker):
            asked.append(done.name)
        return done

    monkeypatch.setattr(CorpusWorker, "_align", watched)
    again = {report.name: report for report in replace(corpus).align()}
    assert again == first
    assert asked == []


def test_a_document_that_changed_is_done_again(corpus: Corpus) -> None:
    first = {report.name: report for report in corpus.align()}
    name = corpus.matches.pairs[0].name
    path = corpus.matches.pairs[0].target
    path.write_text(path.read_text(encoding="utf-8") + "It is over now.\n")
    again = {report.name: report for report in corpus.align()}
    assert {n for n in first if first[n] != again[n]} == {name}
    assert again[name].target_segments == first[name].target_segments + 1


def test_rejected_units_go_to_a_file_of_their_own(corpus: Corpus) -> None:
    rejected = corpus.files.output.with_name("rejected.jsonl")
    corpus.files = Files(corpus.files.output, rejected)
    corpus.filters = load_filters({"long": 60}, without=["confidence"])
    list(corpus.align())
    summary = corpus.finish({})
    units = list(read_bitext(rejected))
    assert len(units) == summary.cleaned.rejected > 0
    assert all("long" in (one.get("x-rejected") or "") for one in units)
    kept = list(read_bitext(corpus.files.output))
    assert not {one.id for one in units} & {one.id for one in kept}


def test_nothing_aligned_is_no_corpus(corpus: Corpus) -> None:
    for pair in corpus.matches.pairs:
        pair.target.write_text("")
    assert {report.status for report in corpus.align()} == {"failed"}
    with pytest.raises(InputError, match="no pair of documents was aligned"):
        corpus.finish({})
    assert not corpus.files.output.exists()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "no text to align"),
        (b"  \n\n \n", "no text to align"),
        (b"%PDF-1.7 \x00\x01", "looks like a PDF document, expected text"),
        (b"\x00\x01\x02\x03\x04" * 51, "looks like a binary file, expected text"),
    ],
)
def test_a_bad_document_is_named_and_stops_no_other(
    corpus: Corpus, content: bytes, complaint: str
) -> None:
    bad = corpus.matches.pairs[1]
    bad.source.write_bytes(content)
    reports = {report.name: report for report in corpus.align()}
    failed = reports.pop(bad.name)
    assert failed.status == "failed"
    assert failed.error is not None
    assert str(bad.source) in failed.error
    assert complaint in failed.error
    assert {report.status for report in reports.values()} == {"aligned"}
    assert corpus.finish({}).documents == {"aligned": len(STORIES) - 1, "failed": 1}


def test_a_document_in_another_language_is_named(corpus: Corpus) -> None:
    bad = corpus.matches.pairs[0]
    bad.target.write_bytes(bad.source.read_bytes())
    reports = {report.name: report for report in corpus.align()}
    assert "is in de" in (reports[bad.name].error or "")


def test_documents_that_do_not_belong_together_give_no_units(corpus: Corpus) -> None:
    named = {pair.source.stem: pair for pair in corpus.matches.pairs}
    first, second = named["bruecke"], named["museum"]
    texts = first.target.read_bytes(), second.target.read_bytes()
    first.target.write_bytes(texts[1])
    second.target.write_bytes(texts[0])
    for _ in range(2):  # the second time from the work folder
        reports = {report.name: report for report in corpus.align()}
        for pair in (first, second):
            report = reports[pair.name]
            assert report.status == "unrelated"
            assert report.units == 0
            assert "does not seem to belong to" in (report.error or "")
    assert corpus.finish({}).documents == {"aligned": len(STORIES) - 2, "unrelated": 2}


def test_several_processes_give_what_one_gives(corpus: Corpus) -> None:
    alone = [corpus.setup.settings, *sorted(corpus.align(), key=lambda r: r.name)]
    corpus.setup.work.remove()
    corpus.setup.work.folder.mkdir()
    together = replace(corpus, jobs=2)
    several = sorted(together.align(), key=lambda report: report.name)
    assert several == alone[1:]


def test_a_worker_with_a_model_translates_once_and_remembers(
    corpus: Corpus, tiny_model: Model, tiny_sentences: Sequence[str]
) -> None:
    setup = Setup(
        CorpusSettings(),
        corpus.setup.source_folder,
        corpus.setup.target_folder,
        tiny_model,
        corpus.setup.work,
        CREATED,
    )
    path = setup.source_folder / "klein.txt"
    path.write_text(" ".join(tiny_sentences[:3]), encoding="utf-8")
    worker = CorpusWorker(setup)
    first = worker.content(path, is_source=True)
    assert "translator" in vars(worker)
    other = CorpusWorker(setup)
    assert other.content(path, is_source=True) == first
    assert "translator" not in vars(other)


def test_mt_without_a_model_is_a_mistake_of_ours(corpus: Corpus) -> None:
    setup = Setup(CorpusSettings(), Path(), Path(), None, corpus.setup.work, CREATED)
    with pytest.raises(ValueError, match="a model is expected"):
        CorpusWorker(setup)


def test_documents_pair_by_content_whatever_their_names(corpus: Corpus) -> None:
    folder = corpus.setup.target_folder
    names = sorted(STORIES)
    sources = {name: corpus.setup.source_folder / f"{name}.txt" for name in names}
    targets = {}
    for number, name in enumerate(reversed(names)):
        targets[f"text-{number}"] = folder / f"text-{number}.txt"
        (folder / f"{name}.txt").rename(targets[f"text-{number}"])
    read: list[int] = []
    matches = corpus.match_by_content(sources, targets, read.append)
    assert sum(read) == 2 * len(names)
    found = {pair.source.stem: pair.target.stem for pair in matches.pairs}
    assert found == {
        name: f"text-{number}" for number, name in enumerate(reversed(names))
    }


def test_a_model_is_loaded_once_for_matching_and_aligning(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Setup] = []
    original = CorpusWorker.__init__

    def watched(worker: CorpusWorker, setup: Setup) -> None:
        made.append(setup)
        original(worker, setup)

    monkeypatch.setattr(CorpusWorker, "__init__", watched)
    sources = {pair.name: pair.source for pair in corpus.matches.pairs}
    targets = {pair.name: pair.target for pair in corpus.matches.pairs}
    corpus.match_by_content(sources, targets, lambda _: None)
    assert all(report.status == "aligned" for report in corpus.align())
    assert len(made) == 1


def test_an_unreadable_document_is_left_out_of_the_matching(corpus: Corpus) -> None:
    sources = {p.name: p.source for p in corpus.matches.pairs}
    targets = {p.name: p.target for p in corpus.matches.pairs}
    bad = corpus.matches.pairs[0]
    bad.source.write_bytes(b"")
    matches = corpus.match_by_content(sources, targets, lambda _: None)
    assert bad.name not in {pair.name for pair in matches.pairs}
    (report,) = corpus.reports.values()
    assert report.status == "failed"
    assert str(bad.source) in (report.error or "")


def test_a_document_in_another_language_keeps_no_other_from_its_counterpart(
    corpus: Corpus,
) -> None:
    """It is all but the same as what lies on the other side."""
    sources = {p.name: p.source for p in corpus.matches.pairs}
    targets = {p.name: p.target for p in corpus.matches.pairs}
    first, *others = corpus.matches.pairs
    first.source.write_bytes(others[0].target.read_bytes())
    matches = corpus.match_by_content(sources, targets, lambda _: None)
    assert [pair.name for pair in matches.pairs] == [pair.name for pair in others]
    (report,) = corpus.reports.values()
    assert "is in en, expected de" in (report.error or "")


# The work folder


def test_a_report_is_there_only_with_its_units(tmp_path: Path) -> None:
    work = Work(tmp_path)
    report = DocumentReport("a", "a.txt", "b.txt", "aligned", key="ab12")

    def breaking() -> object:
        yield unit("Ja", "Yes")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work.keep(report, breaking())  # type: ignore[arg-type]
    assert work.find("ab12") is None
    work.keep(report, [unit("Ja", "Yes")])
    assert work.find("ab12") == report
    assert list(work.units(report)) == [unit("Ja", "Yes")]


def test_the_same_settings_go_on_with_the_time_of_the_first_start(
    tmp_path: Path,
) -> None:
    work = Work(tmp_path / "c.work")
    with work.opened(SETTINGS, "first") as started:
        assert started == "first"
    with work.opened(SETTINGS, "second") as started:
        assert started == "first"


def test_another_setting_is_refused_with_both_values(tmp_path: Path) -> None:
    work = Work(tmp_path / "c.work")
    with work.opened(SETTINGS, "first"):
        pass
    changed = {**SETTINGS, "beam_size": 1}
    with (
        pytest.raises(UsageError, match="a run with beam_size 4, now it is 1"),
        work.opened(changed, "second"),
    ):
        pass


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with (
        pytest.raises(UsageError, match="is no work folder of a corpus"),
        Work(tmp_path).opened(SETTINGS, "now"),
    ):
        pass
    assert (tmp_path / "thesis.txt").exists()


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    work = Work(tmp_path / "c.work")
    with (
        work.opened(SETTINGS, "now"),
        pytest.raises(UsageError, match="another process is at this run"),
        Work(work.folder).opened(SETTINGS, "now"),
    ):
        pass


def test_a_run_that_came_to_nothing_leaves_no_folder(tmp_path: Path) -> None:
    work = Work(tmp_path / "c.work")
    with pytest.raises(InputError), work.opened(SETTINGS, "now"):
        raise InputError("x", "no pair of documents was aligned")
    assert not work.folder.exists()


def test_a_damaged_report_is_named(tmp_path: Path) -> None:
    work = Work(tmp_path)
    path = work.report_path("ab12")
    path.parent.mkdir()
    path.write_text("{")
    with pytest.raises(InputError, match=r"ab12\.json: is damaged"):
        work.find("ab12")


# What is told


def test_the_summary_adds_up_what_was_aligned() -> None:
    reports = [
        DocumentReport(
            "a", "a", "a", "aligned", beads={"1-1": 3, "2-1": 1},
            confidences=(0, 0, 1, 0, 0, 0, 0, 0, 0, 3),
            source_segments=5, target_segments=4,
        ),
        DocumentReport(
            "b", "b", "b", "aligned", beads={"1-1": 2},
            confidences=(0, 0, 0, 0, 0, 0, 0, 0, 1, 1),
            source_segments=2, target_segments=2,
        ),
        DocumentReport("c", "c", "c", "unrelated", "no", beads={"1-1": 9}),
    ]  # fmt: skip
    cleaned = Cleaned(kept=5, rejected=1)
    cleaned.reasons.update(["numbers", "length-ratio"])
    summary = summary_of_corpus(reports, cleaned, without_counterpart=2)
    assert summary.lines() == [
        "documents    2 aligned, 1 unrelated, 2 without a counterpart",
        "segments     7 and 6",
        "beads        6: 1-1 5, 2-1 1",
        "confidence   beads",
        "  0.0-0.1           0",
        "  0.1-0.2           0",
        "  0.2-0.3           1  ##########",
        "  0.3-0.4           0",
        "  0.4-0.5           0",
        "  0.5-0.6           0",
        "  0.6-0.7           0",
        "  0.7-0.8           0",
        "  0.8-0.9           1  ##########",
        "  0.9-1.0           4  ########################################",
        "units        6: 5 kept, 1 rejected",
        "rejected     numbers 1, length-ratio 1",
    ]


def test_the_fingerprint_knows_the_model_by_its_content(tiny_model: Model) -> None:
    with_model = fingerprint(CorpusSettings(), tiny_model)
    assert len(with_model["model_hash"]) == 64
    assert fingerprint(CorpusSettings(mt=False), None)["model_hash"] is None


@pytest.mark.parametrize(
    ("output", "manifest"),
    [
        ("news.tmx", "news.manifest.json"),
        ("news.v2.jsonl", "news.v2.manifest.json"),
        ("news.jsonl.gz", "news.manifest.json"),
    ],
)
def test_the_manifest_lies_beside_the_corpus(output: str, manifest: str) -> None:
    assert Files(Path("x") / output).manifest == Path("x") / manifest


def test_a_piece_of_work_is_found_by_other_processes() -> None:
    assert align_pair.__module__ == "satzpaar.alignments.corpus"
