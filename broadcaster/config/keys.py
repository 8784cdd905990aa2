"""Which keys may stand where: unknown, doubled and emptied ones are faults, with the nearest known name.

What was surely meant is put right for the checks that follow, so that a mistyped key hides no fault of its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from broadcaster.config import engines
from broadcaster.config.document import Listing, Mapping, Node, Scalar
from broadcaster.config.entries import Campaign, Emergency, Entry, ExceptionalDays, Retiming
from broadcaster.config.names import nearest
from broadcaster.config.schedule import Schedule
from broadcaster.config.setting import Setting
from broadcaster.config.stations import Cluster, Commune, OutputSettings, RelaySource
from broadcaster.config.templates import Loudness, Template, TemplatePart
from broadcaster.config.voices import VoiceProfile
from broadcaster.errors import Fault

Path = tuple[str | int, ...]

MODELS: tuple[tuple[str, type[Setting]], ...] = (
    ("", Schedule),
    ("xa/*", Commune),
    ("xa/*/loa/*", Cluster),
    ("xa/*/loa/#", Cluster),  # as pydantic sees it: its key stands in the item
    ("dau_ra/*", OutputSettings),
    ("may_doc/*", engines.EngineSettings),
    ("may_doc/*/http", engines.HttpEngineSettings),  # as pydantic sees it: its kind stands in the path
    ("may_doc/*/lenh", engines.CommandEngineSettings),
    ("may_doc/*/ket_qua", engines.HttpResult),
    ("may_doc/*/http/ket_qua", engines.HttpResult),
    ("am_luong", Loudness),
    ("giong_doc/*", VoiceProfile),
    ("nguon/*", RelaySource),
    ("chuong_trinh/*", Template),
    ("chuong_trinh/*/#/*", TemplatePart),
    ("chuong_trinh/*/phan/#/*", TemplatePart),
    ("lich/#", Entry),
    ("chien_dich/#", Campaign),
    ("ngoai_le/#", ExceptionalDays),
    ("ngoai_le/#/them/#", Entry),
    ("ngoai_le/#/doi_gio/#", Retiming),
    ("khan_cap", Emergency),
)
"""Where in the file each model stands; `*` is a key of the office's own, `#` an item of a list."""
AS_VALIDATED = (("chuong_trinh/*/phan/#", TemplatePart),)
"""Where pydantic finds a model that stands elsewhere in the file: a part's name is one of its own values there."""
NAMED = (
    *("xa", "xa/*/loa", "xa/*/khung_gio", "khung_gio", "nhom", "dau_ra", "nguon"),
    *("chuong_trinh", "may_doc", "giong_doc", "khan_cap/mau"),
)
"""Mappings whose keys are the office's own."""
MAY_BE_EMPTY = {"lich", "chien_dich", "ngoai_le", "nhom", "nguon", "dau_ra", "chuong_trinh", "may_doc", "giong_doc"}
"""Sections that are left empty when their last item goes."""
HIDDEN = {"key", "name", "options"}
"""Fields that no key of the file fills."""
DERIVED = {"ma"}
"""Keys that may be left out though their models need them: made from the title."""
OTHER_WORDS = {
    **dict.fromkeys(("thoi_luong", "do_dai", "thoi_han"), "dai"),
    **dict.fromkeys(("thoi_gian", "luc", "gio_phat"), "gio"),
    **dict.fromkeys(("tep", "file", "bai_viet", "noi_dung"), "bai"),
    **dict.fromkeys(("dia_diem", "noi", "xa", "o_dau"), "noi_phat"),
    **dict.fromkeys(("tu_ngay", "bat_dau", "ngay_bat_dau"), "tu"),
    **dict.fromkeys(("den_ngay", "ket_thuc", "ngay_ket_thuc"), "den"),
    **dict.fromkeys(("nguon", "tiep_am"), "tiep_song"),
    **dict.fromkeys(("khuon", "mau"), "chuong_trinh"),
    **dict.fromkeys(("cong_van", "so_van_ban"), "van_ban"),
    **dict.fromkeys(("so_luot", "moi_ngay"), "chi_tieu"),
    **dict.fromkeys(("lenh", "cau_lenh"), "chay"),
    **dict.fromkeys(("dia_chi", "duong_dan"), "url"),
}
"""What else people call a key."""
SURELY_MEANT = 75.0
"""Percent of likeness from which on a mistyped key is read as the one that it is like."""


def model_at(path: Path) -> type[Setting] | None:
    """The model whose keys stand at `path`."""
    return _model_at(tuple("#" if isinstance(part, int) else part for part in path))


def model_validated_at(path: Path) -> type[Setting] | None:
    """The model that pydantic means by `path`."""
    written = tuple("#" if isinstance(part, int) else part for part in path)
    return next((model for pattern, model in AS_VALIDATED if _matches(pattern, written)), None) or model_at(path)


