"""Inline codes between TMX's elements (bpt, ept, it, ph) and ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from satzpaar.alignments.bitext import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from satzpaar.alignments.bitext import CodeKind


@dataclass(frozen=True, slots=True)
class RawCode:
    """A code as the file has it."""

    position: int  # characters of the text before it
    name: str  # of the element
    i: str | None
    x: str | None
    pos: str | None  # of <it>: begin or end
    content: str


def paired(codes: Sequence[Code]) -> dict[int, int]:
    """Return which closing code, by its place in *codes*, ends which opening one.

    Of several open codes with one number the last is closed first.
    """
    waiting: dict[int, list[int]] = {}
    pairs: dict[int, int] = {}
    for place, code in enumerate(codes):
        if code.kind == "open":
            waiting.setdefault(code.number, []).append(place)
        elif code.kind == "close" and waiting.get(code.number):
            pairs[place] = waiting[code.number].pop()
    return pairs


def written(text: str, codes: Sequence[Code], escape: Callable[[str], str]) -> str:
    """Return the content of a <seg>.

    ``x`` is the number that both languages share; ``i`` pairs bpt with ept and is
    unique in a segment, as it has to be. A half without its other half is an <it>.
    """
    opening_of = paired(codes)
    pair_numbers: dict[int, int] = {}  # by the place of the opening
    for opening in opening_of.values():
        pair_numbers[opening] = 0
    used: set[int] = set()
    for opening in sorted(pair_numbers):
        i = codes[opening].number
        while i in used:
            i += 1
        used.add(i)
        pair_numbers[opening] = i
    pieces: list[str] = []
    last = 0
    for place, code in enumerate(codes):
        pieces.append(escape(text[last : code.position]))
        last = code.position
        content = escape(code.content)
        x = code.number
        if place in pair_numbers:
            i = pair_numbers[place]
            pieces.append(f'<bpt i="{i}" x="{x}">{content}</bpt>')
        elif place in opening_of:
            i = pair_numbers[opening_of[place]]
            pieces.append(f'<ept i="{i}">{content}</ept>')
        elif code.kind == "alone":
            pieces.append(f'<ph x="{x}">{content}</ph>')
        else:
            pos = "begin" if code.kind == "open" else "end"
            pieces.append(f'<it pos="{pos}" x="{x}">{content}</it>')
    pieces.append(escape(text[last:]))
    return "".join(pieces)


def numbered(
    source: Iterable[RawCode], target: Iterable[RawCode]
) -> tuple[tuple[Code, ...], tuple[Code, ...]]:
    """Return the codes of both languages, numbered so that counterparts share it.

    That is ``x`` where there is one. Where there is none, ``i`` tells which pairs
    belong together, and codes without either are counted in the order of the text.
    """
    sides = [_with_keys(side) for side in (source, target)]
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for side in sides:
        for _, key in side:
            kind, _, value = key.partition(" ")
            if kind == "x" and value.isdecimal() and int(value) > 0:
                numbers[key] = int(value)
                taken.add(int(value))
    free = 0
    for side in sides:
        for _, key in side:
            if key in numbers:
                continue
            _, _, value = key.partition(" ")
            number = int(value) if value.isdecimal() else 0
            if number < 1 or number in taken:
                free += 1
                while free in taken:
                    free += 1
                number = free
            numbers[key] = number
            taken.add(number)
    first, second = (
        tuple(
            Code(raw.position, _kind(raw), numbers[key], raw.content)
            for raw, key in side
        )
        for side in sides
    )
    return first, second


def _with_keys(codes: Iterable[RawCode]) -> list[tuple[RawCode, str]]:
    """Give each code what it shares with its other half and its counterpart."""
    opened: dict[str, str] = {}  # i to the key of its bpt
    found: list[tuple[RawCode, str]] = []
    counts: dict[str, int] = {}
    for raw in codes:
        if raw.name == "ept" and raw.i in opened:
            key = opened[raw.i]
        elif raw.x:
            key = f"x {raw.x.strip()}"
        elif raw.i:
            key = f"i {raw.i.strip()}"
        else:
            counts[raw.name] = counts.get(raw.name, 0) + 1
            key = f"{raw.name}# {counts[raw.name]}"
        if raw.name == "bpt" and raw.i:
            opened[raw.i] = key
        found.append((raw, key))
    return found


def _kind(raw: RawCode) -> CodeKind:
    if raw.name == "bpt" or (raw.name == "it" and raw.pos == "begin"):
        return "open"
    if raw.name == "ept" or (raw.name == "it" and raw.pos == "end"):
        return "close"
    return "alone"
