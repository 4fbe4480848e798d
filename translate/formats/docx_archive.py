"""The parts of a DOCX file, and how they are related.

Source: ECMA-376, "Office Open XML File Formats", part 2, Open Packaging Conventions.
"""

from __future__ import annotations

import posixpath
from typing import Final

from satzpaar.translate.errors import InputError
from satzpaar.translate.formats.archive import Archive
from satzpaar.translate.formats.docx_styles import relation_reader

MAIN_PART: Final = "word/document.xml"  # usually; the archive's relations say it

# By their relations to the main part: parts with text of their own, in this order.
WITH_TEXT: Final = ("footnotes", "endnotes", "header", "footer")

# By what other archives are told.
OTHERS: Final = (
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("mimetype", "an OpenDocument or EPUB file"),
)


class DocxArchive(Archive):
    """A DOCX file."""

    KIND = "DOCX"
    MAIN = MAIN_PART

    def main_part(self) -> str:
        """Return the name of the part that has the text."""
        for kind, target in self.relations("_rels/.rels").values():
            if kind == "officeDocument" and target.lstrip("/") in self.parts:
                main = target.lstrip("/")
                break
        else:
            main = MAIN_PART
        for beginning, what in OTHERS:
            is_other = any(name.startswith(beginning) for name in self.parts)
            if main.startswith(beginning) or (is_other and main not in self.parts):
                raise InputError(self.place, f"{what}, expected DOCX")
        if main not in self.parts:
            raise InputError(
                self.place, f"a ZIP archive without {MAIN_PART}, expected DOCX"
            )
        return main

    def properties(self) -> list[str]:
        """Return the part that has the title of the document, if there is one."""
        targets = self.relations("_rels/.rels").values()
        names = {to.lstrip("/") for kind, to in targets if kind == "core-properties"}
        return sorted(filter(self.has, names))

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return type and target of each of a part's own relations by its id.

        Targets in the archive are names of parts, others as they are written.
        """
        folder, name = posixpath.split(part)
        found = self.relations(f"{folder}/_rels/{name}.rels")
        for key, (kind, target) in found.items():
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if path in self.parts:
                found[key] = kind, path
        return found

    def with_text(self, main: str) -> list[str]:
        """Return the parts with text for readers: the main one, notes, headers."""
        return [
            main,
            *(name for kind in WITH_TEXT for name in self.targets(main, kind)),
        ]

    def targets(self, main: str, kind: str) -> list[str]:
        """Return the parts of a kind that the main part names, each once."""
        named = self.related(main).values()
        return sorted({to for what, to in named if what == kind and self.has(to)})

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the type and target of each relation by its id; none: no such part."""
        found: dict[str, tuple[str, str]] = {}
        self.parse(part, relation_reader(found), lambda _: None)
        return found