@lru_cache(maxsize=8192)
def _model_at(written: tuple[str, ...]) -> type[Setting] | None:
    return next((model for pattern, model in MODELS if _matches(pattern, written)), None)


def _matches(pattern: str, written: tuple[str, ...]) -> bool:
    steps = pattern.split("/") if pattern else []
    return len(steps) == len(written) and all(
        step == part or (step == "*" and part != "#") for step, part in zip(steps, written, strict=True)
    )


def _model_of(node: Mapping, path: Path) -> type[Setting] | None:
    """As `model_at`; what an engine may say depends on its kind, of whose absence pydantic complains."""
    model = model_at(path)
    if model is engines.EngineSettings:
        kind = node.get("kieu")
        return engines.KINDS.get(kind.text) if isinstance(kind, Scalar) else None
    return model


@cache
def keys_of(model: type[Setting]) -> dict[str, str]:
    """Keys that may be typed → an example of their value."""
    named = {field.alias or name: field for name, field in model.model_fields.items()}
    return {key: str((field.examples or [""])[0]) for key, field in named.items() if key not in HIDDEN}


@cache
def all_keys() -> frozenset[str]:
    """Every key that schedule.yaml has anywhere, but for the office's own."""
    return frozenset(key for _, model in MODELS for key in keys_of(model))


