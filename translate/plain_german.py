"""Idioms said in plain German, before a model reads them.

A small model says word by word what it has seen a dozen times: "an den Nagel gehängt"
becomes a nail. What it reads instead is "aufgegeben"; see docs/idioms.md.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from satzpaar.translate.idiom_match import Match
from satzpaar.translate.idioms import (
    ENDINGS,
    OWN,
    SLOT,
    STAR,
    Edit,
    Idiom,
    Word,
    begins,
    is_at,
    words_of,
)
from satzpaar.translate.protection import Span, protected_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from satzpaar.translate.document import Mark, Segment
    from satzpaar.translate.glossary import Glossary


class PlainGerman:
    """Puts plain German in the place of idioms.

    Args:
        idioms: What is known.
    """

    def __init__(self, idioms: Iterable[Idiom]) -> None:
        # By their first two words, the second empty where it may be several.
        self._by_words: dict[tuple[str, str], list[Idiom]] = {}
        # Those of a verb alone, by its forms and by its prefix.
        self._by_verb: dict[str, list[Idiom]] = {}
        for idiom in idioms:
            if idiom.words:
                first, second = (*idiom.words, "")[:2]
                if second == SLOT or second.endswith(STAR):
                    second = ""
                self._by_words.setdefault((first.lower(), second), []).append(idiom)
            elif idiom.verb is None:
                continue
            else:
                for form in {idiom.verb.prefix, *idiom.verb.words()} - {""}:
                    self._by_verb.setdefault(form, []).append(idiom)

    def idioms(self, text: str) -> list[tuple[Idiom, tuple[Edit, ...]]]:
        """Return the idioms of a text, and for each what to put where.

        Args:
            text: A German segment.
        """
        words = words_of(text)
        found: list[tuple[Idiom, tuple[Edit, ...]]] = []
        for at in range(len(words)):
            for idiom in self._beginning_at(words, at):
                edits = Match(words, at, idiom).edits()
                if edits and not any(_touch(edits, others) for _, others in found):
                    found.append((idiom, tuple(edits)))
                    break
        return found

    def found(self, text: str) -> list[tuple[Edit, ...]]:
        """Say what to put where: for each idiom of a text what belongs together."""
        return [edits for _, edits in self.idioms(text)]

    def _beginning_at(self, words: Sequence[Word], at: int) -> Iterator[Idiom]:
        """Yield the idioms whose words are at a place, the longest first."""
        word = words[at].text
        small = word.lower()
        firsts = [small]
        firsts += [
            small.removesuffix(end) + STAR for end in ENDINGS if small.endswith(end)
        ]
        if OWN.fullmatch(word):
            firsts.append(SLOT)
        after = words[at + 1].text if at + 1 < len(words) else ""
        candidates: list[Idiom] = []
        for first in firsts:
            for second in {after, ""}:
                candidates += self._by_words.get((first, second), ())
        if candidates:
            candidates.sort(key=_rank)
            for idiom in candidates:
                if is_at(words, at, idiom):
                    yield idiom
        if word[:1].isupper():
            if not begins(words, at):
                return
            word = word[:1].lower() + word[1:]
        yield from self._by_verb.get(word, ())


def _rank(idiom: Idiom) -> tuple[int, bool]:
    """Put the longest first, and of two those with a verb."""
    return -len(idiom.words), idiom.verb is None


@cache
def plain_german() -> PlainGerman:
    """Return what knows the idioms of the list."""
    from satzpaar.translate.dictionaries.idioms import idioms

    return PlainGerman(Idiom.read(*each) for each in idioms())


def in_plain_german(segment: Segment, glossary: Glossary | None) -> Segment | None:
    """Return a segment as the model is to read it; None: it has no idiom.

    What is copied, what markup begins or ends in, and what the user's glossary has
    stays as it is.
    """
    found = plain_german().found(segment.text)
    if not found:
        return None
    verbatim = [Span(mark.start, mark.end) for mark in segment.marks if mark.verbatim]
    kept = protected_spans(segment.text, verbatim)
    if glossary is not None:
        kept += [Span(*each.span) for each in glossary.occurrences(segment.text)]
    edits = [
        edit
        for together in found
        if not _touch(together, kept) and not _cut(together, segment.marks)
        for edit in together
    ]
    text = with_edits(segment.text, edits)
    if text == segment.text or text != text.strip():
        return None
    moved = [
        replace(mark, start=_moved(mark.start, edits), end=_moved(mark.end, edits))
        for mark in segment.marks
    ]
    return replace(segment, text=text, marks=tuple(moved))


def _cut(edits: Iterable[Edit], marks: Iterable[Mark]) -> bool:
    """Whether markup begins or ends in what is replaced, or is over nothing then."""
    return any(
        edit.start < mark.start < edit.end
        or edit.start < mark.end < edit.end
        or (not edit.text and edit.start <= mark.start <= mark.end <= edit.end)
        for edit in edits
        for mark in marks
    )


def _moved(place: int, edits: Iterable[Edit]) -> int:
    grown = sum(
        len(edit.text) - (edit.end - edit.start) for edit in edits if edit.end <= place
    )
    return place + grown


def with_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with stretches of it replaced."""
    parts, done = [], 0
    for edit in sorted(edits):
        parts += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*parts, text[done:]])


def _touch(edits: Iterable[Edit], others: Sequence[Span | Edit]) -> bool:
    return any(
        one.start < other.end and other.start < one.end
        for one in edits
        for other in others
    )
