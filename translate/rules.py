"""What is done with one segment so that nothing of it is lost on the way.

nothing to translate   copied
all capitals           re-cased for the model, and capitals again
abbreviations          written out
unknown letters        the nearest that the model knows, and back
rows of signs          kept; what stands between them is translated for itself
links, placeholders    kept whole: stand-ins first, cut out if those get lost
too long               cut at clause borders, translated, joined
broken off, looping    asked again without repetitions, then in halves
a number or a "not" wrong, words said twice, a quote left open
                       the likeliest of several hypotheses with the least wrong
words left out         the hypothesis with the least left out, or in halves
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from satzpaar.translate.abbreviations import spelled_out
from satzpaar.translate.alphabet import Plain
from satzpaar.translate.casing import Casing, is_shouted, shout
from satzpaar.translate.checks import is_copy, is_looping, is_omission
from satzpaar.translate.clauses import as_clause, ending_as, ends_sentence, halves
from satzpaar.translate.course import Course, Request, TooLong, together
from satzpaar.translate.exclaimed import with_marks_of, with_one_mark
from satzpaar.translate.protection import (
    Masked,
    Span,
    has_words,
    is_label,
    outside,
    put_back,
    stand_ins,
)
from satzpaar.translate.tickers import between_signs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from satzpaar.translate.alphabet import Alphabet
    from satzpaar.translate.engine import DecodingOptions, Hypothesis
    from satzpaar.translate.left_out import LeftOut

    Link = tuple[int, int]  # numbers of a word of the source and of the target

Issue = Literal["incomplete", "repetitive", "untranslated"]

# Forbidding repeated triples of tokens ends most loops and spares ordinary English.
NO_REPEATS = 3

# Text between two stretches that must not change: what is translated of it, and the
# punctuation and white space around that.
BETWEEN = re.compile(r"(?P<lead>\W*)(?P<core>.*?)(?P<trail>\W*)", re.DOTALL)

# Among how many hypotheses one is looked for that is less wrong, or leaves out less.
WIDER_BEAM = 8

# From how many nouns, names and numbers that come back a sentence in halves is the
# better translation: for one it is not (docs/performance.md).
WORTH_HALVING = 2

# Below this many characters a text that broke off is not worth cutting in two.
SHORTEST_TO_HALVE = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a text."""

    text: str
    score: float = 0.0  # mean log-probability per target token; 0 where copied
    issues: frozenset[Issue] = frozenset()
    # Numbers of words of the source and of the text; None: not known
    links: tuple[Link, ...] | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """How a translation is searched for, and how it is known to be a wrong one."""

    options: DecodingOptions
    # Counts what is wrong, of source and target; None: nothing is asked.
    errors: Callable[[str, str], int] | None = None
    # Counts what is left out, of source and links; None: nothing is aligned for it.
    left_out: Callable[[str, Sequence[Link]], LeftOut] | None = None
    # What the model can read; None: everything.
    alphabet: Alphabet | None = None
    spell_out: bool = False  # German abbreviations


def join(outcomes: Sequence[Outcome], text: str) -> Outcome:
    """Make one outcome of several: *text*, the mean score, every issue.

    The score is weighted by characters, the only length that outcomes have.
    """
    weight = sum(len(outcome.text) for outcome in outcomes)
    score = sum(outcome.score * len(outcome.text) for outcome in outcomes)
    issues = frozenset[Issue]().union(*(outcome.issues for outcome in outcomes))
    return Outcome(text, score / weight if weight else 0.0, issues)


def translate_text(
    text: str, verbatim: Sequence[Span], search: Search, casing: Casing
) -> Course[Outcome]:
    """Translate one segment's text.

    Args:
        text: A segment's text.
        verbatim: The stretches of *text* that come out as they went in, in order,
            apart from each other.
        search: How to search.
        casing: How words are written where the text does not shout.
    """
    if not has_words(text, verbatim):
        return Outcome(text)
    around = outside(text, verbatim)
    if not is_shouted(" ".join(around)):
        return (yield from _whole(text, verbatim, search))
    originals = [span.of(text) for span in verbatim]
    calm, spans = _assembled([casing.calm(part) for part in around], originals)
    outcome = yield from _whole(calm, spans, search)
    # The originals are in the translation as they are: `_around` saw to it.
    kept = "|".join(map(re.escape, originals)) or "(?!)"
    parts = re.split(f"({kept})", outcome.text)
    parts[::2] = [shout(part) for part in parts[::2]]
    return replace(outcome, text="".join(parts))


def _assembled(
    around: Sequence[str], originals: Sequence[str]
) -> tuple[str, list[Span]]:
    """Put a text together again, and say where the originals stand in it."""
    text, spans = around[0], []
    for original, after in zip(originals, around[1:], strict=True):
        spans.append(Span(len(text), len(text) + len(original)))
        text += original + after
    return text, spans


def _whole(text: str, verbatim: Sequence[Span], search: Search) -> Course[Outcome]:
    if verbatim:
        return (yield from _around(text, verbatim, search))
    outcome = yield from _translate(text, search)
    return replace(outcome, text=ending_as(text, outcome.text))


