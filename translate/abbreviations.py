"""German abbreviations written out, as running text has them.

A model that learnt from news has seen "z. B." some hundred times, and "i. d. R.", "Jh."
or "So., 4. Mai" hardly ever. What it knows well (Nr., Dr., usw., bzw.) stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from satzpaar.translate.checks.name_lists import first_names
from satzpaar.translate.gendered import without_stars
from satzpaar.translate.written_dates import MONTHS, dates_written_out

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
    "u. v. a.": "und viele andere", "u. a. m.": "und anderes mehr",
    "o. ä.": "oder Ähnliches", "o. Ä.": "oder Ähnliches",
    "u. ä.": "und Ähnliches", "u. Ä.": "und Ähnliches",
    "v. l. n. r.": "von links nach rechts", "v. l.": "von links", "v. r.": "von rechts",
    "ca.": "etwa", "rd.": "rund", "ggf.": "gegebenenfalls", "evtl.": "eventuell",
    "inkl.": "inklusive", "exkl.": "ohne", "zzgl.": "zuzüglich",
    "abzgl.": "abzüglich", "max.": "maximal", "mind.": "mindestens",
    "vgl.": "vergleiche", "lt.": "laut", "wg.": "wegen",
    "tägl.": "täglich", "mtl.": "monatlich", "verh.": "verheiratet",
    "eig. Ber.": "eigener Bericht", "eig. Bericht": "eigener Bericht",
    "eig.": "eigentlich", "Einw.": "Einwohner", "Tsd.": "Tausend",
    "i. V. m.": "in Verbindung mit", "erm.": "ermäßigt", "insb.": "insbesondere",
    "bspw.": "beispielsweise", "bzgl.": "bezüglich", "gegr.": "gegründet",
    "MwSt.": "Mehrwertsteuer", "MwSt": "Mehrwertsteuer", "Vj.": "Vorjahr",
    "Tel.-Nr.": "Telefonnummer",
}  # fmt: skip
# Behind a number; of one thing another form.
_COUNTED = {
    "Mio.": ("Million", "Millionen"), "Mrd.": ("Milliarde", "Milliarden"),
    "Std.": ("Stunde", "Stunden"), "Min.": ("Minute", "Minuten"),
    "Sek.": ("Sekunde", "Sekunden"), "Pkt.": ("Punkt", "Punkte"),
    "EL": ("Esslöffel", "Esslöffel"), "TL": ("Teelöffel", "Teelöffel"),
    "Pck.": ("Packung", "Packungen"), "Pkg.": ("Packung", "Packungen"),
    "ml": ("Milliliter", "Milliliter"), "J.": ("Jahr", "Jahre"),
    "qm": ("Quadratmeter", "Quadratmeter"), "v. H.": ("Prozent", "Prozent"),
    "%-Punkt": ("Prozentpunkt", "Prozentpunkt"),
    "%-Punkte": ("Prozentpunkte", "Prozentpunkte"),
    "%-Punkten": ("Prozentpunkten", "Prozentpunkten"),
    "U/min": ("Umdrehungen pro Minute", "Umdrehungen pro Minute"),
}  # fmt: skip
# What a price is for: "12,50 €/m²", "25 Euro/Std."
_PRICED_BY = {
    "m²": "Quadratmeter", "m2": "Quadratmeter", "qm": "Quadratmeter",
    "m³": "Kubikmeter", "m3": "Kubikmeter", "kWh": "Kilowattstunde",
    "MWh": "Megawattstunde", "kg": "Kilogramm", "t": "Tonne", "l": "Liter",
    "Liter": "Liter", "Tonne": "Tonne", "h": "Stunde", "Std.": "Stunde",
    "Stunde": "Stunde", "Tag": "Tag", "Nacht": "Nacht", "Woche": "Woche",
    "Monat": "Monat", "Jahr": "Jahr", "Person": "Person", "Pers.": "Person",
    "Stück": "Stück", "Kilo": "Kilo",
}  # fmt: skip
_PER = {"Std.": "Stunde", "Min.": "Minute", "Sek.": "Sekunde"}
# Before a number, and nowhere else.
_NUMBERED = {
    "Abs.": "Absatz", "Art.": "Artikel", "geb.": "geboren",
    "Abb.": "Abbildung", "Tab.": "Tabelle",
}  # fmt: skip
# Hours that something lasts: "um 3 h verlängert", "ab 8 h am Tag".
_LASTS = (
    r"[ ](?:ver(?:kürz|länger|schob|spät|zöger)|länger|kürzer|früher|später|schneller"
    r"|am[ ]Tag|täglich|pro|je|Arbeit|Warte|Verspätung|Dauer|Laufzeit|Schlaf)"
)
# With its year: "v. 2.1." may be a version.
_DATE = (
    rf"\d{{1,2}}\.[ \u00a0]?(?:\d{{1,2}}\.[ \u00a0]?\d{{4}}|(?:{'|'.join(MONTHS)})\b)"
)
_BRACKETED = {"l.": "links", "r.": "rechts", "M.": "Mitte", "o.": "oben", "u.": "unten"}

# The same with the capital of a sentence; Max. and Lt. may be names even there.
_CAPITAL = {
    key[0].upper() + key[1:]: value[0].upper() + value[1:]
    for key, value in _EVERYWHERE.items()
    if key[0].islower() and key not in ("max.", "lt.")
}
# These only where one begins: Los Angeles, Ca.; Abbey Rd.; A Beautiful Mind.
_BEGINNING = {key: _CAPITAL.pop(key) for key in ("Ca.", "Rd.", "Mind.")}
_BEGINS = r"(?:\A|(?<=[.!?:–•-][ ])|(?<=[(\"„“»]))"

_DAY = "|".join(_DAYS)
# A day stands before a date or a time; Swiss francs are Fr. 12.50, too.
_MONTH = "Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"
_WHEN = (
    rf",?[ \u00a0]?(?:\d{{1,2}}\.[ \u00a0]?(?:(?:0?[1-9]|1[0-2])\.|{_MONTH})"
    r"|\d[\d.:\u2013\u2014 -]{0,15}(?:bis[ ][\d.:]{1,5}[ ])?Uhr)|:[ ]\d"
    r"|,[ ]den[ ]\d|[ ](?:geschlossen|Ruhetag)\b"
)
_HOURS = (
    r"\d{1,2}(?:[.:]\d\d)?(?:(?:[ ]?[–-][ ]?|[ ]bis[ ])\d{1,2}(?:[.:]\d\d)?)?[ ]?Uhr"
)
# What says that days before it are days: "Do 20:15", "Mo, Mi, Fr 9-12 Uhr".
_OPEN = (
    rf"[ ](?:{_HOURS}|\d{{1,2}}:\d\d(?![\d:])|geschlossen\b|Ruhetag\b"
    r"|(?:von|ab|bis|um)[ ]\d)"
)
_SOME_DAYS = rf"(?:{_DAY})\.?(?:[ ]?[–-][ ]?(?:{_DAY})\.?)?"
_AND = r"(?:,[ ]|[ ](?:und|u\.|sowie|[+&])[ ])"
# At the end of a sentence the francs look like a date, too: "kostet Fr. 5.10."
_PRICED = re.compile(
    r"(?:[Pp]reise?|kost\w{1,4}|Eintritt|[Gg]ebühr|zahl\w{1,3})"
    r"(?::|[ ](?:nur|etwa|rund|ca\.|je|jeweils|mindestens))?[ ]\Z"
)
_AMOUNT = re.compile(r"[ \u00a0]?\d{1,2}\.\d\d(?!\d|\.?[ ]?(?:\d|Uhr|bis|[–-]))")
_BARE_DAY = "|".join(day for day in _DAYS if day != "So")
_FROM_TO = re.compile(
    r"(?<![\w.,:–-])(?P<from>\d{1,2}(?:[.:]\d\d)?)(?P<dash>[ ]?[–-][ ]?)"
    r"(?=\d{1,2}(?:[.:]\d\d)?[ ]?Uhr)"
)
# "So" is a day only among others.
_AMONG_DAYS = re.compile(
    rf"(?<!\w)(?:{_BARE_DAY})\.?(?:,?{_OPEN}|(?:,[ ]|[ ]?[–/-][ ]?)(?:{_DAY})(?!\w))"
)
_CAPITALIZED = re.compile(r"(?<!\w)(?P<word>[A-ZÄÖÜ]\w*)[ ]\Z")
# Words with a capital that hours and weekdays follow. What follows another may belong
# to it: Saal 3 – 20 Uhr, the singer Mi-So.
_OF_TIMES = re.compile(
    rf"\w*(?:tags?|woch|wochs|abends?|zeit|zeiten|stunden?|ffnet|lossen|lich)|Uhr"
    rf"|{_DAY}|(?:{_MONTH})\w*|Von|Zwischen|Ab|Heute|Morgen|Jeweils|Immer|Nur"
)
# "Fr" is no part of a name: it has no vowel.
_LIKE_A_NAME = re.compile(r"(?!Fr)[A-Z]\w-(?!Fr)[A-Z]\w\.?")
_OPEN_THEN = re.compile(r"\.?[ ,:(]{0,3}(?:\d|geöffnet|geschlossen|von|ab|jeweils)")
# In sport, n. V. is extra time. Hours have two digits behind the colon, scores one,
# or in basketball and handball more points than there are hours.
_GAME = re.compile(
    r"(?<![\d.:])(?:\d{1,3}:\d|(?:2[5-9]|[3-9]\d|1\d\d):\d{2,3})(?![\d:])"
    r"|Sieg\b|Niederlage|finale\b"
    r"|\b(?:siegten?|gewann|gewinnt|verlor|verliert|unterlag|unterliegt)\b"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?!\d)")
# Behind these, Art is a word and the full stop that of a sentence: "aller Art. 2023"
_OF_A_KIND = re.compile(
    r"(?<!\w)(?:(?:[dkms]?ein|ihr|unser|eur|dies|jen|jed|welch|solch)er?"
    r"|(?:all|ander|besonder|einzig)er)[ ]\Z"
)
_NEAR = 80  # characters around a place that may tell what it is; ours
_WHOLE_PRICE = re.compile(r"(?<=\d),[-–—]{1,2}(?!\d)")
_FRACTION = re.compile(r"(?<![\d.,])(?P<whole>\d{1,3})[ ]?(?P<part>[½¼¾])")
_DECIMALS = {"½": "5", "¼": "25", "¾": "75"}
# Of "1 Stunde 27 Minuten" a model leaves the hour out, or says "1 hours".
_AND_MINUTES = re.compile(
    r"(?<=\d )(?P<hours>Stunden?|Minuten?)(?= \d{1,2} (?:Minute|Sekunde)n?\b)"
)
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
      (?P<days>{_SOME_DAYS}(?:{_AND}{_SOME_DAYS}){{1,6}})(?=:?,?{_OPEN})
    | (?<=[Aa]m[ ])(?P<on>(?:{_DAY})\.(?:{_AND}(?:{_DAY})\.){{0,6}})
    | (?P<day>{_DAY})\.(?={_WHEN})
    | (?P<bare>{_BARE_DAY})(?={_OPEN})
    | (?P<sunday>So)(?={_OPEN})
    | (?P<first>{_DAY})(?P<stop>\.)?[ ]?(?P<dash>[-–/])[ ]?(?P<last>{_DAY})
      (?:\.(?(stop)|(?![ ][A-ZÄÖÜ]))|(?!\w))  # "Mo-Fr. Es" is the end of a sentence
    | (?<![,])(?P<count>\d[\d.,]{{0,20}})[ \u00a0]?
      (?P<counted>{_any_of({**_COUNTED})})
      (?!\w|(?<=L)-|(?<=ml)[/-]|(?<=J\.)[ ][A-ZÄÖÜ])  # a player: 10 J. Bell
    | (?<=[pP]ro[ ])(?P<per>{_any_of({**_PER})})
    | (?P<hour>(?:[Aa]b|[Uu]m|[Gg]egen)[ ](?:[01]?\d|2[0-4])(?:[.:]\d\d)?)[ ]?h(?!\w)
      (?!{_LASTS})
    | (?P<dated>v\.)(?=[ ]{_DATE})
    | (?P<clause>(?:§[ ]?\d+\w?|Abs\.[ ]\d+|Art\.[ ]\d+)[ ])S\.(?=[ ]?\d)
    | (?<![A-Z]\.[ ])(?<!\d[ ])(?P<page>S\.)[ ]?(?=\d)
    | (?P<numbered>{_any_of({**_NUMBERED})})[ \u00a0]?(?=\d)
    | (?P<others>[uU]\.[ \u00a0]?a\.)(?=[ ]?\(|[\"“”»]?\Z)
    | (?P<agreed>n\.[ \u00a0]?V\.)(?!\w)
    | {_BEGINS}(?P<beginning>{_any_of({**_BEGINNING})})
    | (?P<everywhere>{_any_of({**_EVERYWHERE, **_CAPITAL})})(?!\w)
    | (?P<century>\d{{1,2}}\.[ \u00a0]?)Jh\.?(?!\w)
    | (?<=[^\W\d_][ ])€(?![ \u00a0]?\d)(?!\w)
    | Hbf\.?(?!\w)
    | (?<=[\w.)%€“"][ ])(?P<and>u\.)(?=[ ](?![a-zäöü]{{1,2}}\.)[\w„"(])
    ) | (?<=\d)[ \u00a0]?(?:€|EUR|Euro)/(?P<priced>{_any_of({**_PRICED_BY})})(?!\w)
    | (?<=\()(?P<bracketed>{_any_of({**_BRACKETED})})(?=\))""",
    re.VERBOSE,
)


