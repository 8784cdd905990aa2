"""What schedule.yaml says, as frozen types: English attributes, unaccented Vietnamese keys as aliases.

The meaning of each key stands in docs/developers/schedule.md. `title` and `examples` of a field are Vietnamese: faults
and the editor's completion show them.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from broadcaster.config import shapes
from broadcaster.config.engines import AnyEngine
from broadcaster.config.fields import (
    Code,
    Day,
    Days,
    DecibelsTruePeak,
    Duration,
    Key,
    Keys,
    Lasting,
    Limit,
    Lufs,
    LunarDays,
    Name,
    Names,
    Quota,
    Repeats,
    ScriptPath,
    Scripts,
    Shift,
    Spans,
    Switch,
    Times,
    Url,
    Weekdays,
    keyed,
    none_is_empty,
)
from broadcaster.config.names import slug
from broadcaster.config.setting import Setting
from broadcaster.config.values import Misread, Repetition, Span, parse_span, spoken_duration
from broadcaster.config.voices import Voiced, VoiceSettings
from broadcaster.model.loudspeakers import Loudspeakers

CONTENT_PART = "noi_dung"
"""The part of a template where the script's own items go."""


class Window(Setting):
    """A named broadcasting window."""

    name: str
    start: time
    end: time

    @property
    def span(self) -> Span:
        return Span(start=self.start, end=self.end)


