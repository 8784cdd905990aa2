"""Set, remove, append: what one edit does to the file's text and, for certain, to nothing else in it.

Each operation makes one cut in the text. The cut is believed only when the new text reads as the old values with just
this change; whatever is written too oddly for that (aliases, a comment inside what would move) is left to a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from broadcaster.config.composing import NotYaml, compose
from broadcaster.config.document import plain
from broadcaster.config.edits.rendering import Value, rendered
from broadcaster.config.edits.yaml_text import Cut, Path, YamlText, by_hand, is_flow, is_null
from broadcaster.config.reading import refusal
from broadcaster.errors import WorkspaceFault

INDENT = "  "


class Operation(Protocol):
    """One change at one place of the file."""

    @property
    def path(self) -> Path: ...

    def cut(self, sheet: YamlText) -> Cut:
        """The same change in the text."""
        ...

    def change(self, data: Any) -> None:
        """The same change in the values as `document.plain` gives them, in place."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SetValue:
    """Give a key another value, or add the key to its mapping."""

    path: Path
    value: Value

    def cut(self, sheet: YamlText) -> Cut:
        found = sheet.pair(self.path)
        if found is None:
            return _added_pair(sheet, self.path, self.value)
        node = found[1]
        if isinstance(node, CollectionNode) and sheet.holds_comment(node.start_mark.index, sheet.end(node)):
            raise by_hand(sheet, self.path)
        return _replaced(sheet, *found, self.value)

    def change(self, data: Any) -> None:
        _container(data, self.path)[self.path[-1]] = _as_read(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveValue:
    """Take a key out of its mapping, or an item out of its list."""

    path: Path

    def cut(self, sheet: YamlText) -> Cut:
        parent = sheet.expect(self.path[:-1], Node)
        children = [pair[0] for pair in parent.value] if isinstance(parent, MappingNode) else parent.value
        ends = [sheet.pair_end(*child) if isinstance(child, tuple) else sheet.end(child) for child in parent.value]
        number = _position(sheet, parent, self.path)
        if is_flow(parent):
            cut = _cut_in_flow(children, ends, number)
            if sheet.holds_comment(cut.start, cut.end):
                raise by_hand(sheet, self.path)
            return cut
        if isinstance(parent, SequenceNode):
            return _whole_lines(sheet, _dash(sheet, children[number]), ends[number])
        if number == 0 and sheet.text[sheet.line_start(children[0].start_mark.index) :].lstrip().startswith("- "):
            return _first_behind_dash(sheet, children, ends[0], self.path)
        return _whole_lines(sheet, children[number].start_mark.index, ends[number])

    def change(self, data: Any) -> None:
        del _container(data, self.path)[self.path[-1]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendItem:
    """Put an item behind the last of a list; the list comes to be where the key is missing or empty."""

    path: Path
    value: Value

    def cut(self, sheet: YamlText) -> Cut:
        found = sheet.pair(self.path)
        if found is None and len(self.path) > 1:
            return _added_pair(sheet, self.path, [self.value])
        item = rendered(self.value)
        if found is None:
            return _added_list(sheet, str(self.path[0]), item)
        key, node = found
        if is_null(node) and key is not None:
            at = sheet.line_end(sheet.pair_end(key, node))
            indent = " " * key.start_mark.column + INDENT
            return Cut(start=at, end=at, text=f"{sheet.newline}{indent}- {item}")
        if not isinstance(node, SequenceNode):
            raise by_hand(sheet, self.path)
        if node.flow_style:
            at = sheet.end(node.value[-1]) if node.value else node.start_mark.index + 1
            return Cut(start=at, end=at, text=f", {item}" if node.value else item)
        at = sheet.line_end(sheet.end(node))
        return Cut(start=at, end=at, text=f"{sheet.newline}{' ' * node.start_mark.column}- {item}")

    def change(self, data: Any) -> None:
        parent = _container(data, self.path)
        parent[self.path[-1]] = [*(parent.get(self.path[-1]) or []), _as_read(self.value)]


def applied(text: str, operations: Sequence[Operation], *, file: str = "schedule.yaml") -> str:
    """The text after all operations, in order. Raises `WorkspaceFault` where one would change anything else."""
    for operation in operations:
        wanted = values_of(text, file=file)
        sheet = YamlText(text)
        operation.change(wanted)
        text = sheet.after(operation.cut(sheet))
        try:
            kept = _unemptied(values_of(text, file=file)) == _unemptied(wanted)
        except WorkspaceFault:
            kept = False
        if not kept:
            raise by_hand(sheet, operation.path)
    return text


def values_of(text: str, *, file: str) -> Any:
    """What the text says: dictionaries, lists and texts. Raises `WorkspaceFault` where it is not YAML."""
    try:
        return plain(compose(text, file=file))
    except NotYaml as error:
        raise refusal(error.fault) from error


def _unemptied(value: Any) -> Any:
    """An emptied list reads the same whether its brackets or only its key are left."""
    if isinstance(value, dict):
        return {key: _unemptied(item) for key, item in value.items()}
    return [_unemptied(item) for item in value] if isinstance(value, list) and value else value or None


def _replaced(sheet: YamlText, key: ScalarNode | None, node: Node, value: Value) -> Cut:
    start, end = int(node.start_mark.index), sheet.end(node)
    if start == end and key is not None:  # nothing was written there: `key:`
        at = sheet.pair_end(key, node)
        return Cut(start=at, end=at, text=f" {rendered(value)}")
    if isinstance(node, ScalarNode):
        like = node.style if node.style in {"'", '"'} else None
        return Cut(start=start, end=end, text=rendered(value, like=like))
    if not is_flow(node) and key is not None:
        colon = sheet.text.index(":", key.end_mark.index)
        return Cut(start=colon, end=end, text=f": {rendered(value)}")
    return Cut(start=start, end=end, text=rendered(value))


def _added_pair(sheet: YamlText, path: Path, value: Value) -> Cut:
    parent = sheet.expect(path[:-1], MappingNode)
    pair = f"{rendered(str(path[-1]))}: {rendered(value)}"
    if parent.flow_style:
        at = sheet.end(parent.value[-1][1]) if parent.value else parent.start_mark.index + 1
        return Cut(start=at, end=at, text=f", {pair}" if parent.value else pair)
    at = sheet.line_end(sheet.end(parent))
    return Cut(start=at, end=at, text=f"{sheet.newline}{' ' * parent.start_mark.column}{pair}")


def _added_list(sheet: YamlText, key: str, item: str) -> Cut:
    """A new key of the whole file, at its end."""
    at = len(sheet.text)
    break_before = "" if sheet.text.endswith("\n") or not sheet.text else sheet.newline
    text = f"{break_before}{key}:{sheet.newline}{INDENT}- {item}{sheet.newline}"
    return Cut(start=at, end=at, text=text)


def _position(sheet: YamlText, parent: Node, path: Path) -> int:
    for number, child in enumerate(parent.value):
        if path[-1] == number or (isinstance(child, tuple) and child[0].value == path[-1]):
            return number
    raise by_hand(sheet, path)


def _cut_in_flow(starts: Sequence[Node], ends: Sequence[int], number: int) -> Cut:
    if number + 1 < len(starts):
        return Cut(start=starts[number].start_mark.index, end=starts[number + 1].start_mark.index, text="")
    start = ends[number - 1] if number else starts[0].start_mark.index
    return Cut(start=start, end=ends[number], text="")


def _dash(sheet: YamlText, item: Node) -> int:
    return sheet.text.rindex("-", 0, item.start_mark.index + (1 if is_null(item) else 0))


def _whole_lines(sheet: YamlText, start: int, end: int) -> Cut:
    return Cut(start=sheet.line_start(start), end=sheet.next_line(end), text="")


def _first_behind_dash(sheet: YamlText, keys: Sequence[Node], end: int, path: Path) -> Cut:
    """The next key moves up behind the dash; a comment on the way is not thrown away."""
    if len(keys) == 1 or sheet.text[end : keys[1].start_mark.index].strip():
        raise by_hand(sheet, path)
    return Cut(start=keys[0].start_mark.index, end=keys[1].start_mark.index, text="")


def _container(data: Any, path: Path) -> Any:
    for step in path[:-1]:
        data = data[step]
    return data


def _as_read(value: Value) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return [_as_read(item) for item in value]
    return {key: _as_read(item) for key, item in value.items()}
