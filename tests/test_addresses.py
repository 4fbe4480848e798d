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
        ("Mehr unter x.org/a.pdf", "More under x.org/a.pdf", "More at x.org/a.pdf"),
        ("Mehr unter http://x.nl", "More under http://x.nl", "More at http://x.nl"),
    ],
)
def test_english_says_at(source: str, target: str, expected: str) -> None:
    """A link, an address, a number."""
    assert said(source, target) == expected


def test_a_sentence_begins_with_a_capital() -> None:
    """Also where it begins with "at"."""
    source = "Unter 0800 123456 erreichen Sie uns."

    found = said(source, "Under 0800 123456 you can reach us.")

    assert found == "At 0800 123456 you can reach us."


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Mehr auf www.x.de.", "More under www.x.de."),
        ("Unter `a.b` steht c.", "Under `a.b` stands c."),
        ("Unter 200 000 Euro", "Under 200,000 euros"),
        ("Sie läuft unter Node.js.", "It runs under Node.js."),
        ("Unter /etc/x.conf steht es.", "Under /etc/x.conf it stands."),
        ("Unter artikel.de.md steht es.", "Under artikel.de.md it stands."),
    ],
)
def test_other_places_stay(source: str, target: str) -> None:
    """What is not said so, or is no address."""
    assert said(source, target) == target
