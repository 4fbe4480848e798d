"""Units beside numbers, German and English, by what they measure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from satzpaar.translate.checks.quantities import Language, Number

# name of the unit: what it measures, German, English; regular expressions, no letter
# may follow. "Pound" is money and weight, so that it clashes with neither.
_UNITS = {
    "percent": (
        "share",
        r"%|Prozent\w*|-?prozentig\w*|v\. ?H\.",
        r"%|per ?cent\w*|percent\w*|pct|pc",
    ),
    "euro": ("money", r"€|Euros?|EUR|Mio\. Euro", r"€|euros?|EUR"),
    "dollar": (
        "money",
        r"\$|US-?\$|US-Dollar|Dollars?|USD",
        r"\$|US ?\$|USD|dollars?|US dollars?",
    ),
    "sterling": ("money", r"£|GBP", r"£|GBP|sterling"),
    "pound": ("", r"Pfund\w*|britische Pfund", r"pounds?|lbs?"),
    "franc": (
        "money",
        r"Franken|CHF|Fr\.|Schweizer Franken",
        r"CHF|(?:swiss )?francs?|SFr",
    ),
    "yen": ("money", r"¥|Yen|JPY", r"¥|yen|JPY"),
    "rouble": ("money", r"Rubel", r"rou?bles?|rubles?"),
    "cent": ("", r"Cent|ct", r"cents?|¢"),
    "kilometre": ("length", r"km|Kilometern?s?", r"km|kms|kilomet(?:re|er)s?"),
    "metre": ("length", r"m|Metern?", r"m|met(?:re|er)s?"),
    "centimetre": ("length", r"cm|Zentimetern?", r"cm|centimet(?:re|er)s?"),
    "millimetre": ("length", r"mm|Millimetern?", r"mm|millimet(?:re|er)s?"),
    "mile": ("length", r"Meilen?", r"miles?"),
    "kilogram": ("weight", r"kg|Kilo|Kilogramm", r"kgs?|kilos?|kilograms?"),
    "gram": ("weight", r"g|Gramm", r"g|gram(?:me)?s?"),
    "tonne": ("weight", r"t|Tonnen?", r"t|tonnes?|(?:metric )?tons?"),
    "second": ("time", r"Sekunden?|Sek\.", r"seconds?|secs?"),
    "minute": ("time", r"Minuten?|Min\.", r"minutes?|mins?"),
    "hour": ("time", r"Stunden?|Std\.", r"hours?|hrs?"),
    "day": ("time", r"Tagen?|Tages?", r"days?"),
    "week": ("time", r"Wochen?", r"weeks?"),
    "month": ("time", r"Monaten?|Monats?", r"months?"),
    "year": ("time", r"Jahren?|Jahres?|[Jj]ährige[nrsm]?", r"years?"),
    "litre": ("volume", r"l|Litern?", r"l|lit(?:re|er)s?"),
    "millilitre": ("volume", r"ml|Millilitern?", r"ml|millilit(?:re|er)s?"),
    "hectare": ("area", r"ha|Hektar", r"ha|hectares?"),
    "square_metre": (
        "area",
        r"m²|qm|Quadratmetern?",
        r"m²|m2|sqm|sq m|square met(?:re|er)s?",
    ),
    "square_kilometre": (
        "area",
        r"km²|Quadratkilometern?",
        r"km²|km2|square kilomet(?:re|er)s?",
    ),
    "kilowatt": ("power", r"kW|Kilowatt", r"kW|kilowatts?"),
    "megawatt": ("power", r"MW|Megawatt", r"MW|megawatts?"),
    "gigawatt": ("power", r"GW|Gigawatt", r"GW|gigawatts?"),
    "horsepower": ("power", r"PS|Pferdestärken", r"PS|b?hp|horse ?power"),
    "kilobyte": ("data", r"k[Bb]|KB|Kilobyte", r"kb|kilobytes?"),
    "megabyte": ("data", r"MB|Megabyte", r"mb|megabytes?"),
    "gigabyte": ("data", r"GB|Gigabyte", r"gb|gigabytes?"),
    "terabyte": ("data", r"TB|Terabyte", r"tb|terabytes?"),
    "degree": ("temperature", r"°(?: ?C)?|Grad(?: Celsius)?", r"°(?: ?C)?|degrees?"),
}
MEASURES = {name: measure for name, (measure, _, _) in _UNITS.items()}

_AFTER: dict[str, re.Pattern[str]] = {}
_BEFORE: dict[str, re.Pattern[str]] = {}
for _language, _column in (("de", 1), ("en", 2)):
    _names = "|".join(f"(?P<{name}>{entry[_column]})" for name, entry in _UNITS.items())
    _flags = re.IGNORECASE if _language == "en" else 0
    _AFTER[_language] = re.compile(rf"[-\s]{{0,2}}(?:{_names})(?!\w)", _flags)
    _money = "|".join(
        f"(?P<{name}>{entry[_column]})"
        for name, entry in _UNITS.items()
        if entry[0] == "money"
    )
    _BEFORE[_language] = re.compile(rf"(?:{_money})\s?\Z", _flags)


# What says that an amount is one of money, wherever it stands.
_MONEY = re.compile(
    r"[€$£¥¢]|\b(?:"
    + "|".join(entry[2] for entry in _UNITS.values() if entry[0] == "money")
    + r"|pounds?|cents?|pence|pennies|bucks?|quid|grand|frs?)\b",
    re.IGNORECASE,
)


def names_money(text: str) -> bool:
    """Say whether an English text names a currency.

    >>> names_money("It costs 5 euros."), names_money("It costs 5.")
    (True, False)
    """
    return _MONEY.search(text) is not None


def unit_of(number: Number, text: str, language: Language) -> str | None:
    """Return the name of the unit that *number* has in *text*, if we know one.

    >>> from satzpaar.translate.checks.quantities import numbers
    >>> text = "a 5 % rise to $30bn"
    >>> [unit_of(number, text, "en") for number in numbers(text, "en")]
    ['percent', 'dollar']
    """
    after = _AFTER[language].match(text, number.span[1])
    if after:
        return after.lastgroup
    start = max(0, number.span[0] - 12)
    before = _BEFORE[language].search(text[start : number.span[0]])
    return before.lastgroup if before else None


def clash(first: str | None, second: str | None) -> bool:
    """Say whether two units are known, and cannot be said for each other.

    >>> clash("euro", "dollar"), clash("percent", "year"), clash("pound", "sterling")
    (True, True, False)
    """
    if first is None or second is None or first == second:
        return False
    return "" not in (MEASURES[first], MEASURES[second])
