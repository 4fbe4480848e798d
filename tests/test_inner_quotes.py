"""Quotations within quotations."""

import pytest

from satzpaar.translate.inner_quotes import closed_once


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [
        (
            "„Er sagte: ‚Das machen wir nicht‘, und ging“, sagte Müller.",
            "\"He said: 'We won't do that,' and left,'\" said Müller.",
            "\"He said: 'We won't do that,' and left,\" said Müller.",
        ),
        (
            "»Sie rief ›Halt!‹ und lief los«, berichtet er.",
            "\"She called 'Halt!' and ran off,'\" he reports.",
            "\"She called 'Halt!' and ran off,\" he reports.",
        ),
    ],
)
def test_what_is_closed_twice_is_closed_once(
    source: str, target: str, wanted: str
) -> None:
    """The inner quotation is closed where it ends, and not again."""
    assert closed_once(source, target) == wanted


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "„Wir nennen das ‚kalte Enteignung‘“, so die Sprecherin.",
            "\"We call that 'cold expropriation,'\" the spokeswoman said.",
        ),
        (
            "«Sie sagte: ‹Wer wartet, verliert›», erzählt er.",
            "\"She said: 'Who waits loses,'\" he says.",
        ),
        (
            "„Das Motto ‚Mehr Demokratie‘ ist das der Grünen“, sagt er.",
            "\"The motto 'More democracy' is the Greens'\" he says.",
        ),
        ("„Es geht um die der Spieler“, sagt er.", '"It is the players\'" he says.'),
        (
            "„Die ‚Rechte‘ der Spieler“, sagt er.",
            "\"The players' 'rights,'\" he says.",
        ),
    ],
)
def test_what_ends_together_or_is_an_apostrophe_stays(source: str, target: str) -> None:
    """Both quotations may end at one place, and plurals own things."""
    assert closed_once(source, target) == target
