"""German abbreviations written out, as running text has them.

A model that learnt from news has seen "z. B." some hundred times, and "i. d. R.", "Jh."
or "So., 4. Mai" hardly ever. What it knows well (Nr., Dr., usw., bzw.) stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from satzpaar.translate.gendered import without_stars
from satzpaar.translate.written_dates import dates_written_out

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
    "n. V.": "nach Verlängerung", "Einw.": "Einwohner", "Tsd.": "Tausend",
}  # fmt: skip
# Behind a number; of one thing another form.
_COUNTED = {
    "Mio.": ("Million", "Millionen"), "Mrd.": ("Milliarde", "Milliarden"),
    "Std.": ("Stunde", "Stunden"), "Min.": ("Minute", "Minuten"),
    "Sek.": ("Sekunde", "Sekunden"), "Pkt.": ("Punkt", "Punkte"),
    "EL": ("Esslöffel", "Esslöffel"), "TL": ("Teelöffel", "Teelöffel"),
    "Pck.": ("Packung", "Packungen"), "Pkg.": ("Packung", "Packungen"),
    "ml": ("Milliliter", "Milliliter"),
}  # fmt: skip
# Before a number, and nowhere else.
_NUMBERED = {
    "Abs.": "Absatz", "Art.": "Artikel", "geb.": "geboren",
    "Abb.": "Abbildung", "Tab.": "Tabelle",
}  # fmt: skip
_BRACKETED = {"l.": "links", "r.": "rechts", "M.": "Mitte", "o.": "oben", "u.": "unten"}

# The same where a sentence begins; Max. and Lt. may be names.
_CAPITAL = {
    key[0].upper() + key[1:]: value[0].upper() + value[1:]
    for key, value in _EVERYWHERE.items()
    if key[0].islower() and key not in ("max.", "lt.")
}

_DAY = "|".join(_DAYS)
# A day stands before a date or a time; Swiss francs are Fr. 12.50, too.
_MONTH = "Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"
_WHEN = (
    rf",?[ \u00a0]?(?:\d{{1,2}}\.[ \u00a0]?(?:\d{{1,2}}\.|{_MONTH})"
    r"|\d[\d.:\u2013\u2014 -]{0,15}(?:bis[ ][\d.:]{1,5}[ ])?Uhr)|:[ ]\d"
)
_HOURS = (
    r"\d{1,2}(?:[.:]\d\d)?(?:[ ]?[–-][ ]?\d{1,2}(?:[.:]\d\d)?|[ ]bis[ ]\d{1,2})?[ ]?Uhr"
)
_BARE_DAY = "|".join(day for day in _DAYS if day != "So")
_FROM_TO = re.compile(
    r"(?<![\w.,:–-])(\d{1,2}(?:[.:]\d\d)?)[ ]?[–-][ ]?(?=\d{1,2}(?:[.:]\d\d)?[ ]?Uhr)"
)
_WHOLE_PRICE = re.compile(r"(?<=\d),[-–—]{1,2}(?!\d)")
# A text with fewer words is a note and has no full stop of its own; nor has one that
# begins with a number, or with what it is about.
_SENTENCE = 4
_CLOSING = '"“”»)'
# And none whose end has no word but names and figures behind a colon or a bracket.
_NOTE = re.compile(r"\d|[^:(]*[:(](?!.*\b[a-zäöüß]{3,})")


def _any_of(abbreviations: dict[str, object]) -> str:
    longest_first = sorted(abbreviations, key=len, reverse=True)
    spelled = (re.escape(each).replace(r"\ ", r"[ \u00a0]?") for each in longest_first)
    return "|".join(spelled)


_PATTERNS = re.compile(
    rf"""(?<![\w.])(?:
      (?P<day>{_DAY})\.(?={_WHEN})
    | (?P<bare>{_BARE_DAY})(?=[ ]{_HOURS})
    | (?P<first>{_DAY})\.?[ ]?(?P<dash>[-–/])[ ]?(?P<last>{_DAY})(?:\.|(?!\w))
    | (?<![,])(?P<count>\d[\d.,]{{0,20}})[ \u00a0]?
      (?P<counted>{_any_of({**_COUNTED})})(?!\w)
    | (?P<clause>(?:§[ ]?\d+\w?|Abs\.[ ]\d+|Art\.[ ]\d+)[ ])S\.(?=[ ]?\d)
    | (?<![A-Z]\.[ ])(?<!\d[ ])(?P<page>S\.)[ ]?(?=\d)
    | (?P<numbered>{_any_of({**_NUMBERED})})[ \u00a0]?(?=\d)
    | (?P<others>[uU]\.[ \u00a0]?a\.)(?=[ ]?\(|[\"“”»]?\Z)
    | (?P<everywhere>{_any_of({**_EVERYWHERE, **_CAPITAL})})(?!\w)
    | (?P<century>\d{{1,2}}\.[ \u00a0]?)Jh\.?(?!\w)
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
    plain = _WHOLE_PRICE.sub("", _FROM_TO.sub(r"\1 bis ", without_stars(text)))
    written = dates_written_out(_PATTERNS.sub(_spelled, plain))
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
        or (closing.startswith(")") and "(" in text)  # it stands within the bracket
    ):
        return written
    return f"{body}.{closing}"


def _spelled(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    return _SPELLED.get(kind, _sign)(match)


def _sign(match: re.Match[str]) -> str:
    return "Euro" if match[0] == "€" else "Hauptbahnhof"


def _dash(mark: str) -> str:
    return " bis " if mark == "-" else mark


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
    "bare": lambda match: _DAYS[match["bare"]],
    "last": lambda match: (
        f"{_DAYS[match['first']]}{_dash(match['dash'])}{_DAYS[match['last']]}"
    ),
    "counted": _counted,
    "page": lambda _: "Seite ",
    "clause": lambda match: f"{spelled_out(match['clause'].rstrip())} Satz",
    "numbered": lambda match: f"{_NUMBERED[match['numbered']]} ",
    "others": lambda _: "und andere",
    "everywhere": _looked_up({**_EVERYWHERE, **_CAPITAL}),
    "century": lambda match: f"{match['century']}Jahrhundert",
    "bracketed": _looked_up(_BRACKETED),
}
