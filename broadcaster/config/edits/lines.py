"""The lines of schedule.yaml that an edit is about, found by the key that the office knows them by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from broadcaster.config.edits.yaml_text import Path
from broadcaster.config.names import nearest, slug
from broadcaster.errors import WrongUsage

Section = Literal["lich", "chien_dich", "ngoai_le"]
SECTIONS: tuple[Section, ...] = ("lich", "chien_dich", "ngoai_le")
KINDS = {"lich": "mục phát", "chien_dich": "chiến dịch", "ngoai_le": "ngoại lệ"}


def path_of(data: Any, section: Section, key: str) -> Path:
    """Where a line of a section stands, by its `ma` or the slug of its `ten`. Raises `WrongUsage`."""
    return _found(_lines(data, section), key, KINDS[section])


def series_path(data: Any, key: str, *, with_campaigns: bool) -> Path:
    """Where what airs stands: an entry, one that an exception adds, or a campaign. Raises `WrongUsage`."""
    paths = dict(_lines(data, "lich"))
    for number, days in enumerate(data.get("ngoai_le") or ()):
        for place, entry in enumerate(days.get("them") or ()):
            paths.setdefault(key_of(entry), ("ngoai_le", number, "them", place))
    if with_campaigns:
        paths = dict(_lines(data, "chien_dich")) | paths
    return _found(paths.items(), key, "mục phát hay chiến dịch" if with_campaigns else "mục phát")


def key_of(line: Mapping[str, Any]) -> str:
    """Its `ma`, else the slug of its `ten`."""
    return str(line.get("ma") or slug(str(line.get("ten") or "")))


def value_at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _lines(data: Any, section: Section) -> Iterator[tuple[str, Path]]:
    for number, line in enumerate(data.get(section) or ()):
        yield key_of(line), (section, number)


def _found(lines: Any, key: str, kind: str) -> Path:
    paths: dict[str, Path] = {}
    for known, path in lines:
        paths.setdefault(known, path)
    found = paths.get(key) or paths.get(slug(key))
    if found is None:
        meant = nearest(key, paths)
        listed = ", ".join(paths) or "chưa có mục nào"
        remedy = f"Có phải ý bạn là “{meant}”?" if meant else f"Hiện có: {listed}"
        raise WrongUsage(f"Không có {kind} nào mang mã “{key}”.", remedy=remedy)
    return found
