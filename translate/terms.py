"""A glossary's terms put into a translation, where they are not what the model said.

First another hypothesis is looked for that has them by itself. Where no word of what is
left stands for a term alone, by the model's attention, the text is translated once more
with a name in its place, which models leave as it is, and that gives way. At the end,
when all else is put right, the words that stand for a term give way to it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from satzpaar.translate import stretches
from satzpaar.translate.casing import is_shouted, shout
from satzpaar.translate.clauses import ending_as
from satzpaar.translate.dictionaries import german_english
from satzpaar.translate.english_forms import head, is_plural
from satzpaar.translate.glossary import Occurrence, Term, forms, missing, said_forms
from satzpaar.translate.judging import likeliest
from satzpaar.translate.right_words import FUNCTION_WORDS
from satzpaar.translate.rules import is_no_worse, others_aligned, plainly
from satzpaar.translate.substitution import said_by, substitute

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from satzpaar.translate.course import Course
    from satzpaar.translate.rules import Link, Outcome, Search

# German words that stand for no English one that matters: "des Unternehmers" is
# "the businessman's".
_IDLE: Final = frozenset(
    """
    der die das des dem den ein eine einer eines einem einen im am vom zum zur beim ins
    von
    """.split()
)
# What English puts between the words of one thing: "Ministry of Finance".
_CONNECTING: Final = frozenset("of in on at to for and the a an by with from".split())
# German articles that stand before one thing only.
_OF_ONE: Final = frozenset(
    "das dem des ein eine einem einen einer eines zum zur vom am im beim".split()
)


def without_doubling(text: str, found: Iterable[Occurrence]) -> str:
    """Take words away that stand beside a term and are the term's own.

    The German had them beside it: "Gewerkschaft GDL", which is "the GDL union".

    >>> term = Term("GDL", "GDL drivers' union")
    >>> without_doubling("The GDL drivers' union union strikes.",
    ...     [Occurrence(term, (0, 3), range(1))])
    "The GDL drivers' union strikes."
    """
    nouns = (occurrence.term for occurrence in found if occurrence.term.is_noun)
    for said in dict.fromkeys(term.target for term in nouns):
        words = said.split()
        if len(words) > 1:
            pattern = (
                rf"(?:\b{re.escape(words[0])}\s+)?(?<!\w)(?P<said>{re.escape(said)})"
                rf"(?:\s+{re.escape(words[-1])}\b)?"
            )
            text = re.sub(pattern, r"\g<said>", text, flags=re.IGNORECASE)
    return text


def preferred(
    text: str, outcome: Outcome, found: Sequence[Occurrence], search: Search
) -> Course[Outcome]:
    """Prefer a less likely hypothesis that has more of the terms, if it is no worse."""
    lacks = len(missing(found, outcome.text))
    if not lacks or outcome.issues or is_shouted(text):
        return outcome
    if plainly(text, search).text != text:  # the hypotheses would be of another text
        return outcome
    # The likeliest come first.
    for other in (yield from others_aligned(text, outcome, search)):
        other = replace(other, text=ending_as(text, other.text))
        lacks_still = len(missing(found, other.text))
        if lacks_still < lacks and is_no_worse(text, other, outcome, search):
            outcome, lacks = other, lacks_still
    return outcome


def unplaced(
    source: str, target: str, found: Sequence[Occurrence], links: Sequence[Link] | None
) -> list[Occurrence]:
    """Return the terms that are missing, and for which no words could give way."""
    left = missing(found, target)
    if links is None:
        return left
    return [each for each in left if _run(each, links, source, target) is None]


def put_in(
    source: str,
    outcome: Outcome,
    found: Sequence[Occurrence],
    links: Sequence[Link],
    search: Search,
) -> Course[Outcome]:
    """Put terms in the places of what stands for them alone, where something does."""
    text = outcome.text
    for occurrence in _to_put_in(source, text, found, links):
        run = _run(occurrence, links, source, text)
        if run is None:
            continue
        said = said_by(text, run)
        variants = [
            substitute(text, run, form, articled=occurrence.term.inflects)
            for form in _fitting(occurrence.term, plurally=is_plural(said))
        ]
        if is_shouted(source):
            new = shout(variants[0])
        else:
            new = variants[(yield from likeliest(source, variants, search)) or 0]
        words = len(new.split()) - len(text.split()) + len(run)
        links = _relinked(links, occurrence.words, run, words)
        text = new
        outcome = replace(outcome, text=text, links=links)
    return outcome


def for_names(
    source: str, target: str, names: Iterable[str], found: Sequence[Occurrence]
) -> str | None:
    """Put terms in the places of the names that stand for them; None: one is gone.

    Args:
        source: The text that has the terms.
        target: The translation of the text that has the names.
        names: The names, for each term one.
        found: The terms.
    """
    for name, occurrence in zip(names, found, strict=True):
        spans = list(stretches.words(target))
        runs = [
            range(number, number + 1)
            for number in range(len(spans))
            if said_by(target, range(number, number + 1)) == name
        ]
        if len(runs) != 1 or len(re.findall(rf"\b{name}", target)) > 1:
            return None
        plurally = _is_of_several(source, occurrence)
        form = _fitting(occurrence.term, plurally=plurally)[0]
        inflects = occurrence.term.inflects
        target = substitute(target, runs[0], form, articled=inflects)
    return target


def _fitting(term: Term, *, plurally: bool) -> tuple[str, ...]:
    """Return the forms of a term that may stand where something else is said.

    Of a noun the one of the same number, so that verbs and articles go on fitting; both
    of a name, of which that may not be its own ("the Greens", "the Green Party").
    """
    found = forms(term)
    if len(found) == 1:
        return found
    english = german_english().has_english
    if not term.is_noun:  # of "submitted" and "submited" the one that there is
        base, *others = found
        return (base, *(form for form in others if english(form.split()[0])))
    one, many = found
    last = head(one)
    if last.isupper() or (english(last.lower()) and not english(head(many).lower())):
        return (one,)  # an acronym; what English does not count, such as flooding
    if not plurally:
        return (one,)
    return (one, many) if last.istitle() else (many,)


def _is_of_several(source: str, occurrence: Occurrence) -> bool:
    """Guess whether a German noun is in the plural, by its form and its article."""
    here = source[slice(*occurrence.span)]
    last = here.removeprefix(occurrence.term.source)
    if here == occurrence.term.source or last in ("s", "es"):
        return False
    before = source[: occurrence.span[0]].split()
    return not before or before[-1].lower() not in _OF_ONE


def _to_put_in(
    source: str, target: str, found: Sequence[Occurrence], links: Sequence[Link]
) -> list[Occurrence]:
    """Return the occurrences that are missing, the last first.

    Of a term that the target has, but not as often as the source: those whose words do
    not say it.
    """
    lacks = Counter(each.term for each in missing(found, target))
    chosen = []
    for occurrence in found[::-1]:
        term = occurrence.term
        if not lacks[term]:
            continue
        run = _run(occurrence, links, source, target)
        if run is not None and not said_forms([term], said_by(target, run)):
            chosen.append(occurrence)
            lacks[term] -= 1
    return chosen


def _run(
    occurrence: Occurrence, links: Sequence[Link], source: str, target: str
) -> range | None:
    """Return the words of a translation that stand for a term and for nothing else.

    Side by side, with what English puts between them ("Ministry of Finance").
    """
    owners: dict[int, set[int]] = {}
    for number, to in links:
        owners.setdefault(to, set()).add(number)
    wanted = set(occurrence.words)
    cores = [stretches.core(target, span) for span in stretches.words(target)]
    words = [target[slice(*core)] if core else "" for core in cores]
    idle = {
        number
        for number, span in enumerate(stretches.words(source))
        if source[slice(*span)].lower() in _IDLE
    }
    settled = idle | {n for owned in owners.values() if len(owned) == 1 for n in owned}

    def kind(number: int, *, strict: bool) -> str:
        word, owned = words[number].casefold(), owners.get(number, set())
        others = owned - wanted - idle
        if not word:
            return "other"
        if word in _CONNECTING:
            return "between"
        if strict and word in FUNCTION_WORDS:
            return "other" if others else "between"
        # What also stands for another word counts if that has one of its own.
        if owned & wanted and others <= settled:
            return "term"
        return "other" if others else "between"

    for strict in (True, False):  # "will" is a noun, too
        kinds = [kind(number, strict=strict) for number in range(len(words))]
        if (run := _longest_run(kinds)) is not None:
            return run
    return None


def _longest_run(kinds: Sequence[str]) -> range | None:
    """Return from the first to the last word of a term, the most that stand together.

    >>> _longest_run(["term", "other", "between", "term", "between", "term"])
    range(3, 6)
    """
    best, size = None, 0
    for is_other, group in groupby(range(len(kinds)), lambda n: kinds[n] == "other"):
        own = [number for number in group if kinds[number] == "term"]
        if not is_other and len(own) > size:
            best, size = range(own[0], own[-1] + 1), len(own)
    return best


def _relinked(
    links: Sequence[Link], owners: range, run: range, words: int
) -> tuple[Link, ...]:
    """Link all words of a term with all that took the place of a run."""
    longer = words - len(run)
    moved = [
        (source, to + longer if to >= run.stop else to)
        for source, to in links
        if to not in run
    ]
    new = [(source, run.start + more) for source in owners for more in range(words)]
    return tuple(sorted(moved + new, key=lambda link: link[::-1]))
