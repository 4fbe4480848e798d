"""How many damaged translations each check finds, and how often it cries wolf.

    python benchmarks/check_precision.py

takes human translations of the WMT news test sets, damages each in one way at a time
(a number changed, a negation dropped, a clause left out …) and prints for each kind of
damage: cases; recall, the share in which the check finds something that it does not
find in the undamaged text; the false alarms, the share of *all* undamaged references
of which the check complains; and the precision on an even mix of the damaged and the
same references undamaged. The rules were made on newstest2013 to 2016; the report is
on 2017, 2018 and WMT23. References have errors of their own, which count as alarms.
"""

# ruff: noqa: ARG001 (all take what the protocol gives)

from __future__ import annotations

import argparse
import hashlib
import re
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from satzpaar.eval.contrast import PERTURBATIONS
from satzpaar.translate.checks.registry import CHECKS
from satzpaar.translate.checks.untranslated import is_compound
from satzpaar.translate.checks.words import LETTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Damage = Callable[[str, str, Random], str | None]

DATA = Path(__file__).parents[2] / "shared" / "data"
DEVELOPMENT = ("newstest2013", "newstest2014", "newstest2015", "newstest2016")
REPORT = ("newstest2017", "newstest2018", "wmt23")

SENTENCE_END = re.compile(r"[.!?][\"”']?$")


def read_test_set(name: str) -> list[tuple[str, str]]:
    """Read sources and references."""
    if name == "wmt23":
        folder = DATA / "wmt23"
        source = folder / "generaltest2023.de-en.src.de"
        reference = folder / "generaltest2023.de-en.ref.refA.en"
    else:
        source, reference = (DATA / "wmt" / f"{name}.{code}" for code in ("de", "en"))
    texts = [
        path.read_text(encoding="utf-8").split("\n") for path in (source, reference)
    ]
    return [
        (german, english)
        for german, english in zip(*texts, strict=True)
        if german.strip() and english.strip()
    ]


def drop_clause(source: str, reference: str, random: Random) -> str | None:
    """Leave out what stands between two commas, or after the last one."""
    parts = reference.split(", ")
    places = [
        number for number, part in enumerate(parts) if number and len(part.split()) >= 4
    ]
    if not places or len(reference) < 60:
        return None
    dropped = random.choice(places)
    end = SENTENCE_END.search(reference)
    kept = [part for number, part in enumerate(parts) if number != dropped]
    text = ", ".join(kept)
    return text + end.group() if end and not SENTENCE_END.search(text) else text


