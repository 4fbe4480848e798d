"""Spaces between a mark and its word, where the source has none."""

from __future__ import annotations

import pytest

from satzpaar.translate.closing_up import close_up


@pytest.mark.parametrize(
    ("source", "target", "closed"),
    [
        (
            'Der Verein "Freie Fahrt" kam.',
            'The club " Freie Fahrt" came.',
            'The club "Freie Fahrt" came.',
        ),
        ('"Nein", sagte er.', '" No," he said.', '"No," he said.'),
        (
            "Die Klinik (UKE) schloss.",
            "The clinic ( UKE) closed.",
            "The clinic (UKE) closed.",
        ),
        (
            "Die S-Bahn nach Ho-Chi-Minh-Stadt",
            "The S- Bahn to Ho- Chi- Minh City",
            "The S-Bahn to Ho-Chi-Minh City",
        ),
        ("und/oder", "and/ or", "and/or"),
        (
            "„Ich will ‚Freiheit‘“, rief sie.",
            "\"I want ' freedom'\", she cried.",
            "\"I want 'freedom'\", she cried.",
        ),
        ('(die "Elf")', '( the " Eleven")', '(the "Eleven")'),
    ],
)
def test_a_space_of_the_models_own_goes(source: str, target: str, closed: str) -> None:
    """Behind quotes, brackets, hyphens and slashes."""
    assert close_up(source, target) == closed


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ('Er sagte "ja" und ging.', 'He said "yes" and left.'),
        ('"Ja" und "nein"', '"Yes" and "no"'),
        ("Vor- und Nachteile", "pre- and post-war times - a list"),
        ('Ein " Zeichen', 'A " sign'),
        ("Eins - Zwei", "One - Two"),
        ("Die Rechte der Spieler", "The players' rights"),
        ('das "Haus " da', 'the "house " there'),
        ("5 ( fünf )", "5 ( five )"),
    ],
)
def test_others_stay(source: str, target: str) -> None:
    """What English has, what the source has as well, and a quote that closes."""
    assert close_up(source, target) == target