def _windows(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if not value:
        raise Misread(
            "Không có khung giờ nào.", "Ghi các khung, ví dụ: {sang: 05:00-06:30}; không dùng thì xóa cả dòng"
        )
    return [{"name": name, "hours": hours} for name, hours in value.items()]


def _window(value: Any) -> Any:
    if not isinstance(value, dict) or "hours" not in value:
        return value
    if not isinstance(value["hours"], str):
        raise Misread(f"Khung giờ “{value['name']}” chưa có giờ.", "Viết giờ đầu-giờ cuối, ví dụ: sang: 05:00-06:30")
    span = parse_span(value["hours"])
    return {"name": value["name"], "start": span.start, "end": span.end}


Windows = Annotated[
    tuple[Annotated[Window, BeforeValidator(_window)], ...],
    BeforeValidator(_windows),
    WithJsonSchema({"type": "object", "minProperties": 1, "additionalProperties": shapes.text(shapes.SPAN)}),
]


class Cluster(Setting):
    """A loudspeaker cluster and the output that feeds it."""

    key: Key
    name: Name = Field(alias="ten", title="tên cụm loa", examples=["Loa trung tâm"])
    output: str = Field(alias="dau_ra", title="tên một đầu ra ở mục dau_ra", examples=["loa-may"])
    """Name of an output in `dau_ra`."""


def _clusters(value: Any) -> Any:
    if not isinstance(value, dict):
        return none_is_empty(value)
    return [{**item, "key": key} if isinstance(item, dict) else item for key, item in value.items()]


class Commune(Voiced):
    """One commune is one station."""

    key: str
    name: Name = Field(alias="ten", title="tên xã", examples=["Xã Hoằng Đạo"])
    code: Code | None = Field(default=None, alias="ma", title="mã đơn vị hành chính 5 chữ số", examples=['"14842"'])
    """Five-digit administrative code, as text: it may start with 0."""
    station_call: Name | None = Field(
        default=None, alias="loi_xuong", title="lời xướng", examples=["Đây là Đài truyền thanh xã Hoằng Đạo"]
    )
    sign_off: Name | None = Field(
        default=None, alias="loi_chao", title="lời chào", examples=["Chương trình đến đây là hết"]
    )
    limit: Limit | None = Field(
        default=None, alias="gioi_han", title="tổng thời lượng mỗi khung giờ", examples=["60 phút/khung"]
    )
    """Total airtime in each window, relays included."""
    clusters: Annotated[tuple[Cluster, ...], BeforeValidator(_clusters)] = Field(
        default=(), alias="loa", title="các cụm loa", examples=["{trung-tam: {ten: Loa trung tâm, dau_ra: loa-may}}"]
    )
    loudspeakers: Loudspeakers = Field(
        default="loa nén", alias="kieu_loa", title="kiểu loa", examples=["loa nén", "loa cột", "trong nhà", "không"]
    )
    """What carries the sound to people; speech is made ready for it."""
    windows: Windows | None = Field(
        default=None, alias="khung_gio", title="khung giờ riêng của xã", examples=["{sang: 05:00-06:30}"]
    )
    """Its own windows in place of the common ones; None: the common ones."""


class OutputSettings(Setting):
    """An output's kind and whatever options that kind takes, as text; the kind itself checks them."""

    name: str
    kind: Name = Field(alias="kieu", title="kiểu đầu ra", examples=["auto", "sound-card", "file"])
    options: dict[str, Any] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _gather_options(cls, value: Any) -> Any:
        if not isinstance(value, dict) or "options" in value:
            return value
        own = {"name", "kieu", "kind"}
        options = {key: item for key, item in value.items() if key not in own}
        return {key: item for key, item in value.items() if key in own} | {"options": options}


class RelaySource(Setting):
    """A source that may be relayed; nothing else may."""

    key: str
    name: Name = Field(alias="ten", title="tên nguồn", examples=["VOV1"])
    url: Url = Field(title="địa chỉ luồng âm thanh", examples=["http://may-tiep-song.example/vov1"])
    substitute: str | None = Field(
        default=None, alias="du_phong", title="mã nguồn thay thế khi nguồn này hỏng", examples=["tinh"]
    )
    expires: Day | None = Field(
        default=None, alias="het_han", title="ngày cuối cùng còn được tiếp", examples=["31/12/2027"]
    )
    """The last day on which it may be relayed."""


class TemplatePart(Setting):
    """A part of a programme template: a jingle's name, or a part that is spoken (`loi-xuong`, `noi_dung`, …)."""

    name: str
    stinger: str | None = Field(default=None, alias="nhac_cat", title="nhạc cắt giữa các tin", examples=["nhac-cat"])
    bed: str | None = Field(default=None, alias="nhac_nen", title="nhạc nền dưới lời", examples=["nhac-nen"])
    repeat: int = Field(default=1, ge=1, le=10, alias="lap", title="số lần đọc", examples=["2"])
    optional: Switch = Field(
        default=False, alias="tuy_chon", title="phần nhạc được rút ngắn hoặc bỏ khi quá dài", examples=["có"]
    )
    """Music that gives way where the programme would be longer than its template wants it."""

    @model_validator(mode="before")
    @classmethod
    def _name_first(cls, value: Any) -> Any:
        if isinstance(value, str):
            value = {value: {}}
        if not isinstance(value, dict) or "name" in value:
            return value
        if len(value) != 1:
            raise Misread("Mỗi phần của khuôn là một tên.", "Ví dụ: [nhac-hieu, {noi_dung: {nhac_cat: nhac-cat}}]")
        name, options = next(iter(value.items()))
        if not isinstance(options, dict | None):
            raise Misread(f"Không hiểu tùy chọn của phần “{name}”.", "Ví dụ: {noi_dung: {lap: 2}}")
        return {"name": CONTENT_PART if name == "noi-dung" else name, **(options or {})}


class Template(Setting):
    """How a programme is put together."""

    name: str
    wanted: Duration | None = Field(
        default=None, alias="dai_mong_muon", title="thời lượng mong muốn", examples=["10 phút"]
    )
    """Optional music gives way to come to it; nothing is drawn out."""
    longest: Duration | None = Field(
        default=None, alias="dai_toi_da", title="thời lượng nhiều nhất", examples=["12 phút"]
    )
    """Longer content is told, and airs whole all the same."""
    parts: tuple[TemplatePart, ...] = Field(
        alias="phan", title="các phần, theo thứ tự phát", examples=["[nhac-hieu, noi_dung, {nhac-ket: {tuy_chon: có}}]"]
    )

    @property
    def limit(self) -> timedelta | None:
        """What optional music gives way to keep to."""
        return self.wanted or self.longest

    @model_validator(mode="after")
    def _wants_no_more_than_it_allows(self) -> Template:
        if self.wanted and self.longest and self.wanted > self.longest:
            raise Misread(
                f"Khuôn “{self.name}”: dai_mong_muon ({spoken_duration(self.wanted)}) dài hơn dai_toi_da "
                f"({spoken_duration(self.longest)}).",
                f"Giảm dai_mong_muon, hoặc tăng dai_toi_da từ {spoken_duration(self.wanted)} trở lên",
            )
        return self

    @model_validator(mode="after")
    def _has_content(self) -> Template:
        if not any(part.name == CONTENT_PART for part in self.parts):
            raise Misread(
                f"Khuôn “{self.name}” không có phần noi_dung nên không phát được bài nào.",
                "Thêm noi_dung, ví dụ: [chuong, loi-xuong, noi_dung, loi-chao]",
            )
        return self


def _templates(value: Any) -> Any:
    if not isinstance(value, dict):
        return {} if value is None else value
    return {key: _template(key, item) for key, item in value.items()}


def _template(name: str, value: Any) -> Any:
    """A list of parts alone, or a mapping that has them under `phan`."""
    if isinstance(value, list):
        return {"name": name, "phan": value}
    return {"name": name, **value} if isinstance(value, dict) else value


class Loudness(Setting):
    """Programme loudness (LUFS, integrated) and true peak (dBTP); windows may have a loudness of their own."""

    target_lufs: Lufs = Field(default=-16.0, alias="muc", title="độ to", examples=["-16 LUFS"])
    peak_dbtp: DecibelsTruePeak = Field(default=-1.5, alias="dinh", title="đỉnh thật", examples=["-1.5 dBTP"])
    by_window: dict[str, Lufs] = Field(
        default_factory=dict, alias="theo_khung", title="độ to riêng của khung giờ", examples=["{sang: -20 LUFS}"]
    )


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


class Schedule(VoiceSettings):
    """The whole of schedule.yaml."""

    version: Annotated[
        Literal[1], BeforeValidator(lambda value: 1 if value == "1" else value), WithJsonSchema({"enum": [1, "1"]})
    ] = Field(default=1, alias="phien_ban", title="phiên bản của định dạng", examples=["1"])
    time_zone: Literal["Asia/Ho_Chi_Minh"] = Field(
        default="Asia/Ho_Chi_Minh", alias="mui_gio", title="múi giờ", examples=["Asia/Ho_Chi_Minh"]
    )
    province: Name | None = Field(default=None, alias="tinh", title="tên tỉnh", examples=["Thanh Hóa"])
    communes: Annotated[dict[Key, Commune], keyed("key"), Field(min_length=1)] = Field(
        alias="xa", title="các xã", examples=["{hoang-dao: {ten: Xã Hoằng Đạo}}"]
    )
    groups: Annotated[dict[Key, Keys], keyed("key")] = Field(
        default_factory=dict, alias="nhom", title="các nhóm xã", examples=["{ven-bien: [hoang-truong]}"]
    )
    """As written: a member is a commune or another group; never in a circle."""
    windows: Windows = Field(default=(), alias="khung_gio", title="các khung giờ", examples=["{sang: 05:00-06:30}"])
    quiet_hours: Spans = Field(
        default=(), alias="gio_yen_tinh", title="giờ yên tĩnh", examples=["[11:30-13:30, 21:00-05:00]"]
    )
    loudness: Loudness = Field(default=Loudness(), alias="am_luong", title="âm lượng", examples=["{muc: -16 LUFS}"])
    outputs: Annotated[dict[Key, OutputSettings], keyed("name")] = Field(
        default_factory=dict, alias="dau_ra", title="các đầu ra", examples=["{loa-may: {kieu: auto}}"]
    )
    engines: Annotated[dict[Key, AnyEngine], keyed("name")] = Field(
        default_factory=dict,
        alias="may_doc",
        title="các bộ đọc tự nối thêm",
        examples=["{vieneu: {kieu: http, …}}"],
    )
    sources: Annotated[dict[Key, RelaySource], keyed("key")] = Field(
        default_factory=dict,
        alias="nguon",
        title="các nguồn tiếp sóng",
        examples=['{vov1: {ten: VOV1, url: "http://may-tiep-song.example/vov1"}}'],
    )
    templates: Annotated[dict[Key, Template], BeforeValidator(_templates)] = Field(
        default_factory=dict, alias="chuong_trinh", title="các khuôn ghép", examples=["{thong-bao: [chuong, noi_dung]}"]
    )
    entries: Annotated[tuple[Entry, ...], BeforeValidator(none_is_empty)] = Field(
        default=(), alias="lich", title="các mục phát", examples=["[]"]
    )
    campaigns: Annotated[tuple[Campaign, ...], BeforeValidator(none_is_empty)] = Field(
        default=(), alias="chien_dich", title="các chiến dịch", examples=["[]"]
    )
    exceptions: Annotated[tuple[ExceptionalDays, ...], BeforeValidator(none_is_empty)] = Field(
        default=(), alias="ngoai_le", title="các ngoại lệ", examples=["[]"]
    )
    emergency: Emergency | None = Field(default=None, alias="khan_cap", title="tin khẩn cấp", examples=["{}"])
