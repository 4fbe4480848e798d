"""Bitexts on disk: every format read as a stream, every bad one refused."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import resource
from pathlib import Path

import pytest

from satzpaar.translate.errors import InputError, UsageError
from satzpaar.translate.training import (
    open_bitext,
    open_bitexts,
    parse_corpus,
)
from satzpaar.translate.training.bitext import Format
from satzpaar.translate.training.tmx import read_tmx

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


def read(content: bytes) -> list[tuple[str, str]]:
    return list(read_tmx(io.BytesIO(content), "de", "en", place="x.tmx"))


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

        found = open_bitext(path)

        assert list(found.pairs) == PAIRS
        assert list(found.pairs) == PAIRS  # again, from the start

    def test_a_moses_pair_may_be_named_as_a_shell_does(self, tmp_path: Path) -> None:
        """`corpus.{de,en}` becomes two arguments that mean one bitext."""
        (tmp_path / "x.de").write_text("Ja.\nNein.\n", encoding="utf-8")
        (tmp_path / "x.en").write_text("Yes.\nNo.\n", encoding="utf-8")

        found = open_bitexts([f"{tmp_path}/x.de", f"{tmp_path}/x.en"], Format())

        assert [list(corpus.pairs) for corpus in found] == [
            [("Ja.", "Yes."), ("Nein.", "No.")]
        ]

    def test_columns_say_which_of_a_tsv_are_wanted(self, tmp_path: Path) -> None:
        """Other columns may hold anything."""
        path = tmp_path / "x.tsv"
        path.write_text("news\tYes.\tJa.\n", encoding="utf-8")

        found = open_bitext(path, Format(columns=(3, 2)))

        assert list(found.pairs) == [("Ja.", "Yes.")]

    @pytest.mark.parametrize(
        ("name", "content", "complaint"),
        [
            ("x.tsv", b"a\tb\na\n", "x.tsv:2: 1 columns, but source and target"),
            ("x.tsv", b"a\tb\tc\n", "x.tsv:1: 3 columns, .* --columns says"),
            ("x.tsv", b"a\tb\n\xff\tb\n", "x.tsv:2: byte 0xff is invalid in UTF-8"),
            ("x.tsv", b"a\0\tb\n", "x.tsv:1: a NUL"),
            ("x.tsv", b"a" * 1_000_002, "x.tsv:1: longer than 1000000 bytes"),
            ("x.jsonl", b'{"de": "a", "en": "b"}\n{"de"', "x.jsonl:2: not JSON"),
            ("x.jsonl", b"[1]\n", "x.jsonl:1: a JSON object is expected"),
            ("x.jsonl", b'{"de": "a"}\n', 'x.jsonl:1: keys "de", "en" or "source"'),
            ("x.jsonl", b'{"de": 1, "en": "b"}\n', "x.jsonl:1: .* must be strings"),
            ("x.tsv.gz", gzip.compress(b"a\tb\n" * 999)[:30], "damaged or cut short"),
            ("x.tsv.xz", lzma.compress(b"a\tb\n" * 999)[:70], "damaged or cut short"),
            ("x.docx", b"PK", "not a bitext by its suffix"),
            ("x.de", b"Ja.\nNein.\n", "x.en: 1 lines, but .*x.de has more"),
        ],
    )
    def test_name_the_place_of_bad_input(
        self, name: str, content: bytes, complaint: str, tmp_path: Path
    ) -> None:
        """A bad line is named by its number."""
        (tmp_path / name).write_bytes(content)
        (tmp_path / "x.en").write_text("Yes.\n")

        with pytest.raises(InputError, match=complaint):
            list(open_bitext(tmp_path / name).pairs)

    @pytest.mark.parametrize("name", ["x.tsv", "x.de", "."])
    def test_a_missing_file_is_told_at_once(self, name: str, tmp_path: Path) -> None:
        """Before a model is loaded for it."""
        with pytest.raises(InputError, match=r"no such file|a folder|not a bitext"):
            open_bitext(tmp_path / name)

    def test_a_fingerprint_is_the_contents(self, tmp_path: Path) -> None:
        """A copied file is the same bitext, a changed one is not."""
        for name, text in (
            ("a.tsv", "a\tb\n"),
            ("b.tsv", "a\tb\n"),
            ("c.tsv", "a\tc\n"),
        ):
            (tmp_path / name).write_text(text)

        first, copy, changed = (open_bitext(tmp_path / f"{n}.tsv") for n in "abc")

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


class TestTmx:
    def test_languages_match_by_their_first_part(self) -> None:
        """Tools write DE-AT, de_DE and, in old files, lang without its prefix."""
        body = unit("Ja.", "Yes.", ("DE-AT", "en_gb")).replace("xml:lang", "lang", 1)

        assert read(tmx(body)) == [("Ja.", "Yes.")]

    def test_codes_are_no_text_but_highlights_are(self) -> None:
        """<ph> and its like hold the code of another format."""
        source = "Ein <hi>gutes</hi> <bpt i='1'>{b}</bpt>Buch<ept i='1'>{/b}</ept>."

        assert read(tmx(unit(source, "A good book."))) == [
            ("Ein gutes Buch.", "A good book.")
        ]

    def test_units_without_both_languages_are_passed_over(self) -> None:
        """A memory of several languages is an ordinary one."""
        body = unit("Oui.", "Yes.", ("fr", "en")) + unit("Ja.", "Yes.")

        assert read(tmx(body)) == [("Ja.", "Yes.")]

    def test_an_external_dtd_is_named_but_not_read(self) -> None:
        """TMX 1.4 files begin so; the file need not be there."""
        head = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'

        assert read(tmx(unit("Ja.", "Yes."), head=head)) == [("Ja.", "Yes.")]

    @pytest.mark.parametrize(
        ("content", "complaint"),
        [
            pytest.param(
                tmx(
                    unit("&x;", "b"),
                    head='<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
                ),
                "DOCTYPE declares",
                id="external entity",
            ),
            pytest.param(
                tmx(unit("a", "b"), head=f"<!--{' ' * 70_000}--><!DOCTYPE tmx ["
                    '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'),
                "DOCTYPE declares",
                id="bomb behind a long comment",
            ),
            pytest.param(tmx(unit("&x;", "b")), "an unknown entity", id="entity"),
            pytest.param(tmx("<tu>"), "x.tmx:1: not well-formed", id="open tag"),
            pytest.param(b"", "not well-formed", id="nothing"),
            pytest.param(b"<html/>", "begins with <html>", id="foreign"),
            pytest.param(
                tmx(unit("a", "b", ("fr", "it"))), "found: fr, it", id="languages"
            ),
            pytest.param(
                tmx("\n<tu><tuv/></tu>"), "x.tmx:2: .*xml:lang", id="no language"
            ),
            pytest.param(
                tmx('<tu><tuv xml:lang="de"/><tuv xml:lang="en"/></tu>'),
                "without <seg>",
                id="no segment",
            ),
        ],
    )  # fmt: skip
    def test_refuses_bad_files(self, content: bytes, complaint: str) -> None:
        """In one line that says what is wrong; no entity is ever resolved."""
        with pytest.raises(InputError, match=complaint):
            read(content)

    def test_memory_stays_constant(self) -> None:
        """Units that were yielded leave the tree."""

        class Endless(io.RawIOBase):
            begun = False

            def read(self, size: int = -1) -> bytes:
                if self.begun:
                    return unit("Ja.", "Yes.").encode() * 500
                self.begun = True
                return tmx("").removesuffix(b"</body></tmx>")

        found = read_tmx(Endless(), "de", "en")  # type: ignore[arg-type]
        for _ in range(2000):
            next(found)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(40_000):
            next(found)

        # Kilobytes; a tree that is kept grows by 50,000.
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 10_000
