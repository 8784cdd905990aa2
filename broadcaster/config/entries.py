"""What schedule.yaml airs, where and when: entries, campaigns, days that are different, emergencies."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from broadcaster.config.fields import (
    Day,
    Days,
    Duration,
    Key,
    Keys,
    Lasting,
    LunarDays,
    Name,
    Names,
    Quota,
    Repeats,
    ScriptPath,
    Scripts,
    Shift,
    Switch,
    Times,
    Weekdays,
    none_is_empty,
)
from broadcaster.config.names import slug
from broadcaster.config.setting import Setting
from broadcaster.config.values import Repetition


class Placed(Setting):
    """`noi_phat` and `tru`, as written: keys of communes or groups."""

    include: Keys = Field(default=(), alias="noi_phat", title="các xã hoặc nhóm phát", examples=["[hoang-dao]"])
    """Empty: every commune."""
    exclude: Keys = Field(default=(), alias="tru", title="các xã hoặc nhóm không phát", examples=["[hoang-dao]"])


def _key_from_name(value: Any) -> Any:
    """An entry's key is `ma`, else the slug of `ten`."""
    if isinstance(value, dict) and "ma" not in value and "key" not in value and isinstance(value.get("ten"), str):
        return {**value, "ma": slug(value["ten"])}
    return value


class Entry(Placed):
    """A line of `lich`: something that recurs or stands on given dates."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": ["bai"]}, {"required": ["tiep_song"]}],
            "dependencies": {"tiep_song": ["dai"]},
        }
    )

    key: Key = Field(alias="ma", title="mã riêng của mục", examples=["ban-tin-xa"])
    name: Name = Field(alias="ten", title="tên mục", examples=["Bản tin xã"])
    script: ScriptPath | None = Field(
        default=None, alias="bai", title="tệp bài trong scripts_content/", examples=["thong-bao/tiem-chung.txt"]
    )
    """Path pattern under scripts_content/; `{xa}` and `{ngay}` stand for commune and ISO date."""
    relay: str | None = Field(default=None, alias="tiep_song", title="mã nguồn tiếp sóng", examples=["vov1"])
    """Key of a relay source. Exactly one of script and relay is given."""
    template: str | None = Field(default=None, alias="chuong_trinh", title="tên khuôn ghép", examples=["ban-tin"])
    times: Times = Field(alias="gio", title="giờ phát", examples=["05:30", "[05:30, 17:30]"])
    length: Lasting | None = Field(default=None, alias="dai", title="thời lượng", examples=["tối đa 15 phút"])
    weekdays: Weekdays | None = Field(default=None, alias="thu", title="các thứ trong tuần", examples=["T2-T7"])
    """0 Monday … 6 Sunday; None: every day."""
    dates: Days = Field(default=(), alias="ngay", title="các ngày", examples=["[10/10/2026, 24/10/2026]"])
    lunar: LunarDays = Field(default=(), alias="am_lich", title="các ngày âm lịch", examples=["[mùng 1, rằm]"])
    first: Day | None = Field(default=None, alias="tu", title="ngày đầu", examples=["01/10/2026"])
    last: Day | None = Field(default=None, alias="den", title="ngày cuối", examples=["31/12/2026"])
    priority: int = Field(default=50, ge=1, le=99, alias="uu_tien", title="mức ưu tiên từ 1 đến 99", examples=["60"])
    shift: Shift = Field(
        default=timedelta(minutes=15), alias="doi", title="được dời muộn nhất bao lâu", examples=["15 phút", "0"]
    )
    late_limit: Shift = Field(
        default=timedelta(minutes=2), alias="tre_toi_da", title="được phát trễ nhiều nhất", examples=["2 phút"]
    )
    directive: Name | None = Field(
        default=None, alias="van_ban", title="số văn bản chỉ đạo", examples=["244/CĐSQG-CSS"]
    )

    _key = model_validator(mode="before")(staticmethod(_key_from_name))


class Campaign(Placed):
    """A line of `chien_dich`: a quota of airings a day over a period, its scripts in rotation."""

    key: Key = Field(alias="ma", title="mã riêng của chiến dịch", examples=["17-diem"])
    name: Name = Field(alias="ten", title="tên chiến dịch", examples=["17 điểm khác nhau"])
    directive: Name | None = Field(
        default=None, alias="van_ban", title="số văn bản chỉ đạo", examples=["244/CĐSQG-CSS"]
    )
    scripts: Scripts = Field(
        alias="bai", title="các tệp bài trong scripts_content/", examples=["[17-diem/01.txt, 17-diem/02.txt]"]
    )
    template: str | None = Field(default=None, alias="chuong_trinh", title="tên khuôn ghép", examples=["thong-bao"])
    first: Day = Field(alias="tu", title="ngày đầu", examples=["24/03/2026"])
    last: Day = Field(alias="den", title="ngày cuối", examples=["24/04/2026"])
    per_day: Quota = Field(alias="chi_tieu", title="số lượt mỗi ngày", examples=["2 lượt/ngày"])
    windows: Keys | None = Field(default=None, alias="khung", title="các khung được dùng", examples=["[sang, chieu]"])
    """Names of windows; None: all."""
    spacing: Duration = Field(
        default=timedelta(hours=1), alias="cach_nhau", title="hai lượt cách nhau ít nhất", examples=["3 giờ"]
    )
    """Start to start."""
    rotation: Literal["lần lượt"] = Field(
        default="lần lượt", alias="luan_phien", title="cách luân phiên bài", examples=["lần lượt"]
    )
    length: Lasting | None = Field(default=None, alias="dai", title="thời lượng", examples=["5 phút"])
    priority: int = Field(default=30, ge=1, le=99, alias="uu_tien", title="mức ưu tiên từ 1 đến 99", examples=["30"])
    late_limit: Shift = Field(
        default=timedelta(minutes=2), alias="tre_toi_da", title="được phát trễ nhiều nhất", examples=["2 phút"]
    )

    _key = model_validator(mode="before")(staticmethod(_key_from_name))


class Retiming(Setting):
    """`doi_gio`: an entry that has other times on an exception's dates."""

    entry: Name = Field(alias="ten", title="tên mục được đổi giờ", examples=["Bản tin xã"])
    times: Times = Field(alias="gio", title="các giờ mới", examples=["06:00"])


