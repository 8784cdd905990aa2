"""What schedule.yaml says, as frozen types: English attributes, unaccented Vietnamese keys as aliases.

The meaning of each key stands in docs/developers/schedule.md.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Setting(BaseModel):
    """Unknown keys are faults; values never change after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True)


class Span(Setting):
    """A time of day to another, closed at the start, open at the end; passes midnight where end ≤ start."""

    start: time
    end: time


class Window(Setting):
    """A named broadcasting window."""

    name: str
    start: time
    end: time


class LunarDay(Setting):
    """`mùng 1`, `rằm`, `ngày 23 tháng 12`, `giao thừa`; month None: every month, leap months too."""

    day: int
    """1–30; 0 is giao thừa, the day before mùng 1 tháng 1."""
    month: int | None = None


class LunarRange(Setting):
    """From one lunar day to another, both included."""

    first: LunarDay
    last: LunarDay


class DateRange(Setting):
    """Whole days, both included; a single date is a range of one."""

    first: date
    last: date


class Length(Setting):
    """`dai`: reserved exactly, or a cap (`tối đa`)."""

    duration: timedelta
    cap: bool = False


class Places(Setting):
    """`noi_phat` and `tru`, as written: keys of communes or groups."""

    include: tuple[str, ...] = ()
    """Empty: every commune."""
    exclude: tuple[str, ...] = ()


class Cluster(Setting):
    """A loudspeaker cluster and the output that feeds it."""

    key: str
    name: str = Field(alias="ten")
    output: str = Field(alias="dau_ra")
    """Name of an output in `dau_ra`."""


class Commune(Setting):
    """One commune is one station."""

    key: str
    name: str = Field(alias="ten")
    code: str | None = Field(default=None, alias="ma")
    """Five-digit administrative code, as text: it may start with 0."""
    station_call: str | None = Field(default=None, alias="loi_xuong")
    sign_off: str | None = Field(default=None, alias="loi_chao")
    limit: timedelta | None = Field(default=None, alias="gioi_han")
    """Total airtime in each window, relays included."""
    clusters: tuple[Cluster, ...] = Field(default=(), alias="loa")
    windows: tuple[Window, ...] | None = Field(default=None, alias="khung_gio")
    """Its own windows in place of the common ones; None: the common ones."""


class OutputSettings(Setting):
    """An output's kind and whatever options that kind takes."""

    name: str
    kind: str = Field(alias="kieu")
    options: dict[str, Any] = Field(default_factory=dict)


class RelaySource(Setting):
    """A source that may be relayed; nothing else may."""

    key: str
    name: str = Field(alias="ten")
    url: str
    substitute: str | None = Field(default=None, alias="du_phong")
    expires: date | None = Field(default=None, alias="het_han")
    """The last day on which it may be relayed."""


class TemplatePart(Setting):
    """A part of a programme template: a jingle's name, or a part that is spoken (`loi-xuong`, `noi_dung`, …)."""

    name: str
    stinger: str | None = Field(default=None, alias="nhac_cat")
    bed: str | None = Field(default=None, alias="nhac_nen")
    repeat: int = Field(default=1, alias="lap")


class Template(Setting):
    """How a programme is put together."""

    name: str
    parts: tuple[TemplatePart, ...]


class Loudness(Setting):
    """Programme loudness (LUFS, integrated) and true peak (dBTP); windows may have a loudness of their own."""

    target_lufs: float = -16.0
    peak_dbtp: float = -1.5
    by_window: dict[str, float] = Field(default_factory=dict)


class Entry(Setting):
    """A line of `lich`: something that recurs or stands on given dates."""

    key: str
    name: str = Field(alias="ten")
    script: str | None = Field(default=None, alias="bai")
    """Path pattern under scripts_content/; `{xa}` and `{ngay}` stand for commune and ISO date."""
    relay: str | None = Field(default=None, alias="tiep_song")
    """Key of a relay source. Exactly one of script and relay is given."""
    template: str | None = Field(default=None, alias="chuong_trinh")
    times: tuple[time, ...] = Field(alias="gio")
    length: Length | None = Field(default=None, alias="dai")
    weekdays: frozenset[int] | None = Field(default=None, alias="thu")
    """0 Monday … 6 Sunday; None: every day."""
    dates: tuple[DateRange, ...] = Field(default=(), alias="ngay")
    lunar: tuple[LunarRange, ...] = Field(default=(), alias="am_lich")
    first: date | None = Field(default=None, alias="tu")
    last: date | None = Field(default=None, alias="den")
    places: Places = Places()
    priority: int = Field(default=50, ge=1, le=99, alias="uu_tien")
    shift: timedelta = Field(default=timedelta(minutes=15), alias="doi")
    late_limit: timedelta = Field(default=timedelta(minutes=2), alias="tre_toi_da")
    directive: str | None = Field(default=None, alias="van_ban")


