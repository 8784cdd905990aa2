"""What schedule.yaml says of stations: windows, loudspeakers, outputs and the sources that they may relay."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from broadcaster.config import shapes
from broadcaster.config.fields import (
    Code,
    Day,
    Key,
    Limit,
    Name,
    Url,
    none_is_empty,
)
from broadcaster.config.setting import Setting
from broadcaster.config.values import Misread, Span, parse_span
from broadcaster.config.voices import Voiced
from broadcaster.model.loudspeakers import Loudspeakers


class Window(Setting):
    """A named broadcasting window."""

    name: str
    start: time
    end: time

    @property
    def span(self) -> Span:
        return Span(start=self.start, end=self.end)


def _windows(value: Any) -> Any:
    if isinstance(value, list | str):
        raise Misread(
            "Mỗi khung giờ phải có tên riêng và không có dấu gạch ngang.",
            "Viết tên, dấu hai chấm rồi giờ: khung_gio: {sang: 05:00-06:30, chieu: 17:00-18:00}",
        )
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
    if isinstance(value, list) and any(isinstance(item, dict) and "key" not in item for item in value):
        remedy = "Bỏ dấu gạch, đặt tên không dấu trước mỗi cụm: trung-tam: {ten: Loa trung tâm, dau_ra: loa-may}"
        raise Misread("Các cụm loa viết bằng gạch đầu dòng, không có tên gọi tắt.", remedy)
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
