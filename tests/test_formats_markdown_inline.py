"""Within a paragraph of Markdown: what is copied, and where a backslash is needed."""

from __future__ import annotations

import re

import pytest

from satzpaar.translate.document import Segment
from tests.test_formats_markdown import document, segments, translated, written


@pytest.mark.parametrize(
    ("text", "translations", "expected"),
    [
        pytest.param("> Eins\n", ["- a"], "> \\- a\n", id="quotation"),
        pytest.param("- Eins\n", ["1. a"], "- 1\\. a\n", id="item"),
        pytest.param("[^1]: Eins\n", ["- a"], "[^1]: \\- a\n", id="footnote"),
        pytest.param("Ei\n: Eins\n", ["x", "# a"], "x\n: \\# a\n", id="definition"),
        pytest.param("Eins\n===\n", ["1. a"], "1\\. a\n===\n", id="underlined"),
        pytest.param("Da\n|\n---\n", ["a |"], "a &#124;\n---\n", id="a table's head"),
        pytest.param("Da.\nDa!\n", ["a.", "- b"], "a.\n\\- b\n", id="next line"),
        pytest.param("Da  \nDort\n", ["a", "> b"], "a  \n\\> b\n", id="forced break"),
        pytest.param("> [!TIP]\n> Da\n", ["- a"], "> [!TIP]\n> \\- a\n", id="alert"),
        pytest.param(
            "A | B\n--|--\n", ["- a", "- b"], "\\- a | - b\n--|--\n", id="bare table"
        ),
    ],
)
def test_a_text_begins_no_block(
    text: str, translations: list[str], expected: str
) -> None:
    """Where it begins a line, but for what stands before a block."""
    found = document(text)

    result = written(found, [Segment(each) for each in translations])

    assert result.decode() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("**Das**: es\n", "**xxx**: xx\n", id="behind a mark"),
        pytest.param("- `--ziel`: Da\n", "- `--ziel`: xx\n", id="behind code"),
        pytest.param(
            "Mit <kbd>A</kbd>+<kbd>B</kbd>\n",
            "xxx <kbd>A</kbd>+<kbd>B</kbd>\n",
            id="between tags",
        ),
        pytest.param("## 1. Das Tor\n", "## 1. xxx xxx\n", id="heading"),
        pytest.param("| - nur |\n|---|\n", "| - xxx |\n|---|\n", id="cell"),
        pytest.param("- [ ] - nur\n", "- [ ] - xxx\n", id="task"),
        pytest.param("Da<br>- nur\n", "xx<br>- xxx\n", id="behind a break"),
        pytest.param('!!! tip "1. Tor"\n', '!!! tip "1. xxx"\n', id="title"),
    ],
)
def test_elsewhere_there_is_no_backslash(text: str, expected: str) -> None:
    """It would only be in the way of who reads the file."""
    assert translated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "[Jetzt](#){ .md-button .md-button--primary }\n",
            "[xxxxx](#){ .md-button .md-button--primary }\n",
            id="classes",
        ),
        pytest.param(
            '![Ein Rad](rad.png){ width="30", align=left }\n',
            '![xxx xxx](rad.png){ width="30", align=left }\n',
            id="attributes",
        ),
        pytest.param("Das Tor\n{: .lead }\n", "xxx xxx\n{: .lead }\n", id="kramdown"),
        pytest.param("Das {Tor}\n", "xxx {xxx}\n", id="braces"),
        pytest.param(
            'Mit ++ctrl+alt+"Entf"++ geht es\n',
            'xxx ++ctrl+alt+"Entf"++ xxxx xx\n',
            id="keys",
        ),
        pytest.param("Teils C++ und G++\n", "xxxxx x++ xxx x++\n", id="no keys"),
        pytest.param(
            "Sei \\(a + b\\), \\[x_1 < y\\] oder \\(f(x)\\) so\n",
            "xxx \\(a + b\\), \\[x_1 < y\\] xxxx \\(f(x)\\) xx\n",
            id="formulas",
        ),
        pytest.param(
            "Das \\[und so\\] \\(z. B. so\\)\n",
            "xxx [xxx xx] (x. x. xx)\n",
            id="brackets",
        ),
    ],
)
def test_signs_of_extensions_stay(text: str, expected: str) -> None:
    """Attributes, keys and formulas are no words."""
    assert translated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Nimm [[Der Zug]]\n", "xxxx [[Der Zug]]\n", id="wiki link"),
        pytest.param(
            "Nimm [[Zug#Im Winter|den *alten* Zug]]\n",
            "xxxx [[Zug#Im Winter|xxx *xxxxx* xxx]]\n",
            id="wiki link with a text",
        ),
        pytest.param(
            "|Da|\n|--|\n|[[Zug\\|der Zug]]|\n",
            "|xx|\n|--|\n|[[Zug\\|xxx xxx]]|\n",
            id="wiki link in a cell",
        ),
        pytest.param("Da [[eins]](zwei)\n", "xx [[xxxx]](zwei)\n", id="no wiki link"),
        pytest.param(
            "![[zug.png|300]]\n![[Zug#Halt]]\n",
            "![[zug.png|300]]\n![[Zug#Halt]]\n",
            id="what is shown in its place",
        ),
        pytest.param("Das geht. ^mein-halt\n", "xxx xxxx. ^mein-halt\n", id="block"),
        pytest.param("Da %%leise%% so\n", "xx %%leise%% xx\n", id="comment"),
        pytest.param(
            "Mit #reise/berlin und #reise-plan zur #Reise-Messe\n",
            "xxx #reise/berlin xxx #reise-plan xxx #xxxxx-xxxxx\n",
            id="tags",
        ),
        pytest.param(
            "#fahrt-nach-Berlin wie @fig-halt-Berlin\n",
            "#fahrt-nach-Berlin xxx @fig-halt-Berlin\n",
            id="tags and references to their ends",
        ),
        pytest.param(
            "Nach @fig-zug [@meier:2020, S. 5] von @Anna-Lena\n",
            "xxxx @fig-zug [@meier:2020, x. 5] xxx @xxxx-xxxx\n",
            id="references",
        ),
        pytest.param("So [wie *da*]{.mark}\n", "xx [xxx *xx*]{.mark}\n", id="span"),
        pytest.param(
            "Zu {ref}`mein-halt`, {doc}`der Fahrplan <plan>`, {numref}`Zug %s <zug>`\n",
            "xx {ref}`mein-halt`, {doc}`xxx xxxxxxxx <plan>`, {numref}`Zug %s <zug>`\n",
            id="roles",
        ),
        pytest.param("Da {/* leise */} so\n", "xx {/* leise */} xx\n", id="MDX"),
        pytest.param(
            "<Zug halt={() => { alert('Halt') }} art='Zug' />\n",
            "<Zug halt={() => { alert('Halt') }} art='Zug' />\n",
            id="component",
        ),
    ],
)
def test_notations_of_notes_books_and_sites(text: str, expected: str) -> None:
    """What they name stays, what they show does not."""
    assert translated(text) == expected


