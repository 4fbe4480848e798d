"""Dates in digits: what is one, and what only looks like one."""

from __future__ import annotations

import time

import pytest

from satzpaar.translate.written_dates import dates_written_out


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Das Update kommt am 5.10.25.", "Das Update kommt am 5. Oktober 2025."),
        ("Die Version vom 5.10.25", "Die Version vom 5. Oktober 2025"),
        ("Die Version ab 3.4. gilt", "Die Version ab 3. April gilt"),
        ("Die Software gilt seit 1.2.2024", "Die Software gilt seit 1. Februar 2024"),
        ("Ab 5.10.25 im Kino (bis 7.11.25)",
         "Ab 5. Oktober 2025 im Kino (bis 7. November 2025)"),
        ("Das Fest (3.5.25)", "Das Fest (3. Mai 2025)"),
        ("Software: 12.5., 18 Uhr", "Software: 12. Mai, 18 Uhr"),
    ],
)  # fmt: skip
def test_a_date_among_versions(text: str, written: str) -> None:
    """A word before it, a year of four digits or an hour makes it one."""
    assert dates_written_out(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "Betroffen sind die Versionen 7.1.0 bis 7.1.12.",
        "Die neue Version (5.10.25) behebt das.",
        "Ein Sicherheitsupdate ab 5.10.25",
        "Seit 2.6.32 ist der Kernel frei.",
        "Version: 1.2.2024",
        "Version (1.2.2024)",
        "Versionen 1.2.2024 und 1.3.2024",
    ],
)
def test_a_version_is_no_date(text: str) -> None:
    """Not even in brackets or behind a word that may stand before either."""
    assert dates_written_out(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Siehe Abschnitt Wartung (4.1.) und Reinigung (3.2.).",
        "Siehe das Kapitel zur Wartung (4.1. und 4.2.).",
        "Siehe Tabelle (1.2.), im Durchschnitt (3.4.)",
        "Die Punkte 1.1. bis 1.5. entfallen.",
        "Die Ziffern 2.1. bis 2.4. des Vertrags",
        "Ziffer 2.1 bis 2.4. des Vertrags",
    ],
)
def test_a_section_is_no_date(text: str) -> None:
    """And of two no single one becomes a date."""
    assert dates_written_out(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Geöffnet: 5. bis 8.5.", "Geöffnet: 5. bis 8. Mai"),
        ("Freitag, 3.4. bis 5.4.", "Freitag, 3. April bis 5. April"),
        ("Die Etappe (3.4.24 bis 5.4.24)",
         "Die Etappe (3. April 2024 bis 5. April 2024)"),
        ("Geöffnet bis 5.4.", "Geöffnet bis 5. April"),
        ("Im Abschnitt (1.1.2024 bis 3.1.2024)",
         "Im Abschnitt (1. Januar 2024 bis 3. Januar 2024)"),
        ("Der Lauf (12.5.) hat ein Kapitel", "Der Lauf (12. Mai) hat ein Kapitel"),
    ],
)  # fmt: skip
def test_from_one_date_to_another(text: str, written: str) -> None:
    """Where the first is a date, so is what follows "bis"."""
    assert dates_written_out(text) == written


def test_many_dates_are_quick() -> None:
    """What stands before a date is not read again for each."""
    started = time.perf_counter()

    for many in ("(1.1.) ", "Kapitel (1.1.) ", "1.1. bis 1.5. ", "Version (5.10.25) "):
        dates_written_out(many * 10_000)

    assert time.perf_counter() - started < 10
