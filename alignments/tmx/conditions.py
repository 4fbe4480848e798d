"""What a unit must be like to be kept: ``x-confidence>=0.8``, ``ratio<2``."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from satzpaar.alignments.units import CONFIDENCE
from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from satzpaar.alignments.bitext import TranslationUnit

CONDITION: Final = re.compile(r"\s*([^\s<>=!~]+)\s*(>=|<=|!=|!~|=|<|>|~)\s*(.*?)\s*")

COMPARISONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}
ORDERS: Final = frozenset({">=", "<=", ">", "<"})


def length_ratio(unit: TranslationUnit) -> float:
    """Return how many times longer the longer text is, in characters; from 1."""
    source, target = len(unit.source.text), len(unit.target.text)
    if not source or not target:
        return float("inf") if source != target else 1.0
    return max(source / target, target / source)


DATES: Final = frozenset({"created", "changed"})

# Names beside those of properties.
VALUES: Final[Mapping[str, Callable[[TranslationUnit], str | float | None]]] = {
    "source": lambda unit: unit.source.text,
    "target": lambda unit: unit.target.text,
    "source-language": lambda unit: unit.source.language,
    "target-language": lambda unit: unit.target.language,
    "source-characters": lambda unit: float(len(unit.source.text)),
    "target-characters": lambda unit: float(len(unit.target.text)),
    "source-words": lambda unit: float(len(unit.source.text.split())),
    "target-words": lambda unit: float(len(unit.target.text.split())),
    "ratio": length_ratio,
    "id": lambda unit: unit.id,
    "note": lambda unit: unit.note,
    "created": lambda unit: unit.created.isoformat() if unit.created else None,
    "changed": lambda unit: unit.changed.isoformat() if unit.changed else None,
}


# What is compared as a number and nothing else.
NUMBERS: Final = frozenset(
    [
        "source-characters", "target-characters", "source-words", "target-words",
        "ratio", CONFIDENCE,
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of what a unit has with a value.

    Without such a property a unit holds only ``!=`` and ``!~``. Numbers are compared as
    numbers; text that is none holds no ``<`` or ``>`` against a number.
    """

    name: str
    sign: str
    value: str
    pattern: re.Pattern[str] | None = None

    def holds(self, unit: TranslationUnit) -> bool:
        """Say whether a unit is like that."""
        known = VALUES.get(self.name)
        found = known(unit) if known is not None else unit.get(self.name)
        if self.pattern is not None:
            matches = found is not None and bool(self.pattern.search(str(found)))
            return matches == (self.sign == "~")
        if found is None:
            return self.sign == "!="
        compare = COMPARISONS[self.sign]
        # Of dates the text tells which is later: "2026" is before "2026-01-24".
        wanted = None if self.name in DATES else _number(self.value)
        if wanted is not None:
            number = _number(found)
            if number is not None:
                return compare(number, wanted)
            if self.sign in ORDERS:
                return False
        return compare(str(found), self.value)

    def __str__(self) -> str:
        """Return it as `parse_condition` takes it."""
        return f"{self.name}{self.sign}{self.value}"


def _number(value: str | float) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def parse_condition(text: str) -> Condition:
    """Parse ``NAME SIGN VALUE``; the signs are >= <= > < = != and, for patterns, ~ !~.

    >>> parse_condition("x-confidence>=0.8").sign
    '>='

    Raises:
        UsageError: It is no condition.
    """
    found = CONDITION.fullmatch(text)
    if found is None:
        raise UsageError(
            f"no condition: {text!r}; one such as 'x-confidence>=0.8' or "
            "'target~[.!?]$' is expected"
        )
    name, sign, value = found.groups()
    if sign not in {"~", "!~"}:
        if value[:1] in ("<", ">") and _number(value[1:]) is not None:
            raise UsageError(f"no condition: {text!r}; {sign}{value[0]} is no sign")
        if sign in ORDERS and name in NUMBERS and _number(value) is None:
            raise UsageError(f"no condition: {text!r}; {value!r} is no number")
        return Condition(name, sign, value)
    try:
        return Condition(name, sign, value, re.compile(value))
    except re.error as error:
        raise UsageError(f"no pattern: {value!r} ({error})") from None
