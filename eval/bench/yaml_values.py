"""A YAML file as values that know their line, so that a complaint can name it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

import yaml

from satzpaar.translate.errors import InputError
from satzpaar.translate.files import decode, read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


LONGEST_QUOTE: Final = 60  # characters: a file of plain text is one value, all of it


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a YAML file and where it stands."""

    path: Path
    line: int  # from 1
    name: str  # what it is called: "systems: beam"
    content: dict[str, Value] | list[Value] | str | int | float | bool | None

    def complaint(self, message: str) -> InputError:
        """Make the error that names this value and its line."""
        where = f"{self.name}: " if self.name else ""
        return InputError(self.path, f"{where}{message}", line=self.line)

    def mapping(self, known: Collection[str] | None = None) -> dict[str, Value]:
        """Return the keys and values, none of them unknown.

        Args:
            known: The keys that there may be; None: any.

        Raises:
            InputError: It is no mapping, or has a key that is not known.
        """
        if not isinstance(self.content, dict):
            raise self.complaint(f"{_described(self)}; keys with values are expected")
        for key, value in self.content.items():
            if known is not None and key not in known:
                near = get_close_matches(key, known, n=1)
                advice = (
                    f"do you mean {near[0]!r}?"
                    if near
                    else f"there are {', '.join(known)}"
                )
                raise InputError(
                    self.path,
                    f"{self.name + ': ' if self.name else ''}unknown key {key!r}; "
                    f"{advice}",
                    line=value.line,
                )
        return self.content

    def items(self) -> list[Value]:
        """Return the items of a list.

        Raises:
            InputError: It is no list, or is empty.
        """
        if not isinstance(self.content, list) or not self.content:
            raise self.complaint(f"{_described(self)}; a list of items is expected")
        return self.content

    def one_or_more(self) -> list[Value]:
        """Return the items of a list, or a single value as a list of one."""
        return self.items() if isinstance(self.content, list) else [self]

    def text(self) -> str:
        """Return a text; a number is taken as it is written.

        Raises:
            InputError: It is none.
        """
        if isinstance(self.content, bool) or not isinstance(
            self.content, str | int | float
        ):
            raise self.complaint(f"{_described(self)}; a text is expected")
        return str(self.content)

    def boolean(self) -> bool:
        """Return true or false.

        Raises:
            InputError: It is neither.
        """
        if not isinstance(self.content, bool):
            raise self.complaint(f"{_described(self)}; true or false is expected")
        return self.content

    def integer(self, least: int = 1) -> int:
        """Return a whole number from *least*.

        Raises:
            InputError: It is none.
        """
        if isinstance(self.content, bool) or not isinstance(self.content, int):
            raise self.complaint(f"{_described(self)}; a whole number is expected")
        if self.content < least:
            raise self.complaint(f"{self.content}; at least {least} is expected")
        return self.content

    def number(self, least: float = 0.0) -> float:
        """Return a number from *least*.

        Raises:
            InputError: It is none.
        """
        if isinstance(self.content, bool) or not isinstance(self.content, int | float):
            raise self.complaint(f"{_described(self)}; a number is expected")
        if not self.content >= least:
            raise self.complaint(f"{self.content}; at least {least:g} is expected")
        return float(self.content)


def read_yaml(path: Path) -> Value:
    """Read a file with one YAML document.

    Raises:
        InputError: There is no such file, or it is not YAML, is empty, or gives a key
            twice.
    """
    text = decode(read_bytes(path), place=path).text
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise InputError(path, "is empty; systems and test_sets are expected")
        return _value(path, "", node, loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise InputError(
            path,
            f"is not YAML: {error.problem or error.context}",
            line=mark.line + 1 if mark else None,
        ) from None
    except yaml.YAMLError as error:
        reason = str(error).partition("\n")[0]
        raise InputError(path, f"is not YAML: {reason}") from None
    except RecursionError:
        raise InputError(path, "is nested too deeply, or within itself") from None
    finally:
        loader.dispose()


def _value(path: Path, name: str, node: yaml.Node, loader: yaml.SafeLoader) -> Value:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        content: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in content:
                raise InputError(
                    path,
                    f"key {key!r} is given twice",
                    line=key_node.start_mark.line + 1,
                )
            inner = f"{name}: {key}" if name else key
            found = _value(path, inner, value_node, loader)
            # A complaint about a block names the line of its key.
            content[key] = Value(
                path, key_node.start_mark.line + 1, inner, found.content
            )
        return Value(path, line, name, content)
    if isinstance(node, yaml.SequenceNode):
        return Value(
            path, line, name, [_value(path, name, item, loader) for item in node.value]
        )
    try:
        made: Any = loader.construct_object(node, deep=True)
    except ValueError as error:  # 2026-13-01 is written as a date and is none
        raise InputError(path, f"{node.value!r}: {error}", line=line) from None
    if made is not None and not isinstance(made, str | int | float | bool):
        made = str(node.value)  # a date, which to us is a text
    return Value(path, line, name, made)


def _described(value: Value) -> str:
    if value.content is None:
        return "is empty"
    if isinstance(value.content, dict):
        return "is keys with values"
    if isinstance(value.content, list):
        return "is a list" if value.content else "is an empty list"
    if isinstance(value.content, bool):
        return "is " + ("true" if value.content else "false")
    text = repr(value.content)
    return f"is {text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + '…'}"
