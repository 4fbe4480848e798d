"""What somebody should look at in a translation, said with the line it is in."""

from __future__ import annotations

from collections import Counter
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.cli.progress import counted
from satzpaar.translate.checks import are_for
from satzpaar.translate.errors import UsageError
from satzpaar.translate.protection import Span, blackened, protected_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from satzpaar.cli.progress import Progress
    from satzpaar.translate.checks.finding import Check, Finding
    from satzpaar.translate.document import Document, Segment
    from satzpaar.translate.models import Model
    from satzpaar.translate.rules import Issue
    from satzpaar.translate.translation import Translation

WARNINGS: dict[Issue, str] = {
    "incomplete": "the translation is incomplete",
    "repetitive": "the translation repeats itself",
    "untranslated": "left as it is",
}
MOST_WARNINGS = 10  # for one file; a bad model would fill the screen
MOST_CHARACTERS = 60  # of a text that is quoted

# Formats whose blocks hold their source as it is read: between the lines of subtitles
# stand numbers and times, and in archives stands XML.
LINED = frozenset(["text", "markdown", "html"])

ALL = "all"


def checks_of(argument: str | None, model: Model) -> Mapping[str, Check]:
    """Return the checks that ``--check`` names; none where it is not given.

    Raises:
        UsageError: There is no such check, or none for the model's languages.
    """
    if argument is None:
        return {}
    if not are_for(model.source_language, model.target_language):
        raise UsageError(
            f"--check knows German and English; {model.name} translates "
            f"{model.source_language or '?'}-{model.target_language or '?'}"
        )
    from satzpaar.translate.checks.registry import CHECKS, choose_checks

    names = list(CHECKS) if argument == ALL else argument.split(",")
    try:
        return choose_checks(name.strip() for name in names)
    except UsageError as error:
        hint = "; FILE goes before --check" if Path(argument).is_file() else ""
        raise UsageError(f"--check: {error}{hint}") from None


class Doubts:
    """Tells what is doubtful, and counts it.

    Args:
        progress: Where to say it.
        checks: What to look for beside what the translating itself reports.
    """

    def __init__(self, progress: Progress, checks: Mapping[str, Check]) -> None:
        self._progress = progress
        self._checks = checks
        self._found: Counter[str] = Counter()
        self._doubtful = self._seen = 0  # segments

    def tell(
        self, place: str, document: Document, translations: Sequence[Translation]
    ) -> None:
        """Name the lines of one document whose translation somebody should look at."""
        placed = [
            (line, translation, self._findings(translation))
            for line, translation in zip(_lines(document), translations, strict=True)
        ]
        issues = [
            f"{place}:{line}: {WARNINGS[issue]}: {_quoted(translation.source.text)}"
            for line, translation, findings in placed
            for issue in sorted(translation.issues)
            # A check says it too, and counts it.
            if issue not in _of_the_whole(findings, translation.target.text)
        ]
        issues += [
            f"{place}:{line}: the glossary's {term.target} for {term.source} is "
            f"missing: {_quoted(translation.target.text)}"
            for line, translation, _ in placed
            for term in translation.missed
        ]
        for issue in issues[:MOST_WARNINGS]:
            self._progress.say(issue)
        if len(issues) > MOST_WARNINGS:
            rest = len(issues) - MOST_WARNINGS
            self._progress.say(f"{place}: and {rest} more such places")
        for line, translation, findings in placed:
            source, target = translation.source.text, translation.target.text
            for finding in findings:
                where = _quoted(target if finding.target else source, finding.target)
                self._progress.say(
                    f"{place}:{line}: {finding.kind}: {finding.message}: {where}"
                )

    def _findings(self, translation: Translation) -> list[Finding]:
        """Ask all checks, and count."""
        target = _words_of(translation.target)
        found = self._asked(_words_of(translation.source), target)
        if translation.read is not None:
            # An idiom may have a name, a number or a "not" that its meaning has not.
            meant = {
                (each.kind, each.message)
                for each in self._asked(_words_of(translation.read), target)
            }
            found = [each for each in found if (each.kind, each.message) in meant]
        self._seen += 1
        self._doubtful += bool(found)
        self._found.update(finding.kind for finding in found)
        return found

    def _asked(self, source: str, target: str) -> list[Finding]:
        checks = self._checks.values()
        return [finding for check in checks for finding in check(source, target)]

    def summary(self) -> str:
        """Say in one line how much was found; empty where nothing was looked for."""
        if not self._checks:
            return ""
        kinds = ", ".join(f"{kind} {n}" for kind, n in self._found.most_common())
        return (
            f"satzpaar: {counted(self._found.total(), 'likely error')} in "
            f"{self._doubtful} of {counted(self._seen, 'segment')}"
            + (f": {kinds}" if kinds else "")
        )


def _of_the_whole(findings: Sequence[Finding], target: str) -> set[str]:
    """Return the kinds of what is wrong with all of a text."""
    return {each.kind for each in findings if each.target == (0, len(target))}


def _lines(document: Document) -> Iterator[int]:
    """Yield the line of each segment; in other formats, what their blocks count by."""
    for block in document.blocks():
        if document.format in LINED:
            yield from block.lines()
        else:
            yield from repeat(block.line, len(block.segments))


def _words_of(segment: Segment) -> str:
    """Return the text without code, links and the like, which nobody translates."""
    code = [Span(mark.start, mark.end) for mark in segment.marks if mark.verbatim]
    return blackened(segment.text, protected_spans(segment.text, code))


def _quoted(text: str, span: tuple[int, int] | None = None) -> str:
    """Shorten a text to what is around *span*, or to its start."""
    if len(text) <= MOST_CHARACTERS:
        return text
    start = 0
    if span is not None:
        middle = (span[0] + span[1]) // 2
        start = min(middle - MOST_CHARACTERS // 2, len(text) - MOST_CHARACTERS)
        start = max(0, start)
    shown = text[start : start + MOST_CHARACTERS].strip()
    before = "..." if start else ""
    after = "..." if start + MOST_CHARACTERS < len(text) else ""
    return f"{before}{shown}{after}"
