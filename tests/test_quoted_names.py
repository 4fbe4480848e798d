"""Names in quotation marks, whole in one language."""

from __future__ import annotations

import pytest

from satzpaar.translate.quoted_names import whole_names


@pytest.mark.parametrize(
    ("source", "said", "whole"),
    [
        ("der Club „Freie Fahrt“", 'the "Freie trip" club', 'the "Freie Fahrt" club'),
        (
            'Der "Neustädter Zeitung" sagte sie: „Ja.“',
            'She told the "Neustadt Zeitung": "Yes."',
            'She told the "Neustädter Zeitung": "Yes."',
        ),
        ("im »Haus der Kunst«", 'in the "House of Kunst"', 'in the "Haus der Kunst"'),
    ],
)  # fmt: skip
def test_a_half_translated_name_is_left_in_german(
    source: str, said: str, whole: str
) -> None:
    """The quotation marks are the translation's."""
    assert whole_names(source, said) == whole


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("die „Freie Fahrt“", 'the "Free Ride"'),  # all of it
        ("die „Freie Fahrt“", 'the "Freie Fahrt"'),  # nothing of it
        ("die „Alternative für Deutschland“", 'the "Alternative for Germany"'),
        ("Er rief: „Kommt nach Bremen“", 'He called: "Come to Bremen"'),
        ("„Hier Berlin“ und „Dort“", 'Here "Berlin"'),  # other quotes
        ("das „Fest“", 'the "Fest day"'),
    ],
)
def test_other_quotations_stay(source: str, said: str) -> None:
    """Those that are whole, sentences, and where the quotes do not go together."""
    assert whole_names(source, said) == said
