"""A YAML file as nodes that know their line and column; every value stays the text that was typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """One value; its text is what stands in the file."""

    text: str
    quoted: bool
    line: int
    column: int

    @property
    def is_null(self) -> bool:
        return not self.quoted and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A sequence of nodes."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Keys with their nodes, in the file's order, doubled keys included."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        return next((node for name, node in self.pairs if name.text == key), None)


Node = Scalar | Listing | Mapping


class Quoted(str):
    """A value that stood in quotation marks: where it matters, `"1"` is a text and `1` a number."""


def walk(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Node]]:
    """Every node with its path, parents first."""
    yield path, node
    if isinstance(node, Mapping):
        for key, value in node.pairs:
            yield from walk(value, (*path, key.text))
    elif isinstance(node, Listing):
        for index, item in enumerate(node.items):
            yield from walk(item, (*path, index))


def plain(node: Node) -> Any:
    """Dictionaries, lists and texts; emptied values are None."""
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.pairs}
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    if node.is_null:
        return None
    return Quoted(node.text) if node.quoted else node.text


def find(root: Node, path: Sequence[str | int]) -> tuple[Scalar | None, Node]:
    """The node at `path` and its key, or the deepest that stands on the way to it.

    A number counts a mapping's pairs too, and steps that the file does not have (a single value written for a list,
    a part's options) are passed over.
    """
    key: Scalar | None = None
    node = root
    for step in path:
        found = _child(node, step)
        if found is not None:
            key, node = found
    return key, node


def _child(node: Node, step: str | int) -> tuple[Scalar | None, Node] | None:
    if isinstance(node, Listing):
        return (None, node.items[step]) if isinstance(step, int) and step < len(node.items) else None
    if isinstance(node, Scalar):
        return None
    if isinstance(step, int):
        return node.pairs[step] if step < len(node.pairs) else None
    for key, value in node.pairs:
        if key.text == step:
            return key, value
    inner = node.pairs[0][1] if len(node.pairs) == 1 else None
    return _child(inner, step) if isinstance(inner, Mapping) else None
