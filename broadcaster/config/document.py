"""A YAML file as nodes that know their line and column; every value stays the text that was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from broadcaster.config import yaml_wording
from broadcaster.errors import Fault, WorkspaceFault

MAX_BYTES = 2_000_000
"""About 20,000 entries; ruamel.yaml reads some 100 kB a second."""
MAX_REPEATS = 20_000
"""Nodes that aliases may repeat: a handful of `&`/`*` is a convenience, more is a bomb."""
MAX_DEPTH = 40


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


def read_text(path: Path) -> str:
    """The file's text. Raises `WorkspaceFault` where it is missing, too large or not UTF-8."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        remedy = "Tạo lịch mẫu bằng: broadcaster init, hoặc chỉ đúng thư mục bằng --workspace"
        raise refusal(Fault(message="Không có tệp lịch phát sóng.", remedy=remedy, file=str(path))) from error
    except OSError as error:
        message = f"Không mở được tệp lịch: {error.strerror or error}."
        raise refusal(Fault(message=message, remedy="Kiểm tra quyền đọc của tệp", file=str(path))) from error
    if len(data) > MAX_BYTES:
        message = f"Tệp lớn hơn {MAX_BYTES // 1_000_000} MB, không phải lịch phát sóng."
        raise refusal(Fault(message=message, remedy="Kiểm tra xem có chép nhầm tệp khác vào đây không", file=str(path)))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        fault = Fault(
            message="Tệp không phải văn bản UTF-8.",
            remedy="Mở bằng trình soạn thảo văn bản và lưu lại với bảng mã UTF-8",
            file=str(path),
            line=line,
            column=column,
        )
        raise refusal(fault) from error


def parse(text: str, *, file: str) -> Node:
    """The document's root. Raises `WorkspaceFault` where it is not YAML."""
    try:
        yaml = YAML(typ="safe", pure=True)
        yaml.composer.warn_double_anchors = False
        root = yaml.compose(text)
        if root is None:
            remedy = "Chép lại lịch từ bản sao lưu, hoặc tạo lịch mẫu bằng: broadcaster init"
            raise refusal(Fault(message="Tệp lịch trống.", remedy=remedy, file=file, line=1, column=1))
        return _Converter(file).node(root, depth=0)
    except RecursionError as error:
        raise refusal(_too_deep(file)) from error
    except MarkedYAMLError as error:
        raise refusal(*(_tabs(text, file) or [yaml_wording.fault_of(error, file=file)])) from error
    except YAMLError as error:
        raise refusal(*(_tabs(text, file) or [yaml_wording.unreadable(error, text=text, file=file)])) from error


def refusal(*faults: Fault) -> WorkspaceFault:
    """All faults of the schedule as one error."""
    message = f"Lịch phát sóng có {len(faults)} lỗi." if len(faults) > 1 else faults[0].message
    return WorkspaceFault(message, remedy=faults[0].remedy if len(faults) == 1 else "", faults=faults)


def _too_deep(file: str, node: YamlNode | None = None) -> Fault:
    line, column = (node.start_mark.line + 1, node.start_mark.column + 1) if node else (None, None)
    return Fault(
        message="Các mục lồng vào nhau quá sâu.",
        remedy="Kiểm tra dấu [ và { thừa, hoặc dòng thụt lề sai",
        file=file,
        line=line,
        column=column,
    )


def _tabs(text: str, file: str) -> list[Fault]:
    """Tabs in indents, each with its place: what most often makes a hand-edited file unreadable."""
    return [
        Fault(
            message="Thụt lề bằng phím Tab.",
            remedy="Thay phím Tab bằng dấu cách (hai dấu cách mỗi bậc)",
            file=file,
            line=number,
            column=match.start(1) + 1,
        )
        for number, line in enumerate(text.split("\n"), start=1)
        if (match := re.match(r"[ -]*(\t)", line))
    ]


class _Converter:
    """ruamel's nodes → ours; counts what aliases repeat."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._seen: set[int] = set()
        self._repeats = 0

    def node(self, node: YamlNode, *, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise refusal(_too_deep(self._file, node))
        self._count(node)
        place = {"line": node.start_mark.line + 1, "column": node.start_mark.column + 1}
        if isinstance(node, MappingNode):
            pairs = tuple((self._key(key, depth=depth), self.node(value, depth=depth + 1)) for key, value in node.value)
            return Mapping(pairs=pairs, **place)
        if isinstance(node, SequenceNode):
            return Listing(items=tuple(self.node(item, depth=depth + 1) for item in node.value), **place)
        return Scalar(
            text=unicodedata.normalize("NFC", str(node.value)),
            quoted=isinstance(node, ScalarNode) and bool(node.style),
            **place,
        )

    def _count(self, node: YamlNode) -> None:
        self._repeats += id(node) in self._seen
        self._seen.add(id(node))
        if self._repeats > MAX_REPEATS:
            message = "Các dấu & và * nhân nội dung lên quá nhiều lần."
            raise refusal(Fault(message=message, remedy="Bỏ các dấu & và *, viết thẳng nội dung", file=self._file))

    def _key(self, key: YamlNode, *, depth: int) -> Scalar:
        if not isinstance(key, ScalarNode):
            mark = key.start_mark
            raise refusal(
                Fault(
                    message="Tên khóa phải là một chữ, không phải danh sách.",
                    remedy="Kiểm tra dấu [ và { đứng đầu dòng",
                    file=self._file,
                    line=mark.line + 1,
                    column=mark.column + 1,
                )
            )
        scalar = self.node(key, depth=depth + 1)
        assert isinstance(scalar, Scalar)  # noqa: S101 - follows from the check above
        return scalar


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
    return None if node.is_null else node.text


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
