"""Text that was decoded the wrong way is found and could be mended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satzpaar.alignments.filters.encoding import faults, mend

# What German and English are written with.
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüßÄÖÜéèàçñ"


def as_cp1252(text: str) -> str:
    return "".join(
        bytes([byte]).decode("cp1252", errors="ignore") or chr(byte)
        for byte in text.encode()
    )


@pytest.mark.parametrize(
    ("garbled", "meant"),
    [
        ("fÃ¼r KÃ¶ln", "für Köln"),
        ("StraÃŸe", "Straße"),
        ("Ãœber Ã„rger", "Über Ärger"),
        ("â€žNeinâ€œ, sagte sie â€“ zweimal", "„Nein“, sagte sie – zweimal"),
        ("5Â\u00a0â‚¬Â im CafÃ©", "5\u00a0€ im Café"),
        ("fÃƒÂ¼r", "für"),
        ("f√ºr M√§nner", "für Männer"),
        ("f&uuml;r &amp;amp; gegen", "für & gegen"),
    ],
)
def test_it_is_found_and_mended(garbled: str, meant: str) -> None:
    assert faults(garbled)
    assert mend(garbled) == meant


@pytest.mark.parametrize("lost", ["f\ufffdr", "M?nner sind da", "Stra?e", "Gr\x81n"])
def test_what_is_lost_is_found(lost: str) -> None:
    assert faults(lost)


@pytest.mark.parametrize(
    "sound",
    [
        "Er schrieb ein großes „Ä“ und ein „Ö“.",
        "Das »Ü« in »MENÜ« – und das Ä… fehlt.",
        "SÃO PAULO, Ångström, Île, naïve, Łódź",
        "Wer? Was? Wo?",
        "Siehe https://example.org/suche?wort=eins&zahl=2",
        "Müller & Söhne, AT&T; Forschung und Entwicklung (F&E)",
        "Die Wurzel √2 ist irrational.",
        "Ein\u00adtrag mit weichem Trennstrich, 30 °C, 5 €",
        "emoji 🎉 und Pfeil →",
        "x = a&b;",
    ],
)
def test_sound_text_is_left_alone(sound: str) -> None:
    assert faults(sound) == []
    assert mend(sound) == sound


@given(st.text(LETTERS, min_size=1, max_size=30))
def test_what_was_read_as_cp1252_is_mended(text: str) -> None:
    assert mend(as_cp1252(text)) == text


@given(st.text(LETTERS + " „“–€’", max_size=40))
def test_texts_of_our_languages_are_sound(text: str) -> None:
    text = text.replace("€", " €")  # "Ä€" is what becomes of Ā, and nobody writes it
    assert faults(text) == []
