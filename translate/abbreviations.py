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
    "u. v. m.": "und vieles mehr", "o. ä.": "oder Ähnliches", "o. Ä.": "oder Ähnliches",
    "u. ä.": "und Ähnliches", "u. Ä.": "und Ähnliches", "d. J.": "dieses Jahres",
    "v. l. n. r.": "von links nach rechts", "v. l.": "von links", "v. r.": "von rechts",
    "ca.": "etwa", "rd.": "rund", "ggf.": "gegebenenfalls", "evtl.": "eventuell",
    "inkl.": "inklusive", "exkl.": "ausschließlich", "zzgl.": "zuzüglich",
    "abzgl.": "abzüglich", "max.": "maximal", "mind.": "mindestens",
    "vgl.": "vergleiche", "lt.": "laut", "wg.": "wegen", "sog.": "sogenannte",
    "tägl.": "täglich", "mtl.": "monatlich", "verh.": "verheiratet", "led.": "ledig",
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

_DAY = "|".join(_DAYS)
# A text with fewer words is a note and has no full stop of its own.
_SENTENCE = 6


def _any_of(abbreviations: dict[str, object]) -> str:
    longest_first = sorted(abbreviations, key=len, reverse=True)
    spelled = (re.escape(each).replace(r"\ ", r"[ \u00a0]?") for each in longest_first)
    return "|".join(spelled)


_PATTERNS = re.compile(
    rf"""(?<![\w.])(?:
      (?P<day>{_DAY})\.(?=,?[ \u00a0]?\d)
    | (?P<first>{_DAY})\.?[ ]?(?P<dash>[-–/])[ ]?(?P<last>{_DAY})(?:\.|(?!\w))
    | (?P<count>\d[\d.,]*)[ \u00a0]?(?P<counted>{_any_of({**_COUNTED})})(?!\w)
    | (?P<numbered>{_any_of({**_NUMBERED})})(?=[ \u00a0]?\d)
    | (?P<everywhere>{_any_of({**_EVERYWHERE})})(?!\w)
    | (?P<century>\d{{1,2}}\.[ \u00a0]?)Jh\.?(?!\w)
    | Hbf\.?(?!\w)
    ) | (?<=\()(?P<bracketed>{_any_of({**_BRACKETED})})(?=\))""",
    re.VERBOSE,
)


def spelled_out(text: str) -> str:
    """Write the abbreviations of a German segment out; the number of words may change.

    >>> spelled_out("So., 4. Mai, ca. 3 Min., nach Abs. 2")
    'Sonntag, 4. Mai, etwa 3 Minuten, nach Absatz 2'
    """
    written = _PATTERNS.sub(_spelled, text)
    if written != text and text.endswith(".") and not written.endswith("."):
        # The full stop of the abbreviation was that of the sentence, too.
        return written + "." if len(text.split()) >= _SENTENCE else written
    return written


def _spelled(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    return _SPELLED.get(kind, _station)(match)


def _station(_match: re.Match[str]) -> str:
    return "Hauptbahnhof"


def _counted(match: re.Match[str]) -> str:
    one, several = _COUNTED[match["counted"]]
    return f"{match['count']} {one if match['count'] == '1' else several}"


def _looked_up(table: dict[str, str]) -> Callable[[re.Match[str]], str]:
    closed = {key.replace(" ", ""): value for key, value in table.items()}
    return lambda match: closed[re.sub(r"\s", "", match[0])]


_SPELLED: dict[str, Callable[[re.Match[str]], str]] = {
    "day": lambda match: _DAYS[match["day"]],
    "last": lambda match: (
        f"{_DAYS[match['first']]}{match['dash']}{_DAYS[match['last']]}"
    ),
    "counted": _counted,
    "numbered": _looked_up(_NUMBERED),
    "everywhere": _looked_up(_EVERYWHERE),
    "century": lambda match: f"{match['century']}Jahrhundert",
    "bracketed": _looked_up(_BRACKETED),
}
