"""German verbs conjugated: the forms of a verb, and what forms a word may be.

The principal parts of the irregular verbs are a table; all else follows the rules of
the grammar (Duden, Die Grammatik: Konjugation).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

# Weak verbs that look like strong ones with a prefix.
_WEAK_ALL_THE_SAME: Final = frozenset(
    "begleiten bereiten bescheren erhängen umringen verhängen verleiden verwenden "
    "entwenden beringen".split()
)

_INSEPARABLE: Final = (
    "hinter", "wider", "unter", "durch", "über", "voll", "miss", "zer", "ver", "ent",
    "emp", "be", "er", "ge", "um",
)  # fmt: skip
# Verbs that only seem to have such a prefix, and get "ge" in front.
_NO_PREFIX: Final = frozenset(
    "beben beichten bellen bessern beten betteln betten beugen beizen erben "
    "erden ernten essen geben gehen geigen geistern geizen geißeln gelten gerben "
    "missen zerren unken entern".split()
)

# Not stressed on the first syllable, these have no "ge" either.
_NO_GE: Final = frozenset(
    "wiederholen prophezeien frohlocken offenbaren posaunen trompeten baldowern "
    "schmarotzen stibitzen kredenzen".split()
)

_SEIN: Final = frozenset(
    "abhauen abnippeln absacken ausbüxen austicken ausufern aufkeimen eintrudeln "
    "vorpreschen wegbrechen hochkochen abschweifen desertieren verzweifeln begegnen "
    "sein werden bleiben gehen kommen fallen laufen fahren steigen treten fliegen "
    "fliehen springen sinken wachsen sterben geraten gelangen scheitern passieren "
    "geschehen gelingen misslingen folgen entstehen verschwinden erscheinen reisen "
    "explodieren flüchten eilen rücken stürzen landen wandern weichen entweichen "
    "kriechen gleiten schleichen schwinden schreiten rutschen rasen rollen scheiden "
    "bersten reiten rennen stolpern segeln platzen tauchen "
    "ausscheiden vergehen entgehen ergehen entkommen verkommen zerfallen verfallen "
    "entfallen entfliehen entspringen verlaufen entlaufen verklingen "
    "versinken erwachsen genesen ertrinken ersticken verhungern erfrieren verbluten "
    "erkranken gesunden verstummen verblassen verpuffen versanden versickern "
    "verunglücken unterliegen zerbrechen zerbröckeln veralten erlöschen erwachen "
    "ermüden verbrennen "
    "erschrecken verreisen umkommen schlüpfen sickern strömen fließen rinnen "
    "quellen schwellen schmelzen gedeihen heimkehren zurückkehren einkehren dringen "
    "einschlafen auftauchen aufwachen ausflippen ausrasten abstürzen auswandern "
    "einwandern umziehen ausziehen einziehen wegziehen aufstehen aufblühen aufleben "
    "untertauchen abreisen anreisen aufbrechen ausbrechen einbrechen "
    "zusammenbrechen einstürzen verarmen entgleisen verwahrlosen".split()
)

# With an object, these have "haben", whatever their base has.
_HABEN: Final = frozenset("breittreten aufrollen einrennen nachtreten".split())
# Now "haben", now "sein": Gerüchte sind ins Kraut geschossen.
_EITHER: Final = frozenset("schießen anecken".split())

# Kritisieren has no "ge"; schmieren has.
_FOREIGN: Final = re.compile(r"[aeiouäöüy].*ieren\Z")
_FINAL_S: Final = ("s", "ß", "x", "z")
_UMLAUTS: Final = {"a": "ä", "o": "ö", "u": "ü"}

_TO_BE: Final = {
    "1s": "bin", "2s": "bist", "3s": "ist", "2p": "seid", "pl": "sind",
    "subjunctive": "sei", "subjunctive pl": "seien", "imperative": "sei",
}  # fmt: skip
_TO_KNOW: Final = {"1s": "weiß", "2s": "weißt", "3s": "weiß"}
_MODALS: Final = frozenset("dürfen können mögen müssen sollen wollen".split())

# Of a word that may be several forms, the first of these is the likeliest.
FORMS: Final = (
    "infinitive", "to-infinitive", "pl", "3s", "past", "past pl", "participle", "2s",
    "2p", "1s", "subjunctive", "subjunctive pl", "second", "second pl", "past 2s",
    "past 2p", "second 2s", "imperative", "present participle",
)  # fmt: skip
FINITE: Final = frozenset(FORMS) - {
    "infinitive", "to-infinitive", "participle", "present participle",
}  # fmt: skip
_ADJECTIVE_ENDINGS: Final = ("e", "er", "es", "em", "en")


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a verb.

    Args:
        name: One of ``FORMS``.
        ending: That of a participle before a noun, as of an adjective.
    """

    name: str
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Verb:
    """A German verb.

    Args:
        prefix: What is parted from it in a main clause; empty: none.
        base: The infinitive without it.

    >>> verb("auf|schieben").whole(Form("participle"))
    'aufgeschoben'
    >>> verb("auf|schieben").finite(Form("past"))
    'schob'
    """

    prefix: str
    base: str

    @property
    def infinitive(self) -> str:
        """The infinitive in one word."""
        return self.prefix + self.base

    @property
    def is_of_motion(self) -> bool:
        """Whether its perfect has "sein"."""
        if self.infinitive in _HABEN:
            return False
        if self.infinitive in _SEIN:
            return True
        return self.base in _SEIN if self.prefix else False

    @property
    def may_be_of_motion(self) -> bool:
        """Whether its perfect may have "sein"."""
        return self.is_of_motion or self.infinitive in _EITHER

    def words(self) -> Iterator[str]:
        """Yield all its forms as they stand at the end of a clause."""
        for form in (form for some in _all_forms(self.base) for form in some.values()):
            yield self.prefix + form
        if self.prefix:
            yield self.whole(Form("to-infinitive"))

    def finite(self, form: Form) -> str:
        """Return a form as it stands apart from the prefix."""
        return forms(self.base)[form.name]

    def whole(self, form: Form) -> str:
        """Return a form with the prefix before it: at the end of a clause."""
        if form.name == "to-infinitive":
            if not self.prefix:
                return f"zu {self.base}"
            return f"{self.prefix}zu{self.base}"
        return self.prefix + forms(self.base)[form.name] + form.ending

    def apart(self, word: str) -> list[Form]:
        """Say what finite forms a word may be that stands apart from the prefix."""
        return [Form(name) for name in _names(self.base, word) if name in FINITE]

    def at_end(self, word: str) -> list[Form]:
        """Say what forms a word may be with the prefix before it; none: no form."""
        if not word.startswith(self.prefix):
            return []
        rest = word[len(self.prefix) :]
        found = [Form(name) for name in _names(self.base, rest)]
        if self.prefix and rest == f"zu{self.base}":
            found.append(Form("to-infinitive"))
        if not found:
            for ending in _ADJECTIVE_ENDINGS:
                stem = rest.removesuffix(ending)
                if stem != rest:
                    found += [
                        Form(name, ending)
                        for name in _names(self.base, stem)
                        if name.endswith("participle")
                    ]
        return found


