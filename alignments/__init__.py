"""Two texts in, a bitext out.

    source, target = Text.of_lines(german), Text.of_lines(english)     # a segment each
    alignment = Aligner().align(source, target)                        # Alignment
    for bead, german, english in alignment.pairs(): ...                # and how sure

    units = units_of(alignment, Origin("de", "en", "a.txt", "b.txt"))  # of both sides
    write_bitext("pairs.tmx", units)                                   # by the suffix

``read_bitext`` reads what ``write_bitext`` writes, and more; ``filters`` cleans it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from satzpaar.alignments.aligner import Aligner, AlignerOptions, coverage
    from satzpaar.alignments.alignment import Alignment
    from satzpaar.alignments.bead import Bead
    from satzpaar.alignments.bitext import TranslationUnit, Variant
    from satzpaar.alignments.formats import read_bitext, write_bitext
    from satzpaar.alignments.text import Text
    from satzpaar.alignments.units import Origin, units_of

__all__ = [
    "Aligner",
    "AlignerOptions",
    "Alignment",
    "Bead",
    "Origin",
    "Text",
    "TranslationUnit",
    "Variant",
    "coverage",
    "read_bitext",
    "units_of",
    "write_bitext",
]

_HOMES = {
    "aligner": ("Aligner", "AlignerOptions", "coverage"),
    "alignment": ("Alignment",),
    "bead": ("Bead",),
    "bitext": ("TranslationUnit", "Variant"),
    "formats": ("read_bitext", "write_bitext"),
    "text": ("Text",),
    "units": ("Origin", "units_of"),
}


# Most commands read a module or two of these, and start in a tenth of a second.
def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"satzpaar.alignments.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
