"""Files: what is in them, and that none is lost."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from satzpaar.translate import files
from satzpaar.translate.errors import InputError, UsageError

GERMAN = "Größe „XL“ für 5 €\n"


class TestDecode:
    @pytest.mark.parametrize(
        ("data", "encoding", "bom"),
        [
            pytest.param(GERMAN.encode(), "utf-8", False, id="UTF-8"),
            pytest.param(GERMAN.encode("utf-8-sig"), "utf-8", True, id="with BOM"),
            pytest.param(GERMAN.encode("utf-16"), "utf-16-le", True, id="UTF-16"),
            pytest.param(
                b"\xfe\xff" + GERMAN.encode("utf-16-be"), "utf-16-be", True, id="BE"
            ),
            pytest.param(
                GERMAN.encode("utf-16-le"), "utf-16-le", False, id="UTF-16, no BOM"
            ),
            pytest.param(
                GERMAN.encode("utf-16-be"), "utf-16-be", False, id="BE, no BOM"
            ),
            pytest.param(GERMAN.encode("cp1252"), "cp1252", False, id="cp1252"),
            pytest.param(
                "MENÜ» größer, schöner".encode("cp1252"),
                "cp1252",
                False,
                id="cp1252 that holds one sequence of UTF-8",
            ),
            pytest.param(b"", "utf-8", False, id="empty"),
        ],
    )
    def test_finds_the_encoding(self, data: bytes, encoding: str, bom: bool) -> None:
        """And encoding again gives the same bytes."""
        found = files.decode(data)

        assert (found.encoding, found.bom) == (encoding, bom)
        assert files.encode(found) == data

    @given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
    def test_utf_8_is_never_taken_for_something_else(self, text: str) -> None:
        """Valid UTF-8 is UTF-8, unless it begins as a PDF or the like does."""
        assume(not text.startswith(("%PDF-", "PK", "GIF8", "BZh", "{\\rtf")))

        assert files.decode(text.encode()).encoding == "utf-8"

    def test_line_ends_stay(self) -> None:
        """Python would make all of them one."""
        assert files.decode(b"a\r\nb\rc\n").text == "a\r\nb\rc\n"

    def test_one_broken_byte_does_not_make_it_cp1252(self) -> None:
        """Else every umlaut of the file would come out as two letters."""
        data = "Größe\nÜbermaß\n".encode() + b"f\xfcr\n"

        with pytest.raises(InputError, match=r"a.txt:3: byte 0xfc is invalid in utf-8"):
            files.decode(data, place="a.txt")

    def test_cp1252_has_holes(self) -> None:
        """Five bytes mean nothing there: the file is something else."""
        with pytest.raises(
            InputError, match=r"a.txt:2: byte 0x81 is invalid in cp1252"
        ):
            files.decode(b"f\xfcr\n\x81", place="a.txt")

    def test_an_explicit_encoding_overrides(self) -> None:
        """The user may know more than the bytes tell."""
        found = files.decode("Größe".encode(), encoding="latin-1")

        assert found.text == "GrÃ¶Ã\x9fe"
        assert found.encoding == "iso8859-1"

    @pytest.mark.parametrize("name", ["klingon", "base64", ""])
    def test_refuses_unknown_encodings(self, name: str) -> None:
        """Codecs that are not of text are unknown too."""
        with pytest.raises(UsageError, match="no encoding"):
            files.decode(b"", encoding=name)

    @pytest.mark.parametrize(
        ("data", "complaint"),
        [
            (b"PK\x03\x04\x14\x00", "ZIP archive, perhaps DOCX"),
            (b"%PDF-1.7\n", "PDF"),
            (b"\x89PNG\r\n\x1a\n", "PNG"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"Text\x00und\x00\x01\x02\x00\x00", "binary"),
            (bytes(range(1, 32)), "binary"),
        ],
    )
    def test_refuses_what_is_no_text(self, data: bytes, complaint: str) -> None:
        """And says what it seems to be."""
        with pytest.raises(InputError, match=complaint):
            files.decode(data)

    def test_refuses_to_write_what_the_encoding_lacks(self) -> None:
        """No question mark in place of a letter."""
        with pytest.raises(InputError, match=r"'ř' cannot be written in cp1252"):
            files.encode(files.Decoded("Herr\nDvořák", "cp1252", bom=False))

    @pytest.mark.parametrize(
        ("encoding", "expected"),
        [
            ("utf-8", "“It’s” – 5\u00a0km…"),
            ("cp1252", "“It’s” – 5\u00a0km…"),
            ("iso8859-1", '"It\'s" - 5\u00a0km...'),
            ("iso8859-15", '"It\'s" - 5\u00a0km...'),
            ("ascii", '"It\'s" - 5 km...'),
        ],
    )
    def test_writes_what_looks_alike(self, encoding: str, expected: str) -> None:
        """One curly quotation mark does not cost the article."""
        found = files.Decoded("“It’s” – 5\u00a0km…", encoding, bom=False)

        assert files.encode(found) == expected.encode(encoding)

    @pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le"])
    def test_a_nul_is_no_text(self, encoding: str) -> None:
        """Whoever names the encoding; the writers need a sign that is in no text."""
        with pytest.raises(InputError, match=r"a.txt:3: no text has '\\x00'"):
            files.decode(
                "a\r\nb\nc\0d".encode(encoding), place="a.txt", encoding=encoding
            )

    def test_a_nul_behind_a_byte_order_mark(self) -> None:
        """The mark names an encoding too."""
        with pytest.raises(InputError, match=r"no text has '\\x00'; is it utf-8"):
            files.decode(b"\xef\xbb\xbfa\0")

    def test_half_a_pair_is_no_text(self) -> None:
        """Neither read nor written; UTF-7 would."""
        with pytest.raises(InputError, match=r"no text has '\\ud800'; is it utf-7"):
            files.decode(b"+2AA-", encoding="utf-7")
        with pytest.raises(InputError, match=r"it is half a pair"):
            files.encode(files.Decoded("\ud800", "utf-8", bom=False))


class TestReadBytes:
    def test_says_what_is_wrong(self, tmp_path: Path) -> None:
        """A missing file and a folder are no tracebacks."""
        with pytest.raises(InputError, match="no such file"):
            files.read_bytes(tmp_path / "fehlt.txt")
        with pytest.raises(InputError, match="is a folder"):
            files.read_bytes(tmp_path)


class TestWriteAtomically:
    def test_writes(self, tmp_path: Path) -> None:
        """The file, and nothing beside it."""
        path = tmp_path / "a.txt"

        files.write_atomically(path, b"neu")

        assert path.read_bytes() == b"neu"
        assert list(tmp_path.iterdir()) == [path]

    def test_keeps_the_mode(self, tmp_path: Path) -> None:
        """A private file stays private."""
        path = tmp_path / "a.txt"
        path.touch(mode=0o600)

        files.write_atomically(path, b"neu")

        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_follows_a_link(self, tmp_path: Path) -> None:
        """The link stays; what it points at is new."""
        (tmp_path / "link.txt").symlink_to("ziel.txt")
        (tmp_path / "ziel.txt").write_bytes(b"alt")

        files.write_atomically(tmp_path / "link.txt", b"neu")

        assert (tmp_path / "link.txt").is_symlink()
        assert (tmp_path / "ziel.txt").read_bytes() == b"neu"

    def test_writes_devices_directly(self, tmp_path: Path) -> None:
        """/dev/null is not replaced by a file."""
        files.write_atomically("/dev/null", b"neu")

        assert not Path("/dev/null").is_file()

    def test_writes_pipes_directly(self, tmp_path: Path) -> None:
        """Process substitution gives a pipe for a file."""
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

        files.write_atomically(pipe, b"neu")

        assert os.read(reading, 10) == b"neu"
        os.close(reading)

    def test_a_full_disk_leaves_the_old_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """And no half of a new one."""

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        path = tmp_path / "a.txt"
        path.write_bytes(b"alt")
        monkeypatch.setattr(os, "fsync", full)

        with pytest.raises(InputError, match=r"a.txt: cannot be written: No space"):
            files.write_atomically(path, b"neu")

        assert path.read_bytes() == b"alt"
        assert list(tmp_path.iterdir()) == [path]

    def test_refuses_folders(self, tmp_path: Path) -> None:
        """A folder for a file, and a folder that is not there."""
        with pytest.raises(InputError, match="is a folder, expected a file"):
            files.write_atomically(tmp_path, b"")
        with pytest.raises(InputError, match="there is no folder"):
            files.write_atomically(tmp_path / "fehlt" / "a.txt", b"")

    def test_makes_folders_when_told(self, tmp_path: Path) -> None:
        """Output folders repeat the tree of the inputs."""
        files.write_atomically(tmp_path / "x" / "y" / "a.txt", b"", make_folders=True)

        assert (tmp_path / "x" / "y" / "a.txt").exists()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ["b.txt", "a.md", "c.pptx", ".x.txt", "sub/d.html", "sub/a.en.txt"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    (tmp_path / "leer").mkdir()
    return tmp_path


class TestExpandInputs:
    @pytest.mark.parametrize(
        ("arguments", "relative"),
        [
            pytest.param(["b.txt"], ["b.txt"], id="file"),
            pytest.param(["c.pptx"], ["c.pptx"], id="named files are not judged"),
            pytest.param(
                ["."], ["a.md", "b.txt", "sub/a.en.txt", "sub/d.html"], id="folder"
            ),
            pytest.param(["*"], ["a.md", "b.txt"], id="pattern"),
            pytest.param(["s*/*.html"], ["sub/d.html"], id="pattern with folders"),
            pytest.param(["**/*.html"], ["sub/d.html"], id="pattern in depth"),
            pytest.param(["b.txt", "./b.txt", "b.*"], ["b.txt"], id="once"),
        ],
    )
    def test_finds(
        self,
        tree: Path,
        monkeypatch: pytest.MonkeyPatch,
        arguments: list[str],
        relative: list[str],
    ) -> None:
        """Sorted within an argument, hidden and foreign files left out."""
        monkeypatch.chdir(tree)

        found = files.expand_inputs(arguments)

        assert [path.as_posix() for _, path in found] == relative

    def test_leaves_out_earlier_translations(self, tree: Path) -> None:
        """A second run over a folder does not translate its own output."""
        found = files.expand_inputs([str(tree)], skip_language="en")

        assert "a.en.txt" not in {path.name for path, _ in found}

    def test_says_so_if_nothing_is_left(self, tree: Path) -> None:
        """An empty list would look like success."""
        with pytest.raises(InputError, match=r"only files that end in \.en"):
            files.expand_inputs([f"{tree}/sub/*.txt"], skip_language="en")

    @pytest.mark.parametrize(
        ("argument", "complaint"),
        [
            ("fehlt.txt", "no such file"),
            ("*.htm", "the pattern matches no file"),
            ("*.pptx", "matches no file that ends in one of .txt"),
            ("leer", "no file here ends in one of .txt"),
        ],
    )
    def test_refuses_what_means_no_file(
        self,
        tree: Path,
        monkeypatch: pytest.MonkeyPatch,
        argument: str,
        complaint: str,
    ) -> None:
        """Nothing to do is an error: nobody asks for it."""
        monkeypatch.chdir(tree)

        with pytest.raises(InputError, match=complaint):
            files.expand_inputs([argument])

    def test_a_file_named_like_a_pattern(self, tree: Path) -> None:
        """What exists is meant."""
        (tree / "[1].txt").touch()

        assert len(files.expand_inputs([str(tree / "[1].txt")])) == 1


class TestOutputPath:
    @pytest.mark.parametrize(
        ("source", "output"),
        [
            ("artikel.de.txt", "artikel.en.txt"),
            ("artikel.txt", "artikel.en.txt"),
            ("artikel.de-AT.md", "artikel.en.md"),
            ("artikel", "artikel.en"),
            ("v1.2.txt", "v1.2.en.txt"),
            ("Rede vom 3. Mai", "Rede vom 3. Mai.en"),
        ],
    )
    def test_puts_the_language_before_the_suffix(
        self, source: str, output: str
    ) -> None:
        """In place of the language of the source, if that is named."""
        found = files.output_path(Path("x", source), Path(source), None, "en")

        assert found == Path("x", output)

    def test_a_folder_repeats_the_tree(self) -> None:
        """Files of one name in two folders do not meet."""
        found = files.output_path(
            Path("in/a/x.txt"), Path("a/x.txt"), Path("aus"), "en"
        )

        assert found == Path("aus/a/x.en.txt")

    def test_two_inputs_need_two_outputs(self, tmp_path: Path) -> None:
        """Else one translation would be lost."""
        inputs = [(tmp_path / name, Path(name)) for name in ("a.txt", "a.de.txt")]

        with pytest.raises(UsageError, match="would both become"):
            files.output_paths(inputs, tmp_path / "aus", "en")

    def test_an_output_is_no_input(self, tmp_path: Path) -> None:
        """The second file must not be overwritten before it is read."""
        names = ["a.de.txt", "a.en.txt"]
        for name in names:
            (tmp_path / name).touch()
        inputs = [(tmp_path / name, Path(name)) for name in names]

        with pytest.raises(UsageError, match=r"a.en.txt: the output is the input"):
            files.output_paths(inputs, None, "en")

    @pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
    def test_links_do_not_hide_it(self, tmp_path: Path, link: str) -> None:
        """One file has many names."""
        source, other = tmp_path / "a.txt", tmp_path / "b.txt"
        source.touch()
        getattr(other, link)(source)

        with pytest.raises(UsageError, match="the output is the input"):
            files.check_distinct(source, other)