def verb(infinitive: str) -> Verb:
    """Return a verb.

    Args:
        infinitive: With a bar behind a prefix that is separable: ``auf|schieben``.
    """
    prefix, _, base = infinitive.rpartition("|")
    return Verb(prefix.replace("|", ""), base)


def _names(base: str, word: str) -> Iterator[str]:
    return (
        name for some in _all_forms(base) for name, form in some.items() if form == word
    )


@cache
def forms(base: str) -> dict[str, str]:
    """Return the forms of a verb without separable prefix, in the order of ``FORMS``.

    >>> forms("werfen")["second"], forms("arbeiten")["3s"], forms("wandeln")["1s"]
    ('würfe', 'arbeitet', 'wandle')
    """
    return _all_forms(base)[0]


@cache
def _all_forms(base: str) -> list[dict[str, str]]:
    """Return the forms of a verb, and those it has beside them: hing, hängte."""
    rows = _principal_parts(base)
    made = [_strong(base, *row) for row in rows] or [_weak(base)]
    return [{name: each[name] for name in FORMS if name in each} for each in made]


@cache
def _table() -> dict[str, list[list[str]]]:
    """Return the principal parts of the irregular verbs, by their infinitives.

    Third person singular, preterite and participle, and where the umlaut of the
    preterite is not it, the second subjunctive. Who has others, too, has several.
    """
    listed = files("satzpaar.translate.dictionaries") / "irregular_verbs.txt"
    table: dict[str, list[list[str]]] = {}
    for row in map(str.split, listed.read_text(encoding="utf-8").splitlines()):
        table.setdefault(row[0], []).append(row[1:])
    return table


def _principal_parts(base: str) -> list[tuple[str, str, str, str]]:
    """Return 3rd person, preterite, participle, 2nd subjunctive; none: it is weak."""
    table = _table()
    if base in _WEAK_ALL_THE_SAME:
        return []
    for prefix in ("", *_INSEPARABLE):
        root = base.removeprefix(prefix)
        if root in table and (not prefix or root != base):
            return [_with_prefix(prefix, root, row) for row in table[root]]
    return []


def _with_prefix(prefix: str, root: str, row: list[str]) -> tuple[str, str, str, str]:
    present, past, participle, *second = row
    if prefix and _has_ge(root):
        participle = participle.removeprefix("ge")
    parts = (present, past, participle, second[0] if second else _with_umlaut(past))
    present, past, participle, subjunctive = (prefix + part for part in parts)
    return present, past, participle, subjunctive


