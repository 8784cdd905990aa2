"""Where in schedule.yaml something stands: what lets a fault of the plan name its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from broadcaster.config.cross_checks import entries_of
from broadcaster.config.document import Listing, Mapping, Node, Scalar, find, walk
from broadcaster.config.names import slug
from broadcaster.errors import Fault

Step = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Lines and columns are counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        """The file by its name alone, as people speak of it."""
        return f"{PurePath(self.file).name}:{self.line}"


class Whereabouts:
    """The nodes of a schedule that was read, by what they are called."""

    def __init__(self, root: Mapping, *, file: str) -> None:
        self._root = root
        self._file = file
        campaigns = root.get("chien_dich")
        items = [*entries_of(root), *(_mappings(campaigns))]
        self._items = {_key_of(item): item for item in reversed(items)}

    def of(self, *path: Step) -> Place:
        """What stands at `path`, or the deepest that stands on the way to it."""
        _, node = find(self._root, path)
        return self._place(node)

    def of_item(self, key: str, *path: Step) -> Place:
        """In the entry or campaign with this key; its first line where it does not have that."""
        item = self._items.get(key)
        if item is None:
            return self.of()
        if path and isinstance(path[0], str) and item.get(path[0]) is None:
            return self._place(item)
        return self._place(find(item, path)[1])

    def of_exception(self, number: int, *path: Step) -> Place:
        return self.of("ngoai_le", number, *path)

    def placed(self, fault: Fault, *section: Step) -> Fault:
        """The fault with the place of what its message quotes within `section`, else of the section itself."""
        _, node = find(self._root, section)
        quoted = re.findall(r"'([^']+)'", fault.message) + re.findall(r"“([^”]+)”", fault.message)
        spots = {scalar.text: scalar for scalar in reversed(list(_scalars(node)))}
        spot = next((spots[text] for text in reversed(quoted) if text in spots), None)
        return self.put(fault, self._place(spot or node))

    def put(self, fault: Fault, place: Place) -> Fault:
        return replace(fault, file=place.file, line=place.line, column=place.column)

    def _place(self, node: Node) -> Place:
        return Place(file=self._file, line=node.line, column=node.column)


def _mappings(node: Node | None) -> list[Mapping]:
    return [item for item in node.items if isinstance(item, Mapping)] if isinstance(node, Listing) else []


def _key_of(item: Mapping) -> str:
    own, name = item.get("ma"), item.get("ten")
    if isinstance(own, Scalar):
        return own.text
    return slug(name.text) if isinstance(name, Scalar) else ""


def _scalars(node: Node) -> Iterator[Scalar]:
    """Keys and values."""
    for _, each in walk(node):
        if isinstance(each, Scalar):
            yield each
        elif isinstance(each, Mapping):
            yield from (key for key, _ in each.pairs)
