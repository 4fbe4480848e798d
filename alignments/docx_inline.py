"""The runs of a Word paragraph as one text with nested marks over it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from satzpaar.translate.formats.inline import InlineBuilder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from satzpaar.translate.formats.inline import Inline

PARTS: Final = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


@dataclass(frozen=True, slots=True, eq=False)
class Wrapper:
    """What is written around text: formatting, a link, a field.

    Two stretches are in one wrapper if it is the same object.
    """

    name: str
    opening: str

    @property
    def closing(self) -> str:
        """What is written behind the text."""
        return f"</{self.name}>"


FORMATTING: Final = {
    name: Wrapper(name, f"<{name}>") for name in ("b", "i", "u", "s", "sup", "sub")
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with one formatting, or what has no text."""

    text: str
    wrappers: tuple[Wrapper, ...]  # of equally long ones the first is the outermost
    literal: str = ""  # an image or the like; then there is no text


def inline_of(pieces: Iterable[Piece]) -> Inline:
    """Join pieces; formatting that goes on is one mark, however Word split it.

    Which formatting a space has nobody sees: it has what both its neighbours have.
    An image has the same, and its own link.
    """
    atoms = _settled(_atoms(pieces))
    builder = InlineBuilder()
    around: list[Wrapper] = []
    for atom, reach in zip(atoms, _reaches(atoms), strict=True):
        wanted = set(atom.wrappers)
        while not wanted.issuperset(around):
            closed = around.pop()
            builder.close(closed.closing, closed.name)
        # White space is in what goes on over it, and begins nothing.
        opened = [] if atom.text.isspace() else atom.wrappers
        missing = [wrapper for wrapper in opened if wrapper not in around]
        for wrapper in sorted(missing, key=lambda wrapper: -reach[wrapper]):
            builder.open(wrapper.opening, wrapper.name)
            around.append(wrapper)
        if atom.literal:
            builder.empty(atom.literal)
        else:
            builder.text(atom.text)
    for wrapper in reversed(around):
        builder.close(wrapper.closing, wrapper.name)
    return builder.inline()


def _atoms(pieces: Iterable[Piece]) -> list[Piece]:
    """Part text from the white space around it."""
    atoms: list[Piece] = []
    for piece in pieces:
        if piece.literal:
            atoms.append(piece)
        elif (found := PARTS.fullmatch(piece.text)) is not None:
            atoms += [Piece(text, piece.wrappers) for text in found.groups() if text]
    return atoms


def _settled(atoms: Sequence[Piece]) -> list[Piece]:
    """Give white space and images the wrappers that go on over them."""
    after: list[frozenset[Wrapper]] = []
    following: frozenset[Wrapper] = frozenset()
    for atom in reversed(atoms):
        after.append(following)
        if atom.text.strip():
            following = frozenset(atom.wrappers)
    settled: list[Piece] = []
    before: tuple[Wrapper, ...] = ()
    for atom, follows in zip(atoms, reversed(after), strict=True):
        if atom.text.strip():
            before = atom.wrappers
            settled.append(atom)
            continue
        wrappers = [wrapper for wrapper in before if wrapper in follows]
        if atom.literal:
            formatting = FORMATTING.values()
            wrappers += [
                wrapper
                for wrapper in atom.wrappers
                if wrapper not in wrappers and wrapper not in formatting
            ]
        settled.append(Piece(atom.text, tuple(wrappers), atom.literal))
    return settled


def _reaches(atoms: Sequence[Piece]) -> list[dict[Wrapper, int]]:
    """Return for each atom where each of its wrappers ends."""
    reaches: list[dict[Wrapper, int]] = []
    following: dict[Wrapper, int] = {}
    for place in range(len(atoms) - 1, -1, -1):
        following = {
            wrapper: following.get(wrapper, place) for wrapper in atoms[place].wrappers
        }
        reaches.append(following)
    return reaches[::-1]
