"""Forms of English words: plurals of nouns, and what a verb ends in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_IRREGULAR = {
    "man": "men",
    "woman": "women",
    "person": "people",
    "child": "children",
    "foot": "feet",
    "tooth": "teeth",
    "mouse": "mice",
    "half": "halves",
    "knife": "knives",
    "leaf": "leaves",
    "life": "lives",
    "loaf": "loaves",
    "shelf": "shelves",
    "thief": "thieves",
    "wife": "wives",
    "wolf": "wolves",
    "criterion": "criteria",
    "phenomenon": "phenomena",
    "medium": "media",
    "bacterium": "bacteria",
    "hero": "heroes",
    "potato": "potatoes",
    "tomato": "tomatoes",
    "veto": "vetoes",
    "quiz": "quizzes",
    "monarch": "monarchs",
    "patriarch": "patriarchs",
    "epoch": "epochs",
    "stomach": "stomachs",
}
_PLURALS = frozenset(_IRREGULAR.values())
_SINGULARS_OF = {many: one for one, many in _IRREGULAR.items()}
_MEN = re.compile(r"(?<!hu)(?<!ger)(?<!ro)(?<!nor)(?<!sha)(?<!talis)(?<!otto)man\Z")
_NO_MEN = frozenset("specimen regimen yemen omen abdomen semen acumen".split())
_THE_SAME = frozenset(
    """
    aircraft spacecraft hovercraft police series species means staff headquarters sheep
    fish deer offspring cattle
    """.split()
)
# Words of one thing that end as plurals do.
_SINGULAR_IN_S = ("ss", "us", "is", "ics", "news")
_SINGULARS = frozenset(
    """
    gas lens chaos christmas texas bias canvas atlas alias series species means
    headquarters pancreas kansas
    """.split()
)
# The head of "Ministry of Finance", "right to asylum", "mother-in-law" is before it,
# that of "power-to-gas plant" the last word.
_BEHIND_HEAD = re.compile(
    r" (?:of|for|in|to|at|on|against|with|from|by|under) |-(?:in|of|at)-\w+\Z"
)
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)\Z", re.IGNORECASE)
_CONSONANT_Y = re.compile(r"[^aeiou]y\Z", re.IGNORECASE)
_DOUBLED = re.compile(r"[^aeiou][aeiou][bdglmnprt]\Z")

# Past and participle of the verbs that have their own; prefixes may stand before them.
_STRONG = {
    verb: tuple(forms)
    for verb, *forms in (
        line.split()
        for line in """
        be was been
        bear bore borne
        beat beat beaten
        become became become
        begin began begun
        bend bent bent
        bet bet bet
        bind bound bound
        bite bit bitten
        bleed bled bled
        blow blew blown
        break broke broken
        bring brought brought
        build built built
        burst burst burst
        buy bought bought
        cast cast cast
        catch caught caught
        choose chose chosen
        come came come
        cost cost cost
        cut cut cut
        deal dealt dealt
        do did done
        draw drew drawn
        drink drank drunk
        drive drove driven
        eat ate eaten
        fall fell fallen
        feed fed fed
        feel felt felt
        fight fought fought
        find found found
        flee fled fled
        fly flew flown
        forbid forbade forbidden
        forget forgot forgotten
        freeze froze frozen
        get got got
        give gave given
        go went gone
        grow grew grown
        hang hung hung
        have had had
        hear heard heard
        hide hid hidden
        hit hit hit
        hold held held
        hurt hurt hurt
        keep kept kept
        know knew known
        lay laid laid
        lead led led
        leave left left
        lend lent lent
        let let let
        lose lost lost
        make made made
        mean meant meant
        meet met met
        pay paid paid
        put put put
        quit quit quit
        read read read
        ride rode ridden
        ring rang rung
        rise rose risen
        run ran run
        say said said
        see saw seen
        seek sought sought
        sell sold sold
        send sent sent
        set set set
        shake shook shaken
        shed shed shed
        shoot shot shot
        show showed shown
        shut shut shut
        sing sang sung
        sink sank sunk
        sit sat sat
        sleep slept slept
        slide slid slid
        speak spoke spoken
        spend spent spent
        split split split
        spread spread spread
        stand stood stood
        steal stole stolen
        strike struck struck
        sweep swept swept
        swim swam swum
        take took taken
        teach taught taught
        tear tore torn
        tell told told
        think thought thought
        throw threw thrown
        understand understood understood
        wake woke woken
        wear wore worn
        win won won
        write wrote written
        """.strip().splitlines()
    )
}
_THIRD_PERSONS = {"be": "is", "have": "has"}
# The forms of a word, by each of them.
_IRREGULAR_FORMS = {
    form: forms
    for forms in (
        *((one, many) for one, many in _IRREGULAR.items()),
        *((verb, *forms) for verb, forms in _STRONG.items()),
    )
    for form in forms
}
# What a verb's forms end in, and its base instead.
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("es", ""), ("ed", ""), ("ed", "e"), ("s", ""),
    ("ing", ""), ("ing", "e"), ("ying", "ie"),
)  # fmt: skip
_PREFIXES = re.compile(r"(?:over|under|with|out|fore|re|un|up|mis)(?=\w{2})")


def plural(noun: str) -> str:
    """Return the plural of a noun and what belongs to it.

    >>> plural("heat pump"), plural("Ministry of Finance"), plural("child")
    ('heat pumps', 'Ministries of Finance', 'children')
    """
    start, end = _head(noun)
    word = noun[start:end]
    small = word.lower()
    if small in _IRREGULAR:
        return noun[:start] + _like(word, _IRREGULAR[small]) + noun[end:]
    if _MEN.search(small):
        return noun[: end - 2] + "en" + noun[end:]
    if small in _THE_SAME or small.endswith("ics") or not word.isalpha():
        return noun
    if small.endswith("sis"):
        return noun[: end - 2] + "es" + noun[end:]
    if _CONSONANT_Y.search(small):
        return noun[: end - 1] + "ies" + noun[end:]
    ending = "es" if _SIBILANT.search(small) else "s"
    return noun[:end] + ending + noun[end:]


def singular(noun: str) -> str:
    """Return one of what a plural names, and what belongs to it.

    >>> singular("heat pumps"), singular("rights of workers"), singular("policies")
    ('heat pump', 'right of workers', 'policy')
    """
    start, end = _head(noun)
    word, small = noun[start:end], noun[start:end].lower()
    if small in _SINGULARS_OF:
        one = _like(word, _SINGULARS_OF[small])
    elif small.endswith("men") and small not in _NO_MEN:
        one = word[:-2] + "an"
    elif small.endswith("ies") and len(small) > len("ties"):
        one = word[:-3] + "y"
    elif small.endswith(("sses", "xes", "ches", "shes")):
        one = word[:-2]
    else:
        one = word.removesuffix("s")
    return noun[:start] + one + noun[end:]


def head(noun: str) -> str:
    """Return the word that a plural changes.

    >>> head("Ministry of Finance"), head("heat pump")
    ('Ministry', 'pump')
    """
    return noun[slice(*_head(noun))]


def _head(noun: str) -> tuple[int, int]:
    behind = _BEHIND_HEAD.search(noun)
    end = behind.start() if behind else len(noun)
    return max(noun.rfind(" ", 0, end), noun.rfind("-", 0, end)) + 1, end


def is_plural(noun: str) -> bool:
    """Say whether a noun and what belongs to it is more than one, by its ending.

    >>> is_plural("heat pumps"), is_plural("Ministries of Finance"), is_plural("boss")
    (True, True, False)
    """
    word = head(noun).lower()
    if word in _PLURALS or (word.endswith("men") and word not in _NO_MEN):
        return True
    if word in _SINGULARS or word.endswith(_SINGULAR_IN_S):
        return False
    return word.endswith("s")


def _like(word: str, other: str) -> str:
    return other.capitalize() if word[0].isupper() and word.istitle() else other


def verb_forms(verb: str) -> Iterator[str]:
    """Yield what a verb is in other persons and tenses; its first word is it.

    Of a longer one whose last letter may be doubled both spellings are yielded.

    >>> list(verb_forms("phase out")), list(verb_forms("take over"))[1]
    (['phases out', 'phased out', 'phasing out'], 'took over')
    """
    word, space, rest = verb.partition(" ")
    for form in (_third_person(word), *_pasts(word), *_participles(word)):
        yield form + space + rest


def verb_bases(word: str) -> Iterator[str]:
    """Yield what a word may be a form of, if it is one of a verb; most are no English.

    >>> "supply" in verb_bases("supplies"), "run" in verb_bases("running")
    (True, True)
    >>> "think" in verb_bases("thought")
    True
    """
    yield from dict.fromkeys((word, *irregular_forms(word)[:1]))
    for ending, plain in _ENDINGS:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            yield stem + plain
            if not plain and stem[-1:] == stem[-2:-1]:
                yield stem[:-1]


def irregular_forms(word: str) -> tuple[str, ...]:
    """Return the forms of a noun or a verb with forms of its own, given any of them.

    Without those in "ing" and of the third person; a word like all others has none.

    >>> irregular_forms("told"), irregular_forms("women"), irregular_forms("asked")
    (('tell', 'told', 'told'), ('woman', 'women'), ())
    """
    return _IRREGULAR_FORMS.get(word, ())


def _third_person(verb: str) -> str:
    if verb in _THIRD_PERSONS:
        return _THIRD_PERSONS[verb]
    if _CONSONANT_Y.search(verb):
        return verb[:-1] + "ies"
    return verb + ("es" if _SIBILANT.search(verb) or verb.endswith("o") else "s")


def _pasts(verb: str) -> Iterator[str]:
    prefix = found.group() if (found := _PREFIXES.match(verb)) else ""
    for before in ("", prefix):
        if strong := _STRONG.get(verb.removeprefix(before)):
            yield from (before + form for form in strong)
            return
    if _CONSONANT_Y.search(verb):
        yield verb[:-1] + "ied"
    elif verb.endswith("e"):
        yield verb + "d"
    else:
        yield from (stem + "ed" for stem in _before_vowel(verb))


def _participles(verb: str) -> Iterator[str]:
    if verb.endswith("ie"):
        yield verb[:-2] + "ying"
    elif (
        verb.endswith("e")
        and len(verb) > len("be")
        and not verb.endswith(("ee", "oe", "ye"))
    ):
        yield verb[:-1] + "ing"
    else:
        yield from (stem + "ing" for stem in _before_vowel(verb))


def _before_vowel(verb: str) -> list[str]:
    """Double the last letter of a short verb: stop, stopped."""
    doubled = verb + verb[-1]
    if not _DOUBLED.search(verb):
        return [verb]
    one_syllable = len(re.findall(r"[aeiouy]+", verb)) == 1
    return [doubled] if one_syllable else [verb, doubled]
