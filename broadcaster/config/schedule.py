"""What schedule.yaml says, as frozen types: English attributes, unaccented Vietnamese keys as aliases.

The meaning of each key stands in docs/developers/schedule.md. `title` and `examples` of a field are Vietnamese: faults
and the editor's completion show them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from broadcaster.config.engines import AnyEngine
from broadcaster.config.entries import Campaign, Emergency, Entry, ExceptionalDays
from broadcaster.config.fields import (
    Key,
    Keys,
    Name,
    Spans,
    keyed,
    none_is_empty,
)
from broadcaster.config.stations import Commune, OutputSettings, RelaySource, Windows
from broadcaster.config.templates import Loudness, Template, read_templates
from broadcaster.config.voices import VoiceSettings


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
    templates: Annotated[dict[Key, Template], BeforeValidator(read_templates)] = Field(
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
