"""Where a sentence that is too long for the model may be cut."""

from __future__ import annotations

import re

# From the best place to cut to the worst. Each pattern matches the white space at
# which the text is parted; what stands before it stays with the first part.
BORDERS = (
    re.compile(r"(?<=[.!?…])[\"“”«»)]*\s+"),
    re.compile(r"(?<=[;:])\s+|\s+(?=[–—-]\s)"),
    # A comma before a clause or a second main verb phrase.
    re.compile(
        r"(?<=,)\s+(?=(?:dass|weil|wenn|obwohl|während|nachdem|bevor|damit|sodass|ob|"
        r"aber|sondern|denn|doch|und|oder|wobei|wodurch|woraufhin|indem|sobald|der|"
        r"die|das|dem|den|dessen|deren|welche[rsmn]?)\b)"
    ),
    re.compile(r"(?<=,)\s+"),
    re.compile(r"\s+(?=(?:und|oder|sowie|bzw\.|als|and|or|which|that)\b)"),
    re.compile(r"\s+"),
)

# Who speaks stands behind the comma of a quotation, and English turns the words: alone,
# "sagt Jens Kuhn" is "Jens Kuhn says".
WHO_SPEAKS = re.compile(
    r"(?:(?:sag|erklär|erzähl|beton|mein|bericht|warn|forder|kündig|räum|füg|ergänz|"
    r"teil|versicher|kritisier|glaub)e?t(?:en?)?"
    r"|so|sagen|heißt|hieß|schreibt|schrieb|sprach|rief|findet|fand)\b"
)

# A cut this near an end (as a part of the length) leaves a crumb behind.
NEAREST_TO_END = 0.2


def halves(text: str, *, anywhere: bool = True) -> list[str]:
    """Cut *text* near its middle at the best border there is.

    Returns the text alone if there is none.

    Args:
        text: A sentence.
        anywhere: Within quotations too, before who says them, and between any two words
            where it has no better border.
    """
    middle = len(text) / 2
    nearest = NEAREST_TO_END * len(text)
    for pattern in BORDERS if anywhere else BORDERS[:-1]:
        cuts = [
            cut
            for cut in pattern.finditer(text)
            if nearest <= cut.start()
            and cut.end() <= len(text) - nearest
            and (anywhere or _is_good(text, cut))
        ]
        if cuts:
            cut = min(cuts, key=lambda cut: abs(cut.start() - middle))
            return [text[: cut.end()].rstrip(), text[cut.end() :]]
    spaces = list(re.finditer(r"\s+", text)) if anywhere else []
    if spaces:
        cut = min(spaces, key=lambda cut: abs(cut.start() - middle))
        return [text[: cut.start()], text[cut.end() :]]
    return [text]


def _is_good(text: str, cut: re.Match[str]) -> bool:
    """Whether the second part can be translated for itself."""
    return not (WHO_SPEAKS.match(text, cut.end()) or _is_quoting(text[: cut.end()]))


def _is_quoting(text: str) -> bool:
    """Whether a quotation that began in *text* goes on after it."""
    opened = sum(map(text.count, "„»‚›")) - sum(map(text.count, "“«‘‹"))
    return opened > 0 or text.count('"') % 2 > 0
