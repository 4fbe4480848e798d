"""Make the list of idioms of those that somebody judged.

    python benchmarks/idiom_list.py items FOLDER [--size 400]
    python benchmarks/idiom_list.py read FOLDER
    python benchmarks/idiom_list.py pairs BITEXT.tsv ...
    python benchmarks/idiom_list.py literal FILE
    python benchmarks/idiom_list.py write

``bitexts/idioms.tsv.xz`` has in each line an idiom, what it is in plain German, a
sentence with it, and which translation of that sentence is better: ``plain``, ``word``
(as it stands), ``same``, ``neither``; nothing where nobody has judged it, ``equal``
where both ways give the same English. ``items`` translates both ways, of each idiom
whose plain German has only been better so far, the next sentence, and writes them in
random order, number, German, two translations, for judges who do not know which is
which; ``read`` reads their answers, FOLDER/N.ans for FOLDER/N.txt, a number TAB 1, 2, =
or 0 (both are bad) in each line.

Lines without a sentence say what is known of an idiom beside that: ``literal 40``, that
its words mean something else in 40 of 100 sentences (``literal`` reads idiom TAB plain
German TAB share); ``bitexts -9.5``, by how much chrF against the English of up to three
pairs of bitexts changes (``pairs``; far below 0 the model knows the idiom, or it is
none). ``write`` writes to ``translate/dictionaries/idioms.tsv.xz`` those whose plain
German was never worse and better in half of the judged sentences, unless their words
mean something else in 30 of 100 or more, or the bitexts say -8 or less (-16 where it
was better twice).
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from statistics import fmean
from typing import TYPE_CHECKING

from sacrebleu.metrics.chrf import CHRF

from satzpaar.translate.document import Segment
from satzpaar.translate.engines import DEFAULT_ENGINE, load_engine
from satzpaar.translate.idioms import Idiom
from satzpaar.translate.models import BUNDLED, find_model
from satzpaar.translate.pipeline import translate_segments
from satzpaar.translate.plain_german import PlainGerman, with_edits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ROOT = Path(__file__).parents[1]
_JUDGED = _ROOT / "bitexts" / "idioms.tsv.xz"
_LIST = _ROOT / "translate" / "dictionaries" / "idioms.tsv.xz"
_ANSWERS = {"=": "same", "0": "neither"}

# Above this share of sentences in which the words mean something else, and below this
# difference against bitexts, an idiom is left out.
_LITERAL = 30
_KNOWN = -8
# Of an idiom, so many pairs of the bitexts; characters of the longest sentence.
_PAIRS = 3
_LONGEST = 260


@dataclass(slots=True)
class Row:
    """A sentence with an idiom."""

    idiom: str
    plain: str
    sentence: str
    verdict: str = ""

    def in_plain_german(self) -> str | None:
        """Return the sentence in plain German; None: the idiom is not found in it."""
        known = PlainGerman([Idiom.read(self.idiom, self.plain)])
        edits = [edit for found in known.found(self.sentence) for edit in found]
        return " ".join(with_edits(self.sentence, edits).split()) if edits else None


def main() -> None:
    """Write the items, read the answers, or write the list."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    choices = ("items", "read", "pairs", "literal", "write")
    parser.add_argument("what", choices=choices)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--size", type=int, default=400, help="items of a file")
    options = parser.parse_args()
    rows = [Row(*line.split("\t")) for line in _unpacked(_JUDGED)]
    if options.what == "write":
        _write(rows)
        return
    if not options.files:
        parser.error("a file or a folder is expected")
    path = options.files[0]
    if options.what == "items":
        _items([row for row in rows if row.sentence], path, options.size)
    elif options.what == "read":
        _read([row for row in rows if row.sentence], path)
    else:
        found = (
            _pairs(rows, options.files) if options.what == "pairs" else _literal(path)
        )
        kind = "bitexts" if options.what == "pairs" else "literal"
        rows = [row for row in rows if row.sentence or not row.verdict.startswith(kind)]
        rows += [Row(*key, "", f"{kind} {value}") for key, value in found.items()]
        rows.sort(key=lambda row: (row.idiom, row.plain))
    _pack(_JUDGED, rows)


def _unpacked(path: Path) -> list[str]:
    return lzma.decompress(path.read_bytes()).decode().splitlines()


def _pack(path: Path, rows: Sequence[Row]) -> None:
    lines = (
        f"{row.idiom}\t{row.plain}\t{row.sentence}\t{row.verdict}\n" for row in rows
    )
    path.write_bytes(lzma.compress("".join(lines).encode(), preset=9))