def _has_ge(root: str) -> bool:
    """Whether the participle of the table begins with a "ge" that is no prefix."""
    return not root.startswith("ge") or root in _NO_PREFIX


def _with_umlaut(past: str) -> str:
    """Return the second subjunctive of a preterite: kam, käme; ging, ginge."""
    for place in range(len(past) - 1, -1, -1):
        letter = past[place]
        if letter not in "aeiouäöü" or (letter == "e" and place == len(past) - 1):
            continue
        if letter == "u" and past[place - 1 : place] == "a":
            continue
        past = past[:place] + _UMLAUTS.get(letter, letter) + past[place + 1 :]
        break
    return past if past.endswith("e") else f"{past}e"


def _stem(base: str) -> str:
    if base.endswith(("eln", "ern")) or base in ("tun", "sein"):
        return base[:-1]
    return base.removesuffix("en") if base.endswith("en") else base.removesuffix("n")


def _needs_e(stem: str) -> bool:
    """Whether an "e" is put between a stem and t or st: arbeit-e-t, atm-e-t."""
    if stem.endswith(("d", "t")):
        return True
    before = stem[:-1]
    return (
        len(before) > 1
        and stem.endswith(("m", "n"))
        and (before[-1] not in "aeiouäöülrhmn" or before.endswith("ch"))
    )


def _weak(base: str) -> dict[str, str]:
    stem = _stem(base)
    e = "e" if _needs_e(stem) else ""
    first = stem
    if base.endswith("eln"):
        first = f"{stem[:-2]}l"
    second = f"{stem}t" if stem.endswith(_FINAL_S) else f"{stem}{e}st"
    past = f"{stem}{e}te"
    inseparable = (base in _NO_GE or _FOREIGN.search(base) is not None) or (
        base not in _NO_PREFIX and base.startswith(_INSEPARABLE)
    )
    return {
        "infinitive": base,
        "1s": f"{first}e",
        "2s": second,
        "3s": f"{stem}{e}t",
        "2p": f"{stem}{e}t",
        "pl": base,
        "past": past,
        "past 2s": f"{past}st",
        "past 2p": f"{past}t",
        "past pl": f"{past}n",
        "subjunctive": f"{first}e",
        "subjunctive pl": base,
        "second": past,
        "second 2s": f"{past}st",
        "second pl": f"{past}n",
        "imperative": f"{first}e" if e or base.endswith(("eln", "ern")) else stem,
        "participle": f"{'' if inseparable else 'ge'}{stem}{e}t",
        "present participle": f"{base}d",
    }


def _strong(
    base: str, present: str, past: str, participle: str, second: str
) -> dict[str, str]:
    stem = _stem(base)
    e = "e" if _needs_e(stem) else ""
    modal = base in _MODALS
    short = present.removesuffix("t")
    if base == "haben":
        second_person = "hast"
    elif base.endswith("werden") or present.endswith("et"):
        second_person = f"{present[:-1]}st"
    elif modal or stem.endswith("t"):  # treten: tritt, trittst
        second_person = f"{present.removesuffix('s')}st"
    elif short.endswith(_FINAL_S):
        second_person = present
    else:
        second_person = f"{short}st"
    past_e = "e" if past.endswith(("d", "t", *_FINAL_S)) else ""
    n = "n" if past.endswith("e") else "en"
    made = {
        "infinitive": base,
        "1s": present if modal else f"{stem}e",
        "2s": second_person,
        "3s": present,
        "2p": f"{stem}{e}t",
        "pl": base,
        "past": past,
        "past 2s": f"{past}{past_e}st",
        "past 2p": f"{past}{past_e}t",
        "past pl": f"{past}{n}",
        "subjunctive": f"{stem}e",
        "subjunctive pl": base,
        "second": second,
        "second 2s": f"{second}st",
        "second pl": f"{second}n",
        "imperative": _imperative(stem, present),
        "participle": participle,
        "present participle": f"{base}d",
    }
    if base == "sein":
        made |= _TO_BE | {"present participle": "seiend"}
    if base == "wissen":
        made |= _TO_KNOW | {"imperative": "wisse"}
    if base.endswith("tun"):
        made["present participle"] = f"{stem}end"
    if base.endswith("werden"):
        made["imperative"] = f"{stem}e"
    return made


def _imperative(stem: str, present: str) -> str:
    """Return the imperative: gib, tritt, nimm, but fahr, finde."""
    short = present if stem.endswith("t") else present.removesuffix("t")
    if short.count("i") > stem.count("i"):
        return short
    return f"{stem}e" if stem.endswith("d") else stem  # verschwinde
