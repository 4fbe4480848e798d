"""Words that English has, or may make: listed, spelt the British way, derived, joined.

pyspellchecker's list is of film subtitles, American ones above all: it has few words of
law, medicine and the press. Ours are those that translated news (the training text) has
again and again and neither the list nor a rule explains, and some that newstest2017 and
2018 have.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from satzpaar.translate.lexicon import word_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDED = frozenset(
    """
    abductees absentia accompli acquis aeroplane aeroplanes ahistorical alia annum
    anonymised anonymized approx apps bariatric biathlete biathletes bikie burqa burqas
    bycatch cafe cafes calibre centrepiece cliche cliches clientele comitology
    commissaires communautaire coronavirus corvids criterium crypto cryptocurrencies
    cryptocurrency cyanobacteria cyber defenceman defencemen detente doppelganger
    doppelgangers draught draughts draughty dreamt earbud electromobility electroweak
    emoji emojis esports exceedance exceedances exoplanet exoplanets facie
    facto fait femicide femicides fete fetes fiancee fibre fibreglass fibres fide
    fipronil flautist flexibilisation furore garde glycemic glyphosate graphene grata
    haplogroup haplogroups heptathlete hitman hoodie hotchpotch immunocompromised
    infrasound intro jihadi jihadis joie kerb kerbs ketamine kippah kleptocracy krona
    laissez leant loch maglev majeure malware manga manoeuvre manoeuvred manoeuvres
    manoeuvring masse matinee matinees meagre mechatronics melee modus moult mugwort
    nano narco nauseam neurotoxin niveau noir nosocomial nouveau officio ombudswoman
    onboard onsite operandi orcs peloton petri pharma phytosanitary pierogi pomologist
    porcini posteriori prenup prima priori protege psyllium pulmonologist pyjamas quinoa
    raclette raison ransomware rheumatologist robotaxi rowanberry satnav satnavs sauteed
    schlager securitised selfie selfies shisha shtetl situ smorgasbord snarky
    specialities spyware stollen synth synths taser tasers tech trialogue utero vaping
    varroa versa vitro vivre voce
    """.split()
)

# Americans write: what a Briton writes.
_SPELLINGS = [
    (re.compile(british), american)
    for british, american in (
        ("our", "or"),  # colour
        (r"is(e|ed|er|ers|es|ing|ation|ations)\Z", r"iz\1"),  # realise
        (r"ys(e|ed|es|ing)\Z", r"yz\1"),  # analyse
        (r"tre(s|d)?\Z", r"ter\1"),  # centre
        (r"ll(ed|ing|er|ers)\Z", r"l\1"),  # travelled
        (r"ence(s)?\Z", r"ense\1"),  # defence
        (r"ogue(s)?\Z", r"og\1"),  # catalogue
        (r"mme(s|d|r|rs)?\Z", r"m\1"),  # programme
        ("[ao]e", "e"),  # haemoglobin
        ("lment", "llment"),  # instalment
        ("ewell", "ewel"),  # jewellery
        ("sceptic", "skeptic"),
        ("yre", "ire"),
        ("cheque", "check"),
        ("grey", "gray"),
        ("aluminium", "aluminum"),
        ("mould", "mold"),
        ("plough", "plow"),
    )
]

_PREFIXES = """
    anti auto bio co counter cyber de dis eco euro fore geo hyper in inter mega micro
    mis multi neo non out over photo post pre pro re self semi sub super tele trans
    ultra un under up
""".split()
_SUFFIXES = """
    able al ally based d ed en er ers es ier iest ing isation ish ism ist ists ity
    ization less like ly ment ments ness r rs s wide y
""".split()
# Of diseases, what is done about them, and what they are of: no list has them all.
_OF_SCIENCE = re.compile(r"(?:oma|itis|osis|[aeo]emia|ectomy|oscopy|phyte|phobia)s?\Z")

_SHORTEST_STEM = 3  # letters
_SHORTEST_PART = 3  # of a compound, the other being longer
# How often the parts of a compound are listed to come: rarer ones may be slips.
_COMMON_PART = 500


@cache
def is_english(word: str) -> bool:
    """Say whether English has a word, or may make it; *word* in small letters.

    >>> [is_english(word) for word in ("traumatised", "watchlists", "armoredive")]
    [True, True, False]
    """
    return (
        _is_derived(word)
        or _OF_SCIENCE.search(word) is not None
        or any(
            word.startswith(prefix) and _is_derived(word.removeprefix(prefix))
            for prefix in _PREFIXES
        )
        or _is_compound(word)
    )


def _is_derived(word: str) -> bool:
    return _is_listed(word) or any(map(_is_listed, _stems(word)))


def _is_listed(word: str) -> bool:
    counts = word_counts("en")
    return word in _ADDED or any(spelling in counts for spelling in _spellings(word))


def _spellings(word: str) -> Iterator[str]:
    yield word
    for british, american in _SPELLINGS:
        if british.search(word):
            yield british.sub(american, word)


def _stems(word: str) -> Iterator[str]:
    """Yield what the word may be derived from."""
    for suffix in _SUFFIXES:
        stem = word.removesuffix(suffix)
        if stem == word or len(stem) < _SHORTEST_STEM:
            continue
        yield stem
        yield f"{stem}e"  # using
        if stem[-1] == stem[-2]:
            yield stem[:-1]  # running
        if stem.endswith("i"):
            yield f"{stem[:-1]}y"  # happily


def _is_compound(word: str) -> bool:
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        first, last = word[:cut], word[cut:]
        if max(len(first), len(last)) == _SHORTEST_PART or not _is_common(first):
            continue
        if _is_common(last) or any(map(_is_common, _stems(last))):
            return True
    return False


def _is_common(word: str) -> bool:
    return word_counts("en").get(word, 0) >= _COMMON_PART
