"""Whether a glossary's terms come out as it has them, and what becomes of the rest.

    python benchmarks/glossary.py [--model MODEL] [--show]
    python benchmarks/glossary.py newstest2018.de newstest2018.en [--lines N] ...

Without files: ``glossary.tsv``, written for this: a sentence, its reference, and the
terms that it has to have, in the form in which a glossary lists them. With files: a
glossary for each line is made of its reference. Of each noun for which the translation
has other words than the reference, the reference's are the term, as far as the words
that stand for it there are those of the noun alone.

Printed for each way: of how many terms the translation has some form, of how many the
one that the reference has; chrF and BLEU; and the time of all. The ways: without a
glossary; by search and replace, what the model says for the term alone giving way to
the term, as rules after a translation do it; with a name in the place of each term,
which gives way to it; and ours.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from satzpaar.translate import stretches
from satzpaar.translate.forgotten_names import names_back, renamed
from satzpaar.translate.glossary import Glossary, Occurrence, Term, forms, missing
from satzpaar.translate.models import BUNDLED
from satzpaar.translate.translator import Translator, load_translator
from satzpaar.translate.word_alignment import word_links

if TYPE_CHECKING:
    from collections.abc import Sequence

_OURS = Path(__file__).with_suffix(".tsv")
_NOUN = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{4,}")
_ENGLISH = re.compile(r"[A-Za-z-]{3,}(?: [A-Za-z-]{3,}){0,2}")


class Line:
    """A sentence, its reference, and the terms asked of it."""

    def __init__(
        self, source: str, reference: str, terms: Sequence[tuple[str, str]]
    ) -> None:
        self.source = source
        self.reference = reference
        self.glossary = Glossary(terms)
        self.found: list[Occurrence] = self.glossary.occurrences(source)


Way = Callable[[Translator, Line], str]


def main() -> None:
    """Print a table of the ways."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", metavar="FILE", help="two texts")
    parser.add_argument("--model", default=BUNDLED)
    parser.add_argument("--lines", type=int, help="the first ones of the files")
    parser.add_argument("--show", action="store_true", help="what is not as expected")
    options = parser.parse_args()
    translator = load_translator(options.model)
    if options.files:
        texts = [_lines(Path(name))[: options.lines] for name in options.files]
        lines = _from_references(translator, *texts)
    else:
        rows = [row.split("\t") for row in _lines(_OURS)]
        lines = [
            Line(source, reference, [_pair(term) for term in terms.split(";")])
            for source, reference, terms in rows
        ]
        unfound = [
            line.source for line in lines if len(line.found) < len(line.glossary)
        ]
        if unfound:
            print("not found in:", *unfound, sep="\n  ")
    asked = sum(len(line.found) for line in lines)
    print(f"{len(lines)} sentences with {asked} terms\n")
    print("| | terms, in any form | as in the reference | chrF | BLEU | seconds |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, way in WAYS.items():
        started = time.perf_counter()
        said = [way(translator, line) for line in lines]
        seconds = time.perf_counter() - started
        _row(name, lines, said, seconds)
        if options.show and name == "ours":
            _show(lines, said)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def _pair(term: str) -> tuple[str, str]:
    source, _, target = term.partition("=")
    return source, target


# --- the ways ------------------------------------------------------------------


def _translated(translator: Translator, text: str, glossary: Glossary | None) -> str:
    translator.glossary = glossary
    (only,) = translator.translate_segments([text])
    return only.target.text


def _without(translator: Translator, line: Line) -> str:
    return _translated(translator, line.source, None)


def _by_replacement(translator: Translator, line: Line) -> str:
    text = _translated(translator, line.source, None)
    for found in missing(line.found, text):
        usual = _translated(translator, found.term.source, None).rstrip(".")
        pattern = re.compile(rf"\b{re.escape(usual)}(?=s?\b)", re.IGNORECASE)
        text = pattern.sub(lambda _, term=found.term: term.target, text)  # type: ignore[misc]
    return text


def _by_names(translator: Translator, line: Line) -> str:
    made = renamed(line.source, [found.span for found in line.found])
    if made is not None:
        text = _translated(translator, made.text, None)
        english = (found.term.target for found in line.found)
        made.names.update(zip(list(made.names), english, strict=True))
        if (back := names_back(made, text)) is not None:
            return back
    return _without(translator, line)


def _ours(translator: Translator, line: Line) -> str:
    return _translated(translator, line.source, line.glossary)


WAYS: dict[str, Way] = {
    "without": _without,
    "search and replace": _by_replacement,
    "names in their places": _by_names,
    "ours": _ours,
}


# --- terms of references -------------------------------------------------------


def _from_references(
    translator: Translator, sources: Sequence[str], references: Sequence[str]
) -> list[Line]:
    pairs = list(zip(sources, references, strict=True))
    linked = [word_links(translator.engine, *pair) for pair in pairs]
    lines = []
    translated = list(translator.translate_segments(sources))
    for (source, reference), links, one in zip(pairs, linked, translated, strict=True):
        terms = [
            term
            for term in _terms(source, reference, links)
            if missing(Glossary([term]).occurrences(source), one.target.text)
        ]
        if terms and one.known_from is None:
            lines.append(Line(source, reference, terms))
    return lines


def _terms(
    source: str, reference: str, links: Sequence[tuple[int, int]]
) -> list[tuple[str, str]]:
    """Return the nouns of a source with what stands for them alone."""
    theirs, ours = (list(stretches.words(text)) for text in (source, reference))
    found = []
    for number, span in enumerate(theirs):
        noun = source[slice(*span)].strip(".,:;!?\"'()„“")
        own = sorted(to for by, to in links if by == number)
        alone = all(by == number for by, to in links if to in own)
        if not own or not alone or own[-1] - own[0] != len(own) - 1:
            continue
        english = reference[ours[own[0]][0] : ours[own[-1]][1]].strip(".,:;!?\"'()")
        if number and _NOUN.fullmatch(noun) and _ENGLISH.fullmatch(english):
            found.append((noun, english))
    return found


# --- what is printed -----------------------------------------------------------


def _row(name: str, lines: Sequence[Line], said: Sequence[str], seconds: float) -> None:
    asked = there = as_in_reference = 0
    for line, text in zip(lines, said, strict=True):
        asked += len(line.found)
        there += len(line.found) - len(missing(line.found, text))
        as_in_reference += sum(
            any(_has(form, text) and _has(form, line.reference) for form in forms(term))
            for term in (found.term for found in line.found)
        )
    references = [[line.reference for line in lines]]
    chrf = CHRF().corpus_score(said, references).score
    bleu = BLEU().corpus_score(said, references).score
    print(
        f"| {name} | {100 * there / asked:.0f} % | {100 * as_in_reference / asked:.0f} "
        f"% | {chrf:.2f} | {bleu:.2f} | {seconds:.0f} |",
        flush=True,
    )


def _has(form: str, text: str) -> bool:
    pattern = rf"(?<![\w-]){re.escape(form)}(?![\w-])"
    return bool(re.search(pattern, text, re.IGNORECASE))


def _show(lines: Sequence[Line], said: Sequence[str]) -> None:
    for line, text in zip(lines, said, strict=True):
        wrong: list[Term] = [
            found.term
            for found in line.found
            if not any(
                _has(form, text) and _has(form, line.reference)
                for form in forms(found.term)
            )
        ]
        if wrong:
            asked = "; ".join(f"{term.source} = {term.target}" for term in wrong)
            print(asked, line.source, text, line.reference, sep="\n    ")


if __name__ == "__main__":
    main()
