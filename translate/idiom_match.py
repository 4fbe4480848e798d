"""The verb of an idiom, found among the words of a sentence, and said plainly.

It may stand apart from the idiom's other words, in any form; the plain verb takes the
same form in the same place:

Das Parlament schob die Reform auf die lange Bank.   schob ... auf
Die Reform auf die lange Bank zu schieben            aufzuschieben
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from satzpaar.translate.german_verbs import FINITE, Form
from satzpaar.translate.idioms import (
    OWN,
    SENTENCE_ENDS,
    SLOT,
    STAR,
    Edit,
    begins,
    ending_of,
    with_ending,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from satzpaar.translate.idioms import Idiom, Word

# What a clause ends at; a verb does not belong to words on the other side.
_BORDERS: Final = frozenset(',;:.!?–—()[]"„“”»«')
_SUBORDINATING: Final = frozenset(
    "wo wie wer wen wem wenn weil dass ob obwohl obgleich nachdem bevor während damit "
    "sodass sobald solange als bis indem falls sofern soweit warum weshalb wodurch "
    "womit woran worauf worin wobei wovon wozu".split()
)
_RELATIVE: Final = frozenset(
    "der die das dem den dessen deren denen was welche welcher welches welchem "
    "welchen".split()
)
_GENITIVE: Final = re.compile(r"(?:de|eine|diese|seine|ihre|unsere|jene)s")
# From so many words on an idiom is known by them, wherever its verb stands.
_SURE: Final = 2
_SELVES: Final = ("sich", "mich", "mir", "dich", "dir", "uns", "euch")
_SELF_OF: Final = {"ich": "mich", "wir": "uns", "du": "dich"}
_SUBJECTS: Final = frozenset("ich du er sie es wir ihr man das dies".split())

# The passive of these has "worden" in the perfect.
_PARTICIPLE: Final = re.compile(
    r"(?:\w*ge|be|ver|er|ent|zer|über|unter|um|miss|\w+i(?=ert))\w+(?:t|en)"
)

_TO_BE: Final = {
    "bin": "habe", "bist": "hast", "ist": "hat", "sind": "haben", "seid": "habt",
    "war": "hatte", "warst": "hattest", "waren": "hatten", "wart": "hattet",
    "sei": "habe", "seien": "hätten", "wäre": "hätte", "wären": "hätten",
    "sein": "haben",
}  # fmt: skip
_TO_HAVE: Final = {
    "habe": "sei", "hast": "bist", "hat": "ist", "haben": "sind", "habt": "seid",
    "hatte": "war", "hattest": "warst", "hatten": "waren", "hätte": "wäre",
    "hätten": "wären",
}  # fmt: skip
_AUXILIARIES: Final = (
    frozenset(_TO_BE) | frozenset(_TO_HAVE)
    | frozenset("wird werden wurde wurden worden würde würden werde "
        "fühle fühlt fühlen fühlte fühlten sieht sahen sah sehen gilt galt".split())
)  # fmt: skip
_PASSIVE: Final = frozenset(
    "wird werden wurde wurden worden würde würden werde fühlt fühlen fühlte fühlten "
    "lassen ließ lässt".split()
)
_WITH_INFINITIVE: Final = frozenset(
    "kann können konnte konnten könnte könnten muss müssen musste mussten müsste "
    "müssten darf dürfen durfte durften dürfte dürften soll sollen sollte sollten will "
    "wollen wollte wollten wird werden würde würden werde lassen lässt ließ ließen "
    "mag mögen möchte möchten könne müsse dürfe solle wolle".split()
)


class Match:
    """An idiom whose words were found, and the search for its verb."""

    def __init__(self, words: Sequence[Word], at: int, idiom: Idiom) -> None:
        self._words = words
        self._at = at
        self._end = at + len(idiom.words)
        self._idiom = idiom

    def edits(self) -> list[Edit]:
        """Say what to put where; empty: its verb is not there."""
        idiom = self._idiom
        if self._is_owned() or self._is_counted():
            return []
        if idiom.verb is None or idiom.plain_verb is None:
            return [self._said(self._at, self._end, list(idiom.plain_words))]
        if not idiom.words and not idiom.verb.prefix:
            return self._verb_alone()
        return self._with_verb_at_end() or self._with_verb_before()

    def _is_counted(self) -> bool:
        """Whether a noun that stands alone in an idiom has an article.

        "Das macht Schule", but "dort machte die Schule zu".
        """
        idiom = self._idiom
        return (
            idiom.verb is not None
            and len(idiom.words) == 1
            and OWN.fullmatch(self._word(self._at - 1)) is not None
        )

    def _is_owned(self) -> bool:
        """Whether the words are somebody's, and their plain German cannot be.

        "unter den Tisch des Nachbarn" is a table.
        """
        last = ("", *self._idiom.plain_words)[-1]
        return bool(
            self._idiom.words
            and _GENITIVE.fullmatch(self._word(self._end))
            and not last[:1].isupper()
        )

    def _word(self, at: int) -> str:
        return self._words[at].text if 0 <= at < len(self._words) else ""

    @cached_property
    def _clause(self) -> range:
        """Numbers of the words from border to border."""
        first, last = self._at, self._end
        while first > 0 and self._word(first - 1) not in _BORDERS:
            first -= 1
        while last < len(self._words) and self._word(last) not in _BORDERS:
            last += 1
        return range(first, last)

    @property
    def _is_passive(self) -> bool:
        return any(self._word(n).lower() in _PASSIVE for n in self._clause)

    @property
    def _is_subordinate(self) -> bool:
        """Whether the clause begins as those do whose verb is at the end."""
        first = self._clause.start
        begins = {self._word(first).lower(), self._word(first + 1).lower()}
        if begins & _SUBORDINATING:
            return True
        return self._word(first - 1) == "," and bool(begins & _RELATIVE)

    def _said(self, first: int, last: int, said: list[str]) -> Edit:
        """Put words in the place of others, the slot filled and a capital kept."""
        old = [self._word(n) for n in range(first, last)]
        own = next((word for word in old if OWN.fullmatch(word)), "")
        starred = (
            ending_of(self._word(self._at + n), word)
            for n, word in enumerate(self._idiom.words)
            if word.endswith(STAR)
        )
        end = next(starred, "") or ""
        said = [
            with_ending(word, end) if word.endswith(STAR) else word
            for word in said
            if word
        ]
        # "einfach abnicken": not simply simply; "nach und nach eintrudeln".
        before = [self._word(n) for n in range(max(0, first - len(said)), first)]
        for count in range(len(said), 0, -1):
            if before[-count:] == said[:count] != [own]:
                said = said[count:]
                break
        new = " ".join(own if word == SLOT else word for word in said)
        new = re.sub(r"\s+", " ", new).strip()
        if begins(self._words, first) and old[0][:1].isupper():
            new = new[:1].upper() + new[1:]
        return Edit(self._words[first].start, self._words[last - 1].end, new)

    def _with_verb_at_end(self) -> list[Edit]:
        """Find the verb behind the words: geschoben, zu schieben, schob."""
        idiom = self._idiom
        assert idiom.plain_verb is not None
        for at in self._places_behind():
            if found := self._forms_at(at):
                forms, last = found
                break
        else:
            return []
        form = self._likeliest(forms, at)
        fronted = begins(self._words, self._at) or self._at == self._clause.start
        finite = form.name in FINITE
        goes_on = last < self._clause.stop
        if fronted and finite and idiom.plain_verb.prefix and idiom.words and goes_on:
            return []  # its prefix would have to go to the end
        if idiom.verb and idiom.verb.prefix and not idiom.words and finite and fronted:
            return []
        changed = self._auxiliary(form, at)
        selves = self._selves(range(self._clause.start, self._at))
        if changed is None or selves is None:
            return []
        words = [*self._self_before(), *idiom.plain_words]
        verb = self._plain_verb(form)
        if at == self._end:
            return [*selves, *changed, self._said(self._at, last, [*words, verb])]
        first = self._said_or_gone(self._at, self._end, words)
        return [*selves, *changed, first, self._said(at, last, [verb])]

    def _places_behind(self) -> Iterator[int]:
        """Yield where the verb may stand: directly behind, or at the end."""
        yield self._end
        if not self._idiom.words:
            return
        last = self._clause.stop - 1
        if last > self._end:
            yield last
        if last > self._end + 1 and self._word(last) in _AUXILIARIES | _WITH_INFINITIVE:
            yield last - 1

    def _forms_at(self, at: int) -> tuple[list[Form], int] | None:
        """Say what forms of the verb a word may be, and where they end."""
        idiom, word = self._idiom, self._word(at)
        assert idiom.verb is not None
        if not word:
            return None
        if (word, self._word(at + 1)) == ("zu", idiom.verb.infinitive):
            return [Form("to-infinitive")], at + 2
        if begins(self._words, at) and not idiom.words:
            word = word[:1].lower() + word[1:]
        forms = idiom.verb.at_end(word)
        if not forms or (forms[0].ending and not idiom.words):
            return None  # the participles of a verb before nouns have their own senses
        if at > self._end and (forms[0].ending or self._word(at - 1) == "zu"):
            return None  # of another clause
        return forms, at + 1

    def _with_verb_before(self) -> list[Edit]:
        """Find the verb before the words, and its prefix behind them."""
        idiom, last = self._idiom, self._end
        assert idiom.verb is not None
        assert idiom.plain_verb is not None
        prefix = idiom.verb.prefix
        if prefix:
            # A prefix alone is also a preposition: it ends the clause.
            after = self._word(last + 1)
            if idiom.words and self._word(last) != prefix:
                last = self._clause.stop - 1
            elif after and after not in _BORDERS | {"und", "oder"}:
                return []
            if self._word(last) != prefix:
                return []
        found = self._finite_before()
        if found is None:
            return []
        place, form = found
        selves = self._selves(range(place + 1, self._at))
        if selves is None:
            return []
        plain = idiom.plain_verb
        told = self._said(place, place + 1, [plain.finite(form)])
        if idiom.plain_reflexive and not idiom.reflexive:
            told = self._with_self(told, place)
        if last == self._end:
            said = [*idiom.plain_words, plain.prefix]
            gone = [self._said_or_gone(self._at, last + bool(prefix), said)]
        else:
            gone = [
                self._said_or_gone(self._at, self._end, [*idiom.plain_words]),
                self._said_or_gone(last, last + 1, [plain.prefix]),
            ]
        return [told, *selves, *gone]

    def _said_or_gone(self, first: int, last: int, said: list[str]) -> Edit:
        """Put words in the place of others, or take those out."""
        if any(said):
            return self._said(first, last, said)
        return Edit(self._before(first), self._words[last - 1].end, "")

    def _verb_alone(self) -> list[Edit]:
        """Say a verb that has neither a prefix nor other words."""
        idiom, at = self._idiom, self._at
        assert idiom.verb is not None
        assert idiom.plain_verb is not None
        plain, word = idiom.plain_verb, self._word(at)
        if begins(self._words, at):
            word = word[:1].lower() + word[1:]
        forms = idiom.verb.at_end(word)
        # "die vergraulten Gäste": before a noun a participle has a sense of its own.
        if forms[0].ending or (
            OWN.fullmatch(self._word(at - 1)) and self._word(at + 1)[:1].isupper()
        ):
            return []
        form, first = self._likeliest(forms, at), at
        if form.name == "infinitive" and self._word(at - 1) == "zu":
            form, first = Form("to-infinitive"), at - 1
        changed = self._auxiliary(form, at)
        around = [n for n in self._clause if n != at]
        places = [n for n in around if self._word(n).lower() in _SELVES]
        if changed is None or (idiom.reflexive and len(places) != 1):
            return []
        taken = places if idiom.reflexive and not idiom.plain_reflexive else []
        gone = [Edit(self._before(n), self._words[n].end, "") for n in taken]
        second = form.name in FINITE and (
            at + 1 < self._clause.stop or not self._is_subordinate
        )
        if not second or not (plain.prefix or idiom.plain_words):
            said = [*self._self_before(), *idiom.plain_words, self._plain_verb(form)]
            return [*changed, *gone, self._said(first, at + 1, said)]
        if idiom.plain_reflexive > idiom.reflexive or {"und", "oder"} & {
            self._word(n) for n in around
        }:
            return []
        last = self._words[self._clause.stop - 1].end
        rest = " ".join(word for word in (*idiom.plain_words, plain.prefix) if word)
        told = self._said(at, at + 1, [plain.finite(form)])
        return [*gone, told, Edit(last, last, f" {rest}")]

    def _plain_verb(self, form: Form) -> str:
        """Return a form of the plain verb as it stands at the end of a clause."""
        idiom = self._idiom
        assert idiom.plain_verb is not None
        before = idiom.plain_words[-1:]
        if idiom.plain_verb.base == "werden" and form.name == "participle" and before:
            return "worden" if _PARTICIPLE.fullmatch(before[0]) else "geworden"
        return idiom.plain_verb.whole(form)

    def _before(self, place: int) -> int:
        """Return where the word before a place ends."""
        return self._words[place - 1].end if place else 0

    def _finite_before(self) -> tuple[int, Form] | None:
        for place in self._places_before():
            word = self._word(place)
            if begins(self._words, place):
                word = word[:1].lower() + word[1:]
            assert self._idiom.verb is not None
            forms = self._idiom.verb.apart(word)
            if forms:
                people = {self._word(n).lower() for n in self._clause}
                return place, _of_person(forms, people)
        return None

    def _places_before(self) -> Iterator[int]:
        """Yield where a finite verb may stand, the nearest first."""
        yield from range(self._at - 1, self._clause.start - 1, -1)
        last = self._end + bool(self._idiom.verb and self._idiom.verb.prefix)
        if len(self._idiom.words) < _SURE:
            return
        if self._word(last) and self._word(last) not in _BORDERS:
            return
        # "ziehen Bund, Land und Stadt an einem Strang"; "schob den Plan, der seit Mai
        # fertig ist, auf die lange Bank": only its verb can be in the second place.
        place = self._clause.start - 1
        while place >= 0 and self._word(place) not in SENTENCE_ENDS:
            yield place
            place -= 1

    def _likeliest(self, found: list[Form], at: int) -> Form:
        """Choose among the forms that a word at the end of a clause may be."""
        around = {self._word(n).lower() for n in self._clause if n != at}
        named = {form.name: form for form in found}
        wanted = []
        if self._word(at) == "lassen" and around & set(_TO_HAVE):
            # "hat sie abblitzen lassen": an infinitive in the place of a participle
            lets = self._idiom.plain_verb == self._idiom.verb
            return named["infinitive"] if lets else Form("participle")
        if around & _AUXILIARIES:
            wanted.append("participle")
        if around & _WITH_INFINITIVE:
            wanted.append("infinitive")
        if "infinitive" in named and not wanted:
            wanted.append("pl")
        for name in wanted:
            if name in named:
                return named[name]
        finite = [form for form in found if form.name in FINITE]
        return _of_person(finite or found, around)

    def _auxiliary(self, form: Form, at: int) -> list[Edit] | None:
        """Change "ist" to "hat" or back; None: which one is not clear."""
        idiom = self._idiom
        assert idiom.verb is not None
        assert idiom.plain_verb is not None
        if form.name != "participle" or form.ending:
            return []
        if any(self._word(n).lower() == "worden" for n in self._clause):
            return []  # the passive has "sein" whatever the verb
        moves, moved = idiom.plain_verb.is_of_motion, idiom.verb.may_be_of_motion
        if idiom.plain_verb.infinitive == "stoßen" and "auf" in idiom.plain_words:
            moves = True  # "ist auf Widerstand gestoßen"
        places = self._auxiliaries()
        if len(places) > 1:
            places = [n for n in places if self._word(n).lower() != "sein"]  # it is his
        words = [self._word(n).lower() for n in places]
        if moves and any(word in _TO_HAVE for word in words):
            table = _TO_HAVE
        elif (
            moved and not moves and (not words or any(word in _TO_BE for word in words))
        ):
            table = _TO_BE
        else:
            return []
        if len(places) != 1:
            return [] if not places and self._is_passive else None
        place, becomes = places[0], table[words[0]]
        around = {self._word(n).lower() for n in self._clause}
        # "soll gehabt haben", "gehabt zu haben", but "die es gehabt haben"
        infinitive = around & _WITH_INFINITIVE or self._word(place - 1) == "zu"
        if place > at and words[0] == "haben" and infinitive:
            becomes = "sein"
        if words[0] == "habe" and "ich" in around:
            becomes = "bin"
        return [self._said(place, place + 1, [becomes])]

    def _auxiliaries(self) -> list[int]:
        """Say where "haben" and "sein" are, in the clause or else before it."""
        found = [
            n
            for n in self._clause
            if not self._at <= n < self._end and self._is_auxiliary(n)
        ]
        place = self._clause.start - 1
        while not found and place >= 0 and self._word(place) not in SENTENCE_ENDS:
            # At the end of a clause it is that one's.
            ends = self._word(place + 1) in _BORDERS
            found = [place] if self._is_auxiliary(place) and not ends else []
            place -= 1
        return found

    def _is_auxiliary(self, at: int) -> bool:
        return self._word(at).lower() in _TO_BE | _TO_HAVE

    def _selves(self, where: range) -> list[Edit] | None:
        """Take the reflexive pronoun out if need be; None: it has none."""
        idiom = self._idiom
        if not idiom.reflexive:
            return []
        places = [n for n in where if self._word(n).lower() in _SELVES]
        if not places:
            return None
        if idiom.plain_reflexive:
            return []
        place = places[-1]
        return [Edit(self._before(place), self._words[place].end, "")]

    def _self(self) -> str:
        people = {self._word(n).lower() for n in self._clause}
        return next((_SELF_OF[one] for one in _SELF_OF if one in people), "sich")

    def _self_before(self) -> list[str]:
        idiom = self._idiom
        return [self._self()] if idiom.plain_reflexive and not idiom.reflexive else []

    def _with_self(self, told: Edit, place: int) -> Edit:
        """Put a reflexive pronoun behind the verb, or behind its subject."""
        after = self._word(place + 1)
        last = place
        if after in _SUBJECTS:
            last, after = place + 1, f" {after}"
        else:
            after = ""
        return Edit(
            told.start, self._words[last].end, f"{told.text}{after} {self._self()}"
        )


def _of_person(forms: list[Form], around: set[str]) -> Form:
    """Choose the form for who does it."""
    named = {form.name: form for form in forms}
    if "ich" in around and "1s" in named:
        return named["1s"]
    if "ich" not in around and "1s" in named and "subjunctive" in named:
        return named["subjunctive"]
    if "ihr" in around and "2p" in named and "3s" not in named:
        return named["2p"]
    return forms[0]
