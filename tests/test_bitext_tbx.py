"""TBX: what is read of a terminology, of both generations of the format."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.formats import read_bitext
from satzpaar.cli.main import main
from satzpaar.translate.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

OLD = """<?xml version="1.0" encoding="UTF-8"?>
<martif type="TBX-Basic" xml:lang="de"><martifHeader><fileDesc/></martifHeader>
<text><body>
<termEntry id="c1">
  <descrip type="definition">Heizt mit Luft.</descrip>
  <langSet xml:lang="de-DE"><tig><term>Wärmepumpe</term></tig></langSet>
  <langSet xml:lang="en"><tig><term>thermal pump</term>
      <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
    <ntig><termGrp><term>heat
      pump</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
    </termGrp></ntig></langSet>
</termEntry>
<termEntry id="c2">
  <langSet xml:lang="de"><tig><term>Rat</term></tig>
    <tig><term>Gemeinderat</term></tig>
    <tig><term>Rath</term>
      <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
  </langSet>
  <langSet xml:lang="fr"><tig><term>conseil</term></tig></langSet>
  <langSet xml:lang="en"><tig><term>council</term></tig></langSet>
</termEntry>
<termEntry id="c3"><langSet xml:lang="de"><tig><term>nur deutsch</term></tig></langSet>
</termEntry>
</body></text></martif>
"""
NEW = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" xml:lang="en">
<tbxHeader/><text><body><conceptEntry id="1">
<langSec xml:lang="en"><termSec><term>staff council</term></termSec></langSec>
<langSec xml:lang="de"><termSec><term>Betriebsrat</term></termSec></langSec>
</conceptEntry></body></text></tbx>
"""


def pairs(path: Path, text: str, losses: Counter[str]) -> list[tuple[str, str]]:
    """Write a file and read its pairs."""
    path.write_text(text, encoding="utf-8")
    return [
        (unit.source.text, unit.target.text)
        for unit in read_bitext(path, losses=losses)
    ]


def test_each_german_term_with_the_preferred_english(tmp_path: Path) -> None:
    """What is deprecated, and what has no English, is counted."""
    losses: Counter[str] = Counter()
    assert pairs(tmp_path / "terms.tbx", OLD, losses) == [
        ("Wärmepumpe", "heat pump"),
        ("Rat", "council"),
        ("Gemeinderat", "council"),
    ]
    assert losses == {"deprecated terms": 1, "entries without both languages": 1}


def test_that_of_2019(tmp_path: Path) -> None:
    """The order of the languages is no matter."""
    found = pairs(tmp_path / "terms.tbx", NEW, Counter())
    assert found == [("Betriebsrat", "staff council")]


def test_the_other_style_of_2019(tmp_path: Path) -> None:
    """Whether a term is preferred is an element of its own."""
    status = "<min:administrativeStatus>{}</min:administrativeStatus>"
    english = "<termSec><term>staff council</term></termSec>"
    bad, good = (
        english.replace("staff", name).replace("</termSec>", status.format(kind))
        + "</termSec>"
        for name, kind in (
            ("old", "deprecatedTerm-admn-sts"),
            ("good", "preferredTerm-admn-sts"),
        )
    )
    text = NEW.replace(english, bad + english + good).replace(
        "<tbx ", '<tbx xmlns:min="http://www.tbxinfo.net/ns/min" '
    )
    assert text != NEW
    found = pairs(tmp_path / "terms.tbx", text, Counter())
    assert found == [("Betriebsrat", "good council")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("<tmx/>", "begins with <tmx>, <martif> or <tbx>", id="a TMX"),
        pytest.param(
            OLD.replace('"en"', '"fr"'),
            "no entry has terms in de and en; the languages found: de, de-DE, fr",
            id="other languages",
        ),
        pytest.param(
            NEW.replace("<termSec>", "").replace("</termSec>", ""),
            "<term> outside of a term's section",
            id="no section",
        ),
        pytest.param("<tbx>", "not well-formed|no element", id="broken off"),
        pytest.param("<tbx/>", "has no terms", id="empty"),
    ],
)
def test_what_is_no_terminology(tmp_path: Path, text: str, message: str) -> None:
    """Refused with what was expected."""
    with pytest.raises(InputError, match=message):
        pairs(tmp_path / "terms.tbx", text, Counter())


def test_converted_to_a_table(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Anything that is read can be written otherwise; TBX itself is not written."""
    terms, table = tmp_path / "terms.tbx", tmp_path / "terms.tsv"
    terms.write_text(NEW, encoding="utf-8")

    assert main(["convert", str(terms), str(table)]) == 0
    assert table.read_text(encoding="utf-8") == "Betriebsrat\tstaff council\n"

    assert main(["convert", str(table), str(terms)]) == 1
    err = capfd.readouterr().err
    assert f"{terms}: not a bitext by its suffix; .tmx" in err
    assert ".tbx" not in err.rpartition("suffix")[2]
    assert terms.read_text(encoding="utf-8") == NEW