def _items(rows: Sequence[Row], folder: Path, size: int) -> None:
    plain = {n: rows[n].in_plain_german() for n in _next(rows)}
    numbers = [n for n, text in plain.items() if text is not None]
    texts = [(" ".join(rows[n].sentence.split()), plain[n] or "") for n in numbers]
    said = _translated([text for pair in texts for text in pair])
    items = []
    for n, word, other in zip(numbers, said[::2], said[1::2], strict=True):
        if word == other:
            rows[n].verdict = "equal"
        else:
            items.append((n, word, other))
    random = Random(1)
    random.shuffle(items)
    folder.mkdir(parents=True, exist_ok=True)
    key = []
    for number, (n, word, other) in enumerate(items):
        plain_first = random.random() < 0.5
        first, second = (other, word) if plain_first else (word, other)
        path = folder / f"{number // size}.txt"
        with path.open("a" if number % size else "w", encoding="utf-8") as file:
            file.write(f"{number % size}\nDE {rows[n].sentence}\n")
            file.write(f"1  {first}\n2  {second}\n\n")
        key.append((number // size, number % size, n, plain_first))
    (folder / "key.json").write_text(json.dumps(key))
    print(f"{len(items)} items; {len(plain) - len(numbers)} idioms not found")


def _next(rows: Sequence[Row]) -> Iterator[int]:
    """Yield the next sentence of each idiom that has only won so far."""
    seen: set[tuple[str, str]] = set()
    for n, row in enumerate(rows):
        key = row.idiom, row.plain
        if key not in seen and row.verdict not in {"plain", "equal"}:
            seen.add(key)
            if not row.verdict:
                yield n


def _read(rows: Sequence[Row], folder: Path) -> None:
    answers = {
        (int(path.stem), int(number)): answer.strip()
        for path in folder.glob("*.ans")
        for number, answer in (
            line.split("\t") for line in path.read_text().splitlines() if line.strip()
        )
    }
    for file, number, n, plain_first in json.loads((folder / "key.json").read_text()):
        answer = answers.get((file, number))
        if answer is None:
            continue
        if answer not in {"1", "2", *_ANSWERS}:
            raise SystemExit(f"{file}.ans: {number}: 1, 2, = or 0 expected: {answer}")
        better = "plain" if (answer == "1") == plain_first else "word"
        rows[n].verdict = _ANSWERS.get(answer, better)


def _literal(path: Path) -> dict[tuple[str, str], str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {
        (idiom, plain): share for idiom, plain, share in (x.split("\t") for x in lines)
    }


def _pairs(rows: Sequence[Row], files: Sequence[Path]) -> dict[tuple[str, str], str]:
    """Return the mean difference of chrF against bitexts, where it is known."""
    known = {Idiom.read(row.idiom, row.plain): (row.idiom, row.plain) for row in rows}
    plain_german = PlainGerman(known)
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            source, target, *_ = *line.split("\t"), ""
            idioms = plain_german.idioms(source) if len(source) <= _LONGEST else []
            if len(idioms) != 1:
                continue
            ((idiom, edits),) = idioms
            pairs = found[known[idiom]]
            if len(pairs) < _PAIRS:
                text = " ".join(with_edits(source, edits).split())
                pairs.append((" ".join(source.split()), text, target))
    keys = [(key, pair) for key, pairs in found.items() for pair in pairs]
    said = _translated([text for _, pair in keys for text in pair[:2]], once=True)
    differences: dict[tuple[str, str], list[float]] = defaultdict(list)
    chrf = CHRF()
    for (key, pair), word, other in zip(keys, said[::2], said[1::2], strict=True):
        scores = [chrf.sentence_score(text, [pair[2]]).score for text in (word, other)]
        differences[key].append(scores[1] - scores[0])
    return {
        key: f"{fmean(found):.1f}"
        for key, found in differences.items()
        if len(found) > 1
    }


def _translated(texts: Sequence[str], *, once: bool = False) -> list[str]:
    """Return translations of what is to be read as it stands."""
    engine = load_engine(DEFAULT_ENGINE, find_model(BUNDLED))
    engine.model = replace(engine.model, plain_idioms=False)
    segments = [Segment(text) for text in texts]
    found = translate_segments(segments, engine, once=once)
    return [each.target.text for each in found]


def _write(rows: Sequence[Row]) -> None:
    verdicts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        verdicts[row.idiom, row.plain].append(row.verdict)
    best: dict[str, tuple[int, str]] = {}
    for (idiom, plain), found in verdicts.items():
        won, drawn = found.count("plain"), found.count("same") + found.count("neither")
        if won <= best.get(idiom, (0, ""))[0] or won < drawn or "word" in found:
            continue
        if not any(_is_risky(verdict, won) for verdict in found):
            best[idiom] = won, plain
    lines = (f"{idiom}\t{plain}\n" for idiom, (_, plain) in sorted(best.items()))
    _LIST.write_bytes(lzma.compress("".join(lines).encode(), preset=9))
    counts = Counter(row.verdict or "not judged" for row in rows if row.sentence)
    print(f"{len(best)} of {len(verdicts)} idioms; sentences: {dict(counts)}")


def _is_risky(verdict: str, won: int) -> bool:
    kind, _, value = verdict.partition(" ")
    if kind == "literal":
        return float(value) >= _LITERAL
    return kind == "bitexts" and float(value) <= _KNOWN * (2 if won > 1 else 1)


if __name__ == "__main__":
    main()
