"""Blocks of Markdown beyond CommonMark: containers, templates, formulas."""

from __future__ import annotations

import pytest

from tests.test_formats_markdown import document, segments, translated, written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            ":::warning Das gilt\nBitte lesen.\n:::\nDanach.\n",
            ":::warning xxx xxxx\nxxxxx xxxxx.\n:::\nxxxxxx.\n",
            id="container",
        ),
        pytest.param(
            "::: tip\nText.\n:::\n", "::: tip\nxxxx.\n:::\n", id="without a title"
        ),
        pytest.param(
            ":::tip[Das *gilt*]{icon=x}\nText.\n:::\n",
            ":::tip[xxx *xxxx*]{icon=x}\nxxxx.\n:::\n",
            id="a title in brackets",
        ),
        pytest.param(
            '::: tip id="Das"\n:::row Das\n:::\n',
            '::: tip id="Das"\n:::row Das\n:::\n',
            id="no title",
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


@pytest.mark.parametrize(
    "copied",
    [
        pytest.param(
            "{% highlight python %}\nfür = 1\n\n- x\n{% endhighlight %}", id="program"
        ),
        pytest.param("{%- raw -%}\n{{ Wort }}\n{%- endraw -%}", id="raw"),
        pytest.param("{% comment %} Nur für\nuns. {% endcomment %}", id="comment"),
        pytest.param("{{< mermaid >}}\nA --> B\n{{< /mermaid >}}", id="of Hugo"),
        pytest.param("{{< hint info >}}", id="a tag"),
        pytest.param("{% if a %} {{ b }} {% endif %}", id="tags"),
        pytest.param("$$\na\n- b\n\n= c\n$$", id="formula"),
        pytest.param("$$ a\n- b $$ {#eq:a}", id="formula with a name"),
        pytest.param("\\[\nx_1 < y_1\n\\]", id="formula in brackets"),
        pytest.param(
            "\\begin{align*}\na &= b \\\\\n- c\n\\end{align*}", id="environment"
        ),
    ],
)
def test_programs_and_formulas_are_copied(copied: str) -> None:
    """With all their lines, in lists too; text goes on before and behind them."""
    indented = copied.replace("\n", "\n  ").replace("\n  \n", "\n\n")

    assert translated(f"Davor\n{copied}\nDanach\n") == f"xxxxx\n{copied}\nxxxxxx\n"
    assert translated(f"- Da\n  {indented}\n- Wo\n") == f"- xx\n  {indented}\n- xx\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{% raw %}{{ x }}{% endraw %} ist das.\n", id="within a line"),
        pytest.param("{% raw %}\nDas.\n", id="template"),
        pytest.param("$$\nDas\n", id="dollars"),
        pytest.param("- \\begin{align}\n\nDas\n\n\\end{align}\n", id="outside a list"),
        pytest.param("\\begin{quote}\nDas.\n\\end{quote}\n", id="text"),
    ],
)
def test_what_has_no_end_is_text(text: str) -> None:
    """A sign by chance must not hide the rest of the file."""
    assert len(segments(text)) == 1


