"""Make the lexicon that translations are looked through with.

    python benchmarks/make_lexicon.py BITEXT ... [--written FILE ...] -o FILE
    python benchmarks/make_lexicon.py --from LEXICON [--first FILE ...] -o FILE

Each word of the German sides with what stands for it in English, as eflomal aligns
them; then the words of written dictionaries (``form = English; English``, in small
letters and with ss for ß) that the bitexts have seldom or never. What forms are first,
where something else was found, say others (``form = English``, the form as the lexicon
has it). Of nouns, fragments of what they are first are left out. The last two columns
of a bitext are the pair. Files may be packed by xz.
"""

from __future__ import annotations

import argparse
import lzma
import re
import tempfile
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from quote_bitext import TOKEN, numbered

from satzpaar.translate.english_forms import head
from satzpaar.translate.training.links import eflomal_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Word = re.Match[str]
    Link = tuple[int, int]

_GERMAN = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*")
_ENGLISH = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONGEST = 3  # words that stand for one

# Of a form, which translations are written down, and how many at most.
_SHARE = 0.04
_MOST = 8
# A form is sure, so that it overrules a word of English, if it came so seldom and is
# mostly said in one way. Ours; others did alike (docs/dictionary.md).
_SELDOM = 60
_MOSTLY = 0.5
_ENOUGH = 3  # times that a form comes, so that what is written has to be like it
_STEM = 3  # letters

_PEOPLE = frozenset("people person man men woman women".split())


def main() -> None:
    """Write the lexicon."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bitexts", nargs="*", type=Path, metavar="BITEXT")
    parser.add_argument("--from", type=Path, dest="lexicon", metavar="LEXICON")
    parser.add_argument("--written", nargs="*", type=Path, default=[], metavar="FILE")
    parser.add_argument("--first", nargs="*", type=Path, default=[], metavar="FILE")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    options = parser.parse_args()
    if bool(options.bitexts) == (options.lexicon is not None):
        parser.error("either BITEXT or --from LEXICON is expected")
    if options.lexicon is not None:
        lines = list(_lines(options.lexicon))
    else:
        rows = [row for path in options.bitexts for row in _rows(path)]
        lines = lexicon(rows, dict(_written(options.written)))
    first = dict(_firsts(options.first))
    lines = [without_fragments(put_first(line, first)) for line in lines]
    data = sorted(f"{line}\n".encode() for line in lines)
    with lzma.open(options.output, "wb", preset=9) as packed:
        packed.write(b"".join(data))


def lexicon(
    rows: Sequence[Sequence[str]], written: Mapping[str, Sequence[str]]
) -> list[str]:
    """Return the lines of the words of a bitext, then of those that are written."""
    found = aligned(rows)
    print(f"{len(found)} forms in {len(rows)} pairs")
    function_words = common_words(rows)
    lines = [f"={word}" for word in english_words(rows)]
    for form, counts in found.items():
        merge_capitals(counts)
        kept = [
            said
            for said, count in counts.most_common(_MOST)
            if count >= _SHARE * counts.total()
        ]
        best, count = counts.most_common(1)[0]
        seldom = counts.total() <= _SELDOM
        sure = (
            seldom
            and count >= _MOSTLY * counts.total()
            and not function_words.issuperset(best.lower().split())
        )
        english = written.get(form.casefold(), [])
        if seldom and english and (counts.total() < _ENOUGH or alike(english, kept)):
            # Of a compound the bitexts often show one part alone.
            kept = list(dict.fromkeys([*english, *kept]))
            sure = True
        lines.append("\t".join((form, "+" if sure else "-", *kept)))
    aligned_forms = {form.casefold() for form in found}
    more = [form for form in written if form not in aligned_forms]
    lines += ["\t".join((form, "*", *written[form])) for form in more]
    print(f"{len(more)} forms more that are written")
    return lines


def put_first(line: str, first: Mapping[str, str]) -> str:
    """Put before what a form is said to be what it is first; somebody is sure of it."""
    form, *entry = line.split("\t")
    if not entry or form not in first:
        return line
    kind, *there = entry
    kind = "+" if kind == "-" else kind
    return "\t".join((form, kind, *dict.fromkeys([first[form], *there])))


def without_fragments(line: str) -> str:
    r"""Leave out of a noun's English what is a part of the first without its head.

    A compound is often linked with one of its words: a "burst water pipe" is no water.
    Of people, the part may do: "the homeless".

    >>> without_fragments("Wasserrohrbruch\t+\tburst water pipe\twater\tburst pipe")
    'Wasserrohrbruch\t+\tburst water pipe\tburst pipe'
    """
    form, *entry = line.split("\t")
    if not entry or not form[0].isupper():
        return line
    kind, first, *others = entry
    words, core = _parts(first), head(first).lower()
    if core in _PEOPLE:
        return line
    kept = [
        other
        for other in others
        if core in (theirs := _parts(other)) or not theirs < words
    ]
    return "\t".join((form, kind, first, *kept))


def _parts(english: str) -> set[str]:
    return set(re.split(r"[\s-]", english.lower()))


def aligned(rows: Sequence[Sequence[str]]) -> dict[str, Counter[str]]:
    """Count what stands for each form.

    Words at the beginning or behind a mark, whose capital may say nothing, are counted
    with the form that the text has more often elsewhere.
    """
    sides = [[list(TOKEN.finditer(row[side])) for row in rows] for side in (0, 1)]
    numbers = [numbered(side) for side in sides]
    found: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as folder:
        links = eflomal_links(numbers[0], numbers[1], Path(folder))
        for german, english, (ahead, back) in zip(*sides, links, strict=True):
            for at, there in _stands_for(ahead, back):
                form = german[at].group()
                said = [english[word].group() for word in there]
                if not _GERMAN.fullmatch(form) or not all(
                    map(_ENGLISH.fullmatch, said)
                ):
                    continue
                begins = at == 0 or not german[at - 1].group()[-1].isalnum()
                (first if begins else found)[form][" ".join(said)] += 1
    for form, counts in first.items():
        small = form[0].lower() + form[1:]
        here = form if found[form].total() >= found[small].total() else small
        for words, count in counts.items():
            low = words.lower()
            found[here][low if low in found[here] else words] += count
    return {form: counts for form, counts in found.items() if counts}


def _stands_for(
    ahead: set[Link], back: set[Link]
) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield each word of the source and the words that are its alone, side by side."""
    mine: dict[int, set[int]] = defaultdict(set)
    owners: dict[int, set[int]] = defaultdict(set)
    for here, there in ahead | back:
        mine[here].add(there)
        owners[there].add(here)
    for here in {here for here, _ in ahead & back}:
        words = sorted(word for word in mine[here] if owners[word] == {here})
        together = all(b == a + 1 for a, b in pairwise(words))
        if not together or len(words) > _LONGEST:
            words = [word for word in words if (here, word) in ahead & back][:1]
        if words:
            yield here, words