def _retimings(value: Any) -> Any:
    """`{Bản tin xã: 06:00}` says the same as `[{ten: Bản tin xã, gio: 06:00}]`."""
    if not isinstance(value, dict):
        return none_is_empty(value)
    return [value] if "ten" in value else [{"ten": name, "gio": times} for name, times in value.items()]


class ExceptionalDays(Placed):
    """A line of `ngoai_le`: what is different on its dates."""

    name: Name = Field(alias="ten", title="tên ngoại lệ", examples=["Tết Nguyên đán"])
    on: Switch = Field(default=True, alias="bat", title="bật hay tắt", examples=["false"])
    first: Day | None = Field(default=None, alias="tu", title="ngày đầu", examples=["01/01/2027"])
    last: Day | None = Field(default=None, alias="den", title="ngày cuối", examples=["02/01/2027"])
    dates: Days = Field(default=(), alias="ngay", title="các ngày", examples=["[10/10/2026]"])
    lunar: LunarDays = Field(
        default=(), alias="am_lich", title="các ngày âm lịch", examples=["giao thừa - mùng 3 tháng 1"]
    )
    only: Names | None = Field(
        default=None, alias="chi_phat", title="chỉ giữ các mục hoặc loại này", examples=["[tiếp sóng]"]
    )
    """Keeps only these: `tiếp sóng`, `chiến dịch`, or entries' names; None keeps all, () none."""
    drop: Names = Field(default=(), alias="bo", title="bỏ các mục hoặc loại này", examples=["[Bản tin xã]"])
    add: Annotated[tuple[Entry, ...], BeforeValidator(none_is_empty)] = Field(
        default=(),
        alias="them",
        title="các mục thêm",
        examples=["[{ten: Chúc Tết, bai: tet/01.txt, gio: 05:40}]"],
    )
    retime: Annotated[tuple[Retiming, ...], BeforeValidator(_retimings), WithJsonSchema({"type": "object"})] = Field(
        default=(), alias="doi_gio", title="mục có giờ khác", examples=["{Bản tin xã: 06:00}"]
    )
    no_music: Switch = Field(default=False, alias="tat_nhac", title="bỏ các phần nhạc", examples=["true"])


class Emergency(Setting):
    """How emergencies repeat, and their prepared texts."""

    repetition: Repeats = Field(
        default=Repetition(times=3, every=timedelta(minutes=10)),
        alias="lap",
        title="số lần lặp",
        examples=['"3 lần, cách 10 phút"'],
    )
    templates: dict[str, ScriptPath] = Field(
        default_factory=dict, alias="mau", title="bài soạn sẵn", examples=["{mua-lu: khan-cap/mua-lu.txt}"]
    )
