"""Validation of TMX: every breach has its line, and what is right passes."""

from __future__ import annotations

import io
from importlib.resources import files

import pytest
from lxml import etree

from satzpaar.alignments.tmx.dtd import elements
from satzpaar.alignments.tmx.validation import Finding, validate_stream
from satzpaar.translate.errors import InputError

HEADER = (
    '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t"'
    ' adminlang="en" srclang="de" datatype="plaintext"/>'
)
GOOD = '<tuv xml:lang="de"><seg>Ja.</seg></tuv><tuv xml:lang="en"><seg>Yes.</seg></tuv>'


def document(body: str, *, header: str = HEADER, version: str = "1.4") -> str:
    """Make a file whose body begins in line 5."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
        f'<tmx version="{version}">\n{header}<body>\n{body}\n</body></tmx>'
    )


def found(text: str | bytes) -> list[Finding]:
    data = text.encode() if isinstance(text, str) else text
    return list(validate_stream(io.BytesIO(data), place="x.tmx"))


def segment(content: str) -> str:
    return f"<tu>{GOOD.replace('Ja.', content)}</tu>"


def test_a_good_file_has_nothing_to_say_of() -> None:
    """Every element that TMX has, in its place."""
    header = HEADER.replace(
        "/>",
        '><note>n</note><prop type="p">v</prop><ude name="u" base="b">'
        '<map unicode="#xE000" code="#x1"/></ude></header>',
    )
    body = (
        '<tu tuid="1" creationdate="20260124T103000Z" usagecount="2">'
        '<note xml:lang="en">n</note><prop type="x">v</prop>'
        '<tuv xml:lang="de" changedate="20260124T103000Z"><prop type="x">v</prop>'
        '<seg>a<bpt i="1" x="1">b<sub>c</sub></bpt><hi type="t">d<ph x="2">e</ph></hi>'
        '<ept i="1">f</ept><it pos="begin" x="3">g</it></seg></tuv>'
        '<tuv xml:lang="en"><seg>a</seg></tuv></tu>'
    )

    assert found(document(body, header=header)) == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (document("", version="1.4b"), 3, 'version="1.4b"; exactly 1.4 is expected'),
        (
            document("", header=HEADER.replace(' o-tmf="t"', "")),
            4,
            "<header> without o-tmf, which is required",
        ),
        (
            document("", header=HEADER.replace('"sentence"', '"line"')),
            4,
            'segtype="line"; block or paragraph or sentence or phrase is expected',
        ),
        (
            document("", header=HEADER.replace('srclang="de"', 'srclang="German!"')),
            4,
            'srclang="German!"; a tag such as de-DE is expected',
        ),
        (
            document(f"<tu>{GOOD.replace('en', 'q')}</tu>"),
            5,
            'xml:lang="q"; a tag such as de-DE is expected',
        ),
        (
            document(f"<tu>{GOOD.replace('en', 'English')}</tu>"),
            5,
            'xml:lang="English"; a tag such as de-DE is expected',
        ),
        (document("<tu/>"), 5, "<tu> has nothing; (note | prop)*, tuv+ is expected"),
        (
            document(f"\n<tu>{GOOD}<note>n</note></tu>"),
            6,
            "<tu> has tuv, tuv, note; (note | prop)*, tuv+ is expected",
        ),
        (document(f"<tu>{GOOD}<seg/></tu>"), 5, "<seg> in <tu>"),
        (document(f"<tu>{GOOD}<b/></tu>"), 5, "<b> is no element of TMX 1.4"),
        (document(f'<tu id="1">{GOOD}</tu>'), 5, "<tu> has no attribute id"),
        (document(f"<tu>x{GOOD}</tu>"), 5, "text in <tu>"),
        (
            document(f"<tu>{GOOD.replace('xml:lang', 'lang', 1)}</tu>"),
            5,
            "<tuv> has no attribute lang; xml:lang is expected",
        ),
        (
            document(f'<tu creationdate="2026-01-24">{GOOD}</tu>'),
            5,
            'creationdate="2026-01-24"; YYYYMMDDThhmmssZ is expected',
        ),
        (
            document(f'<tu lastusagedate="20260230T000000Z">{GOOD}</tu>'),
            5,
            'lastusagedate="20260230T000000Z"',
        ),
        (document(f'<tu usagecount="two">{GOOD}</tu>'), 5, "a number is expected"),
        (document(f'<tu tuid="a b">{GOOD}</tu>'), 5, "no white space is expected"),
        (
            document(f'<tu tuid="a">{GOOD}</tu>\n<tu tuid="a">{GOOD}</tu>'),
            6,
            'tuid="a" comes again',
        ),
        (document(segment(" \n ")), 5, "an empty <seg>; text is expected"),
        (document(segment("<ph>x</ph>")), 5, "an empty <seg>"),
        (
            document(segment("\n<bpt i='1'/>x")),
            6,
            '<bpt i="1"> without an <ept i="1"> behind it',
        ),
        (
            document(segment("<ept i='1'/>x<bpt i='1'/>")),
            5,
            '<ept i="1"> without a <bpt i="1"> before it',
        ),
        (
            document(segment("<bpt i='1'/>x<ept i='1'/><bpt i='1'/><ept i='1'/>")),
            5,
            '<bpt i="1"> comes again in its segment',
        ),
        (
            document("<tu>" + GOOD.replace('"de"', '"DE"') + "</tu>"),
            5,
            "xml:lang=DE, but srclang=de; tools compare case",
        ),
        (
            document("<tu>" + GOOD.replace('"de"', '"fr"') + "</tu>"),
            5,
            "no <tuv> in the srclang de, but fr, en",
        ),
        (document(f"<tu>{GOOD}{GOOD}</tu>"), 5, "two <tuv> in de; one is expected"),
    ],
)
def test_names_line_breach_and_expectation(text: str, line: int, message: str) -> None:
    """Each of them is an error."""
    findings = [f for f in found(text) if message in f.message]

    assert [(f.line, f.severity) for f in findings] == [(line, "error")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (document("").replace("<!DOCTYPE", "<!--").replace("dtd", "--"), "no DOCTYPE"),
        ("\ufeff" + document(""), "a byte order mark"),
        (document("").replace("UTF-8", "ISO-8859-1"), "encoding ISO-8859-1"),
        (document("", header=HEADER.replace('="t"', '="OmegaT"', 1)), "OmegaT"),
        (document(segment("a<ut>b</ut>")), "<ut> is deprecated"),
        (document(f"<tu><note>a</note><note>b</note>{GOOD}</tu>"), "2 notes"),
        (document(f"<tu>{GOOD[: len(GOOD) // 2]}</tu>"), "a single language"),
    ],
)
def test_warns_of_what_some_tools_dislike(text: str, message: str) -> None:
    """It is legal all the same."""
    text = text.replace('"tmx14.-->', "-->").replace('"tmx14.--">', "-->")

    findings = found(text)

    assert [f.severity for f in findings] == ["warning"]
    assert message in findings[0].message


def test_the_encoding_declared_is_the_one_the_file_has() -> None:
    """We read on by the byte order mark; others need not."""
    text = document(f"<tu>{GOOD}</tu>")

    (finding,) = found(text.encode("utf-16"))

    assert finding == Finding(1, "encoding UTF-8, but it is in UTF-16")
    assert found(text.replace("UTF-8", "utf-16").encode("utf-16")) == []


def test_an_empty_file_is_called_empty() -> None:
    with pytest.raises(InputError, match=r"^x\.tmx: is empty$"):
        found("")


def test_stops_at_what_cannot_be_parsed() -> None:
    """What was found before stays said."""
    stream = io.BytesIO(document('<tu tuid="a b"/>\n<tu').encode())
    checked = validate_stream(stream, place="x.tmx")

    with pytest.raises(InputError, match=r"x\.tmx:7: not well-formed"):
        list(checked)


def test_rules_are_those_of_the_document_type_that_is_shipped() -> None:
    """Element by element; lxml, which we read it with, agrees on what is valid."""
    data = files("satzpaar.alignments.tmx").joinpath("tmx14.dtd").read_bytes()
    declared = etree.DTD(io.BytesIO(data))

    assert set(elements()) == {e.name for e in declared.iterelements()}
    for body in ("<tu/>", f"<tu>{GOOD}</tu>", f"<tu>{GOOD}<note/></tu>", segment("")):
        tree = etree.fromstring(document(body).encode())
        ours = not any(" is expected" in f.message and "<tu>" in f.message
            for f in found(document(body)))  # fmt: skip
        assert declared.validate(tree) == ours
