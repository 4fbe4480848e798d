"""The filters of `satzpaar.alignments.filters`, as command lines choose them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from satzpaar.alignments.filters import FILTERS
from satzpaar.translate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

FILTER_NAMES = f"""\
filters: {", ".join(FILTERS)}
(docs/corpora.md says what each measures, and how well)"""


def threshold_of(argument: str) -> tuple[str, float]:
    """Part ``NAME=X``.

    >>> threshold_of("long=600")
    ('long', 600.0)
    """
    name, _, value = argument.partition("=")
    try:
        threshold = float(value)
    except ValueError:
        threshold = math.nan
    if math.isnan(threshold):  # also "nan", which would reject every unit
        raise UsageError(f"--filter {argument}: NAME=X is expected, X a number")
    return name, threshold


def without_of(arguments: Sequence[str]) -> Sequence[str]:
    """Say which filters are left out; ``all`` means every one."""
    return list(FILTERS) if "all" in arguments else arguments
