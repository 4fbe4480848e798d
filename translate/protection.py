"""Stretches of a text that come out as they went in: links, placeholders, emoji."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TOP_LEVEL = "de|com|org|net|eu|at|ch|info|io|gov|edu|uk|fr|tv|berlin|online|app|dev"

# Attributes have values here: "x <y und z> 3" holds no tag.
ATTRIBUTE = r"""
    (?: \s{1,4} [\w:@-]{1,40} =
        (?: "[^"<>]{0,300}" | '[^'<>]{0,300}' | [^\s"'<>=]{1,300} ) )"""

# Words that are the same in both languages and that a model should not touch where
# nothing else stands: units, and the news agencies of a credit line.
UNITS = frozenset(
    """
    km cm mm dm kg mg ha Hz kHz MHz GHz kW MW GW TW kWh MWh GWh TWh kB KB MB GB TB
    Mbit min ml cl EUR USD CHF GBP JPY km²
    """.split()
)

# What names of files end in; hardly one is a word.
FILE_ENDINGS = (
    "md|txt|pdf|docx?|xlsx?|pptx?|od[tsp]|epub|csv|tsv|jsonl?|xml|xsd|html?|css|js|py|"
    "ipynb|java|cpp|php|sh|ps1|exe|dll|zip|gz|xz|bz2|tar|7z|png|jpe?g|gif|svg|bmp|tiff?|"
    "webp|mp[34]|wav|avi|mkv|mov|ogg|flac|tmx|xlf|xliff|ya?ml|toml|ini|cfg|conf|sql|tex|"
    "bib|srt|vtt|apk|deb|rpm|msi|dmg|log|lock|bak|whl|twig|env"
)

# Behind a label, as of a column: "Länge (km)".
IN_BRACKETS = "|".join(
    [*sorted(UNITS), *"mtglhs€£%", r"\$", "km/h", "m/s", "°C", "°F", "m²", "m³", "Euro"]
)

UNIT = re.compile(rf"\((?:{IN_BRACKETS})\)")
LONGEST_LABEL = 5  # words, with the unit

# Lengths are bounded where a pattern may start anew at every character: time grows
# with the text alone.
PATTERNS = re.compile(
    r"""
      (?P<code> (?<![`\w])`(?!\s)[^`\n]{1,120}(?<!\s)`(?![`\w]) )
    | (?P<email> (?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+ )
    | (?P<url>
        \b[A-Za-z][\w+.-]{1,20}://\S+ | \bwww\.\w[^\s]* | \bmailto:\S+
      | \b(?<![@.\w-])[\w-]+(?:\.[\w-]+)*\.(?:TOP_LEVEL)\b
        (?![\w@-]|\.(?:FILE_ENDINGS)\b)(?:/\S*)? )
    | (?P<file>
        (?<![\w./~\\-]) (?:[A-Za-z]:)?(?:[\w.~-]{0,40}[/\\]){0,12}
        [\w-]{1,60}(?:\.[\w-]{1,40}){0,4}\.(?:FILE_ENDINGS)\b(?![\w@]|\.[a-z0-9])
        (?:[?\#][\w=&%-]{1,80})? )
    | (?P<path>
        (?<![\w./\\~€²³-]) (?: [A-Za-z]:\\[\w.\\-]{0,200} | \\\\\w[\w.\\-]{1,200}
          | (?:~|\.{1,2}|[A-Za-z]:)?(?:[/\\][\w.-]{1,60}){2,12}[/\\]?
          | (?:~|\.{1,2})/[\w.-]{1,60}/?
          | (?=[\w./-]{0,200}?(?:[._\d]|\w/(?!\w))|(?:src|usr|etc|var|lib|bin|docs)/)
            [a-z_.][a-z0-9_.-]{0,60}(?:/[a-z0-9_.-]{1,60}){2,12}/? )(?![\w/\\]) )
    | (?P<option>
        (?<!\S)(?: --[a-z][\w-]{1,40}(?:=[^\s,;]{1,80})?(?![^-]{0,80}\w--)
          | -[A-Za-z](?![\w-]) ) )
    | (?P<name>
        \b(?!\w*_innen|[A-Z]\w*_in\b|(?:[Jj]ed|[Kk]?[Ee]in|[Dd]ies|[Aa]ll)\w*_[ernms]\b)
        [A-Za-z][A-Za-z0-9]{0,40}(?:_[A-Za-z0-9]{1,40}){1,8}\b(?:\(\))?
      | \b[A-Za-z][\w.]{0,60}\(\) | %[A-Z_]{3,40}% | \blocalhost(?::\d{1,5})?\b
      | \bUTF-\d{1,2}\b
      | \b(?:python|pip|php|base|utf|sha|md|win|amd|arm|ext)\d{1,3}\b )
    | (?P<account> \b[A-Z]{2}\d{2}(?:[ ]?\d{4}){3,7}(?:[ ]?\d{1,3})?\b )
    | (?P<formula> \\\(.{1,300}?\\\) | \\\[.{1,300}?\\\] )
    | (?P<unit> (?<=\w[ ])\((?:UNITS)\)\Z )
    | (?P<tag> (?<![\w&/#@])[#@](?=\w*[^\W\d_])\w+ )
    | (?P<placeholder>
        \{\{[^{}]{1,80}\}\} | \{%[^{}]{1,200}%\} | <%[^<>]{1,200}%>
      | \$?\{[\w.:!-]{0,80}\} | \$[A-Z_][A-Z0-9_]{2,40}\b
      | %\(\w+\)[sdif] | (?<![\d%])(?<!\d[ ])%(?:\d+\$)?[-+0]?\d*(?:\.\d+)?[sdifgx@]\b
      | (?<!\d)%@
      | </?[A-Za-z][\w-]{0,30}ATTRIBUTE{0,12}\s{0,4}/?>
      | \[\[[^\[\]]{1,200}\]\] | \b__\w+__\b
      | (?<![\w:]):[a-z][a-z0-9_+-]{1,30}:(?!\w) )
    | (?P<emoji>
        (?: [\U0001F1E6-\U0001F1FF]{2}
          | [\U0001F000-\U0001FAFF\u2600-\u27BF\u2B50\u2B55\u231A-\u23FF]
            (?: [\uFE0F\U0001F3FB-\U0001F3FF]
              | \u200D[\U0001F000-\U0001FAFF\u2600-\u27BF] )* )+ )
    """.replace("TOP_LEVEL", TOP_LEVEL)
    .replace("FILE_ENDINGS", f"(?:{FILE_ENDINGS}|{FILE_ENDINGS.upper()})")
    .replace("ATTRIBUTE", ATTRIBUTE)
    .replace("UNITS", IN_BRACKETS),
    re.VERBOSE,
)

# A formula: x^2 + y^2 < 100, 2*x. No code, for its decimals are written the German way.
# A word beside it is none of its terms: "die Zahl - 2*3 - ist", 4*100-Meter-Staffel.
_TERM = (
    r"(?:\d(?:[\d.,]{0,12}\d)?[^\W\d_]{0,2}|[^\W\d_]\d{0,2})"
    r"(?:\^[-−+]?\w{1,8})?(?!\w)"
)
_POWER = r"(?:\w{1,12}\^[-−+]?\w{1,8}|\d[\d.,]{0,12}\*[a-z\d]\w{0,7})"
_OPERATOR = r"[ ]?[-−+*/=<>·×≤≥][ ]?"
FORMULA = re.compile(
    rf"(?<![\w^.,])(?:{_TERM}{_OPERATOR}){{0,4}}{_POWER}"
    rf"(?:{_OPERATOR}{_TERM}){{0,4}}(?![\w^])"
)

# What may follow a link in a sentence without belonging to it.
AFTER_A_LINK = ".,;:!?…\"'“”‘’«»"
BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}

