"""German dates in digits written out: a model reads them as decimals, "on 12,03,2024".

A full stop behind two numbers may also be that of a version, a section or an ordinal
number, so that something has to say that it is a date: a year, a word before it, a
weekday, an hour, brackets.
"""

from __future__ import annotations

import re

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
    "September", "Oktober", "November", "Dezember",
)  # fmt: skip
DAY_OF_MONTH = r"(?:0?[1-9]|[12]\d|3[01])\."
DATE = rf"{DAY_OF_MONTH}[ \u00a0]?(?:0?[1-9]|1[0-2])\."
_YEAR = r"[ \u00a0]?(?:1[5-9]|20)\d\d"
_WEEKDAY = "(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend"
_BEFORE = "[Aa]m|[Vv]om|[Bb]is|[Zz]um|[Aa]b|[Ss]eit|[Dd]en|[Dd]em|Zeitraum"
# How words end behind which such figures are no date: Softwareversion, Abschnitt.
_NO_NUMBER = "".join(
    rf"(?<!{word}[ ])"
    for word in (
        "ersion", "elease", "Build", "apitel", "bschnitt", "oftware", "irmware",
        "iffer", "osition", "Pos.", "Tel.", "Nr.", "DIN", "Punkt", "Python", "zeichen",
    )
)  # fmt: skip
# Of several, the last has its month; others may be days of it: "vom 12.–14.5."
_AND = (
    r"(?:[ \u00a0]?[–/-][ \u00a0]?|,[ ]"
    r"|,?[ ](?:bis|und|oder|bzw\.)(?:[ ](?:zum|am))?[ ])"
)
_SEVERAL = rf"(?:(?:{DATE}(?:{_YEAR})?|{DAY_OF_MONTH}){_AND}){{1,9}}{DATE}"

_PATTERN = re.compile(
    rf"""(?<![\w.])(?:
      (?P<several>
        (?:(?:{_BEFORE})[ ]|(?<=Termine:[ ])){_SEVERAL}(?:{_YEAR})?
        (?![ \u00a0]?[\d–/-])
      | {_NO_NUMBER}{_SEVERAL}{_YEAR}(?![\w.]?\d)
      | (?<=\(){_SEVERAL}(?=\)) )
    | {_NO_NUMBER}(?P<full>{DATE}{_YEAR})(?![\w.]?\d)
    | (?P<padded>\A(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.\d\d\Z)
    | (?P<lead>(?:{_BEFORE}|Stand:|(?:{_WEEKDAY}),?)[ ]|(?<=\())
      (?P<short>{DAY_OF_MONTH}(?:0?[1-9]|1[0-2])\.\d\d)(?![\w.]?\d)
    | (?P<before>(?:{_BEFORE}|Stand:|Start:|Beginn:)[ ])
      (?P<of_year>{DATE})(?![ \u00a0]?[\dA-ZÄÖÜ–-])
    | (?P<weekday>(?:{_WEEKDAY}),?[ ])(?P<on>{DATE})
      (?![ \u00a0]?\d(?!\d?[.:]\d\d|\d?[ ]Uhr))
    | (?<!abelle[ ]\()(?<!bsatz[ ]\()(?<!ormel[ ]\()(?<!schnitt[ ]\()(?<=\()
      (?P<bracketed>{DATE})(?=\))
    | (?P<at>{DATE})(?=,?[ ](?:um[ ])?\d{{1,2}}(?:[.:]\d\d)?[ ]?Uhr)
    | (?P<days>(?:(?:{_BEFORE})[ ])?{DAY_OF_MONTH}[ ]?[–-][ ]?{DAY_OF_MONTH})
      (?=[ \u00a0](?:{"|".join(MONTHS)})\b)
    )""",
    re.VERBOSE,
)
# "Termine: 3.5. Flohmarkt, 10.5. Konzert"
_LISTED = re.compile(rf"(?<=[:,;] ){DATE}(?= \w)")
_ONE = re.compile(rf"{DATE}(?:{_YEAR}(?!\d)|\d\d(?!\d))?")
_RANGE = re.compile(r"(?<=[\w.])[ \u00a0]?[-–][ \u00a0]?(?=\d)")
_THIS_CENTURY = 30  # of two digits, the last that is after 2000; ours


def dates_written_out(text: str) -> str:
    """Write the dates of a German text out.

    >>> dates_written_out("vom 12.-14.5. und am 03.04.24")
    'vom 12. bis 14. Mai und am 3. April 2024'
    >>> dates_written_out("Kapitel 3.4. und 3.5., Version 1.2.2024")
    'Kapitel 3.4. und 3.5., Version 1.2.2024'
    """
    text = _PATTERN.sub(_all_written, text)
    if text.startswith("Termine:"):
        text = _LISTED.sub(lambda match: _written(match[0]), text)
    return text


def _all_written(match: re.Match[str]) -> str:
    written = _ONE.sub(lambda found: _written(found[0]), match[0])
    # The model takes a hyphen between dates for anything but "to".
    from_to = match[0].startswith(("vom ", "Vom ", "Zeitraum "))
    return _RANGE.sub(" bis " if from_to else "–", written)


def _written(date: str) -> str:
    day, month, year = re.split(r"\.\s?", date)
    if len(year) == 2:
        year = f"{20 if int(year) <= _THIS_CENTURY else 19}{year}"
    return f"{int(day)}. {MONTHS[int(month) - 1]} {year}".rstrip()
