"""Translation units for the tests of bitexts: some by hand, and any there may be."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final, Literal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from satzpaar.alignments.bitext import Code, TranslationUnit, Variant
from satzpaar.alignments.formats import read_bitext, write_bitext

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Kind = Literal["open", "close", "alone"]

UNITS = [
    TranslationUnit(
        Variant(
            "Das Haus & der Garten <sind> „rot“.",
            "de-DE",
            (
                Code(4, "open", 1, "<b>"),
                Code(8, "close", 1, "</b>"),
                Code(11, "alone", 2, '<img alt="x"/>'),
            ),
        ),
        Variant(
            "The house & the garden <are> 'red'.",
            "en-US",
            (
                Code(0, "alone", 2, '<img alt="x"/>'),
                Code(4, "open", 1, "<b>"),
                Code(9, "close", 1, "</b>"),
            ),
        ),
        id="0a1b2c3d4e5f60718293",
        properties=(("x-bead", "1-1"), ("x-confidence", "0.9731")),
        note="Zeile 3",
        created=datetime(2026, 1, 24, 10, 30, tzinfo=UTC),
        changed=datetime(2026, 2, 1, 0, 0, 1, tzinfo=UTC),
    ),
    TranslationUnit(Variant("Ja.", "de-DE"), Variant("Yes.", "en-US"), id="b"),
]


def pair(source: str, target: str, **more: object) -> TranslationUnit:
    """Make a plain unit, German and English."""
    return TranslationUnit(Variant(source, "de"), Variant(target, "en"), **more)  # type: ignore[arg-type]


# Halves of surrogate pairs, which are no characters.
HALVES: Final[tuple[Literal["Cs"]]] = ("Cs",)
XML_CHARACTERS = st.characters(
    exclude_categories=HALVES, exclude_characters="".join(
        chr(n) for n in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)
    ),
)  # fmt: skip
ANY_CHARACTERS = st.characters(exclude_categories=HALVES, exclude_characters="\0")
SIGNS = st.sampled_from(list("<>&\"'\\\t\n\r ]]>äß„“€😀e\u0301\u200d"))


def texts(
    characters: st.SearchStrategy[str] = XML_CHARACTERS,
) -> st.SearchStrategy[str]:
    """Return texts that are not blank, with the signs that formats stumble over."""
    return st.text(characters | SIGNS, min_size=1, max_size=40).filter(
        lambda text: bool(text.strip())
    )


@st.composite
def variants(
    draw: st.DrawFn, language: str, text: st.SearchStrategy[str], *, codes: bool
) -> Variant:
    """Draw a text with codes: pairs, halves of pairs, crossing and alone."""
    content = draw(text)
    if not codes:
        return Variant(content, language)
    positions = sorted(draw(st.lists(st.integers(0, len(content)), max_size=6)))
    kinds: st.SearchStrategy[Kind] = st.sampled_from(("open", "close", "alone"))
    found = []
    # As files have them: a pair has a number of its own, and so has what is alone.
    numbers = {"pair": 0}
    opened: list[int] = []
    for position in positions:
        kind = draw(kinds)
        if kind == "close" and opened:
            number = opened.pop(draw(st.integers(0, len(opened) - 1)))
        else:
            numbers["pair"] += 1
            number = numbers["pair"]
            if kind == "open":
                opened.append(number)
        found.append(Code(position, kind, number, draw(text)))
    return Variant(content, language, tuple(found))


DATES = st.datetimes(
    min_value=datetime(1000, 1, 2),
    max_value=datetime(9999, 12, 30),
    timezones=st.builds(
        lambda minutes: timezone(timedelta(minutes=minutes)), st.integers(-700, 700)
    ),
).map(lambda date: date.replace(microsecond=0))


def units(
    characters: st.SearchStrategy[str] = XML_CHARACTERS,
    *,
    codes: bool = True,
    ids: st.SearchStrategy[str] | None = None,
    names: st.SearchStrategy[str] | None = None,
    languages: tuple[str, str] = ("de-DE", "en"),
    make: Callable[[TranslationUnit], TranslationUnit] | None = None,
) -> st.SearchStrategy[TranslationUnit]:
    """Return units of any kind, both texts not blank."""
    text = texts(characters)
    tuids = st.from_regex(re.compile(r"[!-~]{1,12}"), fullmatch=True)
    made = st.builds(
        TranslationUnit,
        source=variants(languages[0], text, codes=codes),
        target=variants(languages[1], text, codes=codes),
        id=st.none() | (tuids if ids is None else ids),
        properties=st.lists(
            st.tuples(
                st.from_regex(re.compile("x-[a-z]{1,8}"), fullmatch=True)
                if names is None
                else names,
                st.text(characters, max_size=12),
            ),
            max_size=4,
        ).map(tuple),
        note=st.none() | text,
        created=st.none() | DATES,
        changed=st.none() | DATES,
    )
    return made if make is None else made.map(make)


# Hypothesis asks for no new folder by itself: a file of the same name takes its place.
each_example_a_folder = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40
)


def there_and_back(
    given: list[TranslationUnit], path: Path, **options: object
) -> list[TranslationUnit]:
    """Write units, and read them again."""
    write_bitext(path, given, **options)  # type: ignore[arg-type]
    return list(read_bitext(path, **options))  # type: ignore[arg-type]


PLAIN: Final = [pair("Ja.", "Yes."), pair("Das Haus ist rot.", "The house is red.")]
