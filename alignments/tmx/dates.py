"""Dates as TMX has them: ``20260124T103000Z``, in UTC, to the second."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

TMX_DATE: Final = re.compile(r"\d{8}T\d{6}Z", re.ASCII)


def written_date(date: datetime) -> str:
    """Return a date in TMX's notation.

    >>> written_date(datetime.fromisoformat("2026-01-24T11:30:00+01:00"))
    '20260124T103000Z'
    """
    utc = date.astimezone(UTC)
    # strftime would leave out the zeros of early years.
    return (
        f"{utc.year:04}{utc.month:02}{utc.day:02}"
        f"T{utc.hour:02}{utc.minute:02}{utc.second:02}Z"
    )


def parsed_date(text: str) -> datetime | None:
    """Return what a date means, also one in another notation of ISO 8601, or None.

    Without a time zone it is taken as UTC.
    """
    try:
        found = datetime.fromisoformat(text.strip())
        if found.tzinfo is None:
            return found.replace(tzinfo=UTC)
        found.astimezone(UTC)  # not every date of another zone has one there
    except (ValueError, OverflowError):
        return None
    return found


def is_tmx_date(text: str) -> bool:
    """Say whether a date is in TMX's notation, and one that the calendar has."""
    return bool(TMX_DATE.fullmatch(text)) and parsed_date(text) is not None