def spelled_out(text: str) -> str:
    """Write the abbreviations of a German segment out; the number of words may change.

    >>> spelled_out("So., 4. Mai, ca. 3 Min., nach Abs. 2")
    'Sonntag, 4. Mai, etwa 3 Minuten, nach Absatz 2'
    >>> spelled_out("Seit 12.03.2024 gilt der Preis in €.")
    'Seit 12. März 2024 gilt der Preis in Euro.'
    """
    plain = _WHOLE_PRICE.sub("", _FROM_TO.sub(_from_to, without_stars(text)))
    plain = _FRACTION.sub(_decimal, plain)
    written = dates_written_out(_PATTERNS.sub(_spelled, plain))
    written = _AND_MINUTES.sub(r"\g<hours> und", written)
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


def _before(match: re.Match[str]) -> str:
    """Return the last of what stands before a match."""
    return match.string[max(0, match.start() - _NEAR) : match.start()]


def _may_be_named(match: re.Match[str]) -> bool:
    """Say whether a match may be a part of a name that the word before it begins."""
    found = _CAPITALIZED.search(_before(match))
    return bool(found and not _OF_TIMES.fullmatch(found["word"]))


def _from_to(match: re.Match[str]) -> str:
    if " " in match["dash"] and _may_be_named(match):
        return match[0]
    return f"{match['from']} bis "


