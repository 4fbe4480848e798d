"""Make more of a German-English bitext: the same sentences with other words in them.

    python benchmarks/vary_bitext.py DING NEWS.tsv.xz GENERAL.tsv.xz -o FOLDER

A small bitext has few nouns, names and numbers. Here nouns that both sides of a pair
have, by the dictionary Ding, become other nouns of their gender and number; places
become other places; names, abbreviations and numbers that both sides have alike become
others, so that a model learns to copy them (after Fadaee et al. 2017, "Data
Augmentation for Low-Resource Neural Machine Translation"). The sentences make no
sense; their grammar is nearly right. Also writes the dictionary's own entries as pairs.

DING is the file of Debian's package trans-de-en (GPL-2+, Frank Richter, TU Chemnitz);
bitexts are ``source name, German, English``, as is what comes out: ding.tsv, and one
file for each bitext. ``--without`` names a file of pairs that are left out of it: those
that a model is judged by.
"""

from __future__ import annotations

import argparse
import itertools
import lzma
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from string import ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Span = tuple[int, int]

_NOTE = re.compile(r"\{[^}]*\}|\[[^\]]*\]|\([^)]*\)|<[^>]*>|/[^/]*/")
_PLACEHOLDER = re.compile(
    r"\b(?:etw|jdn|jdm|jds|jd|sth|sb)\.(?:[’']s)?|\bjemand\w*|\bso\."
)
_LEFT_OVER = re.compile(r"[{}\[\]()<>/…|]|\.\.\.")
_FIELD = re.compile(r"\[([a-zäöü]+)\.\]")
_GENDER = re.compile(r"\{(m|f|n|pl)[,;/ }]")
_GERMAN_NOUN = re.compile(r"[A-ZÄÖÜ][\wäöüß-]{2,}")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NAME = re.compile(r"[A-ZÄÖÜ][a-zäöüßéèáíóúçñšžčćłå]+(?:-[A-Z][a-z]+)?")
_ABBREVIATION = re.compile(r"[A-Z]{2,5}")
_NUMBER = re.compile(r"(?<![\d.,:])\d{1,4}(?![\d:]|[.,]\d)")

# Marks of style and of fields that articles speak of; words of others are rarer.
_COMMON = frozenset(
    """
    ugs Br Am coll soc pol adm cook econ fin sport auto geh übtr fig jur school art lit
    mus hist relig med mil
    """.split()
)
_SPECIAL = 0.15  # how often, against a common noun, one of a special field is taken
_LONGEST_ENTRY = 9  # words of a dictionary entry
_ALTERNATIVES = 4  # German ones of an entry that are taken
_SWAPPED = 0.8  # of the names, abbreviations and places of a pair
_NUMBERS_SWAPPED = 0.6
_NEW_NAMES = 0.5  # made up letter by letter, as abbreviations are; others are known
_TITLES = 0.15  # of the names become English words with capitals: The Silent Harbour
_LEAST_SEEN = 3  # of an English word, to stand in a title


class Noun(NamedTuple):
    """A German noun in the dictionary."""

    kind: str  # m, f, n or pl
    english: list[str]


@dataclass(slots=True)
class Dictionary:
    """What is taken from Ding."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    nouns: dict[str, Noun] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)
    fields: dict[str, int] = field(default_factory=dict)  # special ones, of a noun

    @classmethod
    def read(cls, path: Path) -> Dictionary:
        """Read the dictionary's file."""
        found = cls()
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#") and " :: " in line:
                found.add(line)
        found.pairs = list(dict.fromkeys(found.pairs))
        return found

    def add(self, line: str) -> None:
        """Take the entries of a line, of which each has alternatives."""
        german, english = (side.split(" | ") for side in line.split(" :: ", 1))
        if len(german) != len(english):
            return
        special = len(set(_FIELD.findall(line.split(" :: ")[0])) - _COMMON)
        place = "[geogr.]" in line
        for ours, theirs in zip(german, english, strict=True):
            said = [plain(way) for way in theirs.split(";")]
            said = [way for way in said if way and not _LEFT_OVER.search(way)]
            ways = [way for way in ours.split(";") if way.strip()][:_ALTERNATIVES]
            for way in ways if said else ():
                self._add(way, said, special, place=place)

    def _add(self, way: str, said: list[str], special: int, *, place: bool) -> None:
        word = plain(way)
        if len(word) < 2 or _LEFT_OVER.search(word) or re.search(r"\d", word):
            return
        if max(len(word.split()), len(said[0].split())) <= _LONGEST_ENTRY:
            self.pairs.append((word, said[0]))
        if place and _GERMAN_NOUN.fullmatch(word) and said[0][0].isupper():
            self.places.setdefault(word, []).extend(said)
        gender = _GENDER.search(way)
        if gender and _GERMAN_NOUN.fullmatch(word):
            self.fields[word] = min(self.fields.get(word, special), special)
            noun = self.nouns.setdefault(word, Noun(gender[1], []))
            if noun.kind == gender[1]:
                noun.english.extend(one for one in said if one not in noun.english)


