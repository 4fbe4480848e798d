"""A glossary's terms put into a translation, where they are not what the model said.

First another hypothesis is looked for that has them by itself. In what is left of it,
the words that stand for the term alone, by the model's attention, give way to it. Where
no word does, the text is translated once more with a name in its place, which models
leave as it is, and that gives way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from satzpaar.translate import stretches
from satzpaar.translate.casing import is_shouted, shout
from satzpaar.translate.course import Request
from satzpaar.translate.dictionaries import german_english
from satzpaar.translate.engine import Hypothesis
from satzpaar.translate.english_forms import head, is_plural
from satzpaar.translate.glossary import forms, missing
from satzpaar.translate.right_names import without_possessive
from satzpaar.translate.right_places import renumbered
from satzpaar.translate.right_words import FUNCTION_WORDS, replaced
from satzpaar.translate.rules import is_no_worse, others_aligned, plainly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.course import Course
    from satzpaar.translate.glossary import Occurrence, Term
    from satzpaar.translate.rules import Link, Outcome, Search

# German words that stand for no English one that matters: "des Unternehmers" is
# "the businessman's".
_IDLE: Final = frozenset(
    """
    der die das des dem den ein eine einer eines einem einen im am vom zum zur beim ins
    von
    """.split()
)

# Letters of words that stand for nothing by themselves: of, in, a.
_SMALL: Final = 2

_ARTICLE: Final = re.compile(r"\b(?:the|an?)\Z", re.IGNORECASE)
_LEADING_ARTICLE: Final = re.compile(r"(?:the|an?) ", re.IGNORECASE)


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
        lacks_still = len(missing(found, other.text))
        if lacks_still < lacks and is_no_worse(text, other, outcome, search):
            outcome, lacks = other, lacks_still
    return outcome


def put_in(
    source: str,
    outcome: Outcome,
    found: Sequence[Occurrence],
    links: Sequence[Link],
    search: Search,
) -> Course[Outcome]:
    """Put terms in the places of what stands for them alone, where something does."""
    text = outcome.text
    for occurrence in reversed(missing(found, text)):
        run = _run(occurrence, links, source, text)
        if run is None:
            continue
        variants = [
            _with_term(text, run, form)
            for form in _fitting(occurrence.term, _said(text, run))
        ]
        if is_shouted(source):
            text = shout(variants[0])
        else:
            text = variants[(yield from _likeliest(source, variants, search))]
        words = len(text.split()) - len(outcome.text.split()) + len(run)
        links = renumbered(links, run, words)
        outcome = replace(outcome, text=text, links=tuple(links))
    return outcome


def _fitting(term: Term, said: str) -> tuple[str, ...]:
    """Return the forms of a term that may stand where something else is said.

    Of a noun the one of the same number, so that verbs and articles go on fitting.
    """
    found = forms(term)
    if len(found) == 1:
        return found
    english = german_english().has_english
    if not term.is_noun:  # of "submitted" and "submited" the one that there is
        base, *others = found
        return (base, *(form for form in others if english(form.split()[0])))
    one, many = found
    uncounted = english(head(one)) and not english(head(many))  # flooding
    return (many if is_plural(said) and not uncounted else one,)


def _said(target: str, run: range) -> str:
    spans = list(stretches.words(target))
    core = stretches.core(target, (spans[run.start][0], spans[run.stop - 1][1]))
    return without_possessive(target[slice(*core)]) if core else ""


def _likeliest(source: str, targets: Sequence[str], search: Search) -> Course[int]:
    """Return the number of the translation that the model finds most probable."""
    if len(targets) == 1:
        return 0
    plain = plainly(source, search).text
    options = replace(search.options, attention=False)
    judged = yield [
        Request(plain, options, given=target, judged=True) for target in targets
    ]
    totals = [
        each.total
        for each in judged
        if isinstance(each, Hypothesis) and each.total is not None
    ]
    if len(totals) < len(judged):  # too long to be judged
        return 0
    return max(range(len(totals)), key=lambda number: totals[number])


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
        word, owned = words[number], owners.get(number, set())
        if len(word) <= _SMALL or (strict and word.casefold() in FUNCTION_WORDS):
            return "between"
        # What also stands for another word counts if that has one of its own.
        if owned & wanted and all(n in settled for n in owned - wanted):
            return "term"
        return "other" if owned - idle else "between"

    for strict in (True, False):  # "will" is a noun, too
        parts = [kind(number, strict=strict) for number in range(len(words))]
        if (run := _longest_run(parts)) is not None:
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


def _with_term(target: str, run: range, english: str) -> str:
    spans = list(stretches.words(target))
    before = target[: spans[run.start][0]].rstrip(" (\"“‘'")
    if _ARTICLE.search(before):
        english = _LEADING_ARTICLE.sub("", english)  # der Bund: the federal government
    return replaced(target, spans[run.start], spans[run.stop - 1], english)
