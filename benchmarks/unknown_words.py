"""Which German words or phrases a model does not know: what to write pairs for next.

    pip install wordfreq
    PYTHONPATH=benchmarks python benchmarks/unknown_words.py BITEXT.tsv ...
        [--model bundled] [--ranks 100000] [--seen 0 100] [--known]
    PYTHONPATH=benchmarks python benchmarks/unknown_words.py --phrases PHRASES.tsv

As ``rare_words.py``, but asks the model as well. Each form of our written dictionary
(``bitexts/dictionary.txt.xz``) whose stem the bitexts have as often as ``--seen`` says
is translated alone, in small letters and with a capital. The model does not know it if
both differ from what the dictionary has and it finds that much less probable. Prints
these forms, the most frequent first, one of each stem; with ``--known`` a table: of the
forms whose stem the bitexts have so often, how many are translated as the dictionary
has them, inflection aside. Of phrases with their English (German TAB English) those are
printed, with it, that the model does not know.

A word or phrase alone says less than a sentence, and there are several ways to say it
where one is listed: the list is where to look, not what is wrong.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from nltk.stem.snowball import SnowballStemmer
from rare_words import DICTIONARY, WORD, candidates
from rare_words import german as german_of

from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.engines import load_engine
from satzpaar.translate.models import BUNDLED, find_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rare_words import Candidate

    from satzpaar.translate.engine import Engine

# Nats a token by which what the model says must be the more probable, and what the
# dictionary's English may cost: nearer than that, the model would say it in a sentence.
NEARER = 0.6
LIKELY = 0.9
# Of spelling: "sealevel" and "sea level" say the same.
ALIKE = 0.85
STEPS = (1, 3, 6, 10, 20, 40, 60, 100)

_BATCH = 256
_LONGEST = 40  # tokens of a translation
_SMALL_WORDS = frozenset(("the", "a", "an", "to", "of"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a model makes of a word or phrase alone."""

    english: str  # that is listed
    said: str
    said_score: float  # nats a token
    english_score: float

    @property
    def is_known(self) -> bool:
        """Whether it is the English that is listed, inflection aside."""
        return _stems(self.said) == _stems(self.english)

    @property
    def is_unknown(self) -> bool:
        """Whether the model would hardly say what is listed."""
        if self.is_known or self.english_score > -LIKELY:
            return False
        if self.said_score - self.english_score < NEARER:
            return False
        said, english = (
            re.sub(r"\W", "", each.lower()) for each in (self.said, self.english)
        )
        return SequenceMatcher(None, said, english).ratio() <= ALIKE


def main() -> None:
    """Print the forms, the table or the phrases."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("bitexts", nargs="*", type=Path, metavar="BITEXT")
    parser.add_argument("--phrases", type=Path, metavar="TSV")
    parser.add_argument("--model", default=BUNDLED)
    parser.add_argument("--ranks", type=int, default=100_000, help="how far to look")
    parser.add_argument("--seen", type=int, nargs=2, default=(0, 100), metavar="N")
    parser.add_argument("--known", action="store_true", help="count what is known")
    options = parser.parse_args()
    if bool(options.bitexts) == (options.phrases is not None):
        parser.error("bitexts or --phrases are expected, one of them")
    engine = load_engine("ctranslate2", find_model(options.model))
    if options.phrases is not None:
        phrases = [line.split("\t") for line in _lines(options.phrases)]
        german, english = zip(*phrases, strict=True)
        for phrase, one in zip(german, ask(engine, german, english), strict=True):
            if one.is_unknown:
                print(phrase, one.english, sep="\t")
        return
    words = Counter(
        word.lower()
        for path in options.bitexts
        for text in german_of(path)
        for word in WORD.findall(text)
    )
    dictionary = dict(line.split(" = ") for line in _lines(DICTIONARY))
    chosen = list(candidates(words, dictionary, ranks=options.ranks, seen=options.seen))
    listed = [
        dictionary[each.form.replace("ß", "ss")].split("; ")[0] for each in chosen
    ]
    ways = (
        ask(engine, [write(each.form) for each in chosen], listed)
        for write in (str.lower, str.capitalize)
    )
    better = [
        max(pair, key=lambda way: (way.is_known, way.english_score))
        for pair in zip(*ways, strict=True)
    ]
    if options.known:
        _print_known(chosen, better)
        return
    done = set()
    for each, one in zip(chosen, better, strict=True):
        if one.is_unknown and each.stem not in done:
            done.add(each.stem)
            print(each.form)


def ask(
    engine: Engine, german: Sequence[str], english: Sequence[str]
) -> Iterator[Asked]:
    """Return what the model makes of each text, in their order."""
    order = sorted(range(len(german)), key=lambda number: len(german[number]))
    answers: dict[int, Asked] = {}
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        sources = engine.tokenizer.tokenize([german[number] for number in batch])
        wanted = [english[number] for number in batch]
        said = engine.translate_batch(
            sources, DecodingOptions(beam_size=1), max_target_tokens=_LONGEST
        )
        forced = engine.score_batch(sources, engine.tokenizer.tokenize_targets(wanted))
        for number, hypothesis, score in zip(batch, said, forced, strict=True):
            answers[number] = Asked(
                english[number], hypothesis.text, hypothesis.score, score.mean
            )
    return (answers[number] for number in range(len(german)))


def _lines(path: Path) -> list[str]:
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines]


def _print_known(chosen: Sequence[Candidate], asked: Sequence[Asked]) -> None:
    print("stem seen", "forms", "as in the dictionary", sep="\t")
    known = [(each.seen, one.is_known) for each, one in zip(chosen, asked, strict=True)]
    least = 0
    for most in STEPS:
        here = [is_known for seen, is_known in known if least <= seen <= most]
        if here:
            print(
                f"{least} to {most}",
                len(here),
                f"{sum(here) / len(here):.1%}",
                sep="\t",
            )
        least = most + 1
    total = sum(is_known for _, is_known in known)
    print("all", len(known), f"{total / len(known):.1%}", sep="\t")


def _stems(english: str) -> list[str]:
    words = re.findall(r"[a-z]+", english.lower())
    return [_STEM(word) for word in words if word not in _SMALL_WORDS]


_STEM = SnowballStemmer("english").stem


if __name__ == "__main__":
    main()
