"""TMX 1.4: read leniently, written strictly, validated; all of it as streams.

Source: LISA OSCAR, "TMX 1.4b Specification", 26 April 2005.
"""

from satzpaar.alignments.tmx.reader import read_tmx
from satzpaar.alignments.tmx.writer import open_writer

__all__ = ["open_writer", "read_tmx"]
