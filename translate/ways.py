"""How segments are translated: what a model can do, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from satzpaar.translate.alphabet import Alphabet
from satzpaar.translate.casing import begun_like, is_shouted, shout
from satzpaar.translate.checks import are_for
from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.left_out import left_out
from satzpaar.translate.markup import project_marks
from satzpaar.translate.memory import Memory, standing_phrases
from satzpaar.translate.rules import Search
from satzpaar.translate.translation import Translation

if TYPE_CHECKING:
    from satzpaar.translate.document import Segment
    from satzpaar.translate.engine import Engine
    from satzpaar.translate.glossary import Glossary
    from satzpaar.translate.models import Model


@dataclass(frozen=True, slots=True)
class Ways:
    """How a segment is translated."""

    search: Search
    aligns: bool  # the model shows which words go with which
    puts_right: bool  # names, places and words
    overruled: bool  # English words that the dictionary knows better, too
    reads_context: bool  # the sentence before, for pronouns
    plain_idioms: bool  # the model reads plain German in their place
    german_english: bool
    memory: Memory | None  # the user's
    glossary: Glossary | None  # the user's

    @property
    def from_german(self) -> bool:
        """Whether the source is German, as far as the model says."""
        return self.search.spell_out

    def known(self, segment: Segment) -> Translation | None:
        """Return the translation of a segment that is known as a whole."""
        if any(mark.verbatim for mark in segment.marks):
            return None
        if self.memory is not None:
            text = self.memory.translation(segment.text)
            if text is not None:
                target = project_marks(segment, text, alignment=None)
                return Translation(segment, target, 0.0, known_from="memory")
        if self.glossary is not None:
            term = self.glossary.whole(segment.text)
            if term is not None:  # in another form, it is for the model
                text = begun_like(segment.text, term.target)
                if is_shouted(segment.text):
                    text = shout(text)
                target = project_marks(segment, text, alignment=None)
                known = Translation(segment, target, 0.0, known_from="glossary")
                return replace(known, terms=1)
        if self.german_english:
            text = standing_phrases().translation(segment.text)
            if text is not None:
                target = project_marks(segment, text, alignment=None)
                return Translation(segment, target, 0.0, known_from="standing phrases")
        return None


def ways_of(
    engine: Engine,
    options: DecodingOptions | None,
    *,
    once: bool,
    memory: Memory | None,
    glossary: Glossary | None,
) -> Ways:
    """Say how to translate; errors are known of German and English only."""
    model, options = engine.model, options or DecodingOptions()
    german_english = are_for(model.source_language, model.target_language)
    looks_again = looks_again_at(model, options, once=once)
    aligns = model.alignment_head is not None
    search = Search(
        replace(options, attention=looks_again and aligns),
        count_errors if looks_again else None,
        left_out if looks_again and aligns else None,
        Alphabet(characters, model.source_language)
        if (characters := engine.tokenizer.characters) is not None
        else None,
        spell_out=model.source_language in ("de", None),
    )
    return Ways(
        search,
        aligns,
        puts_right=looks_again and aligns,
        overruled=model.overruled,
        reads_context=looks_again and aligns and model.reads_context,
        plain_idioms=german_english and model.plain_idioms,
        german_english=german_english,
        memory=memory,
        glossary=glossary,
    )


def looks_again_at(model: Model, options: DecodingOptions, *, once: bool) -> bool:
    """Say whether translations of a model get a second look.

    Who asks for a beam of one asks for speed.
    """
    german_english = are_for(model.source_language, model.target_language)
    return not once and options.beam_size > 1 and german_english


def count_errors(source: str, target: str) -> int:
    """Count what a translation surely gets wrong.

    Numbers and dates in digits, negations lost or added, words said again, quotes and
    brackets without a partner.
    """
    # Nothing needs them before the first translation is there.
    from satzpaar.translate.checks.calendar import check_dates
    from satzpaar.translate.checks.marks import check_marks
    from satzpaar.translate.checks.negation import check_negation
    from satzpaar.translate.checks.numbers import check_numbers
    from satzpaar.translate.checks.repeated import check_repetition

    found = len(check_negation(source, target)) + len(check_repetition(source, target))
    # Quotes that are gone are often put otherwise; one alone is wrong.
    found += sum(each.target is not None for each in check_marks(source, target))
    if any(map(str.isdigit, source + target)):
        facts = [*check_numbers(source, target), *check_dates(source, target)]
        found += sum(finding.severity == "major" for finding in facts)
    return found