class KeyReader:
    """Walks the file once: `faults` of its keys, whatever their values are, and the `root` with what was meant."""

    def __init__(self, root: Mapping, *, text: str, file: str) -> None:
        self._file = file
        self._lines = text.split("\n")
        self.faults: list[Fault] = []
        self.root = self._mapping(root, ())

    def _node(self, node: Node, path: Path) -> Node:
        if isinstance(node, Listing) and (named := self._named(node, path)) is not None:
            return self._mapping(named, path)
        if isinstance(node, Mapping):
            return self._mapping(node, path)
        model = model_at(path)
        listed = model is Template and isinstance(node, Listing)
        if model is not None and not listed and not (isinstance(node, Scalar) and node.is_null):
            self.faults.append(self._not_a_mapping(node, path))
        if isinstance(node, Listing):
            items = [part for item in node.items for part in self._items(item, path)]
            return replace(node, items=tuple(self._node(item, (*path, at)) for at, item in enumerate(items)))
        return node

    def _named(self, node: Listing, path: Path) -> Mapping | None:
        """What bears names of the office's own was written with dashes: told once, read as it was meant."""
        if not any(_matches(pattern, tuple(map(str, path))) for pattern in NAMED) or not node.items:
            return None
        pairs = []
        for item in node.items:
            if not isinstance(item, Mapping) or not item.pairs:
                return None
            (key, value), *rest = item.pairs
            if key.text == "ten" or (rest and not (isinstance(value, Scalar) and value.is_null)):
                return None
            pairs.append((key, replace(item, pairs=tuple(rest)) if rest else value))
        name = pairs[0][0].text
        message = f"“{path[-1]}” gồm các tên gọi tắt, không viết bằng gạch đầu dòng."
        self.faults.append(self._fault(node, message, f"Bỏ dấu gạch trước mỗi tên: {name}:"))
        return Mapping(pairs=tuple(pairs), line=node.line, column=node.column)

    def _mapping(self, node: Mapping, path: Path) -> Mapping:
        model = _model_of(node, path)
        node = self._once_each(node)
        self._emptied(node, path, model)
        if model is not None and model is not OutputSettings:
            node = self._known(node, model)
        return replace(node, pairs=tuple((key, self._node(value, (*path, key.text))) for key, value in node.pairs))

    def _fault(self, at: Node, message: str, remedy: str) -> Fault:
        return Fault(message=message, remedy=remedy, file=self._file, line=at.line, column=at.column)

    def _items(self, item: Node, path: Path) -> Iterator[Node]:
        """The item; where the dash of the next was forgotten, both."""
        model = model_at((*path, 0))
        if not isinstance(item, Mapping) or model is None or "ten" not in keys_of(model):
            yield item
            return
        starts = [at for at, (key, _) in enumerate(item.pairs) if key.text == "ten"]
        for at in starts[1:]:
            key, value = item.pairs[at]
            name = value.text if isinstance(value, Scalar) else "…"
            remedy = f"Thêm dấu gạch ngang ở đầu mục, thụt vào như các mục khác: - ten: {name}"
            message = f"Khóa “ten” viết lần thứ hai trong một mục: mục “{name}” thiếu dấu gạch ngang."
            self.faults.append(self._fault(key, message, remedy))
        bounds = [0, *starts[1:], len(item.pairs)]
        for first, last in pairwise(bounds):
            start: Node = item.pairs[first][0] if item.pairs else item
            yield replace(item, pairs=item.pairs[first:last], line=start.line, column=start.column)

    def _once_each(self, node: Mapping) -> Mapping:
        """Doubled keys told; the first of them stands for the checks that follow."""
        first: dict[str, tuple[Scalar, Node]] = {}
        for key, value in node.pairs:
            if key.text in first:
                message = f"Khóa “{key.text}” viết hai lần (lần đầu ở dòng {first[key.text][0].line})."
                remedy = "Giữ một lần, bỏ lần kia; nhiều giá trị thì viết thành danh sách, ví dụ: gio: [05:30, 17:30]"
                self.faults.append(self._fault(key, message, remedy))
            first.setdefault(key.text, (key, value))
        return node if len(first) == len(node.pairs) else replace(node, pairs=tuple(first.values()))

    def _emptied(self, node: Mapping, path: Path, model: type[Setting] | None) -> None:
        if path[:1] in {("dau_ra",), ("chuong_trinh",), ("may_doc",)}:
            return
        for key, value in node.pairs:
            if not isinstance(value, Scalar) or not value.is_null or (path == () and key.text in MAY_BE_EMPTY):
                continue
            example = keys_of(model).get(key.text) if model else None
            if model and example is None:
                continue
            remedy = f"Ghi giá trị{f', ví dụ: {key.text}: {example}' if example else ''}; không dùng thì xóa cả dòng"
            self.faults.append(self._fault(key, f"“{key.text}” đang để trống.", self._hashed(key) or remedy))

    def _hashed(self, key: Scalar) -> str | None:
        """A value that begins with # is a note to YAML."""
        rest = self._lines[key.line - 1][key.column - 1 + len(key.text) :]
        hashed = re.match(r":\s+(#[^\s#-].*)", rest)
        return hashed and f'Dấu # bắt đầu lời ghi chú: đặt giá trị trong ngoặc kép: {key.text}: "{hashed[1].strip()}"'

    def _known(self, node: Mapping, model: type[Setting]) -> Mapping:
        """Unknown keys told, and those that were surely meant put in their place."""
        known, present = keys_of(model), {key.text for key, _ in node.pairs}
        pairs = []
        for key, value in node.pairs:
            meant = self._meant(key, known) if key.text not in known else None
            if meant is not None and meant not in present:
                present.add(meant)
                pairs.append((replace(key, text=meant), value))
            else:
                pairs.append((key, value))
        return replace(node, pairs=tuple(pairs))

    def _meant(self, key: Scalar, known: dict[str, str]) -> str | None:
        """Tells an unknown key; what it is to be read as, if that is sure."""
        glued = re.match(r"(\w+):", key.text)
        other = OTHER_WORDS.get(key.text)
        meant = glued[1] if glued and glued[1] in known else other if other in known else nearest(key.text, known)
        if key.text == f"{meant}:":
            remedy = f"Chỉ một dấu hai chấm sau tên khóa: {meant}: {known[str(meant)]}"
        elif glued:
            remedy = f"Sau dấu hai chấm cần một dấu cách: {key.text.replace(':', ': ', 1)}"
        elif " " in key.text and key.text != key.text.lower():
            remedy = f"Lời ghi chú thì đặt dấu # ở đầu dòng: # {key.text}" + (
                f"; khóa thì viết: {meant}" if meant else ""
            )
        elif meant:
            remedy = f"Có phải ý bạn là “{meant}”? Ví dụ: {meant}: {known[meant]}"
        else:
            remedy = f"Các khóa dùng được ở đây: {', '.join(known)}"
        self.faults.append(self._fault(key, f"Không có khóa “{key.text}” ở đây.", remedy))
        if glued and key.text != f"{meant}:":
            return None
        return meant if meant == other or glued else nearest(key.text, known, at_least=SURELY_MEANT)

    def _not_a_mapping(self, node: Node, path: Path) -> Fault:
        said = node.text[:40] if isinstance(node, Scalar) else ""
        kind = f"“{said}”" if isinstance(node, Scalar) else "một danh sách"
        where = next((step for step in reversed(path) if isinstance(step, str)), "schedule.yaml")
        message = f"Mục trong “{where}” phải gồm các dòng khóa: giá trị, ở đây lại là {kind}."
        model = model_at(path)
        examples = list(keys_of(model).items())[:3] if model and not _is_item(path) else []
        if examples:
            listed = ", ".join(f"{key}: {example}" for key, example in examples if example)
            return self._fault(node, message, f"Viết: {where}: {{{listed}}}")
        remedy = "Thụt các dòng ten:, bai:, gio:… vào dưới mục này; sau mỗi dấu hai chấm có một dấu cách"
        return self._fault(node, message, remedy)


def _is_item(path: Sequence[str | int]) -> bool:
    return bool(path) and isinstance(path[-1], int)