def _decimal(match: re.Match[str]) -> str:
    return f"{match['whole']},{_DECIMALS[match['part']]}"


def _all_days(match: re.Match[str]) -> str:
    """Write out a list of days: "Mo, Mi–Fr u. So"."""
    between = re.sub(r"[ ]?[–-][ ]?", " bis ", match[0])
    joined = re.sub(r" (?:u\.|[+&]) ", " und ", between)
    return re.sub(rf"\b({_DAY})\b\.?", lambda day: _DAYS[day[1]], joined)


def _sunday(match: re.Match[str]) -> str:
    near = match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    return "Sonntag" if _AMONG_DAYS.search(near) else match[0]


def _day(match: re.Match[str]) -> str:
    if (
        match["day"] == "Fr"
        and _PRICED.search(_before(match))
        and _AMOUNT.match(match.string, match.end())
    ):
        return match[0]
    return _DAYS[match["day"]]


def _days(match: re.Match[str]) -> str:
    if (
        _LIKE_A_NAME.fullmatch(match[0])
        and _may_be_named(match)
        and not _OPEN_THEN.match(match.string, match.end("last"))
    ):
        return match[0]
    between = "/" if match["dash"] == "/" else " bis "
    return f"{_DAYS[match['first']]}{between}{_DAYS[match['last']]}"


