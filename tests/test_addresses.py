"""What stands before addresses and telephone numbers."""

from __future__ import annotations

import pytest

from satzpaar.translate.addresses import at_addresses
from satzpaar.translate.protection import protected_spans


def said(source: str, target: str) -> str:
    """Mend a translation whose links are where they were."""
    return at_addresses(source, protected_spans(source), target)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Mehr unter www.x.de.", "More under www.x.de.", "More at www.x.de."),
        ("Karten unter a@x.de", "Tickets between a@x.de", "Tickets at a@x.de"),
        (
            "Anmeldung unter Telefon 0221/12 34 56.",
            "Registration below phone 0221/12 34 56.",
            "Registration at phone 0221/12 34 56.",
        ),
    ],
)
def test_english_says_at(source: str, target: str, expected: str) -> None:
    """A link, an address, a number."""
    assert said(source, target) == expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Mehr auf www.x.de.", "More under www.x.de."),
        ("Unter `a.b` steht c.", "Under `a.b` stands c."),
        ("Unter 200 000 Euro", "Under 200,000 euros"),
    ],
)
def test_other_places_stay(source: str, target: str) -> None:
    """What is not said so, or is no address."""
    assert said(source, target) == target
