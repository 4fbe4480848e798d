"""`satzpaar translate --check`: likely errors are named with their lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from satzpaar.cli.doubts import Doubts, checks_of
from satzpaar.cli.main import main
from satzpaar.cli.progress import Progress
from satzpaar.translate.document import Segment
from satzpaar.translate.errors import UsageError
from satzpaar.translate.formats import reader
from satzpaar.translate.formats.text import read
from satzpaar.translate.models import BUNDLED, find_model
from satzpaar.translate.segmentation import segment_spans
from satzpaar.translate.translation import Translation
from satzpaar.translate.translator import Translator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from satzpaar.translate.document import Document

Captured = pytest.CaptureFixture[str]

ARTICLE = "Es kamen 40 Gäste.\n\nIm Mai fuhr Frau Brandl nach Linz.\n"
WRONG = ("14 guests came.", "In June Mrs Brandl drove to Linz.")


@pytest.fixture
def badly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Translate ARTICLE with two errors, whatever the model would say."""

    def translate(_: Translator, document: Document) -> Iterator[Translation]:
        for segment, target in zip(document.segments(), WRONG, strict=True):
            yield Translation(segment, Segment(target), 0.0)

    monkeypatch.setattr(Translator, "translate_document", translate)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "artikel.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.mark.usefixtures("badly")
class TestCheck:
    def test_names_line_kind_and_error(self, article: Path, capfd: Captured) -> None:
        """The translation is written all the same."""
        assert main(["translate", str(article), "--check"]) == 0

        out, err = capfd.readouterr()
        lines = err.splitlines()
        assert out == f"{WRONG[0]}\n\n{WRONG[1]}\n"
        assert any(
            line.startswith(f"{article}:1: numbers: ") and "40" in line
            for line in lines
        )
        assert any(line.startswith(f"{article}:3: dates: ") for line in lines)
        (summary,) = (line for line in lines if "likely error" in line)
        assert " in 2 of 2 segments: " in summary
        assert "numbers " in summary
        assert "dates " in summary

    def test_looks_for_what_was_asked_only(
        self, article: Path, capfd: Captured
    ) -> None:
        """And says it although the rest is quiet."""
        assert main(["translate", str(article), "-q", "--check", "names, dates"]) == 0

        *found, summary = capfd.readouterr().err.splitlines()
        assert [line.split(": ")[1] for line in found] == ["dates"]
        assert summary == "satzpaar: 1 likely error in 1 of 2 segments: dates 1"

    def test_is_silent_unless_asked(self, article: Path, capfd: Captured) -> None:
        """A quiet run stays one."""
        assert main(["translate", str(article), "-q"]) == 0
        assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("kinds", "complaint"),
    [("nubers", "no error class 'nubers'"), (__file__, "FILE goes before --check")],
    ids=["unknown", "a file"],
)
def test_an_unknown_kind_is_refused_before_the_model_is_loaded(
    article: Path, kinds: str, complaint: str, capfd: Captured
) -> None:
    assert main(["translate", str(article), "--check", kinds]) == 2

    assert complaint in capfd.readouterr().err


WRAPPED = """Am Montag kamen viele Leute in das alte Haus am Markt, das seit Jahren leer
stand. Es regnete. Die Bürgermeisterin sprach über Waffen-
lieferungen und darüber, dass 20 Leute geblieben sind.
Später fuhren 40 Gäste heim.
"""
PAGE = """<html>
<p>
  Er kam &ouml;fter <a
   href="seite2"
   title="Mehr">heim</a>. Sie blieb
  lange. <!-- bis
  10 Uhr --> Sp&auml;ter fuhren 40 <b>G&auml;ste</b> heim.
"""
LINES = """# Titel

> Er kam **oft** heim, zu
> [ihr](https://example.de/a1
> "Seite 2"). Sie
> blieb. Später fuhren 40 Gäste heim.
"""


