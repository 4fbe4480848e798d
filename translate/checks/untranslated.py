"""German that was left in the English: words, stretches, compounds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from satzpaar.translate.checks.english_words import is_english
from satzpaar.translate.checks.finding import Finding
from satzpaar.translate.checks.names import names
from satzpaar.translate.checks.whole import is_copy
from satzpaar.translate.checks.words import (
    GERMAN_FUNCTION_WORDS,
    SHARED_WORDS,
    WORD,
    inside,
    quoted_spans,
    without_links,
)
from satzpaar.translate.lexicon import word_counts

if TYPE_CHECKING:
    from collections.abc import Sequence

KIND = "untranslated"
COMPOUNDS = "compounds"

# What borrowings and cognates end in: "private", "zombies".
_ENGLISH_SHAPE = re.compile(
    r"(?:ive|al|ant|ent|ion|ate|ile|ine|ism|able|ible|ity|ing|ed|ly|less|ness|ous|ic|"
    r"ics|age|ance|ence|y|ies|us|um|iae?|ph|[^aeiouf]rs|ow|ew|ock|ck|sh)\Z"
)

# What names of persons begin with: "von der Leyen".
_PARTICLES = frozenset({"von", "vom", "zu", "zur", "zum"})
# English has it too, but in names of towns it is German: "Steinau an der Straße".
_AT = "an"
# Before the second word of a species: L. reuteri, Lactobacillus reuteri.
_LATIN_NAME = re.compile(r"\b(?:[A-Z]\.|[A-Z][a-z]+(?:us|um|is|a)) \Z")

# Parts of a path, a name of a file, a call or a setting.
_CODE_BEFORE = re.compile(r"[_./(=]\Z")
_CODE_AFTER = re.compile(r"[_/(=]|\.\w")

_CAPITALISED = re.compile(r"\b([A-ZÄÖÜ][\w.-]*) \Z")

# Words in a row of the source that came over as they were.
SHORTEST_STRETCH = 3
# Of these at least so many are words of the smallest kind; a title may have one.
FUNCTION_WORDS_IN_STRETCH = 2
SHORTEST_LOWER_CASE_WORD = 4

# Heads of nouns that no place, person or firm is named by, and joints of compounds.
_HEADS = (
    "ung|ungen|heit|heiten|keit|keiten|schaften|gesetze?s?|gesetzes|politik|steuern?|"
    "versicherung|verfahrens?|vertrage?s?|verträge|beschlusse?s?|ausschuss|ausschusse?s|"
    "verbote?s?|kosten|preise?s?|gebühr|gebühren|arbeiter|arbeiten|nehmer|geber|"
    "täter|opfer|fahrer|fahrzeuge?s?|unfälle|unfall|unfalls|rechte?s?|pflicht|pflichten|"
    "maßnahmen?|führer|leiter|sprecher|mitglieder|mitglieds?|parteien|wahl|wahlen|"
    "behörden?|ämter|anstalt|anstalten|einrichtung|frage|fragen|krise|krisen|"
    "entwicklung|bewegung|zeit|zeiten|jahre?n?|monate?n?|woche|wochen|tage?n?|stunden?|"
    "kinder|kindern|leute|frauen|männer|menschen|schüler|lehrer|bürger|einwohner|"
    "wirtschaft|wissenschaft|industrie|quote|raten?|zahl|zahlen|menge|mengen|"
    "mittel|mitteln|gelder|geldern?|hilfe|hilfen|pläne|plänen|plans?|bericht|berichte|"
    "ergebnisse?s?|werte?s?|verhältnisse?s?|gefahr|gefahren|schutz|schutze?s"
)
_COMPOUND = re.compile(
    rf"[A-ZÄÖÜ][a-zäöüß]*(?:"
    rf"[a-zäöüß]{{3,}}(?:ungs|keits|heits|schafts|täts|ions|tums)[a-zäöüß]{{3,}}"
    rf"|[a-zäöüß]{{2,}}(?:{_HEADS}))"
)
SHORTEST_COMPOUND = 9
# Compounds that name one thing, or that English has taken over.
_KEPT = re.compile(
    r"(?:straße|strasse|platz|weg|gasse|allee|brücke|burg|berg|dorf|hausen|heim|stadt|"
    r"zeitung|nachrichten|blatt|schau|post|haus|halle|bank|werke?|kirche|dom|fest|"
    r"markt|garten|park|verlag|akademie|gesellschaft|bund|verein|museum|theater|"
    r"universität|hochschule|gymnasium)s?\Z|Weltanschauung|Wehrmacht|Bundes\w+|"
    r"Verfassungsschutz\w*|Gleichschaltung|Volks\w+|Landes\w+|Schadenfreude|"
    r"Vergangenheitsbewältigung|Mittelstand|Zeitgeist|Kindergarten",
)


def check_untranslated(source: str, target: str) -> list[Finding]:
    """Find German words and stretches that no title or name explains.

    >>> [found.message for found in check_untranslated("Er kam nicht.", "He nicht.")]
    ['German: "nicht"']
    """
    if is_copy(source, target):
        span = (0, len(target))
        return [Finding(KIND, "major", "not translated at all", None, span)]
    target = without_links(target)
    words = list(WORD.finditer(target))
    quoted = quoted_spans(target)
    original = _runs(source)
    theirs = quoted_spans(source)
    known = {
        match.group()
        for match in WORD.finditer(source)
        if not inside(match.start(), theirs)
    }
    found: list[Finding] = []
    covered = 0
    for first, last in _stretches(words, original):
        start, end = words[first].start(), words[last - 1].end()
        texts = [word.group() for word in words[first:last]]
        small = sum(text in GERMAN_FUNCTION_WORDS for text in texts)
        # "Weilen unter den Rinnen": capitals around small words make a name.
        named = texts[-1].istitle() and not any(
            text.islower() and text not in GERMAN_FUNCTION_WORDS for text in texts
        )
        named = named and (texts[0].istitle() or texts[0] in _PARTICLES)
        if small >= FUNCTION_WORDS_IN_STRETCH and not (named or inside(start, quoted)):
            message = f'German: "{target[start:end]}"'
            found.append(Finding(KIND, "major", message, None, (start, end)))
            covered = max(covered, end)
    for number, word in enumerate(words):
        text = word.group()
        if word.start() < covered or inside(word.start(), quoted):
            continue
        if any(part in text for part in "-’'") or _is_code(target, *word.span()):
            continue
        if _LATIN_NAME.search(target, 0, word.start()):
            continue
        if _is_german(text, known) and not _in_a_name(
            _neighbour(words[:number][::-1]), _neighbour(words[number + 1 :])
        ):
            message = f'German: "{text}"'
            found.append(Finding(KIND, "major", message, None, word.span()))
    return sorted(found, key=lambda one: one.target or (0, 0))


def _is_german(word: str, source_words: set[str]) -> bool:
    if not word.islower() or word in SHARED_WORDS:
        return False
    if word in GERMAN_FUNCTION_WORDS:
        return word in source_words or len(word) >= SHORTEST_LOWER_CASE_WORD
    return (
        word in source_words
        and len(word) >= SHORTEST_LOWER_CASE_WORD
        and not _ENGLISH_SHAPE.search(word)
        and not _is_rather_english(word)
    )


def _is_rather_english(word: str) -> bool:
    """Say whether English has a word, and German does not have it more often."""
    return is_english(word) and (
        word_counts("en").get(word, 0) >= word_counts("de").get(word, 0)
    )


def _is_code(text: str, start: int, end: int) -> bool:
    """Say whether a word touches what no sentence puts beside one: ``print(``."""
    return bool(_CODE_BEFORE.search(text, 0, start) or _CODE_AFTER.match(text, end))


def _neighbour(words: Sequence[re.Match[str]]) -> str:
    """Return the first word that is none of the smallest kind."""
    texts = (word.group() for word in words)
    small = GERMAN_FUNCTION_WORDS | {_AT}
    return next((text for text in texts if text not in small), "")


def _in_a_name(before: str, after: str) -> bool:
    """Say whether a small word stands among capitals: "Rock am Ring"."""
    return before[:1].isupper() and after[:1].isupper()


def _runs(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text)
    size = SHORTEST_STRETCH
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def _stretches(
    words: list[re.Match[str]], original: set[tuple[str, ...]]
) -> list[tuple[int, int]]:
    """Return the longest runs of words that stand in the source as they do here."""
    texts = [word.group() for word in words]
    size = SHORTEST_STRETCH
    runs: list[tuple[int, int]] = []
    for start in range(len(texts) - size + 1):
        if tuple(texts[start : start + size]) in original:
            if runs and start < runs[-1][1]:
                runs[-1] = (runs[-1][0], start + size)
            else:
                runs.append((start, start + size))
    return runs


def check_compounds(source: str, target: str) -> list[Finding]:
    """Find German compounds that stand in the English as they were.

    Names of streets, papers and institutions stay as they are; so does what is
    quoted, bracketed, explained in brackets after it, or behind a word of a name.

    >>> text = "Die Arbeitslosenversicherung zahlt."
    >>> [found.message for found in
    ...     check_compounds(text, "The Arbeitslosenversicherung pays.")]
    ['"Arbeitslosenversicherung" is left as it is']
    """
    quoted = quoted_spans(target)
    # "Frau Siebrecht" is nobody's right.
    known = set(WORD.findall(source)) - {name for name, _ in names(source)}
    found = []
    for match in WORD.finditer(target):
        word = match.group()
        if word not in known or not is_compound(word):
            continue
        if inside(match.start(), quoted) or _explained(target, match.end()):
            continue
        if _in_name(source, target, match):
            continue
        message = f'"{word}" is left as it is'
        found.append(Finding(COMPOUNDS, "major", message, None, match.span()))
    return found


def is_compound(word: str) -> bool:
    """Say whether *word* is a German compound that English has another word for.

    >>> is_compound("Umweltverschmutzung"), is_compound("Hauptstraße")
    (True, False)
    """
    return (
        len(word) >= SHORTEST_COMPOUND
        and _COMPOUND.fullmatch(word) is not None
        and not _KEPT.search(word)
    )


def _in_name(source: str, target: str, match: re.Match[str]) -> bool:
    """Whether a capitalised word before it came over too: Roswitha Engelbrecht."""
    before = _CAPITALISED.search(target[: match.start()])
    return before is not None and f"{before[1]} {match.group()}" in source


def _explained(target: str, end: int) -> bool:
    return bool(re.match(r"[”\"]?\s*[(\[]", target[end:]))
