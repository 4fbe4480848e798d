"""Which documents belong together, by name and by content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.matching import (
    best_matches,
    list_documents,
    match_by_content,
    match_by_name,
    passed_over,
)
from satzpaar.translate.errors import InputError
from tests.corpora import STORIES

if TYPE_CHECKING:
    from pathlib import Path

GERMAN = [texts[0] for texts in STORIES.values()]
ENGLISH = [texts[1] for texts in STORIES.values()]


def folder_of(path: Path, *names: str) -> Path:
    for name in names:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text("Text.")
    return path


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("artikel.de.txt", "artikel"),
        ("artikel_de.md", "artikel"),
        ("artikel-DE.html", "artikel"),
        ("artikel.de-AT.txt", "artikel"),
        ("artikel.de_CH.txt", "artikel"),
        ("artikel.txt", "artikel"),
        ("2023/mai/artikel.de.txt", "2023/mai/artikel"),
        ("artikel.v2.de.txt", "artikel.v2"),
        ("abende.txt", "abende"),
        ("artikel.en.txt", "artikel.en"),
        (".de/.txt", None),
    ],
)
def test_a_name_is_the_path_without_language_and_format(
    tmp_path: Path, file: str, name: str | None
) -> None:
    folder_of(tmp_path, file, "zweiter.de.txt")
    found = set(list_documents(tmp_path, "de")) - {"zweiter"}
    assert found == ({name} if name else set())


def test_the_region_of_the_wanted_tag_does_not_matter(tmp_path: Path) -> None:
    folder_of(tmp_path, "artikel.de.txt")
    assert list(list_documents(tmp_path, "de-AT")) == ["artikel"]


def test_one_folder_may_hold_both_languages(tmp_path: Path) -> None:
    folder_of(tmp_path, "a.de.txt", "a.en.txt", "b.de.txt", "readme.txt")
    german = list_documents(tmp_path, "de", only_named=True)
    english = list_documents(tmp_path, "en", only_named=True)
    assert (set(german), set(english)) == ({"a", "b"}, {"a"})


@pytest.mark.parametrize("other", ["artikel.de.md", "artikel.txt", "artikel_de.txt"])
def test_two_files_of_one_name_are_refused(tmp_path: Path, other: str) -> None:
    folder_of(tmp_path, "artikel.de.txt", other)
    with pytest.raises(InputError, match=r"is 'artikel' in de as .*artikel"):
        list_documents(tmp_path, "de")


def test_what_word_lays_beside_an_open_document_is_none(tmp_path: Path) -> None:
    folder_of(tmp_path, "artikel.docx", "~$rtikel.docx")
    assert list(list_documents(tmp_path, "de")) == ["artikel"]


def test_documents_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    """Not what else lies about, as pictures and the outputs of an earlier run."""
    folder_of(
        tmp_path, "a.txt", "b.doc", "alt/c.DOC", "d.rtf", "~$b.doc", "e.jpg", "f.tmx"
    )
    assert passed_over(tmp_path) == {".doc": 2, ".rtf": 1}


def test_folders_that_are_none_are_refused(tmp_path: Path) -> None:
    file = folder_of(tmp_path, "a.txt") / "a.txt"
    with pytest.raises(InputError, match="a file, expected a folder"):
        list_documents(file, "de")
    with pytest.raises(InputError, match="no such folder"):
        list_documents(tmp_path / "nowhere", "de")
    with pytest.raises(InputError, match=r"no file here ends in \.de before"):
        list_documents(tmp_path, "de", only_named=True)


def test_what_has_one_name_is_a_pair_and_the_rest_is_told(tmp_path: Path) -> None:
    sources = list_documents(
        folder_of(tmp_path / "s", "b.de.txt", "a.de.html", "c.txt"), "de"
    )
    targets = list_documents(
        folder_of(tmp_path / "t", "a.en.txt", "b.txt", "d.txt"), "en"
    )
    matches = match_by_name(sources, targets)
    assert [(p.name, p.source.name, p.target.name) for p in matches.pairs] == [
        ("a", "a.de.html", "a.en.txt"),
        ("b", "b.de.txt", "b.txt"),
    ]
    assert [path.name for path in matches.sources] == ["c.txt"]
    assert [path.name for path in matches.targets] == ["d.txt"]


def test_each_story_is_most_like_its_translation() -> None:
    best, likeness = best_matches(GERMAN, ENGLISH)
    assert list(best) == list(range(len(STORIES)))
    assert all(0.05 < value <= 1 for value in likeness)


def test_a_translation_is_more_alike_than_the_original() -> None:
    _, originals = best_matches(GERMAN, ENGLISH)
    _, translated = best_matches(ENGLISH, ENGLISH)
    assert translated == pytest.approx(1)
    assert all(originals < translated)


def test_a_document_without_a_counterpart_stays_alone(tmp_path: Path) -> None:
    sources = {name: tmp_path / f"{name}.de" for name in STORIES}
    targets = {"other": tmp_path / "other.en", "last": tmp_path / "last.en"}
    texts = [
        "Nothing here is about any of that, as every reader will notice at once.",
        ENGLISH[-1],
    ]
    matches = match_by_content(sources, targets, GERMAN, texts)
    assert [(p.source.stem, p.target.stem) for p in matches.pairs] == [
        (list(STORIES)[-1], "last")
    ]
    assert [path.stem for path in matches.targets] == ["other"]
    assert len(matches.sources) == len(STORIES) - 1


def test_texts_that_share_nothing_are_no_pair(tmp_path: Path) -> None:
    matches = match_by_content(
        {"a": tmp_path / "a"}, {"b": tmp_path / "b"}, ["xyz"], ["qrs"]
    )
    assert matches.pairs == ()
    assert len(matches.sources) == len(matches.targets) == 1
