"""DOCX files as Word writes them, made of what a test is about."""

from __future__ import annotations

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

STYLES = """
<w:style w:type="paragraph" w:styleId="berschrift1">
  <w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/>
  <w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Ebene"><w:name w:val="Ebene"/>
  <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Inhalt"><w:name w:val="TOC Heading"/>
  <w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Punkt"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="Ring"/>
  <w:basedOn w:val="Ring"/></w:style>
<w:style w:type="character" w:styleId="Stark"><w:name w:val="Strong"/>
  <w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Geheim"><w:name w:val="Secret"/>
  <w:rPr><w:vanish/></w:rPr></w:style>
"""
LINKS = f"""
<Relationship Id="r1" Type="{OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="r2" Type="{OFFICE}/hyperlink" Target="https://example.org/?a=1&amp;b=2"
  TargetMode="External"/>
"""


def run(text: str, properties: str = "") -> str:
    return (
        f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    )


def field(instruction: str, result: str | None = None) -> str:
    """Return a field as Word writes it: a run for each of its borders."""
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
        for kind in ("begin", "separate", "end")
    )
    shown = "" if result is None else separate + result
    return f"{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{shown}{end}"


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def document(*content: str) -> str:
    return (
        f'<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:m="urn:m" '
        f'xmlns:mc="urn:mc"><w:body>{"".join(content)}<w:sectPr/></w:body></w:document>'
    )


def archive(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def with_parts(*content: str, **around: str) -> bytes:
    """Return a DOCX file with this in its body, and in other parts by their kind."""
    parts: dict[str, str | bytes] = {"word/document.xml": document(*content)}
    relations = ""
    for number, (kind, text) in enumerate(around.items()):
        parts[f"word/{kind}.xml"] = f'<w:x xmlns:w="{WORD}">{text}</w:x>'
        relations += (
            f'<Relationship Id="n{number}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
        )
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'
    )
    return archive(parts)


def docx(*content: str) -> bytes:
    """Return a DOCX file with this in its body, as Word lays it out."""
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="x" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
            "word/document.xml": document(*content),
            "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{STYLES}</w:styles>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
            f"{LINKS}</Relationships>",
        }
    )
