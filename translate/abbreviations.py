"""German abbreviations written out, as running text has them.

A model that learnt from news has seen "z. B." some hundred times, and "i. d. R.", "Jh."
or "So., 4. Mai" hardly ever. What it knows well (Nr., Dr., usw., bzw.) stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DAYS = {
    "Mo": "Montag", "Di": "Dienstag", "Mi": "Mittwoch", "Do": "Donnerstag",
    "Fr": "Freitag", "Sa": "Samstag", "So": "Sonntag",
}  # fmt: skip

# Anywhere; a space within may be left out.
_EVERYWHERE = {
    "u. a.": "unter anderem", "z. B.": "zum Beispiel", "d. h.": "das heißt",
    "v. a.": "vor allem", "i. d. R.": "in der Regel", "z. T.": "zum Teil",
    "z. Zt.": "zurzeit", "z. Z.": "zurzeit", "u. U.": "unter Umständen",
    "u. v. m.": "und vieles mehr", "u. v. a. m.": "und vieles andere mehr",
    "u. v. a.": "und viele andere",
    "o. ä.": "oder Ähnliches", "o. Ä.": "oder Ähnliches",
    "u. ä.": "und Ähnliches", "u. Ä.": "und Ähnliches",
    "v. l. n. r.": "von links nach rechts", "v. l.": "von links", "v. r.": "von rechts",
    "ca.": "etwa", "rd.": "rund", "ggf.": "gegebenenfalls", "evtl.": "eventuell",
    "inkl.": "inklusive", "exkl.": "ohne", "zzgl.": "zuzüglich",
    "abzgl.": "abzüglich", "max.": "maximal", "mind.": "mindestens",
    "vgl.": "vergleiche", "lt.": "laut", "wg.": "wegen",
    "tägl.": "täglich", "mtl.": "monatlich", "verh.": "verheiratet",
    "eig. Ber.": "eigener Bericht", "eig.": "eigener",
    "Einw.": "Einwohner", "Tsd.": "Tausend",
}  # fmt: skip
# Behind a number; of one thing another form.
_COUNTED = {
    "Mio.": ("Million", "Millionen"), "Mrd.": ("Milliarde", "Milliarden"),
    "Std.": ("Stunde", "Stunden"), "Min.": ("Minute", "Minuten"),
    "Sek.": ("Sekunde", "Sekunden"), "Pkt.": ("Punkt", "Punkte"),
}  # fmt: skip
# Before a number, and nowhere else.
_NUMBERED = {"Abs.": "Absatz", "Art.": "Artikel", "geb.": "geboren"}
_BRACKETED = {"l.": "links", "r.": "rechts", "M.": "Mitte", "o.": "oben", "u.": "unten"}

# The same where a sentence begins; Max. and Lt. may be names.
_CAPITAL = {
    key[0].upper() + key[1:]: value[0].upper() + value[1:]
    for key, value in _EVERYWHERE.items()
    if key[0].islower() and key not in ("max.", "lt.")
}

# Dates in digits are read as decimals: "on 12,03,2024".
_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
    "September", "Oktober", "November", "Dezember",
)  # fmt: skip
_DAY_OF_MONTH = r"(?:0?[1-9]|[12]\d|3[01])\."
_DATE = rf"{_DAY_OF_MONTH}[ \u00a0]?(?:0?[1-9]|1[0-2])\."
_YEAR = r"[ \u00a0]?(?:1[5-9]|20)\d\d"
_NO_NUMBER = "".join(
    rf"(?<!{word}[ ])"
    for word in ("Version", "Release", "Build", "Kapitel", "Abschnitt")
)
_BEFORE_DATE = "[Aa]m|[Vv]om|[Bb]is|[Zz]um|[Aa]b|[Ss]eit|[Dd]en|[Dd]em"
# Of several, the last has its month; others may be days of it: "vom 12.–14.5."
_AND_DATE = (
    r"(?:[ \u00a0]?[–/-][ \u00a0]?|,[ ]"
    r"|,?[ ](?:bis|und|oder|bzw\.)(?:[ ](?:zum|am))?[ ])"
)
_SOME_DATE = rf"(?:{_DATE}(?:{_YEAR})?|{_DAY_OF_MONTH})"
_DATES = rf"(?:{_SOME_DATE}{_AND_DATE}){{1,9}}{_DATE}"

_DAY = "|".join(_DAYS)
# A day stands before a date or a time; Swiss francs are Fr. 12.50, too.
_MONTH = "Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"
_WHEN = (
    rf",?[ \u00a0]?(?:\d{{1,2}}\.[ \u00a0]?(?:\d{{1,2}}\.|{_MONTH})"
    r"|\d[\d.:\u2013\u2014 -]{0,15}Uhr)"
)
# A text with fewer words is a note and has no full stop of its own; nor has one that
# begins with a number, or with what it is about.
_SENTENCE = 4
_CLOSING = '"“”»)'
_NOTE = re.compile(r"\d|[^:]*:|[^(]*\(")


def _any_of(abbreviations: dict[str, object]) -> str:
    longest_first = sorted(abbreviations, key=len, reverse=True)
    spelled = (re.escape(each).replace(r"\ ", r"[ \u00a0]?") for each in longest_first)
    return "|".join(spelled)


_PATTERNS = re.compile(
    rf"""(?<![\w.])(?:
      (?P<day>{_DAY})\.(?={_WHEN})
    | (?P<first>{_DAY})\.?[ ]?(?P<dash>[-–/])[ ]?(?P<last>{_DAY})(?:\.|(?!\w))
    | (?<![,])(?P<count>\d[\d.,]{{0,20}})[ \u00a0]?
      (?P<counted>{_any_of({**_COUNTED})})(?!\w)
    | (?P<numbered>{_any_of({**_NUMBERED})})[ \u00a0]?(?=\d)
    | (?P<others>[uU]\.[ \u00a0]?a\.)(?=[ ]?\(|[\"“”»]?\Z)
    | (?P<everywhere>{_any_of({**_EVERYWHERE, **_CAPITAL})})(?!\w)
    | (?P<century>\d{{1,2}}\.[ \u00a0]?)Jh\.?(?!\w)
    | (?P<dates>
        (?:(?:{_BEFORE_DATE})[ ]|(?<=Termine:[ ])){_DATES}(?:{_YEAR})?
        (?![ \u00a0]?[\d–/-])
      | {_NO_NUMBER}{_DATES}{_YEAR}(?![\w.]?\d) )
    | {_NO_NUMBER}(?P<date>{_DATE}{_YEAR})(?![\w.]?\d)
    | (?P<days>(?:(?:{_BEFORE_DATE})[ ])?{_DAY_OF_MONTH}[ ]?[–-][ ]?{_DAY_OF_MONTH})
      (?=[ \u00a0](?:{"|".join(_MONTHS)})\b)
    | (?P<preposition>(?:{_BEFORE_DATE})[ ])
      (?P<of_year>{_DATE})(?![ \u00a0]?[\dA-ZÄÖÜ–-])
    | (?<=[^\W\d_][ ])€(?![ \u00a0]?\d)(?!\w)
    | Hbf\.?(?!\w)
    ) | (?<=\()(?P<bracketed>{_any_of({**_BRACKETED})})(?=\))""",
    re.VERBOSE,
)


def spelled_out(text: str) -> str:
    """Write the abbreviations of a German segment out; the number of words may change.

    >>> spelled_out("So., 4. Mai, ca. 3 Min., nach Abs. 2")
    'Sonntag, 4. Mai, etwa 3 Minuten, nach Absatz 2'
    >>> spelled_out("Seit 12.03.2024 gilt der Preis in €.")
    'Seit 12. März 2024 gilt der Preis in Euro.'
    """
    written = _PATTERNS.sub(_spelled, text)
    # The full stop of an abbreviation at the end was that of the sentence, too.
    end = len(text.rstrip(_CLOSING))
    closing = text[end:]
    body = written.removesuffix(closing)
    if (
        written == text
        or text[end - 1 : end] != "."
        or body.endswith(".")
        or len(text.split()) < _SENTENCE
        or _NOTE.match(text)
    ):
        return written
    return f"{body}.{closing}"


def _spelled(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    return _SPELLED.get(kind, _sign)(match)


def _sign(match: re.Match[str]) -> str:
    return "Euro" if match[0] == "€" else "Hauptbahnhof"


def _date(match: re.Match[str]) -> str:
    return f"{match['preposition'] or ''}{_written(match['date'] or match['of_year'])}"


def _dates(match: re.Match[str]) -> str:
    each = re.compile(rf"{_DATE}(?:{_YEAR}(?!\d))?")
    written = each.sub(lambda found: _written(found[0]), match[0])
    # The model takes a hyphen between dates for anything but "to".
    dash = " bis " if match[0].lower().startswith("vom ") else "–"
    return dash.join(re.split(r"(?<=[\w.])[ \u00a0]?[-–][ \u00a0]?(?=\d)", written))


def _written(date: str) -> str:
    day, month, year = re.split(r"\.\s?", date)
    return f"{int(day)}. {_MONTHS[int(month) - 1]} {year}".rstrip()


def _counted(match: re.Match[str]) -> str:
    one, several = _COUNTED[match["counted"]]
    count = match["count"]
    is_one = count == "1" or count.endswith(".")  # the 45. minute
    return f"{count} {one if is_one else several}"


def _looked_up(table: dict[str, str]) -> Callable[[re.Match[str]], str]:
    closed = {key.replace(" ", ""): value for key, value in table.items()}
    return lambda match: closed[re.sub(r"\s", "", match[0])]


_SPELLED: dict[str, Callable[[re.Match[str]], str]] = {
    "day": lambda match: _DAYS[match["day"]],
    "last": lambda match: (
        f"{_DAYS[match['first']]}{match['dash']}{_DAYS[match['last']]}"
    ),
    "counted": _counted,
    "numbered": lambda match: f"{_NUMBERED[match['numbered']]} ",
    "others": lambda _: "und andere",
    "everywhere": _looked_up({**_EVERYWHERE, **_CAPITAL}),
    "century": lambda match: f"{match['century']}Jahrhundert",
    "bracketed": _looked_up(_BRACKETED),
    "date": _date,
    "dates": _dates,
    "days": _dates,
    "of_year": _date,
}
