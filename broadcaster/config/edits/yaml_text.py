"""A YAML file as text and nodes at once: where each value stands, so that one can be cut out and another put in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from broadcaster.errors import WorkspaceFault

Path = tuple[str | int, ...]
"""Keys and positions from the root: `("lich", 2, "gio")`."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Kind = TypeVar("Kind", bound=Node)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """`text` comes to stand in place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str


class YamlText:
    """The text with its nodes; positions count characters from 0."""

    def __init__(self, text: str) -> None:
        self.text = text
        root = yaml.compose(text, Loader=_LOADER)
        assert root is not None  # noqa: S101 - whoever read its values has refused an empty text
        self.root: Node = root
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def after(self, cut: Cut) -> str:
        """The text with one cut made."""
        return self.text[: cut.start] + cut.text + self.text[cut.end :]

    def pair(self, path: Sequence[str | int]) -> tuple[ScalarNode | None, Node] | None:
        """The value at `path` with its key (None for an item of a list); None where there is nothing."""
        key: ScalarNode | None = None
        node = self.root
        for step in path:
            found = _child(node, step)
            if found is None:
                return None
            key, node = found
        return key, node

    def expect(self, path: Path, kind: type[Kind]) -> Kind:
        """The node at `path`. Raises `WorkspaceFault` where it is not of this kind: an edit by hand is needed."""
        found = self.pair(path)
        if found is None or not isinstance(found[1], kind):
            raise by_hand(self, path)
        return found[1]

    def end(self, node: Node) -> int:
        """Where what is written of the node ends; the parser's mark of a block lies behind the comments after it."""
        if isinstance(node, ScalarNode):
            written = self.text[node.start_mark.index : node.end_mark.index]
            return int(node.start_mark.index) + len(written.rstrip() if node.style in {"|", ">"} else written)
        if is_flow(node):
            return int(node.end_mark.index)
        last = node.value[-1]
        return self.pair_end(*last) if isinstance(last, tuple) else self.end(last)

    def pair_end(self, key: ScalarNode, value: Node) -> int:
        """Where a key with its value ends; of `key:` without a value, behind its colon."""
        if is_null(value) and value.start_mark.index == value.end_mark.index:
            return self.text.index(":", key.end_mark.index) + 1
        return self.end(value)

    def holds_comment(self, start: int, end: int) -> bool:
        """Whether a note stands between the two, which a cut there would throw away."""
        unquoted = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "", self.text[start:end])
        return re.search(r"(?:^|\s)#", unquoted) is not None

    def line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Before the line's own ending; what stands behind a value on its line, a comment, is passed over."""
        end = self.text.find("\n", at)
        if end < 0:
            return len(self.text)
        return end - 1 if self.text[end - 1] == "\r" else end

    def next_line(self, at: int) -> int:
        """The start of the line below, or the end of the text."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1


def is_flow(node: Node) -> bool:
    """Whether it is written in brackets."""
    return isinstance(node, CollectionNode) and bool(node.flow_style)


def is_null(node: Node) -> bool:
    """Whether nothing was written for the value."""
    return isinstance(node, ScalarNode) and not node.style and node.value in {"", "~", "null"}


def by_hand(sheet: YamlText, path: Sequence[str | int]) -> WorkspaceFault:
    """What is written in a way that no edit through code can keep as it is."""
    deepest: Node = sheet.root
    for length in range(len(path) + 1):
        found = sheet.pair(path[:length])
        if found is not None:
            deepest = found[1]
    line = deepest.start_mark.line + 1
    return WorkspaceFault(
        f"Không tự sửa được chỗ này của tệp lịch (dòng {line}): cách viết ở đó phải sửa bằng tay.",
        remedy=f"Mở schedule.yaml bằng trình soạn thảo, sửa dòng {line}, rồi chạy: broadcaster check",
    )


def _child(node: Node, step: str | int) -> tuple[ScalarNode | None, Node] | None:
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and -len(node.value) <= step < len(node.value):
        return None, node.value[step]
    return None
