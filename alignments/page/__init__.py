"""One self-contained page that shows an alignment to whoever checks it."""

from satzpaar.alignments.page.page import Heading, page_of

__all__ = ["Heading", "page_of"]