def test_a_tag_does_not_come_to_stand_alone() -> None:
    """In wrapped text it stays behind its word, or it would end the paragraph."""
    text = "Auf dem Bahnhof von {{ ort }} hält heute\nkein Zug.\n"

    assert segments(text) == ["Auf dem Bahnhof von {{ ort }} hält heute kein Zug."]
    assert " {{ ort }}" in translated(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "```{note}\nBitte *lesen*.\n\n- Da\n```\nDanach\n",
            "```{note}\nxxxxx *xxxxx*.\n\n- xx\n```\nxxxxxx\n",
            id="note",
        ),
        pytest.param(
            "```{admonition} Der Titel\n:class: tip\n\nDer Text.\n```\n",
            "```{admonition} xxx xxxxx\n:class: tip\n\nxxx xxxx.\n```\n",
            id="title",
        ),
        pytest.param(
            ":::{figure} bilder/zug.png\n:alt: Ein Zug\n:name: zug\n\nEin Zug.\n:::\n",
            ":::{figure} bilder/zug.png\n:alt: xxx xxx\n:name: zug\n\nxxx xxx.\n:::\n",
            id="figure",
        ),
        pytest.param(
            "```{tip}\n---\nclass: rat\n---\nDer Rat.\n```\n",
            "```{tip}\n---\nclass: rat\n---\nxxx xxx.\n```\n",
            id="options in YAML",
        ),
        pytest.param(
            "::::{grid} 2\n:::{card} Eins\nDa.\n:::\n::::\n",
            "::::{grid} 2\n:::{card} xxxx\nxx.\n:::\n::::\n",
            id="one in another",
        ),
        pytest.param(
            "- Da\n  ```{note}\n  Im Punkt.\n  ```\n",
            "- xx\n  ```{note}\n  xx xxxxx.\n  ```\n",
            id="in an item",
        ),
        pytest.param(
            "```{code-block} python\ndas = 1\n```\n",
            "```{code-block} python\ndas = 1\n```\n",
            id="code",
        ),
        pytest.param(
            ":::{code} python\ndas = 1\n:::\nDa\n",
            ":::{code} python\ndas = 1\n:::\nxx\n",
            id="code between colons",
        ),
        pytest.param("```{r}\nplot(x)\n```\n", "```{r}\nplot(x)\n```\n", id="chunk"),
        pytest.param("(mein-ziel)=\n# Das\n", "(mein-ziel)=\n# xxx\n", id="target"),
        pytest.param("Da.\n\n% leise\n", "xx.\n\n% leise\n", id="comment"),
        pytest.param(
            "- % der Stimmen\n\n%TEMP% ist da.\n\n%s ist es.\n",
            "- % xxx xxxxxxx\n\n%xxxx% xxx xx.\n\n%x xxx xx.\n",
            id="no comments",
        ),
        pytest.param("% Titel\n\nDa\n", "% xxxxx\n\nxx\n", id="title of Pandoc"),
        pytest.param("Über 45\n% sagen ja\n", "xxxx 45 % xxxxx xx\n", id="percent"),
        pytest.param(
            "%%\nleise\n%%\nDa\n", "%%\nleise\n%%\nxx\n", id="comment of Obsidian"
        ),
        pytest.param(
            "Datum:: heute\nMein Ort:: am See\nstd::da\n",
            "Datum:: xxxxx\nMein Ort:: xx xxx\nxxx::xx\n",
            id="fields",
        ),
        pytest.param(
            "Das ist im Namensraum std:: enthalten.\n",
            "xxx xxx xx xxxxxxxxxx xxx:: xxxxxxxxx.\n",
            id="no field",
        ),
        pytest.param(
            "export default da;\n\nexport { eins,\n  zwei } from 'da'\n\n"
            "export default async function da() {\n}\n\nDa\n",
            "export default da;\n\nexport { eins,\n  zwei } from 'da'\n\n"
            "export default async function da() {\n}\n\nxx\n",
            id="exports",
        ),
        pytest.param(
            "export default steht am Ende.\n\nexport function ist ein Wort.\n",
            "xxxxxx xxxxxxx xxxxx xx xxxx.\n\nxxxxxx xxxxxxxx xxx xxx xxxx.\n",
            id="no exports",
        ),
        pytest.param(
            "import Tabs from '@theme/Tabs';\n"
            "import {\n  Das,\n} from 'da'\n\n"
            "export const da = () => (\n  <p>Da</p>\n);\n\nExport und Import\n",
            "import Tabs from '@theme/Tabs';\n"
            "import {\n  Das,\n} from 'da'\n\n"
            "export const da = () => (\n  <p>Da</p>\n);\n\nxxxxxx xxx xxxxxx\n",
            id="program of MDX",
        ),
    ],
)
def test_directives_and_programs(text: str, expected: str) -> None:
    """Of MyST, Quarto, Obsidian and MDX: names and code stay, texts do not."""
    found = document(text)

    assert translated(text) == expected
    assert written(found, found.segments()).decode() == text


@pytest.mark.parametrize(
    ("text", "expected", "found"),
    [
        pytest.param(
            "Kunde\nLieferant\n: Jemand.\n",
            "xxxxx\nxxxxxxxxx\n: xxxxxx.\n",
            ["Kunde", "Lieferant", "Jemand."],
            id="terms",
        ),
        pytest.param(
            "> [!TIP] Ein Titel\n> Der Text\n> dort\n",
            "> [!TIP] xxx xxxxx\n> xxx xxxx xxxx\n",
            ["Ein Titel", "Der Text dort"],
            id="the title of an alert",
        ),
        pytest.param(
            "> [!faq]-\n> Der Text\n",
            "> [!faq]-\n> xxx xxxx\n",
            ["Der Text"],
            id="a folded alert",
        ),
    ],
)
def test_lines_that_stand_alone(text: str, expected: str, found: list[str]) -> None:
    """No sentence goes on from one to the next."""
    assert segments(text) == found
    assert translated(text) == expected
