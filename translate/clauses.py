"""Where a sentence may be cut, and what is done with the translation of a part.

A model takes a part for a sentence: it begins it with a capital and puts a full stop
behind it.
"""

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

CLOSING = "\"'”“’‘«»)]"
# An ellipsis, or an abbreviation, whose full stop is its own.
ABBREVIATED_END = re.compile(
    r"(?:\.\.|\b\w|\.\w|\b(?:etc|Inc|Ltd|Corp|Co|Jr|Sr|Dr|Mr|Mrs|St|No|vs))\.$"
)

SENTENCE_ENDS = (".", "!", "?", "…", ":")
WORD = re.compile(r"\w+")
CAPITALISED = re.compile(r"[A-Z][a-z]+\b|A(?= )")
# What English sentences begin with and no name does, where German has a noun.
BEGINNINGS = frozenset(
    "A An The His Her Its Their Our My Your This That These Those In On At Of For With "
    "By From To As And Or But Who Which Where When While If Because Since After".split()
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


def as_clause(source: str, target: str, *, first: bool, within: bool = False) -> str:
    """Undo a capital and a full stop: the model takes a clause for a sentence.

    Args:
        source: The clause.
        target: Its translation.
        first: Whether nothing is before it.
        within: Whether a sentence goes on with it, whatever its first letter.

    >>> as_clause("sagt Jens Kuhn,", "Jens Kuhn says,", first=False)
    'Jens Kuhn says,'
    >>> as_clause("Leiter der Schule", "The head of it", first=False, within=True)
    'the head of it'
    """
    goes_on = source[0].islower() and not first
    word = match[0] if (match := CAPITALISED.match(target)) else ""
    is_common = word and word not in WORD.findall(source)
    if is_common and (goes_on or (within and word in BEGINNINGS)):
        target = target[0].lower() + target[1:]
    return ending_as(source, target)


def ending_as(source: str, target: str) -> str:
    """Undo the full stop that a model puts after a heading or a clause.

    >>> ending_as("Streit um Brücke", "Dispute over bridge.")
    'Dispute over bridge'
    >>> ending_as("Er sagte:", "He said.")
    'He said:'
    """
    bare = source.rstrip(CLOSING)
    if not target.endswith(".") or bare.endswith((".", "…", "?", "!")):
        return target
    if ABBREVIATED_END.search(target):
        return target
    return target[:-1] + (bare[-1] if bare.endswith((",", ";", ":")) else "")


def ended_like(source: str, target: str) -> str:
    """Put back what ends an item of a list, if the model left it out.

    >>> ended_like("drei Äpfel,", "three apples")
    'three apples,'
    """
    goes_on = source.endswith((",", ";")) and target[-1:].isalnum()
    return target + source[-1] if goes_on else target


def ends_sentence(text: str) -> bool:
    """Whether what follows *text* begins a sentence."""
    return text.rstrip(CLOSING).endswith(SENTENCE_ENDS)
