"""What comes out as it went in: links, addresses, tags, placeholders, emoji."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satzpaar.translate.protection import (
    Span,
    formulas,
    has_words,
    protected_spans,
    put_back,
    stand_ins,
)


def found(text: str) -> list[str]:
    return [span.of(text) for span in protected_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Siehe https://example.de/a_(b)?c=1#d.", ["https://example.de/a_(b)?c=1#d"]),
        (
            "Klone git+ssh://a.de/b, dann file:///c/d.",
            ["git+ssh://a.de/b", "file:///c/d"],
        ),
        ("(siehe http://example.org/x)", ["http://example.org/x"]),
        ("„www.example.com“, sagte er", ["www.example.com"]),
        ("Das meldet tagesblatt.de am Montag.", ["tagesblatt.de"]),
        ("Post an anna.b+c@mail.example.org!", ["anna.b+c@mail.example.org"]),
        ("Mit #Berlin und @anna_b los", ["#Berlin", "@anna_b"]),
        ("Hallo {name}, {{count}} neue: ${x}", ["{name}", "{{count}}", "${x}"]),
        ("Noch %d Tage, %(name)s und %1$s", ["%d", "%(name)s", "%1$s"]),
        ("Klick <b>hier</b>", ["<b>", "</b>"]),
        ("Gut 👍🏽 und 👩‍💻!", ["👍🏽", "👩‍💻"]),
        ("An max.berlin@example.com", ["max.berlin@example.com"]),
        ("Hallo {{ name }}, {% if x %}", ["{{ name }}", "{% if x %}"]),
        ("Werte %s%s, %.2f und %5d", ["%s%s", "%.2f", "%5d"]),
        ("In $HOME :smile: :+1:", ["$HOME", ":smile:"]),
        ('Ein <a href="x y" id=z>Wort</a>', ['<a href="x y" id=z>', "</a>"]),
        ("Los {a}{b}😀#Tag", ["{a}{b}😀#Tag"]),
        ("In README.md, src/a.py und x.tar.gz.", ["README.md", "src/a.py", "x.tar.gz"]),
        ("artikel.de.md, a.html#b", ["artikel.de.md", "a.html#b"]),
        (r"In C:\Daten\2024 und \\server\x.", [r"C:\Daten\2024", r"\\server\x"]),
        ("Nach /etc/rw, ~/x/y und src/a/b.", ["/etc/rw", "~/x/y", "src/a/b"]),
        ("Mit --out=x.txt, --leise und -v.", ["--out=x.txt", "--leise", "-v"]),
        ("max_anzahl und lies()", ["max_anzahl", "lies()"]),
        ("%APPDATA%, localhost:80, UTF-8", ["%APPDATA%", "localhost:80", "UTF-8"]),
        ("DE89 3704 0044 0532 0130 00", ["DE89 3704 0044 0532 0130 00"]),
        (r"Mit \(a < b\) und \[x_1\]", [r"\(a < b\)", r"\[x_1\]"]),
        ("Länge (km)", ["(km)"]),
        ("Kosten (€)", ["(€)"]),
        ("Mit `npm i -g x` und `ls`.", ["`npm i -g x`", "`ls`"]),
        ("Mit python3 und base64", ["python3", "base64"]),
    ],
)
def test_finds(text: str, expected: list[str]) -> None:
    """Each kind, without the punctuation of the sentence around it."""
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Das kostet 50 % des Preises.",
        "Berlin/Hamburg/München, dpa/AFP/Reuters, und/oder, km/h",
        "Student_innen, 3/4/2024, Haupt- und -Nebenrollen, kam -- leider",
        "(m/w/d), er/sie/es, schwarz/rot/gold, €/kg/tag",
        "Jede_r Besucher_in, ein_e, Leser_innenbriefe",
        "Er kam --wie immer-- zu spät, -A- und B",
        "Das kostet 50 %der Summe.",
        "Er kam.Dann ging sie.",
        "Die Zahl #5 und C# bleiben.",
        "Es war 10:30 Uhr: a < b und b > c",
        "Wenn x <y und z> 3",
        "Für 5 $ oder 5 $US",
        "z.B. am 1.10. um 5.000 Euro",
        "Er sagte: Ja!",
        "Blocks`n`Rox und ` allein` und ``Wort``",
    ],
)
def test_leaves_ordinary_text_alone(text: str) -> None:
    """A percent sign, a missing space or a comparison is no placeholder."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Es sind 4,2×10^5 Teilchen.", ["4,2×10^5"]),
        ("Für x^2 + y^2 < 100 gilt 2*x = 3.", ["x^2 + y^2 < 100", "2*x = 3"]),
        ("Bürger*innen, 5*-Hotel, ein * und ^^, 3 + 4", []),
        ("Die Rechnung - 2*3 - ist leicht.", ["2*3"]),
        ("die 4*100-Meter-Staffel", ["4*100"]),
    ],
)
def test_finds_formulas(text: str, expected: list[str]) -> None:
    """Of a power and a product a model makes words; a gender's star is none."""
    assert [span.of(text) for span in formulas(text)] == expected


def test_joins_what_overlaps() -> None:
    """A link inside code is one stretch, and stretches stay in order."""
    text = "Rufe curl https://example.de auf, @anna"

    spans = protected_spans(text, [Span(5, 28)])

    assert [span.of(text) for span in spans] == ["curl https://example.de", "@anna"]


@given(st.text(alphabet="ab Tom15X2.,:{}%#@/wdehtps<>()😀", max_size=80))
def test_stand_ins_can_be_put_back(text: str) -> None:
    """Whatever the text, a faithful model gives it back unchanged."""
    spans = protected_spans(text)
    masked = stand_ins(text, spans)

    assert masked is None or put_back(masked, masked.text) == text


def test_a_link_owns_nothing() -> None:
    """With an 's it would lead nowhere; what the source has stays."""
    text = "Mehr steht auf example.de im Netz."
    masked = stand_ins(text, protected_spans(text))

    assert masked is not None
    assert (
        put_back(masked, "More is on Tom's online.") == "More is on example.de online."
    )
    theirs = "Mehr zu @anna's Lied"
    assert stand_ins(theirs, protected_spans(theirs)) is None


def test_long_junk_is_quick() -> None:
    """No pattern looks at the same characters again and again."""
    started = time.perf_counter()

    for junk in ("a." * 50_000, "<a" * 50_000, "{" * 100_000, "www." * 25_000):
        protected_spans(junk)
    for junk in ("a + " * 25_000, "a" * 100_000, "a^" * 50_000, "2*" * 50_000):
        formulas(junk)

    assert time.perf_counter() - started < 2


def test_has_words_only_outside_what_is_protected() -> None:
    """The letters of a link are no words."""
    text = "5 € auf example.de"

    assert has_words(text, protected_spans(text))
    assert not has_words("5 € example.de", [Span(4, 14)])
