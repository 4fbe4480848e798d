"""Which German word forms a model does not know: what to write pairs for next.

    pip install wordfreq
    PYTHONPATH=benchmarks python benchmarks/unknown_words.py BITEXT.tsv ...
        [--model bundled] [--ranks 100000] [--seen 0 100] [--known]

As ``rare_words.py``, but asks the model as well. Each form of our written dictionary
(``bitexts/dictionary.txt.xz``) whose stem the bitexts have as often as ``--seen`` says
is translated alone, in small letters and with a capital. The model does not know it if
both differ from what the dictionary has and it finds that much less probable. Prints
these forms, the most frequent first, one of each stem; with ``--known`` a table: of the
forms whose stem the bitexts have so often, how many are translated as the dictionary
has them, inflection aside.

A word alone says less than a sentence, and the dictionary has one English word where
there are several: the list is where to look, not what is wrong.
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
from rare_words import DICTIONARY, WORD, candidates, german

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
_LONGEST = 24  # tokens of a word's translation
_SMALL_WORDS = frozenset(("the", "a", "an", "to", "of"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a model makes of a word alone."""

    candidate: Candidate
    english: str  # the dictionary's
    said: str
    said_score: float  # nats a token
    english_score: float

    @property
    def is_known(self) -> bool:
        """Whether it is what the dictionary has, inflection aside."""
        return _stems(self.said) == _stems(self.english)

    @property
    def is_unknown(self) -> bool:
        """Whether the model would hardly say what the dictionary has."""
        if self.is_known or self.english_score > -LIKELY:
            return False
        if self.said_score - self.english_score < NEARER:
            return False
        said, english = (
            re.sub(r"\W", "", each.lower()) for each in (self.said, self.english)
        )
        return SequenceMatcher(None, said, english).ratio() <= ALIKE


def main() -> None:
    """Print the forms or the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("bitexts", nargs="+", type=Path, metavar="BITEXT")
    parser.add_argument("--model", default=BUNDLED)
    parser.add_argument("--ranks", type=int, default=100_000, help="how far to look")
    parser.add_argument("--seen", type=int, nargs=2, default=(0, 100), metavar="N")
    parser.add_argument("--known", action="store_true", help="count what is known")
    options = parser.parse_args()
    words = Counter(
        word.lower()
        for path in options.bitexts
        for text in german(path)
        for word in WORD.findall(text)
    )
    with lzma.open(DICTIONARY, "rt", encoding="utf-8") as lines:
        dictionary = dict(line.rstrip("\n").split(" = ") for line in lines)
    chosen = candidates(words, dictionary, ranks=options.ranks, seen=options.seen)
    engine = load_engine("ctranslate2", find_model(options.model))
    asked = ask(engine, list(chosen), dictionary)
    if options.known:
        _print_known(list(asked))
        return
    done = set()
    for each in asked:
        if each.is_unknown and each.candidate.stem not in done:
            done.add(each.candidate.stem)
            print(each.candidate.form)


def ask(
    engine: Engine, chosen: Sequence[Candidate], dictionary: dict[str, str]
) -> Iterator[Asked]:
    """Yield what the model makes of each form, in their order."""
    for start in range(0, len(chosen), _BATCH):
        batch = chosen[start : start + _BATCH]
        english = [
            dictionary[each.form.replace("ß", "ss")].split("; ")[0] for each in batch
        ]
        small, capital = (
            _asked(engine, batch, [write(each.form) for each in batch], english)
            for write in (str.lower, str.capitalize)
        )
        for ways in zip(small, capital, strict=True):
            yield max(ways, key=lambda way: (way.is_known, way.english_score))


def _asked(
    engine: Engine,
    batch: Sequence[Candidate],
    forms: Sequence[str],
    english: Sequence[str],
) -> list[Asked]:
    sources = engine.tokenizer.tokenize(forms)
    said = engine.translate_batch(
        sources, DecodingOptions(beam_size=1), max_target_tokens=_LONGEST
    )
    forced = engine.score_batch(sources, engine.tokenizer.tokenize_targets(english))
    return [
        Asked(candidate, wanted, hypothesis.text, hypothesis.score, score.mean)
        for candidate, wanted, hypothesis, score in zip(
            batch, english, said, forced, strict=True
        )
    ]


def _print_known(asked: Sequence[Asked]) -> None:
    print("stem seen", "forms", "as in the dictionary", sep="\t")
    least = 0
    for most in STEPS:
        here = [each for each in asked if least <= each.candidate.seen <= most]
        if here:
            share = sum(each.is_known for each in here) / len(here)
            print(f"{least} to {most}", len(here), f"{share:.1%}", sep="\t")
        least = most + 1
    known = sum(each.is_known for each in asked)
    print("all", len(asked), f"{known / len(asked):.1%}", sep="\t")


def _stems(english: str) -> list[str]:
    words = re.findall(r"[a-z]+", english.lower())
    return [_STEM(word) for word in words if word not in _SMALL_WORDS]


_STEM = SnowballStemmer("english").stem


if __name__ == "__main__":
    main()
