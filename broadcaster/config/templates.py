"""What schedule.yaml says of programmes: the parts of a template, its lengths, and how loud it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pydantic import Field, model_validator

from broadcaster.config.fields import (
    DecibelsTruePeak,
    Duration,
    Lufs,
    Switch,
)
from broadcaster.config.setting import Setting
from broadcaster.config.values import Misread, spoken_duration

LEAST_HEADROOM_DB = 12.5
"""Between loudness and peak: under the limiter speech gets no louder (measured: −14.0 LUFS under −1.5 dBTP)."""
CONTENT_PART = "noi_dung"
"""The part of a template where the script's own items go."""


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


def read_templates(value: Any) -> Any:
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

    @model_validator(mode="after")
    def _can_be_reached(self) -> Loudness:
        loudest = self.peak_dbtp - LEAST_HEADROOM_DB
        for name, lufs in {"muc": self.target_lufs, **self.by_window}.items():
            if lufs > loudest:
                raise Misread(
                    f"{name}: {lufs:g} LUFS quá to so với đỉnh {self.peak_dbtp:g} dBTP, lời đọc không lên tới được.",
                    f"Ghi {name} từ {loudest:g} LUFS trở xuống (thường là -16 LUFS), đỉnh để -1.5 dBTP",
                )
        return self