def merge_capitals(counts: Counter[str]) -> None:
    """Count the capital of a sentence's first word with what is small elsewhere."""
    for said in list(counts):
        small = said.lower()
        if small != said and counts[small] >= counts[said]:
            counts[small] += counts.pop(said)


def alike(some: Iterable[str], others: Iterable[str]) -> bool:
    """Say whether translations may be of one word; "Maße" and "Masse" look alike."""
    first, second = (
        {word[:_STEM].lower() for each in them for word in each.split()}
        for them in (some, others)
    )
    return not first.isdisjoint(second)


def english_words(rows: Iterable[Sequence[str]]) -> set[str]:
    """Return the words of the English sides, in small letters."""
    words: set[str] = set()
    for row in rows:
        words.update(_ENGLISH.findall(row[1].lower()))
    return words


def common_words(rows: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the words of which English text is half: articles, prepositions."""
    counts = Counter(word for row in rows for word in row[1].lower().split())
    half, common = counts.total() / 2, set()
    for word, count in counts.most_common():
        if half <= 0:
            break
        common.add(word)
        half -= count
    return frozenset(common)


def _rows(path: Path) -> Iterator[list[str]]:
    for line in _lines(path):
        row = line.split("\t")[-2:]
        if len(row) == 2 and all(row):
            yield row


def _written(paths: Iterable[Path]) -> Iterator[tuple[str, list[str]]]:
    for path in paths:
        for line in _lines(path):
            form, _, english = line.partition("=")
            translations = [part.strip() for part in english.split(";")]
            if all(translations) and _GERMAN.fullmatch(form.strip()):
                yield form.strip().casefold(), translations


def _firsts(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        for line in _lines(path):
            form, _, english = line.partition(" = ")
            yield form, english


def _lines(path: Path) -> Iterator[str]:
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        yield from (line.rstrip("\n") for line in file)


if __name__ == "__main__":
    main()