def _page(match: re.Match[str]) -> str:
    """Write a page out, but not the surname of a person: "Stefan S. 2015"."""
    found = _CAPITALIZED.search(_before(match).replace("-", " "))
    if found and (
        found["word"] in first_names()
        or (found["word"] != "Siehe" and _YEAR.match(match.string, match.end()))
    ):
        return match[0]
    return "Seite "


def _numbered(match: re.Match[str]) -> str:
    short = match["numbered"]
    if short == "Art." and (
        _OF_A_KIND.search(_before(match)) or _YEAR.match(match.string, match.end())
    ):
        return match[0]
    return f"{_NUMBERED[short]} "


def _agreed(match: re.Match[str]) -> str:
    start, end = max(0, match.start() - _NEAR), match.end() + _NEAR
    is_game = _GAME.search(match.string, start, end)
    return "nach Verlängerung" if is_game else "nach Vereinbarung"


def _counted(match: re.Match[str]) -> str:
    one, several = _COUNTED[re.sub(r"(?<=\.)(?=\w)", " ", match["counted"])]
    count = match["count"]
    if several.endswith("löffel") and (
        count.endswith(".") or _before(match)[-1:] == ":"
    ):
        return match[0]  # the Europa League: "das 2. EL Spiel", "das 0:3 EL Aus"
    is_one = count == "1" or count.endswith(".")  # the 45. minute
    return f"{count} {one if is_one else several}"


def _looked_up(table: dict[str, str]) -> Callable[[re.Match[str]], str]:
    closed = {key.replace(" ", ""): value for key, value in table.items()}
    return lambda match: closed[re.sub(r"\s", "", match[0])]


_SPELLED: dict[str, Callable[[re.Match[str]], str]] = {
    "days": _all_days,
    "on": _all_days,
    "day": _day,
    "sunday": _sunday,
    "bare": lambda match: _DAYS[match["bare"]],
    "last": _days,
    "counted": _counted,
    "per": lambda match: _PER[match["per"]],
    "hour": lambda match: f"{match['hour']} Uhr",
    "dated": lambda _: "vom",
    "and": lambda _: "und",
    "priced": lambda match: f" Euro pro {_PRICED_BY[match['priced']]}",
    "page": _page,
    "clause": lambda match: f"{spelled_out(match['clause'].rstrip())} Satz",
    "numbered": _numbered,
    "others": lambda _: "und andere",
    "agreed": _agreed,
    "beginning": _looked_up(_BEGINNING),
    "everywhere": _looked_up({**_EVERYWHERE, **_CAPITAL}),
    "century": lambda match: f"{match['century']}Jahrhundert",
    "bracketed": _looked_up(_BRACKETED),
}