def _translate(text: str, search: Search) -> Course[Outcome]:
    """Translate a text that holds nothing to copy, whatever its length."""
    if len(parts := between_signs(text)) > 1:
        outcomes = yield from together([_core(part, search) for part in parts[::2]])
        parts[::2] = [outcome.text for outcome in outcomes]
        return join(outcomes, "".join(parts))
    if search.spell_out and "-" in text:
        from satzpaar.translate.districts import with_districts, without_districts

        shorter, districts = without_districts(text)
        if districts:
            outcome = yield from _translate_plainly(shorter, search)
            named = with_districts(outcome.text, districts)
            if named is not None:
                return replace(outcome, text=named)
    return (yield from _translate_plainly(text, search))


def _translate_plainly(text: str, search: Search) -> Course[Outcome]:
    plain = plainly(with_one_mark(text), search)
    outcome = yield from _translate_plain(plain.text, search)
    if plain.text == text:
        return outcome
    same_words = len(plain.text.split()) == len(text.split())
    restored = with_marks_of(text, plain.restored(outcome.text))
    return replace(outcome, text=restored, links=outcome.links if same_words else None)


def plainly(text: str, search: Search) -> Plain:
    """Write a text as the model reads it best."""
    written = spelled_out(text) if search.spell_out else text
    return search.alphabet.plain(written) if search.alphabet else Plain(written)


def _translate_plain(text: str, search: Search) -> Course[Outcome]:
    """Translate a text of characters that the model knows."""
    (reply,) = yield [Request(text, search.options)]
    if isinstance(reply, TooLong):
        if len(parts := halves(text)) > 1:
            return (yield from _in_parts(parts, search))
        # One unbroken string that long is data, not a word of any language.
        return Outcome(text, issues=frozenset({"untranslated"}))
    if is_omission(text, reply.text):
        wrong: Issue | None = "incomplete"  # and nothing repeats: cut at once
    elif wrong := fault(text, reply):
        strict = replace(search.options, no_repeat_ngram_size=NO_REPEATS)
        (again,) = yield [Request(text, strict)]
        if not isinstance(again, TooLong):
            reply, wrong = again, fault(text, again)
    if wrong is None:
        reply = yield from _least_wrong(text, reply, search)
        copied: frozenset[Issue] = frozenset({"untranslated"})
        same = is_copy(text, reply.text, german=search.spell_out)
        issues = copied if same else frozenset()
        outcome = Outcome(reply.text, reply.score, issues, reply.links)
        return (yield from _completed(text, outcome, search))
    if len(text) >= SHORTEST_TO_HALVE and len(parts := halves(text)) > 1:
        return (yield from _in_parts(parts, search))
    return Outcome(reply.text, reply.score, frozenset({wrong}))


def _least_wrong(text: str, reply: Hypothesis, search: Search) -> Course[Hypothesis]:
    """Prefer a less likely hypothesis if it is less wrong."""
    errors = search.errors
    if errors is None or not errors(text, reply.text):
        return reply
    others = yield from _alternatives(text, search)
    # The first of the least wrong: they come as likely as they are.
    return min((reply, *others), key=lambda one: errors(text, one.text))


def _alternatives(text: str, search: Search) -> Course[list[Hypothesis]]:
    """Ask for more hypotheses, the likeliest first; bad ones are left out."""
    beam = max(search.options.beam_size, WIDER_BEAM)
    wider = replace(search.options, beam_size=beam, alternatives=beam - 1)
    (found,) = yield [Request(text, wider)]
    if isinstance(found, TooLong):
        return []
    return [
        other
        for other in (found, *found.alternatives)
        if fault(text, other) is None
        and not is_copy(text, other.text, german=search.spell_out)
    ]


def _completed(text: str, outcome: Outcome, search: Search) -> Course[Outcome]:
    """Prefer a translation that leaves out less, and is no more wrong."""
    if (left_out := search.left_out) is None or outcome.issues:
        return outcome
    links = yield from links_of(text, outcome, search.options)
    outcome = replace(outcome, links=links)
    if links is None or not (lost := left_out(text, links)).content:
        return outcome
    for other in (yield from others_aligned(text, outcome, search)):
        if other.links and (less := left_out(text, other.links)) < lost:
            outcome, lost = other, less
    parts = halves(text, anywhere=False)
    if lost.content < WORTH_HALVING or len(parts) == 1:
        return outcome
    again = yield from _in_parts(parts, search)
    links = yield from links_of(text, again, search.options)
    allowed = _errors(text, outcome.text, search)
    if links is None or again.issues or _errors(text, again.text, search) > allowed:
        return outcome
    less = left_out(text, links)
    gained = lost.content - less.content
    if gained < WORTH_HALVING or less.words >= lost.words:
        return outcome
    return replace(again, links=links)


