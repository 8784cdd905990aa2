"""What an office does to its schedule, in its own terms; each edit becomes operations on the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Protocol

from broadcaster.config.edits.lines import KINDS, Section, entry_path, key_of, path_of, series_path, value_at
from broadcaster.config.edits.operations import AppendItem, Operation, RemoveValue, SetValue, applied, values_of
from broadcaster.config.edits.rendering import Value
from broadcaster.config.edits.yaml_text import Path
from broadcaster.config.values import Misread, parse_time
from broadcaster.errors import WrongUsage

ONE_DAY = r" \(chỉ ngày \d\d/\d\d/\d{4}\)"
"""What `OnlyOn` puts behind the name of an entry to name its exception."""


class Edit(Protocol):
    """One thing that the office wants changed."""

    @property
    def what(self) -> str:
        """In Vietnamese, for the journal and for undo."""
        ...

    def operations(self, data: Any) -> Sequence[Operation]:
        """What it does to the file, whose values are `data`. Raises `WrongUsage` for names that are not there."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Add:
    """A new line of a section, with its values as people write them in the file."""

    section: Section
    values: Mapping[str, Value]
    exception: str | None = None
    """The key of the exception that adds it, where the section is `them`."""

    @property
    def what(self) -> str:
        return f"Thêm {KINDS[self.section]} “{self.values.get('ten', '')}”"

    def operations(self, data: Any) -> Sequence[Operation]:
        return [AppendItem(path=self._list(data), value=_composed(dict(self.values)))]

    def _list(self, data: Any) -> Path:
        if self.section != "them":
            return (self.section,)
        if self.exception is None:
            remedy = "Ghi thêm --exception và mã ngoại lệ, ví dụ: --exception tet-nguyen-dan"
            raise WrongUsage("Chưa nói mục này thêm vào ngoại lệ nào.", remedy=remedy)
        return (*path_of(data, "ngoai_le", self.exception), "them")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Another value for one key of a line; None takes the key away."""

    section: Section
    key: str
    """The line's `ma`, else the slug of its `ten`."""
    field: str
    value: Value | None

    @property
    def what(self) -> str:
        act = "Bỏ" if self.value is None else "Sửa"
        return f"{act} {self.field} của {KINDS[self.section]} “{self.key}”"

    def operations(self, data: Any) -> Sequence[Operation]:
        path = (*path_of(data, self.section, self.key), self.field)
        if self.value is not None:
            return [SetValue(path=path, value=_composed(self.value))]
        if self.field not in value_at(data, path[:-1]):
            raise WrongUsage(
                f"“{self.key}” không có khóa {self.field} để bỏ.", remedy="Xem mục này trong tệp schedule.yaml"
            )
        return [RemoveValue(path=path)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Take a whole line away, and the one-day exceptions that speak of nothing else."""

    section: Section
    key: str

    @property
    def what(self) -> str:
        return f"Xóa {KINDS[self.section]} “{self.key}”"

    def operations(self, data: Any) -> Sequence[Operation]:
        path = path_of(data, self.section, self.key)
        if self.section not in {"lich", "them"}:
            return [RemoveValue(path=path)]
        entry = value_at(data, path)
        own = re.compile(re.escape(str(entry.get("ten"))) + ONE_DAY)
        days = enumerate(data.get("ngoai_le") or ())
        one_days = [n for n, day in days if own.fullmatch(str(day.get("ten"))) and _speaks_of(day, key_of(entry))]
        return [RemoveValue(path=path), *(RemoveValue(path=("ngoai_le", number)) for number in reversed(one_days))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An entry's airing at one time of day comes to stand at another, on every date of the series."""

    key: str
    at: time
    to: time

    @property
    def what(self) -> str:
        return f"Dời “{self.key}” từ {_clock(self.at)} sang {_clock(self.to)}"

    def operations(self, data: Any) -> Sequence[Operation]:
        path = (*entry_path(data, self.key), "gio")
        written = value_at(data, path)
        times = written.split(",") if isinstance(written, str) else list(written)
        number = _position(times, self.at, self.key)
        if self.to in map(_read, times):
            kept = ", ".join(text.strip() for text in (*times[:number], *times[number + 1 :])) or times[number].strip()
            section = "them" if "them" in path else "lich"
            remedy = (
                f'Chọn giờ khác; chỉ bỏ lượt {_clock(self.at)} thì dùng: edit set {section} {self.key} gio="[{kept}]"'
            )
            raise WrongUsage(f"“{self.key}” đã có lượt {_clock(self.to)} rồi.", remedy=remedy)
        if not isinstance(written, str):
            return [SetValue(path=(*path, number), value=_clock(self.to))]
        times[number] = times[number].replace(times[number].strip(), _clock(self.to))
        return [SetValue(path=path, value=",".join(times))]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyOn:
    """“Chỉ hôm nay”: on one date an entry is dropped, has other times, or airs another script; the series stays."""

    key: str
    day: date
    times: tuple[time, ...] | None = None
    """Other times; None: its own."""
    script: str | None = None
    """Another script in its place; None: its own."""
    dropped: bool = False
    communes: tuple[str, ...] = ()
    """Empty: wherever the entry airs."""

    @property
    def what(self) -> str:
        if self.dropped:
            return f"Chỉ ngày {_day(self.day)}: không phát “{self.key}”"
        other = [f"lúc {', '.join(map(_clock, self.times))}"] if self.times else []
        other += [f"thay bằng {self.script}"] if self.script else []
        return f"Chỉ ngày {_day(self.day)}: “{self.key}” {' và '.join(other)}"

    def operations(self, data: Any) -> Sequence[Operation]:
        if not (self.dropped or self.times or self.script):
            raise WrongUsage("Chưa nói khác đi thế nào.", remedy="Chọn bỏ, giờ khác hoặc bài khác cho ngày này")
        path = series_path(data, self.key)
        entry = value_at(data, path)
        if path[0] == "chien_dich" and not self.dropped:
            raise self._of_campaign(entry)
        name = f"{entry['ten']} (chỉ ngày {_day(self.day)})"
        exception: dict[str, Value] = {"ten": name, "ngay": _day(self.day)}
        if self.communes:
            exception["noi_phat"] = list(self.communes)
        exception |= self._difference(entry)
        earlier = [RemoveValue(path=("ngoai_le", number)) for number in self._earlier(data, name, key_of(entry))]
        return [*reversed(earlier), AppendItem(path=("ngoai_le",), value=exception)]

    def _of_campaign(self, campaign: Mapping[str, Any]) -> WrongUsage:
        """A quota has no times and no script of its own that a day could change (SCHEDULE.md, 9 and 10)."""
        day, key = _day(self.day), key_of(campaign)
        letter = f' van_ban="{campaign["van_ban"]}"' if campaign.get("van_ban") else ""
        return WrongUsage(
            f"“{campaign['ten']}” là chiến dịch: máy tự tìm giờ và lần lượt đổi bài, "
            "nên không đặt giờ hay bài riêng cho một ngày được.",
            remedy=f"Bỏ các lượt máy tự xếp: edit once {key} --date {day} --drop; rồi thêm lượt vào giờ mong muốn: "
            f'edit add lich ten="TÊN" bai=BÀI gio=GIỜ ngay={day}{letter}',
        )

    def _difference(self, entry: Mapping[str, Any]) -> dict[str, Value]:
        key = key_of(entry)
        if self.dropped:
            return {"bo": [key]}
        times = [_clock(at) for at in self.times] if self.times else entry["gio"]
        if self.script is None:
            return {"doi_gio": {key: times}}
        dated = {"tu", "den", "ngay", "am_lich", "thu"}
        kept = {key: value for key, value in entry.items() if key not in dated}
        own_key = "-".join((key, f"{self.day:%Y-%m-%d}", *self.communes))
        substitute = kept | {"ma": own_key, "bai": self.script, "gio": times}
        substitute.pop("tiep_song", None)
        return {"bo": [key], "them": [substitute]}

    def _earlier(self, data: Any, name: str, key: str) -> list[int]:
        """What was said before about the same date, entry and place is said anew, not twice."""
        place = list(self.communes) or None
        return [
            number
            for number, days in enumerate(data.get("ngoai_le") or ())
            if days.get("ten") == name and (days.get("noi_phat") or None) == place and _speaks_of(days, key)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSetting:
    """Any other value of the file, by its place: `("xa", "hoang-dao", "gioi_han")`; None takes it away."""

    path: Path
    value: Value | None

    @property
    def what(self) -> str:
        act = "Bỏ" if self.value is None else "Sửa"
        return f"{act} {' › '.join(map(str, self.path))}"

    def operations(self, data: Any) -> Sequence[Operation]:
        if self.value is None:
            return [RemoveValue(path=self.path)]
        return [SetValue(path=self.path, value=_composed(self.value))]


def edited(text: str, edit: Edit, *, file: str = "schedule.yaml") -> str:
    """The file's text after the edit; not yet checked as a schedule. Raises `WrongUsage` or `WorkspaceFault`."""
    data = values_of(text, file=file)
    return applied(text, edit.operations(data), file=file)


def scripts_of(edit: Edit) -> list[str]:
    """The texts that it names; not those whose name depends on the date or the commune."""
    match edit:
        case OnlyOn(script=str(script)) | Add(values={"bai": str(script)}) | Change(field="bai", value=str(script)):
            return [] if "{" in script else [script]
    return []


def _speaks_of(days: Mapping[str, Any], key: str) -> bool:
    return any(key in (days.get(kind) or ()) for kind in ("bo", "doi_gio"))


def _position(times: Sequence[str], at: time, key: str) -> int:
    same = [number for number, text in enumerate(times) if _read(text) == at]
    if not same:
        listed = ", ".join(text.strip() for text in times)
        raise WrongUsage(f"“{key}” không phát lúc {_clock(at)}.", remedy=f"Giờ của mục này: {listed}")
    return same[0]


def _read(text: str) -> time | None:
    try:
        return parse_time(text)
    except Misread:
        return None


def _clock(at: time) -> str:
    return at.strftime("%H:%M:%S" if at.second else "%H:%M")


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _composed(value: Any) -> Any:
    """Composed letters, as the file is read."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {key: _composed(item) for key, item in value.items()}
    return [_composed(item) for item in value]