@pytest.mark.parametrize(
    ("format", "text", "line"),
    [
        pytest.param("text", WRAPPED, 4, id="text"),
        pytest.param("text", WRAPPED.replace("\n", "\r\n"), 4, id="of Windows"),
        pytest.param("html", PAGE, 7, id="HTML"),
        pytest.param("markdown", LINES, 6, id="Markdown"),
    ],
)
def test_a_sentence_is_named_by_its_own_line(
    format: str, text: str, line: int, capfd: Captured
) -> None:
    """Not by the one that its paragraph begins in."""
    document = reader(format)(text.encode(), segment_spans)
    *before, last = document.segments()
    assert last.text == "Später fuhren 40 Gäste heim."
    doubts = Doubts(Progress(quiet=True), checks_of("numbers", find_model(BUNDLED)))
    fine = [Translation(each, each, 0.0) for each in before]
    wrong = Translation(last, Segment("Later 14 guests went home."), 0.0)

    doubts.tell("a", document, [*fine, wrong])

    assert capfd.readouterr().err.startswith(f"a:{line}: numbers: 40 became 14")


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ("untranslated", ["untranslated: not translated at all"]),
        ("numbers", ["left as it is"]),
        (None, ["left as it is"]),
    ],
)
def test_a_text_left_as_it_is_is_named_once(
    kinds: str | None, told: list[str], capfd: Captured
) -> None:
    """By the check if that was asked for, else by what the translating noticed."""
    document = read(b"Der Hund ist alt.\n", segment_spans)
    (segment,) = document.segments()
    copied = Translation(
        segment, Segment(segment.text), 0.0, issues=frozenset(["untranslated"])
    )
    doubts = Doubts(Progress(quiet=True), checks_of(kinds, find_model(BUNDLED)))

    doubts.tell("a", document, [copied])

    found = capfd.readouterr().err.splitlines()
    assert found == [f"a:1: {each}: Der Hund ist alt." for each in told]


@pytest.mark.usefixtures("badly")
def test_what_only_an_idiom_has_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    """Its meaning has no name; a number that both have is missed all the same."""
    path = tmp_path / "artikel.txt"
    text, read = (
        f"{who} zahlt 40 Euro." for who in ("Otto Normalverbraucher", "Jeder")
    )
    path.write_text(f"{text}\n", encoding="utf-8")

    def translate(_: Translator, document: Document) -> Iterator[Translation]:
        for segment in document.segments():
            target = Segment("Everyone pays 14 euros.")
            yield Translation(segment, target, 0.0, read=Segment(read))

    monkeypatch.setattr(Translator, "translate_document", translate)

    assert main(["translate", str(path), "--check"]) == 0

    told = capfd.readouterr().err
    assert "numbers: " in told
    assert "Normalverbraucher" not in told


class TestBesides:
    def test_another_language_is_named_however_quiet(
        self, tmp_path: Path, capfd: Captured
    ) -> None:
        """It is a warning, as a text left as it is is one."""
        path = tmp_path / "article.txt"
        house = "This is the house in which he lives with his cat and his dog"
        path.write_text(f"{house}\n\n{house}\n")

        assert main(["translate", "-q", str(path)]) == 0

        assert capfd.readouterr().err == f"{path}: reads as en, expected de\n"

    def test_a_format_that_is_named_is_taken_for_any_suffix(
        self, article: Path, capfd: Captured
    ) -> None:
        """Only without it the suffix decides."""
        path = article.rename(article.with_suffix(".rst"))

        assert main(["translate", "-q", str(path)]) == 1
        assert "as plain text with the format text" in capfd.readouterr().err
        assert main(["translate", "-q", str(path), "--format", "text"]) == 0


def test_a_long_text_is_quoted_around_the_error(capfd: Captured) -> None:
    """So that it can be found in the line."""
    filler = "Und so ging es den ganzen Abend weiter in dem Saal, "
    document = read(f"{filler * 3}bis 40 kamen.\n".encode(), segment_spans)
    (segment,) = document.segments()
    told = "And so it went on all evening in the hall, " * 3 + "until 14 came."
    checks = checks_of("numbers", find_model(BUNDLED))
    doubts = Doubts(Progress(quiet=True), checks)

    doubts.tell("a.txt", document, [Translation(segment, Segment(told), 0.0)])

    line = capfd.readouterr().err
    assert "14 came." in line
    assert len(line) < 200


def test_other_languages_are_refused() -> None:
    """The rules are made for German and English; a model that says none is taken."""
    model = find_model(BUNDLED)

    with pytest.raises(
        UsageError, match="German and English; bundled translates nl-en"
    ):
        checks_of("numbers", replace(model, source_language="nl"))
    assert list(checks_of("numbers", replace(model, source_language=None))) == [
        "numbers"
    ]
