"""Which frequent German word forms a bitext hardly has: what to write pairs for.

    pip install wordfreq
    python benchmarks/rare_words.py BITEXT.tsv ... [--ranks 210000] [--seen 0 3]

Prints the forms of wordfreq's large German list (CC BY-SA 4.0 and others) up to a rank,
the most frequent first, one of each stem, of which the German sides of the bitexts have
the stem as often as ``--seen`` says. Only forms that our written dictionary has
(``bitexts/dictionary.txt.xz``) and that are not more frequent in English are printed,
which leaves most names and foreign words out.

Bitexts are TSV, packed or not; the German is the first of two columns and the second of
three. Stems are Snowball's.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nltk.stem.snowball import SnowballStemmer

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
FORM = re.compile(r"[a-zäöüß]{3,}")
# Of words that both languages have, how much more frequent English may be (log 10).
MORE_ENGLISH = 0.3

DICTIONARY = Path(__file__).parent.parent / "bitexts" / "dictionary.txt.xz"


def main() -> None:
    """Print the forms, one a line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("bitexts", nargs="+", type=Path, metavar="BITEXT")
    parser.add_argument("--ranks", type=int, default=210_000, help="how far to look")
    parser.add_argument("--seen", type=int, nargs=2, default=(0, 3), metavar="N")
    options = parser.parse_args()
    words = Counter(
        word.lower()
        for path in options.bitexts
        for text in german(path)
        for word in WORD.findall(text)
    )
    with lzma.open(DICTIONARY, "rt", encoding="utf-8") as lines:
        known = {line.split(" = ")[0] for line in lines}
    print(*rare(words, known, ranks=options.ranks, seen=options.seen), sep="\n")


def german(path: Path) -> Iterator[str]:
    """Yield the German texts of a bitext."""
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            yield columns[0 if len(columns) == 2 else 1]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frequent form, and how often the bitexts have its stem."""

    form: str
    stem: str
    seen: int


def rare(
    words: Counter[str], known: Container[str], *, ranks: int, seen: tuple[int, int]
) -> Iterator[str]:
    """Yield the frequent forms whose stem is as often in *words* as *seen* says."""
    done = set()
    for candidate in candidates(words, known, ranks=ranks, seen=seen):
        if candidate.stem not in done:
            done.add(candidate.stem)
            yield candidate.form


def candidates(
    words: Counter[str], known: Container[str], *, ranks: int, seen: tuple[int, int]
) -> Iterator[Candidate]:
    """Yield the same, all forms of a stem."""
    from wordfreq import top_n_list, zipf_frequency

    stem = SnowballStemmer("german").stem
    stems: Counter[str] = Counter()
    for word, count in words.items():
        stems[stem(word)] += count
    for form in top_n_list("de", ranks, wordlist="large"):
        if not FORM.fullmatch(form) or form.replace("ß", "ss") not in known:
            continue
        its = stem(form)
        if not seen[0] <= stems[its] <= seen[1]:
            continue
        english = zipf_frequency(form, "en", wordlist="large")
        if english < zipf_frequency(form, "de", wordlist="large") + MORE_ENGLISH:
            yield Candidate(form, its, stems[its])


if __name__ == "__main__":
    main()