@pytest.mark.parametrize(
    "address",
    [
        '{{< ref "zug.md#halt" >}}',
        "{{< relref \"zug.md\" >}} 'Da'",
        "{% post_url 2024-05-01-zug %}#halt",
        "{{ '/zug.pdf' | relative_url }}",
    ],
)
@pytest.mark.parametrize("sign", ["", "!"])
def test_addresses_with_templates_are_links(sign: str, address: str) -> None:
    """Hugo and Jekyll put an address in their place, whatever blanks they have."""
    text = f"Nimm {sign}[den *Zug*]({address}) heute.\n"
    words = "den Zug" if sign else "den *Zug*"

    found = document(text)
    result = translated(text)

    assert written(found, found.segments()).decode() == text
    shown = address.replace("'Da'", '"xx"')
    assert result == f"xxxx {sign}[{shape_of(words)}]({shown}) xxxxx.\n"


def shape_of(words: str) -> str:
    return re.sub(r"\w", "x", words)


@pytest.mark.parametrize(
    "element",
    [
        "<code>datei öffnen</code>",
        "<kbd><kbd>Strg</kbd>+<kbd>C</kbd></kbd>",
        '<span translate="no">Haus <b>am See</b></span>',
        "<b class='klein notranslate'>am\n*alten* See</b>",
        "<code>![Rad](rad.png) [da](x)</code>",
    ],
)
def test_elements_that_are_not_translated(element: str) -> None:
    """The same as in HTML; the translator sees their words."""
    assert translated(f"Mit {element} geht es") == f"xxx {element} xxxx xx"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Da <code>so", "xx <code>xx", id="never closed"),
        pytest.param("<kbd>a *b</kbd> c*", "<kbd>x *x</kbd> x*", id="crossing"),
        pytest.param("<u class='x'>da</u>", "<u class='x'>xx</u>", id="another"),
        pytest.param("Da <code/> so", "xx <code/> xx", id="without text"),
    ],
)
def test_other_elements_are(text: str, expected: str) -> None:
    """As are those that do not end where marks do."""
    assert translated(text) == expected


def test_code_in_tags_is_seen() -> None:
    """A sentence has no hole."""
    assert segments("Nimm <code>datei *auf*</code> dafür") == ["Nimm datei auf dafür"]