def plain(entry: str) -> str:
    """Take grammar, fields and placeholders from an entry."""
    text = _PLACEHOLDER.sub(" ", _NOTE.sub(" ", entry)).replace("’", "'")
    return " ".join(text.split()).strip(" ,;:")


class Names:
    """Names of the bitexts, and new ones like them."""

    def __init__(
        self, pairs: Iterable[tuple[str, str]], words: Dictionary, random: Random
    ) -> None:
        """Find the words with a capital that both sides of a pair have."""
        alike: Counter[str] = Counter()
        short: set[str] = set()
        english: Counter[str] = Counter()
        for source, target in pairs:
            english.update(word for word in _WORD.findall(target) if word.islower())
            both = set(_WORD.findall(source)[1:]) & set(_WORD.findall(target)[1:])
            short.update(word for word in both if _ABBREVIATION.fullmatch(word))
            alike.update(
                word for word in both if len(word) > 3 and _NAME.fullmatch(word)
            )
        self.known = {
            name
            for name in alike
            if name.lower() not in english
            and name not in words.nouns
            and name not in words.places
        }
        self._list = sorted(self.known)
        self.abbreviations = short
        self._short = sorted(short)
        self._words = sorted(
            word
            for word, count in english.items()
            if count >= _LEAST_SEEN and len(word) > 3 and word.isalpha()
        )
        self._random = random
        self._next: defaultdict[str, list[str]] = defaultdict(list)
        for name in self._list:
            letters = f"^^{name}$"
            for start in range(len(letters) - 2):
                self._next[letters[start : start + 2]].append(letters[start + 2])

    def draw(self) -> str:
        """Return a name of the bitexts, one made of their letters, or a title."""
        chance = self._random.random()
        if chance < _TITLES:
            words = self._random.choices(self._words, k=self._random.randint(1, 3))
            return " ".join(word.capitalize() for word in words)
        if chance >= _TITLES + _NEW_NAMES:
            return self._random.choice(self._list)
        while True:
            letters = "^^"
            while not letters.endswith("$") and len(letters) < 14:
                letters += self._random.choice(self._next[letters[-2:]])
            name = letters[2:-1]
            if letters.endswith("$") and len(name) > 3 and _NAME.fullmatch(name):
                return name

    def draw_abbreviation(self) -> str:
        """Return an abbreviation of the bitexts, or any few capitals."""
        if self._random.random() >= _NEW_NAMES:
            return self._random.choice(self._short)
        return "".join(
            self._random.choices(ascii_uppercase, k=self._random.randint(2, 5))
        )


class Swapper:
    """Puts other words into a pair."""

    def __init__(self, words: Dictionary, names: Names, random: Random) -> None:
        """Sort the nouns by what they can stand for."""
        self._words, self._names, self._random = words, names, random
        self._places = [
            (german, said[0])
            for german, said in words.places.items()
            if len(said[0].split()) <= 3
        ]
        self._nouns: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        weights: defaultdict[str, list[float]] = defaultdict(list)
        for german, (kind, (said, *_)) in words.nouns.items():
            fits = len(said.split()) <= 3 and re.fullmatch(r"[\w' -]+", said)
            if fits and german not in words.places and len(german) <= 24:
                self._nouns[kind].append((german, said))
                weights[kind].append(_SPECIAL if words.fields[german] else 1)
        self._chances = {
            kind: list(itertools.accumulate(chances))
            for kind, chances in weights.items()
        }

    def vary(self, source: str, target: str, nouns: int) -> tuple[str, str]:
        """Return the pair with at most so many other nouns, names, places, numbers."""
        pair = _Pair(source, target)
        words = list(_WORD.finditer(source))
        first = words[0].start() if words else -1
        self._random.shuffle(words)
        for match in words:
            word, random = match.group(), self._random.random()
            if not word[0].isupper() or source.count(word) != 1:
                continue
            if word in self._words.places:
                if random < _SWAPPED:
                    said = self._words.places[word]
                    pair.swap(match.span(), said, *self._random.choice(self._places))
            elif word in self._names.known and match.start() != first:
                if random < _SWAPPED:
                    name = self._names.draw()
                    pair.swap(match.span(), [word], name, name)
            elif word in self._names.abbreviations:
                if random < _SWAPPED:
                    name = self._names.draw_abbreviation()
                    pair.swap(match.span(), [word], name, name)
            elif word in self._words.nouns and nouns:
                kind, said = self._words.nouns[word]
                (new,) = self._random.choices(
                    self._nouns[kind], cum_weights=self._chances[kind]
                )
                nouns -= pair.swap(match.span(), said, *new)
        for match in _NUMBER.finditer(source):
            ordinal = source[match.end() : match.end() + 1] == "."
            if not ordinal and self._random.random() < _NUMBERS_SWAPPED:
                number = self._number(match.group())
                pair.swap(match.span(), [match.group()], number, number)
        return pair.changed()

    def _number(self, like: str) -> str:
        if len(like) == 4 and like[:2] in ("19", "20"):
            return str(self._random.randint(1900, 2030))
        least = 10 ** (len(like) - 1) if len(like) > 1 else 2
        return str(self._random.randint(least, 10 ** len(like) - 1))


