"""The lines of schedule.yaml that an edit is about, found by the key that the office knows them by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from broadcaster.config.edits.yaml_text import Path
from broadcaster.config.names import nearest, slug
from broadcaster.errors import WrongUsage

Section = Literal["lich", "chien_dich", "ngoai_le", "them"]
"""`them` is what the exceptions add, all of them together: no two entries of a file bear one key."""
SECTIONS: tuple[Section, ...] = ("lich", "chien_dich", "ngoai_le", "them")
KINDS: Mapping[Section, str] = {
    "lich": "mục phát",
    "chien_dich": "chiến dịch",
    "ngoai_le": "ngoại lệ",
    "them": "mục thêm của ngoại lệ",
}


def path_of(data: Any, section: Section, key: str) -> Path:
    """Where a line of a section stands, by its `ma` or the slug of its `ten`. Raises `WrongUsage`."""
    paths = dict(_lines(data, section))
    found = _named(paths, key)
    if found is not None:
        return found
    for other in SECTIONS:
        if _named(dict(_lines(data, other)), key) is not None:
            message = f"“{key}” là {KINDS[other]}, không phải {KINDS[section]}."
            raise WrongUsage(message, remedy=f"Làm lại lệnh ấy với {other} thay cho {section}")
    raise _unknown(paths, key, KINDS[section])


def entry_path(data: Any, key: str) -> Path:
    """Where an entry stands, of `lich` or of what an exception adds. Raises `WrongUsage`, for a campaign, too."""
    paths = dict(_lines(data, "them")) | dict(_lines(data, "lich"))
    found = _named(paths, key)
    if found is None and _named(dict(_lines(data, "chien_dich")), key) is not None:
        raise WrongUsage(
            f"“{key}” là chiến dịch: mỗi ngày máy tự tìm giờ cho nó, nên không có giờ nào để dời.",
            remedy=f"Muốn phát vào buổi khác thì đổi khung: edit set chien_dich {key} khung=[sang]",
        )
    if found is None:
        raise _unknown(paths, key, "mục phát")
    return found


def series_path(data: Any, key: str) -> Path:
    """Where what airs stands: an entry, one that an exception adds, or a campaign. Raises `WrongUsage`."""
    paths = dict(_lines(data, "chien_dich")) | dict(_lines(data, "them")) | dict(_lines(data, "lich"))
    found = _named(paths, key)
    if found is None:
        raise _unknown(paths, key, "mục phát hay chiến dịch")
    return found


def key_of(line: Mapping[str, Any]) -> str:
    """Its `ma`, else the slug of its `ten`."""
    return str(line.get("ma") or slug(str(line.get("ten") or "")))


def value_at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _lines(data: Any, section: Section) -> Iterator[tuple[str, Path]]:
    """In the order of the file, the last first: of two lines with one key the first is meant."""
    if section != "them":
        lines: list[tuple[str, Path]] = [
            (key_of(line), (section, number)) for number, line in enumerate(data.get(section) or ())
        ]
    else:
        lines = [
            (key_of(entry), ("ngoai_le", number, "them", place))
            for number, days in enumerate(data.get("ngoai_le") or ())
            for place, entry in enumerate(days.get("them") or ())
        ]
    yield from reversed(lines)


def _named(paths: Mapping[str, Path], key: str) -> Path | None:
    return paths.get(key) or paths.get(slug(key))


def _unknown(paths: Mapping[str, Path], key: str, kind: str) -> WrongUsage:
    meant = nearest(key, paths)
    listed = ", ".join(reversed(list(paths))) or "chưa có mục nào"
    remedy = f"Có phải ý bạn là “{meant}”?" if meant else f"Hiện có: {listed}"
    return WrongUsage(f"Không có {kind} nào mang mã “{key}”.", remedy=remedy)
