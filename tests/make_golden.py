"""Record what the bundled model says: run it when the model has changed.

    python tests/make_golden.py

A snapshot, not a standard of quality: it shows that a library changed the output.
"""

from __future__ import annotations

import csv
from pathlib import Path

from satzpaar.translate import load_translator

FILE = Path(__file__).parent / "data" / "golden" / "bundled.tsv"

# Both engines in float32 have to agree to the letter; int8 is recorded for itself.
ENGINES = (
    ("transformers", "float32"),
    ("ctranslate2", "float32"),
    ("ctranslate2", "int8"),
)

SENTENCES = (
    "Guten Morgen, wie geht es dir?",
    "Der Mann kaufte gestern ein neues Auto.",
    "Ich habe heute keine Zeit, weil ich arbeiten muss.",
    "Die Stadt baut im nächsten Jahr eine neue Schule.",
    "Die Regierung will die Steuern nicht erhöhen.",
    "„Wir haben lange darauf gewartet“, sagte die Ministerin.",
    "Im Jahr 1998 lebten hier 3.500 Menschen.",
    "Streit um neue Brücke",
    "WAS NUN GESCHEHEN SOLL",
    "Mehr dazu steht auf https://www.lindenau.example/fest.",
    "Nach dem Spiel fuhren wir mit dem Zug nach Hause.",
    "Kannst du mir bitte das Fenster öffnen?",
)


def translations(engine: str, compute_type: str) -> list[str]:
    """Translate the sentences."""
    translator = load_translator(
        engine=engine, compute_type=compute_type, device="cpu", threads=1
    )
    return [t.target.text for t in translator.translate_segments(SENTENCES)]


def main() -> None:
    """Write the file."""
    columns = [SENTENCES, *(translations(*engine) for engine in ENGINES)]
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerows(zip(*columns, strict=True))


if __name__ == "__main__":
    main()