def others_aligned(
    text: str, outcome: Outcome, search: Search
) -> Course[list[Outcome]]:
    """Return less likely translations that are no more wrong, with their links."""
    allowed = _errors(text, outcome.text, search)
    others = [
        Outcome(other.text, other.score, links=other.links)
        for other in (yield from _alternatives(text, search))
        if _errors(text, other.text, search) <= allowed
    ]
    linked = yield from together(
        [links_of(text, other, search.options) for other in others]
    )
    return [
        replace(other, links=links) for other, links in zip(others, linked, strict=True)
    ]


def _errors(source: str, target: str, search: Search) -> int:
    return 0 if search.errors is None else search.errors(source, target)


def is_no_worse(source: str, one: Outcome, other: Outcome, search: Search) -> bool:
    """Say whether a translation has no more issues and errors than another.

    And leaves out no more, where their links are known.
    """
    if not one.issues <= other.issues or (
        _errors(source, one.text, search) > _errors(source, other.text, search)
    ):
        return False
    if search.left_out is None or one.links is None or other.links is None:
        return True
    return search.left_out(source, one.links) <= search.left_out(source, other.links)


def links_of(
    source: str, outcome: Outcome, options: DecodingOptions
) -> Course[tuple[Link, ...] | None]:
    """Say, or ask, which words go with which; None: too long for the model."""
    if outcome.links is not None:
        return outcome.links
    (reply,) = yield [Request(source, options, given=outcome.text)]
    return None if isinstance(reply, TooLong) else reply.links


def fault(source: str, reply: Hypothesis) -> Issue | None:
    """Say what is wrong with a hypothesis as a whole."""
    if not reply.complete or is_omission(source, reply.text):
        return "incomplete"
    return "repetitive" if is_looping(source, reply.text) else None


def _in_parts(parts: Sequence[str], search: Search) -> Course[Outcome]:
    """Translate the clauses of one sentence each for itself and join them again."""
    courses = [_translate(part, search) for part in parts]
    outcomes = yield from together(courses)
    texts = []
    before = ""
    for part, outcome in zip(parts, outcomes, strict=True):
        within = bool(before) and not ends_sentence(before)
        texts.append(as_clause(part, outcome.text, first=not before, within=within))
        before = part
    joined = join(outcomes, " ".join(text for text in texts if text))
    return replace(joined, links=_joined_links(parts, texts, outcomes))


def _joined_links(
    sources: Sequence[str], targets: Sequence[str], outcomes: Sequence[Outcome]
) -> tuple[Link, ...] | None:
    """Return the links of the parts as links of the whole."""
    links: list[Link] = []
    before = 0, 0
    for source, target, outcome in zip(sources, targets, outcomes, strict=True):
        if outcome.links is None:
            return None
        words = len(target.split())  # a full stop by itself may have been taken away
        links += [(before[0] + s, before[1] + t) for s, t in outcome.links if t < words]
        before = before[0] + len(source.split()), before[1] + words
    return tuple(links)


def _another_whole(
    masked: Masked, outcome: Outcome, search: Search
) -> Course[tuple[Outcome, str | None]]:
    """Look for the least wrong translation that has each stand-in once."""
    plain = plainly(with_one_mark(masked.text), search)
    found = []
    for other in (yield from _alternatives(plain.text, search)):
        said = with_marks_of(masked.text, plain.restored(other.text))
        text = ending_as(masked.text, said)
        if (restored := put_back(masked, text)) is not None:
            found.append((Outcome(text, other.score), restored))
    if not found:
        return outcome, None
    # The first of the least wrong: they come as likely as they are.
    return min(found, key=lambda one: _errors(masked.text, one[0].text, search))


def _around(text: str, verbatim: Sequence[Span], search: Search) -> Course[Outcome]:
    """Translate a text with stretches that must not change.

    First with short stand-ins, which leave the sentence whole; if one is lost or
    doubled, it is looked for among less likely translations; and if none has them all,
    the text between the stretches is translated for itself, which always works.
    """
    masked = None if is_label(text, verbatim) else stand_ins(text, verbatim)
    if masked is not None:
        outcome = yield from _whole(masked.text, (), search)
        restored = put_back(masked, outcome.text)
        if restored is None and search.errors is not None:
            outcome, restored = yield from _another_whole(masked, outcome, search)
        if restored is not None:
            # A link has other words than its stand-in.
            return replace(outcome, text=restored, links=None)
    between = [BETWEEN.fullmatch(part) for part in outside(text, verbatim)]
    cores = [part["core"] if part else "" for part in between]
    courses = [_core(core, search) for core in cores]
    outcomes = yield from together(courses)
    written = []
    for number, (part, outcome) in enumerate(zip(between, outcomes, strict=True)):
        if number:
            written.append(verbatim[number - 1].of(text))
        if part:
            core = outcome.text
            if core:
                core = as_clause(part["core"], core, first=number == 0)
            written += [part["lead"], core, part["trail"]]
    return join(outcomes, "".join(written))


def _core(text: str, search: Search) -> Course[Outcome]:
    if not has_words(text):
        return Outcome(text)
    return (yield from _whole(text, (), search))
