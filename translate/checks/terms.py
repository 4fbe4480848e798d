"""Terms of a glossary that a translation does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satzpaar.translate.checks.finding import Finding
from satzpaar.translate.glossary import missing

if TYPE_CHECKING:
    from satzpaar.translate.checks.finding import Check
    from satzpaar.translate.glossary import Glossary

KIND = "terms"
SUMMARY = "terms not as in the glossary (--glossary)"


def terms_check(glossary: Glossary) -> Check:
    """Make a check of a glossary.

    >>> from satzpaar.translate.glossary import Glossary
    >>> check = terms_check(Glossary([("Wärmepumpe", "heat pump")]))
    >>> [found.message for found in check("Die Wärmepumpen laufen.", "They work.")]
    ['no heat pump for Wärmepumpen']
    """

    def check(source: str, target: str) -> list[Finding]:
        return [
            Finding(
                KIND,
                "major",
                f"no {found.term.target} for {source[slice(*found.span)]}",
                found.span,
            )
            for found in missing(glossary.occurrences(source), target)
        ]

    return check
