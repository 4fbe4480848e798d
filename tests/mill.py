"""Two texts about a mill, a weak machine's translation, and what reads the result."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np

from satzpaar.alignments.formats import read_bitext

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from numpy.typing import NDArray

    from satzpaar.alignments.bitext import TranslationUnit

GERMAN = """\
# Die Mühle am Bach

Die alte Mühle von Rodenau mahlt seit 1911 kein Korn mehr. Ihr Rad aber dreht sich
**noch immer**. Jeden Sonntag kommen rund 40 Besucher und sehen zu.

Müller Anton Behrens öffnet um 10 Uhr das Tor. Er zeigt den Kindern, wie aus Korn
Mehl wird. Danach gibt es Kuchen. Der Eintritt kostet 3 Euro, und Kinder zahlen nichts.
"""
ENGLISH = """\
# The mill by the stream

The old mill of Rodenau has ground no grain since 1911. Its wheel, however, is **still**
turning. Every Sunday about 40 visitors come and watch.

Anton Behrens, the miller, opens the gate at 10 o'clock. He shows the children how grain
becomes flour. Afterwards there is cake. Admission is 3 euros. Children pay nothing.
"""
# What a weak machine might make of each German segment.
WEAK_MT = """\
The mill on the brook
The old mill of Rodenau has milled no corn more since 1911.
But her wheel turns still always.
Each Sunday come about 40 visitors and look.
Miller Anton Behrens opens at 10 clock the goal.
He shows the children, how from grain flour becomes.
After that gives it cake.
The entrance costs 3 euros, and children pay nothing.
"""
GERMAN_AS_TARGET = """\
Die Mühle am Bach|Die alte Mühle von Rodenau mahlt seit 1911 nicht.|Ihr Rad dreht
noch.|Jeden Sonntag kommen 40 Besucher.|Müller Behrens öffnet um 10 das Tor.|Er zeigt
Kindern, wie Korn Mehl wird.|Dann gibt es Kuchen.|Eintritt 3 Euro.|Kinder zahlen nichts.
"""
OTHER_ENGLISH = """\
Stock markets fell sharply on Tuesday after the central bank raised interest rates
again. Analysts had expected a pause. The currency lost two per cent against the dollar.
Several banks warned their customers. The finance minister refused to comment.
Oil prices rose slightly. Investors are now waiting for figures from the labour market.
"""

# Words of both texts that mean the same.
GLOSSARY = (
    "mühle mill|bach stream|korn grain|rad wheel|dreht turning|sonntag sunday|"
    "besucher visitors|tor gate|öffnet opens|kindern children|mehl flour|kuchen cake|"
    "danach afterwards|eintritt admission|euro euros|kinder children|nichts nothing"
)


class WordEncoder:
    """Stands in for LaBSE: a word and its translation point in one direction."""

    def encode(self, sentences: list[str]) -> NDArray[np.float32]:
        """Count the words of the glossary."""
        pairs = [entry.split() for entry in GLOSSARY.split("|")]
        found = [
            [sum(text.lower().count(word) for word in pair) for pair in pairs]
            for text in sentences
        ]
        return np.array(found, dtype=np.float32)


def stand_in_for_labse(
    monkeypatch: pytest.MonkeyPatch, make: Callable[[], WordEncoder]
) -> list[tuple[str, bool]]:
    """Take sentence-transformers' place; return what it is asked for, as it is."""
    asked: list[tuple[str, bool]] = []

    def load(name: str, *, local_files_only: bool) -> WordEncoder:
        asked.append((name, local_files_only))
        return make()

    module = SimpleNamespace(SentenceTransformer=load)
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    return asked


BOTH = ("muehle.de.md", "mill.en.md")


def write_mill(folder: Path) -> None:
    """Write the two texts, the translation, and an English text of something else."""
    (folder / "muehle.de.md").write_text(GERMAN, encoding="utf-8")
    (folder / "mill.en.md").write_text(ENGLISH, encoding="utf-8")
    (folder / "mt.txt").write_text(WEAK_MT, encoding="utf-8")
    (folder / "other.en.txt").write_text(OTHER_ENGLISH, encoding="utf-8")


def places(units: list[TranslationUnit]) -> list[tuple[str, str]]:
    """Return which segments each unit pairs: ("8", "8 9")."""
    return [(str(u.get("x-src-ids")), str(u.get("x-trg-ids"))) for u in units]


def written(path: Path | str) -> list[TranslationUnit]:
    return list(read_bitext(path))
