"""What pydantic found wrong with the values, in the office's words and with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotated_types import Ge, Le
from pydantic import ValidationError

from broadcaster.config.document import Listing, Mapping, Node, Scalar, find
from broadcaster.config.keys import DERIVED, model_validated_at
from broadcaster.config.values import Misread
from broadcaster.errors import Fault

SAID_BY_KEYS = "extra_forbidden"
WANTS_NAMES = {"dict_type", "model_type"}
KEY_OF_A_MAPPING = "[key]"
"""How pydantic's path says that the key itself is wrong."""


def value_faults(error: ValidationError, root: Mapping, *, file: str) -> Iterator[Fault]:
    """A fault for each value that could not be read; emptied ones are said by `keys`."""
    for found in error.errors(include_url=False):
        path = tuple(found["loc"])
        missing = found["type"] == "missing"
        if found["type"] == SAID_BY_KEYS or (missing and path[-1] in DERIVED):
            continue
        key, node = find(root, path[:-1] if missing else path)
        message, remedy = _words(found, path, node)
        of_key = key is not None and (missing or _is_empty(node) or path[-1] == KEY_OF_A_MAPPING)
        place = key if key is not None and of_key else node
        yield Fault(message=message, remedy=remedy, file=file, line=place.line, column=place.column)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_null


def _words(found: Any, path: tuple[str | int, ...], node: Node) -> tuple[str, str]:
    cause = found.get("ctx", {}).get("error")
    if isinstance(cause, Misread):
        return cause.message, cause.remedy
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    known, title, example = _field(path)
    bounds = _bounds(path)
    remedy = f"{bounds}ví dụ: {known}: {example}" if example else "Xem lịch mẫu của broadcaster init"
    remedy = remedy[:1].upper() + remedy[1:]
    what = f"“{name}” ({title})" if known == name else f"“{name}”"
    if found["type"] == "missing":
        return f"Thiếu {what}.", f"Thêm dòng {name}: {example}"
    shaped = _wrong_shape(found["type"], node, name) if known == name else None
    if shaped is not None:
        return f"{what} {shaped[0]}.", shaped[1]
    if _is_empty(node):
        return f"{what} đang để trống.", remedy
    return f"{what} {_complaint(found, node)}.", remedy


def _wrong_shape(kind: str, node: Node, name: str) -> tuple[str, str] | None:
    """Items without their dashes, or brackets around a single value: what it is, and how the same is to be written."""
    if isinstance(node, Mapping) and kind == "tuple_type" and (title := node.get("ten")) is not None:
        said = title.text if isinstance(title, Scalar) else "…"
        return "phải là một danh sách", f"Thêm dấu gạch ngang ở dòng đầu mỗi mục: - ten: {said}"
    if isinstance(node, Listing) and kind not in WANTS_NAMES and node.items and isinstance(node.items[0], Scalar):
        only = node.items[0]
        said = f'"{only.text}"' if only.quoted else only.text
        return "chỉ nhận một giá trị", f"Bỏ ngoặc vuông, ghi một giá trị: {name}: {said}"
    return None


def _complaint(found: Any, node: Node) -> str:
    limits = found.get("ctx", {})
    match found["type"]:
        case "greater_than_equal":
            return f"phải từ {limits['ge']} trở lên"
        case "less_than_equal":
            return f"không được quá {limits['le']}"
        case "literal_error":
            return f"phải là {str(limits['expected']).replace(chr(39), '').replace(' or ', ' hoặc ')}"
        case "int_parsing" | "int_from_float" | "int_type":
            return "phải là một số nguyên"
        case "too_short" | "string_too_short":
            return "đang để trống"
    shape = {Mapping: "một nhóm khóa", Listing: "một danh sách"}.get(type(node))
    return f"không dùng được dạng này: ở đây là {shape}" if shape else "không dùng được giá trị này"


def _bounds(path: tuple[str | int, ...]) -> str:
    """What a number must lie between."""
    model = model_validated_at(path[:-1])
    for name, field in model.model_fields.items() if model else ():
        if path[-1] in {name, field.alias}:
            limits = {type(limit): limit for limit in field.metadata}
            if Ge in limits and Le in limits:
                return f"số nguyên từ {limits[Ge].ge} đến {limits[Le].le}, "
    return ""


def _field(path: tuple[str | int, ...]) -> tuple[str, str, str]:
    """The last key in `path` that a model knows, with its title and example."""
    for end in range(len(path) - 1, -1, -1):
        model = model_validated_at(path[:end])
        for name, field in model.model_fields.items() if model else ():
            if path[end] in {name, field.alias}:
                return field.alias or name, field.title or "", str((field.examples or [""])[0])
    return "", "", ""
