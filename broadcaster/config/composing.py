"""YAML text → nodes, bounded in depth and in what aliases repeat, whatever the text.

Only PyYAML's events are used, never its values: it would read 17:30 as 1050. libyaml gives them forty times as fast as
ruamel.yaml (1 MB in 0.3 s against 12 s); what it refuses is read once more by PyYAML's own parser, whose complaints say
where a bracket or a quote began.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from broadcaster.config import yaml_wording
from broadcaster.config.document import Listing, Mapping, Node, Scalar
from broadcaster.errors import Fault

MAX_REPEATS = 20_000
"""Nodes that aliases may repeat: a handful of `&`/`*` is a convenience, more is a bomb."""
MAX_DEPTH = 40
EASILY_READ_TWICE = 500_000
"""Characters; the second reading takes some 10 s a million."""
TAB_AFTER_KEY = re.compile(r"^[ ]*(?:- +)*[\w-]+:(\t)")
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SLOW = yaml.SafeLoader


class NotYaml(Exception):
    """The text is not a schedule's YAML; `fault` says why and where, `hopeless` that the rest is not worth reading."""

    def __init__(self, fault: Fault, *, hopeless: bool = False) -> None:
        super().__init__(str(fault))
        self.fault = fault
        self.hopeless = hopeless


def compose(text: str, *, file: str, clearly: bool = True) -> Node:
    """The document's root. Raises `NotYaml` for the first thing that stands in the way, `clearly` at its beginning."""
    try:
        root = _Builder(file).root(yaml.parse(text, Loader=_FAST))
    except yaml.YAMLError as error:
        raise NotYaml(_complaint(error, text, file, clearly=clearly)) from error
    if root is None:
        remedy = "Chép lại lịch từ bản sao lưu, hoặc tạo lịch mẫu bằng: broadcaster init"
        raise NotYaml(Fault(message="Tệp lịch trống.", remedy=remedy, file=file, line=1, column=1), hopeless=True)
    if "\t" in text:
        _refuse_tabs(text, file)
    return root


def _complaint(error: yaml.YAMLError, text: str, file: str, *, clearly: bool) -> Fault:
    if clearly and len(text) <= EASILY_READ_TWICE:
        try:
            for _ in yaml.parse(text, Loader=_SLOW):
                pass
        except yaml.YAMLError as clearer:
            error = clearer
        except RecursionError:
            pass
    if isinstance(error, yaml.MarkedYAMLError):
        return yaml_wording.fault_of(error, file=file)
    return yaml_wording.unreadable(error, text=text, file=file)


def _refuse_tabs(text: str, file: str) -> None:
    """A tab between a key and its value: libyaml lets it pass, other programs do not."""
    for number, line in enumerate(text.split("\n"), start=1):
        if match := TAB_AFTER_KEY.match(line):
            column = match.start(1) + 1
            raise NotYaml(yaml_wording.tab_after_key(file=file, line=number, column=column))


@dataclass(slots=True)
class _Open:
    """A mapping or a sequence whose end has not come yet."""

    line: int
    column: int
    is_mapping: bool
    anchor: str | None
    items: list[Node] = field(default_factory=list)
    size: int = 1

    def closed(self) -> Node:
        if not self.is_mapping:
            return Listing(items=tuple(self.items), line=self.line, column=self.column)
        keys = (item for item in self.items[::2] if isinstance(item, Scalar))
        pairs = tuple(zip(keys, self.items[1::2], strict=True))
        return Mapping(pairs=pairs, line=self.line, column=self.column)

    @property
    def wants_key(self) -> bool:
        return self.is_mapping and len(self.items) % 2 == 0


class _Builder:
    """Events → nodes, without recursion; counts what aliases repeat."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._open: list[_Open] = []
        self._anchored: dict[str, tuple[Node, int]] = {}
        self._repeats = 0
        self._root: Node | None = None

    def root(self, events: Iterable[Any]) -> Node | None:
        for event in events:
            match event:
                case yaml.ScalarEvent():
                    self._place(self._scalar(event), anchor=event.anchor)
                case yaml.AliasEvent():
                    self._repeat(event)
                case yaml.CollectionStartEvent():
                    self._begin(event)
                case yaml.CollectionEndEvent():
                    done = self._open.pop()
                    self._place(done.closed(), anchor=done.anchor, size=done.size)
                case yaml.DocumentStartEvent() if self._root is not None:
                    raise self._refused(event, "Có dòng --- ở giữa tệp.", "Bỏ dòng ---: cả lịch là một tài liệu")
        return self._root

    def _scalar(self, event: Any) -> Scalar:
        text = event.value if event.value.isascii() else unicodedata.normalize("NFC", event.value)
        mark = event.start_mark
        return Scalar(text=text, quoted=bool(event.style), line=mark.line + 1, column=mark.column + 1)

    def _begin(self, event: Any) -> None:
        if len(self._open) >= MAX_DEPTH:
            remedy = "Kiểm tra dấu [ và { thừa, hoặc dòng thụt lề sai"
            raise self._refused(event, "Các mục lồng vào nhau quá sâu.", remedy)
        if self._open and self._open[-1].wants_key:
            remedy = "Kiểm tra dấu [ và { đứng đầu dòng"
            raise self._refused(event, "Tên khóa phải là một chữ, không phải danh sách.", remedy)
        mark, is_mapping = event.start_mark, isinstance(event, yaml.MappingStartEvent)
        self._open.append(_Open(mark.line + 1, mark.column + 1, is_mapping, event.anchor))

    def _repeat(self, event: Any) -> None:
        if event.anchor not in self._anchored:
            inside = any(each.anchor == event.anchor for each in self._open)
            message = "Dấu * lồng một mục vào chính nó, quá sâu." if inside else "Dấu * chỉ đến chỗ không có."
            remedy = "Chữ bắt đầu bằng * thì đặt trong ngoặc kép"
            raise self._refused(event, message, remedy, hopeless=inside)
        node, size = self._anchored[event.anchor]
        self._repeats += size
        if self._repeats > MAX_REPEATS:
            message = "Các dấu & và * nhân nội dung lên quá nhiều lần."
            raise self._refused(event, message, "Bỏ các dấu & và *, viết thẳng nội dung")
        if not isinstance(node, Scalar) and self._open and self._open[-1].wants_key:
            raise self._refused(event, "Tên khóa phải là một chữ, không phải danh sách.", "Viết thẳng tên khóa")
        self._place(node, anchor=None, size=size)

    def _place(self, node: Node, *, anchor: str | None, size: int = 1) -> None:
        if anchor is not None:
            self._anchored[anchor] = node, size
        if self._open:
            self._open[-1].items.append(node)
            self._open[-1].size += size
        else:
            self._root = node

    def _refused(self, event: Any, message: str, remedy: str, *, hopeless: bool = True) -> NotYaml:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        fault = Fault(message=message, remedy=remedy, file=self._file, line=line, column=column)
        return NotYaml(fault, hopeless=hopeless)
