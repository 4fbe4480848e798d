"""Texts in the markup of Markdown: in place of pictures, titles, attributes."""

from __future__ import annotations

import pytest

from satzpaar.translate.document import Segment
from tests.test_formats_markdown import document, segments, translated, written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            'Das Bild ![Ein Hund](hund.png "Titel") zeigt es.',
            'xxx xxxx ![xxx xxxx](hund.png "xxxxx") xxxxx xx.',
            id="picture",
        ),
        pytest.param(
            "Ein [Rad](<a b> 'Der &amp; die') dreht.",
            'xxx [xxx](<a b> "xxx & xxx") xxxxx.',
            id="title of a link",
        ),
        pytest.param("Das [Rad](<y 'z'>) da.", "xxx [xxx](<y 'z'>) xx.", id="no title"),
        pytest.param(
            "[![Rad](x (T))Hier](y 'U') lang.",
            '[![xxx](x "x")xxxx](y "x") xxxx.',
            id="picture in a link",
        ),
        pytest.param(
            "[![Rad](x)](y 'U')", '[![xxx](x)](y "x")', id="nothing but a picture"
        ),
        pytest.param(
            "Eins. ![Rad](x) Zwei. ![Kran](y)",
            "xxxx. ![xxx](x) xxxx. ![xxxx](y)",
            id="between sentences",
        ),
        pytest.param(
            "Das ![Rad], ![Rad][] und ![Rad][rad] da.\n\n[rad]: u 'Titel'\n",
            'xxx ![xxx][Rad], ![xxx][Rad] xxx ![xxx][rad] xx.\n\n[rad]: u "xxxxx"\n',
            id="references keep their name",
        ),
        pytest.param(
            "> Das ![Ein\n> Rad](x 'Der\n> Titel') dreht sich\n> ohne Ende im Kreis.\n",
            '> xxx ![xxx xxx](x "xxx xxxxx") xxxxx\n> xxxx xxxx xxxx xx xxxxx.\n',
            id="over lines",
        ),
        pytest.param(
            "| Da ![a\\|b](x 'c\\|d') <u title='e\\|f'>da</u> |\n|--|\n| ![g\\|h](y) |",
            '| xx ![x\\|x](x "x\\|x") <u title="x\\|x">xx</u> |\n|--|\n| ![x\\|x](y) |',
            id="cell",
        ),
        pytest.param(
            "Das ist <abbr title='im &quot;Sinne&quot;'>i</abbr> <q lang=de>so</q>.",
            'xxx xxx <abbr title="xx &quot;xxxxx&quot;">x</abbr> <q lang=en>xx</q>.',
            id="HTML",
        ),
        pytest.param(
            "> [a]: <u v> 'Der \"Titel\"'\n[b]: u\n  (Der Titel)\n[c]: u'Das'\n",
            '> [a]: <u v> "xxx \\"xxxxx\\""\n[b]: u\n  "xxx xxxxx"\n[c]: u\'Das\'\n',
            id="titles of definitions",
        ),
        pytest.param(
            '{{< figure src="rad.jpg" alt="Ein \\"Rad\\"" title="{{ .Rad }}" >}}\n\n'
            "{{< figure\n  src='rad.jpg'\n  caption=\"Das Rad\"\n>}}\n",
            '{{< figure src="rad.jpg" alt="xxx \\"xxx\\"" title="{{ .Rad }}" >}}\n\n'
            "{{< figure\n  src='rad.jpg'\n  caption=\"xxx xxx\"\n>}}\n",
            id="templates",
        ),
        pytest.param(
            '::: {.callout-tip title="Der Rat"}\nDa.\n:::\n',
            '::: {.callout-tip title="xxx xxx"}\nxx.\n:::\n',
            id="title of a container",
        ),
        pytest.param(
            'Das ![Rad](x){#fig-rad fig-alt="Ein Rad"} und [so]{.mark title="Da"}.',
            'xxx ![xxx](x){#fig-rad fig-alt="xxx xxx"} xxx [xx]{.mark title="xx"}.',
            id="attributes",
        ),
        pytest.param(
            "Das Wort^[Siehe [*dort*](x).\nEnde.] steht `da`.",
            "xxx xxxx^[xxxxx [*xxxx*](x). xxxx.] xxxxx `da`.",
            id="footnotes in their sentence",
        ),
        pytest.param("^[Ein Rad]", "^[xxx xxx]", id="nothing but a footnote"),
    ],
)
def test_are_translated(text: str, expected: str) -> None:
    """Wherever they stand."""
    assert translated(text) == expected
    assert written(document(text), document(text).segments()).decode() == text


def test_stand_before_the_sentence() -> None:
    """Which has no hole."""
    text = "Im ![Rad](x 'Titel')\n<b title=Rat>Satz</b>.\n"

    assert segments(text) == ["Rad", "Titel", "Rat", "Im Satz."]
    assert [block.line for block in document(text).blocks()] == [1, 1, 2, 1]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("a] [b", "![a\\] \\[b](x)", id="brackets"),
        pytest.param("*a* `b` & &amp;", "![\\*a\\* \\`b\\` & \\&amp;](x)", id="signs"),
        pytest.param("1. a|b", "![1. a|b](x)", id="none"),
        pytest.param("a\\", "![a\\\\](x)", id="backslash"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "Da {} da."])
def test_brackets_hold_their_text(around: str, said: str, expected: str) -> None:
    """It ends them nowhere, and has no markup."""
    found = document(around.format("![Rad](x)"))

    changed = [
        Segment(said) if segment.text == "Rad" else segment
        for segment in found.segments()
    ]

    assert written(found, changed).decode() == around.format(expected)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param('a "b"', '"a \\"b\\""', id="quotes"),
        pytest.param("a [b] *c* (d)", '"a [b] *c* (d)"', id="none"),
        pytest.param("a\\ &copy;", '"a\\ \\&copy;"', id="signs"),
    ],
)
def test_quotes_hold_their_text(said: str, expected: str) -> None:
    """Whatever they were before."""
    found = document("Das [Rad](x 'Titel').")
    _, sentence = found.segments()

    result = written(found, [Segment(said), sentence]).decode()

    assert result == f"Das [Rad](x {expected})."


@pytest.mark.parametrize(
    "kept",
    [
        "`![Rad](x)`",
        "<!-- ![Rad](x) -->",
        "<code>![Rad](x)</code>",
        '<b translate="no">![Rad](x)</b>',
        "$![Rad](x)$",
        "<img translate=no alt=Rad>",
        "<T title={rad}/>",
    ],
)
def test_what_is_not_translated_stays(kept: str) -> None:
    """Also beside a picture that is written the same and does not."""
    text = translated(f"Das {kept} und ![Rad](x) da.")

    assert text == f"xxx {kept} xxx ![xxx](x) xx."


def test_a_text_is_not_broken_at_a_blank() -> None:
    """An address with one would be none over two lines."""
    text = (
        "> Ein Satz, der lang ist und umbrochen.\n"
        "> ![Das Rad](<a b.png>) Noch ein Satz, der lang\n> ist.\n"
    )

    result = translated(text)

    assert "\n> ![xxx xxx](<a b.png>) xxxx" in result
