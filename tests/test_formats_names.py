"""Which format a file has, and that no other is imported for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from satzpaar.translate import formats
from satzpaar.translate.errors import InputError, UsageError


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("artikel.txt", "text"),
        ("artikel", "text"),
        ("Rede vom 3. Mai", "text"),
        ("README.MD", "markdown"),
        ("a/b.markdown", "markdown"),
        ("docs/start.mdx", "markdown"),
        ("seite.htm", "html"),
        ("seite.xhtml", "html"),
        ("Artikel.DOCX", "docx"),
        ("artikel.odt", "odt"),
        ("Buch.epub", "epub"),
        ("Film.SRT", "subtitles"),
        ("film.vtt", "subtitles"),
        ("Artikel.PDF", "pdf"),
    ],
)
def test_the_suffix_names_the_format(path: str, name: str) -> None:
    """Unknown suffixes and none are plain text."""
    assert formats.format_of(path) == name


@pytest.mark.parametrize("suffix", ["doc", "PPTX", "xlf"])
def test_refuses_formats_to_come(suffix: str) -> None:
    """A presentation is no plain text, and we say what is."""
    with pytest.raises(InputError, match=r"not supported yet; supported: .txt"):
        formats.format_of(f"artikel.{suffix}")


@pytest.mark.parametrize("suffix", ["rst", "adoc", "ORG"])
def test_refuses_text_with_signs_that_nobody_would_keep(suffix: str) -> None:
    """Its headings and links would be broken; but plain text can be asked for."""
    with pytest.raises(
        InputError, match=r"not supported yet; .*; as plain text with the format text"
    ):
        formats.format_of(f"artikel.{suffix}")


def test_refuses_unknown_names() -> None:
    """And lists the known ones."""
    with pytest.raises(
        UsageError, match="formats: text, markdown, html, docx, odt, epub, subtitles"
    ):
        formats.reader("pptx")


def test_every_reader_has_a_writer() -> None:
    """A document that was read can be written."""
    assert list(formats.READERS) == list(formats.WRITERS)
    for name in formats.READERS:
        assert callable(formats.reader(name))
        assert callable(formats.writer(name))


def test_plain_text_imports_no_parser() -> None:
    """A small job starts fast."""
    code = (
        "import sys; from satzpaar.translate.formats import reader; reader('text');"
        "print({'lxml', 'markdown_it'} & set(sys.modules))"
    )

    found = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True
    )

    assert found.stdout == "set()\n"
