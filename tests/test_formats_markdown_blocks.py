"""Blocks of Markdown beyond CommonMark: containers, admonitions, definitions."""

from __future__ import annotations

import pytest

from tests.test_formats_markdown import translated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            ":::warning Achtung\nBitte lesen.\n:::\nDanach.\n",
            ":::warning Achtung\nxxxxx xxxxx.\n:::\nxxxxxx.\n",
            id="container",
        ),
        pytest.param(
            '!!! note "Titel"\n    Bitte!\n    Lesen.\n\n    - Punkt\nDanach.\n',
            '!!! note "xxxxx"\n    xxxxx!\n    xxxxx.\n\n    - xxxxx\nxxxxxx.\n',
            id="admonition",
        ),
        pytest.param(
            "- Punkt\n\n    ??? tip\n        Bitte lesen.\n",
            "- xxxxx\n\n    ??? tip\n        xxxxx xxxxx.\n",
            id="admonition in a list",
        ),
        pytest.param(
            '=== "Reiter"\n\n    Text.\n', '=== "xxxxxx"\n\n    xxxx.\n', id="tab"
        ),
        pytest.param(
            '!!! tip "Ein "Titel"" \n    Text.\n',
            '!!! tip "xxx "xxxxx"" \n    xxxx.\n',
            id="quotation marks in a title",
        ),
        pytest.param("??? Warum\n", "\\??? xxxxx\n", id="no admonition"),
        pytest.param(
            "Die EU.\n*[EU]: Europäische Union\n*[UN]: Vereinte Nationen\n",
            "xxx xx.\n*[EU]: xxxxxxxxxxx xxxxx\n*[UN]: xxxxxxxx xxxxxxxx\n",
            id="abbreviations",
        ),
        pytest.param(
            "[TOC]\nText\n\\vspace{1cm}\nText\n[[_TOC_]]\n",
            "[TOC]\nxxxx\n\\vspace{1cm}\nxxxx\n[[_TOC_]]\n",
            id="commands",
        ),
    ],
)
def test_lines_beyond_commonmark(text: str, expected: str) -> None:
    """No marker is translated or joined with a line of text."""
    assert translated(text) == expected