def drop_half(source: str, reference: str, random: Random) -> str | None:
    """Keep the first half of the words, and the full stop."""
    words = reference.split()
    end = SENTENCE_END.search(reference)
    if len(words) < 12 or not end:
        return None
    return " ".join(words[: len(words) // 2]).rstrip(",;:") + end.group()


def cut_off(source: str, reference: str, random: Random) -> str | None:
    """Break off somewhere in the last third."""
    words = reference.split()
    if len(words) < 9 or not SENTENCE_END.search(reference):
        return None
    return " ".join(words[: random.randrange(len(words) * 2 // 3, len(words))])


def repeat_clause(source: str, reference: str, random: Random) -> str | None:
    """Say the last eight words twice."""
    words = reference.split()
    if len(words) < 12:
        return None
    return " ".join([*words, *words[-8:]])


def loop(source: str, reference: str, random: Random) -> str | None:
    """Get stuck on three words."""
    words = reference.split()
    if len(words) < 8:
        return None
    place = random.randrange(3, len(words) - 1)
    stuck = words[place - 3 : place]
    return " ".join([*words[:place], *stuck, *stuck, *stuck, *words[place:]])


def double_word(source: str, reference: str, random: Random) -> str | None:
    """Write one small word twice."""
    words = reference.split()
    places = [
        number for number, word in enumerate(words) if word.islower() and word.isalpha()
    ]
    if not places:
        return None
    place = random.choice(places)
    return " ".join([*words[:place], words[place], *words[place:]])


def say_again(source: str, reference: str, random: Random) -> str | None:
    """Join a word with itself: "work and work", "head of the head"."""
    words = list(re.finditer(r"\b[a-z]{5,}\b", reference))
    if not words:
        return None
    word = random.choice(words)
    joint = random.choice((" and ", " of ", " of the ", ", "))
    return reference[: word.end()] + joint + word.group() + reference[word.end() :]


def leave_german_word(source: str, reference: str, random: Random) -> str | None:
    """Put a small German word of the source for an English one."""
    german = [
        word for word in LETTERS.findall(source) if word.islower() and len(word) >= 4
    ]
    words = reference.split()
    places = [
        number for number, word in enumerate(words) if word.islower() and word.isalpha()
    ]
    if not german or not places:
        return None
    words[random.choice(places)] = random.choice(german)
    return " ".join(words)


def leave_german_stretch(source: str, reference: str, random: Random) -> str | None:
    """End in five German words of the source."""
    german, words = source.split(), reference.split()
    if len(german) < 10 or len(words) < 10:
        return None
    start = random.randrange(1, len(german) - 5)
    place = random.randrange(2, len(words) - 5)
    return " ".join([*words[:place], *german[start : start + 5], *words[place + 5 :]])


def leave_compound(source: str, reference: str, random: Random) -> str | None:
    """Put a German compound for an English word."""
    german = [word for word in LETTERS.findall(source) if is_compound(word)]
    words = reference.split()
    places = [
        number for number, word in enumerate(words) if word.islower() and len(word) > 4
    ]
    if not german or not places:
        return None
    words[random.choice(places)] = random.choice(german)
    return " ".join(words)


def misspell(source: str, reference: str, random: Random) -> str | None:
    """Swap two letters within a word of seven or more."""
    places = [match.start() for match in re.finditer(r"(?<!\S)[a-z]{7,}\b", reference)]
    if not places:
        return None
    at = random.choice(places) + random.randrange(1, 5)
    return reference[:at] + reference[at + 1] + reference[at] + reference[at + 2 :]


def make_word(source: str, reference: str, random: Random) -> str | None:
    """Put two halves of words together for one of them, as models of pieces do."""
    words = list(re.finditer(r"(?<!\S)[a-z]{7,}\b", reference))
    if len(words) < 2:
        return None
    first, last = random.sample(words, 2)
    made = first[0][: len(first[0]) // 2 + 1] + last[0][len(last[0]) // 2 :]
    return reference[: first.start()] + made + reference[first.end() :]


def lower_start(source: str, reference: str, random: Random) -> str | None:
    """Begin with a small letter."""
    if not reference[0].isupper() or not reference[1:2].islower():
        return None
    return reference[0].lower() + reference[1:]


def lower_all(source: str, reference: str, random: Random) -> str | None:
    """Write everything small."""
    return reference.lower() if reference.lower() != reference else None


def shout(source: str, reference: str, random: Random) -> str | None:
    """Write everything in capitals."""
    if source.upper() == source or len(LETTERS.findall(reference)) < 4:
        return None
    return reference.upper()


def drop_mark(source: str, reference: str, random: Random) -> str | None:
    """Leave out one quote or bracket."""
    places = [place for place, mark in enumerate(reference) if mark in '"“”()[]']
    if not places:
        return None
    place = random.choice(places)
    return reference[:place] + reference[place + 1 :]


def drop_quotes(source: str, reference: str, random: Random) -> str | None:
    """Leave out all double quotes."""
    return re.sub(r"[\"“”]", "", reference)


def german_number(source: str, reference: str, random: Random) -> str | None:
    """Leave a number as German writes it: 1.000 and 3,5."""
    swap = str.maketrans(",.", ".,")
    places = list(re.finditer(r"\d+[.,]\d+", reference))
    if not places:
        return None
    match = random.choice(places)
    if match.group() in source:
        return None
    return (
        reference[: match.start()]
        + match.group().translate(swap)
        + reference[match.end() :]
    )


def swap_any_name(source: str, reference: str, random: Random) -> str | None:
    """Put a surname for any capitalised word that both texts have inside a sentence.

    Most are names, many of firms, parties and towns.
    """
    inside = r"(?<=[a-zäöüß,] )[A-ZÄÖÜ][a-zäöüß]{3,}(?![\w-])"
    shared = sorted({*re.findall(inside, source)} & {*re.findall(inside, reference)})
    if not shared:
        return None
    name = random.choice(shared)
    return re.sub(rf"(?<![\w-]){name}(?![\w-])", "Lindemann", reference)


# kind of damage: the check that should find it, and how it is done.
DAMAGES: dict[str, tuple[str, Damage]] = {
    "number changed": ("numbers", PERTURBATIONS["number"]),
    "number left in German": ("numbers", german_number),
    "unit changed": ("numbers", PERTURBATIONS["unit"]),
    "month or weekday changed": ("dates", PERTURBATIONS["date"]),
    "name changed": ("names", PERTURBATIONS["name"]),
    "any shared capitalised word changed": ("names", swap_any_name),
    "negation dropped": ("negation", PERTURBATIONS["negation dropped"]),
    "negation added": ("negation", PERTURBATIONS["negation added"]),
    "German word left": ("untranslated", leave_german_word),
    "five German words left": ("untranslated", leave_german_stretch),
    "German compound left": ("compounds", leave_compound),
    "word misspelt": ("spelling", misspell),
    "word made of two": ("spelling", make_word),
    "eight words said twice": ("repetition", repeat_clause),
    "loop of three words": ("repetition", loop),
    "word doubled": ("repetition", double_word),
    "word joined with itself": ("repetition", say_again),
    "clause dropped": ("omission", drop_clause),
    "second half dropped": ("omission", drop_half),
    "broken off": ("truncation", cut_off),
    "begun small": ("casing", lower_start),
    "all small": ("casing", lower_all),
    "all capitals": ("casing", shout),
    "a quote or bracket dropped": ("marks", drop_mark),
    "all quotes dropped": ("marks", drop_quotes),
}


def damaged(
    name: str, damage: Damage, segments: list[tuple[str, str]], seed: int
) -> Iterator[tuple[str, str, str]]:
    """Yield source, reference and damaged reference where there is a place for it."""
    for source, reference in segments:
        key = f"{seed}\0{name}\0{source}\0{reference}".encode()
        random = Random(hashlib.sha256(key).digest())
        worse = damage(source, reference, random)
        if worse is not None and worse != reference:
            yield source, reference, worse


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sets", nargs="+", default=REPORT, metavar="NAME")
    parser.add_argument(
        "--development", action="store_true", help="the sets the rules were made on"
    )
    parser.add_argument("--limit", type=int, help="cases of each damage")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", choices=CHECKS, help="measure this one alone")
    parser.add_argument("--show", metavar="DAMAGE", help="print what was not found")
    options = parser.parse_args()
    names = DEVELOPMENT if options.development else options.sets
    segments = [pair for name in names for pair in read_test_set(name)]
    chosen = {
        name: (check, damage)
        for name, (check, damage) in DAMAGES.items()
        if options.check in (None, check) and options.show in (None, name)
    }
    wanted = {check for check, _ in chosen.values()}
    alarms = {
        name: {
            pair: {found.message for found in CHECKS[name](*pair)}
            for pair in dict.fromkeys(segments)
        }
        for name in sorted(wanted)
    }
    print(f"{', '.join(names)}: {len(segments)} segments, seed {options.seed}\n")
    print("| check | damage | cases | recall | precision | false alarms |")
    print("|---|---|--:|--:|--:|--:|")
    for name, (check, damage) in chosen.items():
        cases = found = wolf = 0
        for source, reference, worse in damaged(name, damage, segments, options.seed):
            if options.limit and cases == options.limit:
                break
            cases += 1
            before = alarms[check][source, reference]
            after = {finding.message for finding in CHECKS[check](source, worse)}
            found += bool(after - before)
            wolf += bool(before)
            if options.show and not after - before:
                print(f"- {source}\n  {worse}")
        crying = sum(map(bool, alarms[check].values())) / len(alarms[check])
        precision = found / (found + wolf) if found + wolf else 0.0
        print(
            f"| {check} | {name} | {cases} | {found / max(cases, 1):.1%} "
            f"| {precision:.1%} | {crying:.2%} |"
        )


if __name__ == "__main__":
    main()
