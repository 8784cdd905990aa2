"""Voices as operators know them: named profiles, and the ladder of those that may say a text."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from broadcaster.config.fields import Key, Name, keyed, split_at_commas, text_read_by
from broadcaster.config.names import fold, unaccented
from broadcaster.config.setting import Setting
from broadcaster.config.values import Misread, parse_level

SLOWEST, FASTEST = 2.0, 5.0
"""Syllables a second: what is slower or faster is a slip of the hand."""
OUTDOORS = (2.8, 3.4)
"""Syllables a second that are understood best through a horn with an echo."""
MOST_GAIN_DB = 12.0
LONGEST_LADDER = 5
SMALLEST_CACHE = 50_000_000
"""Bytes: about twenty minutes of speech; less would make everything again and again."""


def parse_pace(text: str) -> float:
    """`3.1 âm tiết/giây`, the unit optional, a decimal comma is a point → syllables a second."""
    match = re.fullmatch(r"(\d+(?:[.,]\d+)?) ?(?:âm tiết ?/ ?giây)?", fold(text))
    pace = float(match[1].replace(",", ".")) if match else None
    if pace is None or not SLOWEST <= pace <= FASTEST:
        remedy = (
            f"Viết số âm tiết mỗi giây từ {SLOWEST:g} đến {FASTEST:g}; ngoài trời nghe rõ nhất từ {OUTDOORS[0]:g} "
            f"đến {OUTDOORS[1]:g}, ví dụ: toc_do: 3.1 âm tiết/giây"
        )
        raise Misread(f"Không dùng được tốc độ đọc “{text}”.", remedy)
    return pace


def parse_gain(text: str) -> float:
    """`0 dB`, `+3 dB`."""
    return parse_level(text.strip().removeprefix("+"), unit="dB", lowest=-MOST_GAIN_DB, highest=MOST_GAIN_DB)


def parse_size(text: str) -> int:
    """`2 GB`, `500 MB` → bytes (thousands, as disks are sold)."""
    match = re.fullmatch(r"(\d{1,5})(?:[.,](\d{1,2}))? ?([gm]b)", fold(text))
    if match is None:
        raise Misread(f"Không hiểu dung lượng “{text}”.", "Viết số kèm đơn vị, ví dụ: 2 GB, 500 MB")
    size = round(float(f"{match[1]}.{match[2] or 0}") * (10**9 if match[3] == "gb" else 10**6))
    if size < SMALLEST_CACHE:
        raise Misread(f"Dung lượng “{text}” quá nhỏ.", f"Ghi từ {SMALLEST_CACHE // 10**6} MB trở lên, ví dụ: 2 GB")
    return size


def read_ladder(value: Any) -> Any:
    """One name, names with commas between, or a list of them."""
    names = split_at_commas(value)
    if isinstance(names, list | tuple) and len(names) > LONGEST_LADDER:
        message = f"Thang giọng có {len(names)} giọng, nhiều nhất là {LONGEST_LADDER}."
        raise Misread(message, "Giữ các giọng hay dùng; giọng có sẵn trong máy luôn là nấc cuối, không cần ghi")
    return names


Pace = Annotated[float, text_read_by(parse_pace)]
Gain = Annotated[float, text_read_by(parse_gain)]
Size = Annotated[int, text_read_by(parse_size)]
Ladder = Annotated[tuple[Name, ...], BeforeValidator(read_ladder), Field(min_length=1)]
"""The preferred voice first; each a profile's key or `engine:voice`."""


class VoiceProfile(Setting):
    """A named voice: which engine's, how fast, how high, how loud. What is left out is the engine's own."""

    key: str
    name: Name = Field(alias="ten", title="tên giọng", examples=["Nữ miền Bắc"])
    engine: Name = Field(alias="may_doc", title="bộ đọc", examples=["espeak-ng"])
    voice: Name | None = Field(default=None, alias="giong", title="giọng của bộ đọc ấy", examples=["vi+f2"])
    syllables_per_second: Pace | None = Field(
        default=None, alias="toc_do", title="tốc độ đọc", examples=["3.1 âm tiết/giây"]
    )
    pitch: int | None = Field(
        default=None, ge=0, le=99, alias="cao_do", title="độ cao giọng từ 0 đến 99", examples=["50"]
    )
    pitch_range: int | None = Field(
        default=None, ge=0, le=99, alias="bien_do", title="độ lên xuống của giọng từ 0 đến 99", examples=["80"]
    )
    gain_db: Gain = Field(default=0.0, alias="khuech_dai", title="tăng giảm độ to", examples=["0 dB"])

    @property
    def voice_key(self) -> str:
        """`engine:voice`, or the engine alone for its default voice."""
        return f"{self.engine}:{self.voice}" if self.voice else self.engine

    @property
    def is_outdoor_pace(self) -> bool:
        slowest, fastest = OUTDOORS
        return self.syllables_per_second is None or slowest <= self.syllables_per_second <= fastest


class Voiced(Setting):
    """Whatever may have voices of its own."""

    voice_ladder: Ladder | None = Field(
        default=None, alias="giong", title="giọng đọc, giọng ưu tiên trước", examples=["nu-bac", "[nu-bac, gtts:vi]"]
    )
    """The preferred first, each a profile or `engine:voice`; None: what is next above decides."""


class VoiceSettings(Voiced):
    """What schedule.yaml as a whole says of voices; its ladder is for communes and scripts that have none."""

    voice_profiles: Annotated[dict[Key, VoiceProfile], keyed("key")] = Field(
        default_factory=dict,
        alias="giong_doc",
        title="các giọng đọc đặt tên",
        examples=["{nu-bac: {ten: Nữ miền Bắc, may_doc: espeak-ng, giong: vi+f2}}"],
    )
    clip_cache_bytes: Size = Field(
        default=2_000_000_000, alias="bo_nho_tieng", title="dung lượng kho tiếng đã đọc", examples=["2 GB"]
    )


def ladder_of(text: str | None) -> tuple[str, ...]:
    """A script's `giong`, which is one line: names with commas between."""
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def is_male(name: str) -> bool | None:
    """Whether a role or a profile says by its first word that it is a man (`nam`), a woman (`nữ`), or neither."""
    first = unaccented(fold(name)).replace("-", " ").split(" ")[0]
    return {"nam": True, "nu": False}.get(first)
