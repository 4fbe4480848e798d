"""Which of several translations a model finds most probable, by forced decoding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from satzpaar.translate.course import Request
from satzpaar.translate.engine import Hypothesis
from satzpaar.translate.rules import plainly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from satzpaar.translate.course import Course
    from satzpaar.translate.rules import Search


def likeliest(
    source: str,
    targets: Sequence[str],
    search: Search,
    *,
    after: tuple[str, str] | None = None,
    margin: float = 0.0,
) -> Course[int | None]:
    """Return the number of the translation that the model finds most probable.

    Args:
        source: A text.
        targets: Its translations, the one that is there first.
        search: How to search.
        after: A text that it comes after, as the model reads it, and its translation.
        margin: By how much (natural log) another is to be more probable than the first.

    Returns:
        The first where nothing is more probable; None: a pair is too long to be judged.
    """
    if len(targets) == 1:
        return 0
    found = yield from totals(source, targets, search, after=after)
    if found is None:
        return None
    best = max(range(len(found)), key=lambda number: found[number])
    return best if found[best] > found[0] + margin else 0


def totals(
    source: str,
    targets: Sequence[str],
    search: Search,
    *,
    after: tuple[str, str] | None = None,
) -> Course[list[float] | None]:
    """Return the log-probabilities (natural) that the model gives translations.

    Args:
        source: A text.
        targets: Its translations.
        search: How to search.
        after: A text that it comes after, as the model reads it, and its translation.

    Returns:
        None: a pair is too long to be judged.
    """
    plain = plainly(source, search).text
    options = replace(search.options, attention=False)
    judged = yield [
        Request(plain, options, given=target, judged=True, after=after)
        for target in targets
    ]
    found = [
        each.total
        for each in judged
        if isinstance(each, Hypothesis) and each.total is not None
    ]
    return found if len(found) == len(judged) else None