AGENCIES = frozenset(
    """
    AFP AP APA ANSA DPA dpa EFE epd KNA PTI Reuters REUTERS SDA sda SID sid TASS dts
    Xinhua
    """.split()
)
DATE_KEY = frozenset(["date"])  # already English: "date 2023-09"
COPIED_WORDS = UNITS | AGENCIES | DATE_KEY

WORD = re.compile(r"[^\W\d_]{2,}")
ROMAN = re.compile(r"[IVXLCDM]+")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text, in characters."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the stretch of *text*."""
        return text[self.start : self.end]


def protected_spans(text: str, marked: Iterable[Span] = ()) -> list[Span]:
    """Return what must not change in *text*, in order, apart from each other.

    What touches is one stretch: two stand-ins side by side would be one number.

    Args:
        text: A segment's text.
        marked: Stretches known otherwise, such as inline code.
    """
    found = [Span(*_trimmed(match)) for match in PATTERNS.finditer(text)]
    merged: list[Span] = []
    for span in sorted([*found, *marked]):
        if span.start == span.end:
            continue
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def formulas(text: str) -> list[Span]:
    """Return where a text has powers and products, of which a model makes words.

    >>> text = "Es sind 4,2×10^5 Teilchen."
    >>> [span.of(text) for span in formulas(text)]
    ['4,2×10^5']
    """
    return [Span(*match.span()) for match in FORMULA.finditer(text)]


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Leave the sentence's own punctuation out of a link."""
    start, end = match.span()
    if match.lastgroup not in {"url", "path", "option"}:
        return start, end
    text = match.string
    while end > start:
        last = text[end - 1]
        opening = BRACKETS.get(last)
        unpaired = opening and text.count(opening, start, end) < text.count(
            last, start, end
        )
        if last not in AFTER_A_LINK and not unpaired:
            break
        end -= 1
    return start, end


