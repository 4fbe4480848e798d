"""Bitexts to learn from: every format read as a stream, every bad one refused."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import json
import lzma
from pathlib import Path

import pytest

from satzpaar.alignments.corpora import (
    Format,
    open_corpora,
    open_corpus,
    parse_corpus,
)
from satzpaar.translate.errors import InputError, UsageError

PAIRS = [("Das Haus ist rot.", "The house is red."), ("Ja – gut.", "Yes, fine.")]


def tmx(body: str, *, head: str = "", inside: str = "") -> bytes:
    text = f'<?xml version="1.0"?>{head}<tmx version="1.4">{inside}<header/><body>'
    return f"{text}{body}</body></tmx>".encode()


def unit(source: str, target: str, languages: tuple[str, str] = ("de", "en")) -> str:
    return "<tu>{}</tu>".format(
        "".join(
            f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv>'
            for language, text in zip(languages, (source, target), strict=True)
        )
    )


class TestReaders:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("x.tsv", "".join(f"{s}\t{t}\n" for s, t in PAIRS)),
            ("x.tsv", "\ufeff" + "".join(f"{s}\t{t}\r\n" for s, t in PAIRS)),
            (
                "x.jsonl",
                "".join(json.dumps({"de": s, "en": t}) + "\n" for s, t in PAIRS),
            ),
            (
                "x.jsonl",
                "".join(
                    json.dumps({"translation": {"source": s, "target": t}}) + "\n\n"
                    for s, t in PAIRS
                ),
            ),
            ("x.tmx", tmx("".join(unit(*pair) for pair in PAIRS)).decode()),
        ],
        ids=["tsv", "tsv of Windows", "jsonl", "jsonl of the hub", "tmx"],
    )
    @pytest.mark.parametrize(
        ("suffix", "pack"),
        [
            ("", bytes),
            (".gz", gzip.compress),
            (".xz", lzma.compress),
            (".bz2", bz2.compress),
        ],
    )
    def test_read_every_format_and_packing(
        self, name: str, text: str, suffix: str, pack: type[bytes], tmp_path: Path
    ) -> None:
        """What is packed is found out by its first bytes."""
        path = tmp_path / (name + suffix)
        path.write_bytes(pack(text.encode()))

        found = open_corpus(path)

        assert list(found.pairs) == PAIRS
        assert list(found.pairs) == PAIRS  # again, from the start

    def test_a_moses_pair_may_be_named_as_a_shell_does(self, tmp_path: Path) -> None:
        """`corpus.{de,en}` becomes two arguments that mean one bitext."""
        (tmp_path / "x.de").write_text("Ja.\nNein.\n", encoding="utf-8")
        (tmp_path / "x.en").write_text("Yes.\nNo.\n", encoding="utf-8")

        found = open_corpora([f"{tmp_path}/x.de", f"{tmp_path}/x.en"], Format())

        assert [list(corpus.pairs) for corpus in found] == [
            [("Ja.", "Yes."), ("Nein.", "No.")]
        ]

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-be"])
    def test_takes_the_encoding_that_a_mark_names(
        self, tmp_path: Path, encoding: str
    ) -> None:
        """As spreadsheets write it; packed too, and only a line feed ends a line."""
        path = tmp_path / "x.tsv.gz"
        text = "\ufeffJa\u2028schön.\tYes.\r\n" + "Nein.\tNo.\r\n" * 200_000
        path.write_bytes(gzip.compress(text.encode(encoding), 1))

        found = list(open_corpus(path).pairs)

        assert found[0] == ("Ja\u2028schön.", "Yes.")
        assert found[1:] == [("Nein.", "No.")] * 200_000

    def test_columns_say_which_of_a_tsv_are_wanted(self, tmp_path: Path) -> None:
        """Other columns may hold anything."""
        path = tmp_path / "x.tsv"
        path.write_text("news\tYes.\tJa.\n", encoding="utf-8")

        found = open_corpus(path, Format(columns=(3, 2)))

        assert list(found.pairs) == [("Ja.", "Yes.")]

    @pytest.mark.parametrize(
        ("name", "content", "complaint"),
        [
            ("x.tsv", b"a\tb\na\n", "x.tsv:2: one column, but two are expected"),
            ("x.tsv", b"a\tb\tc\n", "x.tsv:1: 3 columns, .*expected; --columns"),
            ("x.tsv", b"a\tb\n\xff\tb\n", "x.tsv:2: byte 0xff is invalid in UTF-8"),
            ("x.tsv", b"\xff\xfea", "x.tsv: truncated data in UTF-16-LE"),
            ("x.tsv", b"a\0\tb\n", "x.tsv:1: a NUL"),
            ("x.tsv", b"a" * 1_000_002, "x.tsv:1: longer than 1000000 bytes"),
            ("x.jsonl", b'{"de": "a", "en": "b"}\n{"de"', "x.jsonl:2: not JSON"),
            ("x.jsonl", b"[1]\n", "x.jsonl:1: a JSON object is expected"),
            ("x.jsonl", b'{"de": "a"}\n', 'x.jsonl:1: keys "de", "en" or "source"'),
            ("x.jsonl", b'{"de": 1, "en": "b"}\n', "x.jsonl:1: .* must be strings"),
            ("x.tsv.gz", gzip.compress(b"a\tb\n" * 999)[:30], "damaged or cut short"),
            ("x.tsv.xz", lzma.compress(b"a\tb\n" * 999)[:70], "damaged or cut short"),
            ("x.docx", b"PK", "not a bitext by its suffix"),
            ("x.de", b"Ja.\nNein.\n", "x.en: 1 lines, but .*x.de has 2"),
        ],
    )
    def test_name_the_place_of_bad_input(
        self, name: str, content: bytes, complaint: str, tmp_path: Path
    ) -> None:
        """A bad line is named by its number."""
        (tmp_path / name).write_bytes(content)
        (tmp_path / "x.en").write_text("Yes.\n")

        with pytest.raises(InputError, match=complaint):
            list(open_corpus(tmp_path / name).pairs)

    @pytest.mark.parametrize("name", ["x.tsv", "x.de", "."])
    def test_a_missing_file_is_told_at_once(self, name: str, tmp_path: Path) -> None:
        """Before a model is loaded for it."""
        with pytest.raises(InputError, match=r"no such file|a folder|not a bitext"):
            open_corpus(tmp_path / name)

    def test_a_fingerprint_is_the_contents(self, tmp_path: Path) -> None:
        """A copied file is the same bitext, a changed one is not."""
        for name, text in (
            ("a.tsv", "a\tb\n"),
            ("b.tsv", "a\tb\n"),
            ("c.tsv", "a\tc\n"),
        ):
            (tmp_path / name).write_text(text)

        first, copy, changed = (open_corpus(tmp_path / f"{n}.tsv") for n in "abc")

        assert first.fingerprint == copy.fingerprint != changed.fingerprint

    @pytest.mark.parametrize(
        ("argument", "weights"),
        [("x.tsv", []), ("x.tsv:2", [2.0]), ("x.tsv:2:0.5", [2.0, 0.5])],
    )
    def test_weights_follow_the_name(self, argument: str, weights: list[float]) -> None:
        """The second is for the cooldown."""
        assert parse_corpus(argument) == (Path("x.tsv"), weights)

    def test_a_negative_weight_is_refused(self) -> None:
        """Nobody can take a pair less than never."""
        with pytest.raises(UsageError, match="a weight of -1"):
            parse_corpus("x.tsv:-1")

    def test_a_first_line_is_no_header(self, tmp_path: Path) -> None:
        """What may be a pair is taken for one."""
        path = tmp_path / "x.tsv"
        path.write_text("de\ten\nJa.\tYes.\n", encoding="utf-8")

        assert list(open_corpus(path).pairs) == [("de", "en"), ("Ja.", "Yes.")]

    def test_a_fingerprint_stays_what_it_was(self, tmp_path: Path) -> None:
        """Else trainings that are under way would begin anew."""
        path = tmp_path / "x.tsv"
        path.write_text("Ja.\tYes.\n", encoding="utf-8")
        form = "Format(source_language='de', target_language='en', columns=None)"
        content = hashlib.sha256(path.read_bytes()).digest()

        expected = hashlib.sha256(form.encode() + content).hexdigest()

        assert open_corpus(path).fingerprint == expected
