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
_NUMBERED = re.compile(
    r"(?:(?:ersion|elease|Build|oftware|irmware|Kernel|Python)(?:en|s)?:?[ ]\(?"
    r"|(?:bschnitt|apitel|iffer|Punkt|osition)(?:en?|n|s)?:?[ ]"
    r"|(?:Pos\.|Tel\.|Nr\.|DIN|zeichen):?[ ])\Z"
)
# The same for what is in brackets and has no year; behind a section at any distance.
_TABLE = re.compile(r"(?:abelle|bsatz|ormel|[Ss]chnitt)[ ]\(\Z")
_SECTION = re.compile(r"bschnitt|apitel|Ziffer")
# "5.10.25" may be one of these, if no more than such a word says that it is a date.
_VERSION = re.compile(
    r"(?i:version(?:en|s)?\b|kernel|update|release|software|firmware)"
)
_HARDLY = frozenset(("", "bis ", "ab ", "seit "))  # "": in brackets
# Before "bis" it is no date where nothing says so: then what follows is none either.
_FROM = re.compile(r"\.[ \u00a0]?\d{1,2}\.?[ \u00a0]\Z")
_NEAR = 24  # characters before a date; to look at all of them takes the square of time
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
      | {_SEVERAL}{_YEAR}(?![\w.]?\d)
      | (?<=\(){_SEVERAL}(?=\)) )
    | (?P<full>{DATE}{_YEAR})(?![\w.]?\d)
    | (?P<lead>(?:{_BEFORE}|Stand:|(?:{_WEEKDAY}),?)[ ]|(?<=\())
      (?P<short>{DAY_OF_MONTH}(?:0?[1-9]|1[0-2])\.\d\d)(?![\w.]?\d)
    | (?P<before>(?:{_BEFORE}|Stand:|Start:|Beginn:)[ ])
      (?P<of_year>{DATE})(?![ \u00a0]?[\dA-ZÄÖÜ–-])
    | (?P<weekday>(?:{_WEEKDAY}),?[ ])(?P<on>{DATE})
      (?![ \u00a0]?\d(?!\d?[.:]\d\d|\d?[ ]Uhr))
    | (?<=\()(?P<bracketed>{DATE})(?=\))
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
    section = _SECTION.search(text)
    has_versions = bool(_VERSION.search(text))
    written = []
    done = 0
    for match in _PATTERN.finditer(text):
        start = match.start()
        if (
            _is_numbered(
                match, in_section=section is not None and section.end() < start
            )
            or (has_versions and match["short"] and match["lead"].lower() in _HARDLY)
            or _goes_on(match, text[max(done, start - _NEAR) : start])
        ):
            continue
        written += [text[done:start], _all_written(match)]
        done = match.end()
    text = "".join([*written, text[done:]])
    if text.startswith("Termine:"):
        text = _LISTED.sub(lambda match: _written(match[0]), text)
    return text


def _is_numbered(match: re.Match[str], *, in_section: bool) -> bool:
    """Say whether it is a version's, a section's or a table's, by what is before it."""
    if match["at"] or match["days"] or not match[0][0].isdigit():
        return False
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    if _NUMBERED.search(before):
        return True
    in_brackets = before.endswith("(") and not re.search(r"\d{4}", match[0])
    return in_brackets and (in_section or bool(_TABLE.search(before)))


def _goes_on(match: re.Match[str], before: str) -> bool:
    """Say whether it ends what began with no date; *before* has none."""
    return match[0].startswith(("bis ", "Bis ")) and bool(_FROM.search(before))


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
