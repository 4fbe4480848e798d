"""English verbs that agree with another pronoun: she wants, they want."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Edit = tuple[int, int, str]  # characters from, to, and what comes there

_OF_ONE = {
    "is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't",
    "wasn't": "weren't", "hasn't": "haven't", "doesn't": "don't",
}  # fmt: skip
_OF_SEVERAL = {several: one for one, several in _OF_ONE.items()}
AUXILIARIES = frozenset((*_OF_ONE, *_OF_SEVERAL))

# The same of one and of several: modal verbs, and the past of irregular ones.
UNCHANGED = frozenset(
    """
    will would can could should may might must shall had did cannot can't won't wouldn't
    couldn't shouldn't mustn't needn't shan't hadn't didn't
    arose ate awoke beat became began bent bet bit bled blew bore bought bound bred
    broke brought built burnt burst came cast caught chose clung cost crept cut dealt
    drank drew drove dug fed fell felt fled flew forbade foresaw forgave forgot fought
    found froze gave got grew ground held hid hit hung hurt kept knelt knew laid lay
    leapt learnt led left lent let lit lost made meant met misled misunderstood overcame
    oversaw overtook overthrew paid put quit ran rang read rebuilt rode rose said sang
    sank sat saw sent set shed shone shook shot shrank shut slept slid sold sought spat
    spent split spoke spread sprang spun stole stood struck stuck stung swam swept swore
    swung taught thought threw thrust told took tore undertook underwent understood
    upheld went withdrew withheld withstood woke won wore wound wove wrote
    """.split()
)
# Words that look like a past or a participle, and are what one does.
_PAST_OR_PARTICIPLE = re.compile(
    r"(?!(?:[bf]l?|br|h|n|s|sp|w|proc|succ|exc)eed\Z)\w+ed"
    r"|(?!(?:br|cl|fl|r|s|spr|st|str|sw)ing\Z)\w+ing"
)
_BETWEEN = frozenset(
    """
    also still now already only never always then often even not just once soon both all
    either each ever again later too alone almost therefore however instead perhaps
    himself herself itself themselves
    """.split()
)
_VERBS_IN_LY = frozenset(
    "rely apply supply reply fly comply imply multiply rally ally tally bully".split()
)
_NO_VERB = frozenset(
    """
    a an the this that these those and or but nor of in on at to for from with by as his
    her its their who whom which what if when while where how than so there here it him
    them us me you he she they we i my our your no any some one two both
    """.split()
)
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_NEXT = re.compile(r"[ \u00a0]+([A-Za-z]+(?:'[a-z]+)?)")
_BEFORE = re.compile(r"([A-Za-z]+(?:'[a-z]+)?)[ \u00a0]+\Z")
_CLAUSE = re.compile(r"[^.;:!?]*")
_JOINED = re.compile(
    r"\b(?:and|or|but|nor),?((?: (?:\w+ly|also|then|now|still|not))*) "
)


def agreed(
    text: str,
    start: int,
    end: int,
    *,
    several: bool,
    is_english: Callable[[str], bool],
) -> list[Edit] | None:
    """Return how verbs change where another pronoun comes; None: it is not to be told.

    Args:
        text: An English sentence.
        start: Where its subject, a pronoun of another number, begins.
        end: Where it ends.
        several: Whether that is to be they.
        is_english: Whether there is such a word, in small letters.
    """
    text = text.replace("’", "'")  # as long
    turned = _BEFORE.search(text, 0, start)
    if turned and (verb := turned[1].lower()) in AUXILIARIES | UNCHANGED:
        changed = _form(verb, several=several, is_english=is_english)
        return _edits(turned.span(1), turned[1], changed)
    if text[end : end + 1] == "'":
        return [] if re.match(r"'(?:d|ll)\b", text[end:]) else None
    at = end
    while found := _NEXT.match(text, at):
        word = found[1].lower()
        adverb = word.endswith("ly") and word not in _VERBS_IN_LY
        if word not in _BETWEEN and not adverb:
            break
        at = found.end()
    if found is None or (not found[1].islower() and word not in AUXILIARIES):
        return None
    changed = _form(word, several=several, is_english=is_english)
    if changed is None:
        return None
    edits = _edits(found.span(1), found[1], changed)
    further = _further(text, found.end(), several=several, is_english=is_english)
    return None if further is None else [*edits, *further]


def _further(
    text: str, at: int, *, several: bool, is_english: Callable[[str], bool]
) -> list[Edit] | None:
    """Return how verbs change that the first one is joined with by an "and".

    A noun may look like a verb; then it is not to be told.
    """
    clause = _CLAUSE.match(text, at)
    edits: list[Edit] = []
    for joint in _JOINED.finditer(text, at, clause.end() if clause else len(text)):
        found = _WORD.match(text, joint.end())
        if found is None or not found[0].islower():
            continue
        word = found[0]
        if word in (_OF_ONE if several else _OF_SEVERAL):
            changed = _form(word, several=several, is_english=is_english)
            edits += _edits(found.span(), word, changed)
        elif word in UNCHANGED or _PAST_OR_PARTICIPLE.fullmatch(word):
            continue
        elif word not in _NO_VERB and (
            _form(word, several=several, is_english=is_english) not in (None, word)
        ):
            return None
    return edits


def _edits(span: tuple[int, int], old: str, new: str | None) -> list[Edit]:
    if new is None or new == old.lower():
        return []
    return [(*span, new.capitalize() if old[0].isupper() else new)]


def _form(verb: str, *, several: bool, is_english: Callable[[str], bool]) -> str | None:
    """Return the form of a verb for one or for several; None: it is none.

    >>> known = {"tries", "try", "goes", "go", "passes", "pass", "use", "uses"}
    >>> forms = ("has", "tries", "goes", "passes", "uses", "went", "ins")
    >>> [_form(verb, several=True, is_english=known.__contains__) for verb in forms]
    ['have', 'try', 'go', 'pass', 'use', 'went', None]
    >>> forms = ("have", "try", "go", "pass", "use", "went", "in")
    >>> [_form(verb, several=False, is_english=known.__contains__) for verb in forms]
    ['has', 'tries', 'goes', 'passes', 'uses', 'went', None]
    """
    known = _OF_ONE if several else _OF_SEVERAL
    if verb in known:
        return known[verb]
    if verb in AUXILIARIES | UNCHANGED or _PAST_OR_PARTICIPLE.fullmatch(verb):
        return verb
    if verb in _NO_VERB:
        return None
    if several:
        if not verb.endswith("s"):
            return None
        bases = [verb[:-1]]
        if verb.endswith("ies"):
            bases.insert(0, verb[:-3] + "y")
        if re.search(r"(?:ss|sh|ch|x|zz|us|o)es\Z", verb):
            bases.insert(verb.endswith("uses"), verb[:-2])
        return next((base for base in bases if is_english(base)), None)
    if re.search(r"[^aeiou]y\Z", verb):
        form = verb[:-1] + "ies"
    else:
        form = verb + ("es" if re.search(r"(?:s|sh|ch|x|z|o)\Z", verb) else "s")
    return form if is_english(form) else None