class _Pair:
    def __init__(self, source: str, target: str) -> None:
        self._texts = (source, target)
        self._changes: tuple[list[tuple[Span, str]], ...] = ([], [])

    def swap(self, span: Span, said: Sequence[str], german: str, english: str) -> bool:
        """Change a word and what the target says for it, if it says it once."""
        for way in sorted(said, key=len, reverse=True):
            pattern = rf"(?<![\w-]){re.escape(way)}(?![\w-]|[.,]\d)"
            found = [match.span() for match in re.finditer(pattern, self._texts[1])]
            if len(found) != 1:
                continue
            spans = (span, found[0])
            if any(map(_meets, spans, self._changes)):
                continue
            for changes, where, new in zip(
                self._changes, spans, (german, english), strict=True
            ):
                changes.append((where, new))
            return True
        return False

    def changed(self) -> tuple[str, str]:
        """Return both texts."""
        source, target = self._texts
        for (start, end), new in sorted(self._changes[0], reverse=True):
            source = source[:start] + new + source[end:]
        for (start, end), new in sorted(self._changes[1], reverse=True):
            before = target[:start]
            article = re.search(r"\b([Aa])n? \Z", before)
            if article:
                vowel = "n" if new[0].lower() in "aeiou" else ""
                before = f"{before[: article.start()]}{article[1]}{vowel} "
            first = re.search(r'(?:\A|[.!?] )["“]?\Z', before)
            target = (
                before + (new[0].upper() + new[1:] if first else new) + target[end:]
            )
        return source, target


def _meets(span: Span, changes: Iterable[tuple[Span, str]]) -> bool:
    return any(span[0] < end and start < span[1] for (start, end), _ in changes)


def main() -> None:
    """Write the varied bitexts and the dictionary's pairs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ding", type=Path)
    parser.add_argument("news", type=Path, help="each pair is varied twice")
    parser.add_argument("general", type=Path, help="three pairs in ten, once")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--without", type=Path, help="a TSV, its last columns the pair")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    random = Random(options.seed)
    left_out = set()
    if options.without:
        for line in options.without.read_text(encoding="utf-8").splitlines():
            left_out.update(line.split("\t")[-2:])
    words = Dictionary.read(options.ding)
    bitexts = {
        path: [row for row in rows(path) if not left_out & set(row[1:])]
        for path in (options.news, options.general)
    }
    every = (row[1:] for bitext in bitexts.values() for row in bitext)
    names = Names(((source, target) for source, target in every), words, random)
    swapper = Swapper(words, names, random)
    options.output.mkdir(parents=True, exist_ok=True)
    for path, times, share in ((options.news, 2, 1.0), (options.general, 1, 0.3)):
        out = options.output / (path.name.split(".")[0] + ".tsv")
        with out.open("w", encoding="utf-8") as file:
            for name, source, target in bitexts[path]:
                if random.random() >= share or len(source.split()) < 5:
                    continue
                seen = {source}
                for _ in range(times):
                    pair = swapper.vary(source, target, random.choice((1, 1, 2, 3)))
                    if pair[0] not in seen:
                        seen.add(pair[0])
                        file.write("\t".join((name, *pair)) + "\n")
    with (options.output / "ding.tsv").open("w", encoding="utf-8") as file:
        file.writelines(
            f"ding\t{german}\t{english}\n" for german, english in words.pairs
        )


def rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the name of the source, the German and the English of each line."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 3:
                yield cells[0], cells[1], cells[2]


if __name__ == "__main__":
    main()