class Campaign(Setting):
    """A line of `chien_dich`: a quota of airings a day over a period, its scripts in rotation."""

    key: str
    name: str = Field(alias="ten")
    directive: str | None = Field(default=None, alias="van_ban")
    scripts: tuple[str, ...] = Field(alias="bai")
    template: str | None = Field(default=None, alias="chuong_trinh")
    first: date = Field(alias="tu")
    last: date = Field(alias="den")
    per_day: int = Field(alias="chi_tieu")
    windows: tuple[str, ...] | None = Field(default=None, alias="khung")
    """Names of windows; None: all."""
    spacing: timedelta = Field(default=timedelta(hours=1), alias="cach_nhau")
    """Start to start."""
    rotation: Literal["lần lượt"] = Field(default="lần lượt", alias="luan_phien")
    length: Length | None = Field(default=None, alias="dai")
    places: Places = Places()
    priority: int = Field(default=30, ge=1, le=99, alias="uu_tien")
    late_limit: timedelta = Field(default=timedelta(minutes=2), alias="tre_toi_da")


class Retiming(Setting):
    """`doi_gio`: an entry that has other times on an exception's dates."""

    entry: str
    times: tuple[time, ...]


class ExceptionalDays(Setting):
    """A line of `ngoai_le`: what is different on its dates."""

    name: str = Field(alias="ten")
    on: bool = Field(default=True, alias="bat")
    first: date | None = Field(default=None, alias="tu")
    last: date | None = Field(default=None, alias="den")
    dates: tuple[DateRange, ...] = Field(default=(), alias="ngay")
    lunar: tuple[LunarRange, ...] = Field(default=(), alias="am_lich")
    places: Places = Places()
    only: tuple[str, ...] | None = Field(default=None, alias="chi_phat")
    """Keeps only these: `tiếp sóng`, `chiến dịch`, or entries' names; None keeps all, () none."""
    drop: tuple[str, ...] = Field(default=(), alias="bo")
    add: tuple[Entry, ...] = Field(default=(), alias="them")
    retime: tuple[Retiming, ...] = Field(default=(), alias="doi_gio")
    no_music: bool = Field(default=False, alias="tat_nhac")


class Emergency(Setting):
    """How emergencies repeat, and their prepared texts."""

    repeat: int = 3
    every: timedelta = timedelta(minutes=10)
    templates: dict[str, str] = Field(default_factory=dict, alias="mau")


class Schedule(Setting):
    """The whole of schedule.yaml."""

    province: str | None = Field(default=None, alias="tinh")
    voice: str | None = Field(default=None, alias="giong")
    """`engine:voice` for every script that names none; None: the embedded default."""
    communes: dict[str, Commune] = Field(alias="xa")
    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict, alias="nhom")
    windows: tuple[Window, ...] = Field(default=(), alias="khung_gio")
    quiet_hours: tuple[Span, ...] = Field(default=(), alias="gio_yen_tinh")
    loudness: Loudness = Field(default=Loudness(), alias="am_luong")
    outputs: dict[str, OutputSettings] = Field(default_factory=dict, alias="dau_ra")
    sources: dict[str, RelaySource] = Field(default_factory=dict, alias="nguon")
    templates: dict[str, Template] = Field(default_factory=dict, alias="chuong_trinh")
    entries: tuple[Entry, ...] = Field(default=(), alias="lich")
    campaigns: tuple[Campaign, ...] = Field(default=(), alias="chien_dich")
    exceptions: tuple[ExceptionalDays, ...] = Field(default=(), alias="ngoai_le")
    emergency: Emergency | None = Field(default=None, alias="khan_cap")