def blackened(text: str, spans: Iterable[Span]) -> str:
    """Return a text without what stands in *spans*; all else keeps its place.

    >>> blackened("Siehe www.x.de.", [Span(6, 14)])
    'Siehe ________.'
    """
    for span in spans:
        text = text[: span.start] + "_" * (span.end - span.start) + text[span.end :]
    return text


def is_label(text: str, protected: Sequence[Span]) -> bool:
    """Say whether a text is a label with its unit, as of a column.

    >>> is_label("Länge (km)", [Span(6, 10)])
    True
    """
    return (
        len(protected) == 1
        and protected[0].end == len(text)
        and bool(UNIT.fullmatch(protected[0].of(text)))
        and len(text.split()) <= LONGEST_LABEL
    )


def has_words(text: str, protected: Sequence[Span] = ()) -> bool:
    """Say whether there is anything to translate outside the protected stretches.

    >>> has_words("3,5 km"), has_words("(dpa/AFP)"), has_words("3,5 Meilen")
    (False, False, True)
    """
    for word in WORD.finditer(text):
        if any(s.start <= word.start() and word.end() <= s.end for s in protected):
            continue
        if word.group() in COPIED_WORDS or ROMAN.fullmatch(word.group()):
            continue
        return True
    return False


@dataclass(frozen=True, slots=True)
class Masked:
    """A text whose protected stretches have stand-ins."""

    text: str
    stand_ins: tuple[str, ...]
    originals: tuple[str, ...]


# What stands in for a link must be copied by the model and leave the grammar alone. A
# short first name survives most often (75 %), numbers of one or two digits next (about
# 40 %), "#1" and "@@1" never (benchmarks/stand_ins.py, the bundled model).
STAND_INS = ("Tom", "15", "X2", "11", "30", "X1", *map(str, range(31, 100)))


def stand_ins(text: str, protected: Sequence[Span]) -> Masked | None:
    """Put a word or number that the text has not in the place of each stretch.

    Returns None where a stand-in would not stand alone, or where there are more
    stretches than stand-ins.
    """
    free = (stand_in for stand_in in STAND_INS if stand_in not in text)
    chosen: list[str] = []
    parts: list[str] = []
    start = 0
    for span in protected:
        before, after = text[: span.start][-1:], text[span.end :][:1]
        stand_in = next(free, None)
        if stand_in is None or before.isalnum() or after.isalnum():
            return None
        chosen.append(stand_in)
        parts += [text[start : span.start], stand_in]
        start = span.end
    parts.append(text[start:])
    originals = tuple(span.of(text) for span in protected)
    masked = Masked("".join(parts), tuple(chosen), originals)
    # "1.#Tag" would become "1.15", from which no 15 can be told again.
    return masked if put_back(masked, masked.text) == text else None


def put_back(masked: Masked, translated: str) -> str | None:
    """Put the originals back, or return None if a stand-in is not there just once."""
    if not masked.stand_ins:
        return translated
    some = "|".join(masked.stand_ins)
    # "Tom's" is the model's taking it for a person; a link with an 's leads nowhere.
    alone = rf"(?<!\w)(?<!\d[.,])({some})(?:['’]s\b)?(?!\w|[.,]\d)"
    if sorted(re.findall(alone, translated)) != sorted(masked.stand_ins):
        return None
    originals = dict(zip(masked.stand_ins, masked.originals, strict=True))
    return re.sub(alone, lambda found: originals[found[1]], translated)


def outside(text: str, protected: Sequence[Span]) -> list[str]:
    """Return what stands before, between and after the protected stretches."""
    starts = [0, *(span.end for span in protected)]
    ends = [*(span.start for span in protected), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]
