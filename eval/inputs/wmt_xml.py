"""WMT's XML of 2021 and later: documents with sources, references and systems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satzpaar.eval.inputs.lines import read_unpacked
from satzpaar.eval.testset import Reference, SystemOutput, TestSet
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

    from satzpaar.eval.inputs import Languages

    Element = etree._Element

UNNAMED = "ref"  # a reference whose translator is not named


def read_wmt_xml(path: Path, languages: Languages) -> TestSet:
    """Read a test set and the systems' outputs that it holds.

    Documents of test suites, and segments that nobody translated, are left out, as
    sacreBLEU leaves them out.

    Raises:
        InputError: The file is not well-formed, declares entities, or a system or
            a document lacks segments.
    """
    sources: list[str] = []
    documents: list[str] = []
    references: dict[str, list[str]] = {}
    systems: dict[str, list[str]] = {}
    found: set[str] = set()
    for doc in _documents(path):
        if "testsuite" in doc.attrib:
            continue
        name = doc.get("id")
        if not name:
            raise InputError(path, "<doc> without id", line=_line(doc))
        own = doc.find("src")
        if own is None:
            raise InputError(path, f"document {name} has no <src>", line=_line(doc))
        found.add(str(own.get("lang", languages[0])))
        segments = _segments(path, own)
        translated = {
            str(ref.get("translator") or UNNAMED): _segments(path, ref)
            for ref in doc.findall("ref")
        }
        tried = {
            str(hyp.get("system")): _segments(path, hyp) for hyp in doc.findall("hyp")
        }
        for number, text in segments.items():
            if not any(each.get(number) for each in translated.values()):
                continue
            for key in translated.keys() - references.keys():
                references[key] = [""] * len(sources)
            for key, column in references.items():
                column.append(translated.get(key, {}).get(number, ""))
            for key in tried.keys() - systems.keys():
                if sources:
                    raise InputError(
                        path,
                        f"system {key} is only in later documents",
                        line=_line(doc),
                    )
                systems[key] = []
            for key, column in systems.items():
                if number not in tried.get(key, {}):
                    raise InputError(
                        path,
                        f"system {key} lacks segment {number} of document {name}",
                        line=_line(doc),
                    )
                column.append(tried[key][number])
            sources.append(text)
            documents.append(name)
    if not sources:
        raise InputError(path, "no segment with a reference; WMT's XML is expected")
    if len(found) > 1:
        raise InputError(path, f"several source languages: {', '.join(sorted(found))}")
    return TestSet(
        name=path.stem,
        references=tuple(
            Reference(name, tuple(column), str(path))
            for name, column in sorted(references.items())
        ),
        sources=tuple(sources),
        documents=tuple(documents),
        source_language=found.pop(),
        target_language=languages[1],
        systems=tuple(
            SystemOutput(name, tuple(column), place=f"{path}, {name}")
            for name, column in systems.items()
        ),
    )


def _documents(path: Path) -> Iterator[Element]:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(read_unpacked(path), parser)
    except etree.XMLSyntaxError as error:
        raise InputError(
            path, f"not well-formed XML ({error.msg})", line=error.lineno or None
        ) from None
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and list(subset.iterentities()):
        raise InputError(path, "its DOCTYPE declares entities, which is refused")
    yield from root.iter("doc")


def _segments(path: Path, side: Element) -> dict[str, str]:
    segments: dict[str, str] = {}
    for segment in side.iter("seg"):
        number = segment.get("id")
        if number is None or number in segments:
            raise InputError(
                path,
                f"<seg> with id {number}, a new one is expected",
                line=_line(segment),
            )
        segments[str(number)] = " ".join("".join(segment.itertext()).split())
    return segments


def _line(element: Element) -> int | None:
    line = element.sourceline
    return line if isinstance(line, int) else None
