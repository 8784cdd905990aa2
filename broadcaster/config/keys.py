"""Which keys may stand where: unknown, doubled and emptied ones are faults, with the nearest known name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadcaster.config import types
from broadcaster.config.document import Listing, Mapping, Node, Scalar, walk
from broadcaster.config.names import nearest
from broadcaster.config.setting import Setting
from broadcaster.errors import Fault

Path = tuple[str | int, ...]

MODELS: tuple[tuple[str, type[Setting]], ...] = (
    ("", types.Schedule),
    ("xa/*", types.Commune),
    ("xa/*/loa/*", types.Cluster),
    ("dau_ra/*", types.OutputSettings),
    ("am_luong", types.Loudness),
    ("nguon/*", types.RelaySource),
    ("chuong_trinh/*/#/*", types.TemplatePart),
    ("chuong_trinh/*/*/#", types.TemplatePart),  # as pydantic sees it: among its template's parts
    ("lich/#", types.Entry),
    ("chien_dich/#", types.Campaign),
    ("ngoai_le/#", types.ExceptionalDays),
    ("ngoai_le/#/them/#", types.Entry),
    ("ngoai_le/#/doi_gio/#", types.Retiming),
    ("khan_cap", types.Emergency),
)
"""Where in the file each model stands; `*` is a key of the office's own, `#` an item of a list."""
MAY_BE_EMPTY = {"lich", "chien_dich", "ngoai_le", "nhom", "nguon", "dau_ra", "chuong_trinh"}
"""Sections that are left empty when their last item goes."""


def model_at(path: Path) -> type[Setting] | None:
    """The model whose keys stand at `path`."""
    return next((model for pattern, model in MODELS if _matches(pattern, path)), None)


def keys_of(model: type[Setting]) -> dict[str, str]:
    """Keys that may be typed → an example of their value."""
    hidden = {"key", "name", "options"}
    keys = {}
    for name, field in model.model_fields.items():
        alias = field.alias or name
        if alias not in hidden:
            keys[alias] = str((field.examples or [""])[0])
    return keys


def key_faults(root: Mapping, *, file: str) -> Iterator[Fault]:
    """Faults of the file's keys, whatever their values are."""
    for path, node in walk(root):
        if isinstance(node, Mapping):
            yield from _doubled(node, file=file)
            yield from _emptied(node, path, file=file)
            model = model_at(path)
            if model is not None and model is not types.OutputSettings:
                yield from _unknown(node, model, file=file)
        elif model_at(path) is not None and not (isinstance(node, Scalar) and node.is_null):
            yield _not_a_mapping(node, path, file=file)


def _matches(pattern: str, path: Path) -> bool:
    steps = pattern.split("/") if pattern else []
    written = ("#" if isinstance(part, int) else part for part in path)
    return len(steps) == len(path) and all(
        step == part or (step == "*" and part != "#") for step, part in zip(steps, written, strict=True)
    )


def _doubled(node: Mapping, *, file: str) -> Iterator[Fault]:
    first: dict[str, Scalar] = {}
    for key, _ in node.pairs:
        if key.text in first:
            yield Fault(
                message=f"Khóa “{key.text}” viết hai lần (lần đầu ở dòng {first[key.text].line}).",
                remedy="Giữ một lần, bỏ lần kia; nhiều giá trị thì viết thành danh sách, ví dụ: gio: [05:30, 17:30]",
                file=file,
                line=key.line,
                column=key.column,
            )
        first.setdefault(key.text, key)


def _emptied(node: Mapping, path: Path, *, file: str) -> Iterator[Fault]:
    if path[:1] == ("dau_ra",) or path[:1] == ("chuong_trinh",):
        return
    for key, value in node.pairs:
        if isinstance(value, Scalar) and value.is_null and not (path == () and key.text in MAY_BE_EMPTY):
            model = model_at(path)
            example = keys_of(model).get(key.text) if model else None
            if model and example is None:
                continue
            yield Fault(
                message=f"“{key.text}” đang để trống.",
                remedy=f"Ghi giá trị{f', ví dụ: {key.text}: {example}' if example else ''}; không dùng thì xóa cả dòng",
                file=file,
                line=key.line,
                column=key.column,
            )


def _unknown(node: Mapping, model: type[Setting], *, file: str) -> Iterator[Fault]:
    known = keys_of(model)
    for key, _ in node.pairs:
        if key.text in known:
            continue
        glued = re.match(r"(\w+):", key.text)
        meant = glued[1] if glued and glued[1] in known else nearest(key.text, known)
        if glued:
            remedy = f"Sau dấu hai chấm cần một dấu cách: {key.text.replace(':', ': ', 1)}"
        elif meant:
            remedy = f"Có phải ý bạn là “{meant}”? Ví dụ: {meant}: {known[meant]}"
        else:
            remedy = f"Các khóa dùng được ở đây: {', '.join(known)}"
        yield Fault(
            message=f"Không có khóa “{key.text}” ở đây.", remedy=remedy, file=file, line=key.line, column=key.column
        )


def _not_a_mapping(node: Node, path: Path, *, file: str) -> Fault:
    kind = "một danh sách" if isinstance(node, Listing) else f"“{node.text[:40]}”" if isinstance(node, Scalar) else ""
    where = next((step for step in reversed(path) if isinstance(step, str)), "schedule.yaml")
    return Fault(
        message=f"Mục trong “{where}” phải gồm các dòng khóa: giá trị, ở đây lại là {kind}.",
        remedy="Thụt các dòng ten:, bai:, gio:… vào dưới mục này; sau mỗi dấu hai chấm có một dấu cách",
        file=file,
        line=node.line,
        column=node.column,
    )
