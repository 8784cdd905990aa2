"""Kinds of values in schedule.yaml for pydantic: which parser reads each, and which shapes it may have."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from broadcaster.config import shapes
from broadcaster.config.lunar import LunarRange, parse_lunar
from broadcaster.config.meant import CURVED
from broadcaster.config.values import (
    DateRange,
    Length,
    Misread,
    Repetition,
    Span,
    parse_code,
    parse_date,
    parse_dates,
    parse_duration,
    parse_key,
    parse_length,
    parse_level,
    parse_limit,
    parse_quota,
    parse_repetition,
    parse_script_path,
    parse_shift,
    parse_span,
    parse_switch,
    parse_time,
    parse_weekdays,
)


def text_read_by(parse: Callable[[str], Any]) -> BeforeValidator:
    """Reads text; what is typed already passes."""
    return BeforeValidator(lambda value: parse(value) if isinstance(value, str) else value)


def read_weekdays(value: Any) -> Any:
    if isinstance(value, list):
        return frozenset[int]().union(*(parse_weekdays(str(item)) for item in value))
    return parse_weekdays(value) if isinstance(value, str) else value


def one_or_many(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def split_at_commas(value: Any) -> Any:
    """`a, b`; round brackets and commas too many are no lists."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if text.startswith("(") and text.endswith(")"):
        raise Misread(f"“{text}” nằm trong ngoặc tròn.", f"Danh sách viết trong ngoặc vuông: [{text[1:-1].strip()}]")
    parts = tuple(part.strip() for part in text.split(","))
    if "" in parts and any(parts):
        raise Misread(f"Thừa dấu phẩy trong “{text}”.", f"Bỏ dấu phẩy thừa: {', '.join(filter(None, parts))}")
    return parts


def read_times(value: Any) -> Any:
    """One time or a list; `17,30` was meant as 17:30."""
    parts = split_at_commas(value)
    if not isinstance(parts, list | tuple):
        return parts
    for one, other in pairwise(str(part) for part in parts):
        if re.fullmatch(r"\d{1,2}", one) and re.fullmatch(r"[0-5]\d", other):
            meant = f"{int(one):02d}:{other}"
            raise Misread(f"Không hiểu giờ “{one},{other}”.", f"Giữa giờ và phút là dấu hai chấm: {meant}")
    return parts


def read_url(text: str) -> str:
    """An address with its scheme; quotes from a word processor are no quotes to YAML."""
    bare = text.strip().strip(CURVED)
    if bare != text.strip():
        remedy = f'Dùng ngoặc kép thẳng của bàn phím: "{bare}"'
        raise Misread(f"Địa chỉ {text.strip()} nằm trong ngoặc kép cong.", remedy)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/]", bare) is None or re.search(r"\s", bare):
        remedy = f'Ghi cả phần đầu, ví dụ: "http://{bare.rpartition(":")[2].strip("/")}"'
        raise Misread(f"“{bare}” không phải là địa chỉ luồng.", remedy)
    return bare


def none_is_empty(value: Any) -> Any:
    return () if value is None else value


def keyed(name: str) -> BeforeValidator:
    """`{sang: {…}}` → the key stands in its own item too, under `name`."""

    def put_key_in(value: Any) -> Any:
        if not isinstance(value, dict):
            return {} if value is None else value
        return {key: {**item, name: key} if isinstance(item, dict) else item for key, item in value.items()}

    return BeforeValidator(put_key_in)


def _loudness(text: str) -> float:
    return parse_level(text, unit="LUFS", lowest=-40, highest=-5, usual=-16)


def _peak(text: str) -> float:
    return parse_level(text, unit="dBTP", lowest=-20, highest=0, usual=-1.5)


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Key = Annotated[str, text_read_by(parse_key), shapes.written(shapes.KEY)]
TimeOfDay = Annotated[time, text_read_by(parse_time)]
Times = Annotated[
    tuple[TimeOfDay, ...], BeforeValidator(read_times), Field(min_length=1), shapes.one_or_list(shapes.TIME)
]
Duration = Annotated[timedelta, text_read_by(parse_duration), shapes.written(shapes.LASTING)]
Day = Annotated[date, text_read_by(parse_date), shapes.written(shapes.DATE)]
Days = Annotated[
    tuple[Annotated[DateRange, text_read_by(parse_dates)], ...],
    BeforeValidator(split_at_commas),
    shapes.one_or_list(shapes.DATES),
]
LunarDays = Annotated[
    tuple[Annotated[LunarRange, text_read_by(parse_lunar)], ...],
    BeforeValidator(split_at_commas),
    shapes.one_or_list(shapes.LUNAR),
]
Lasting = Annotated[Length, text_read_by(parse_length), shapes.written(rf"([Tt]ối đa )?{shapes.LASTING}")]
ScriptPath = Annotated[str, text_read_by(parse_script_path), shapes.written(shapes.SCRIPT)]
Keys = Annotated[tuple[str, ...], BeforeValidator(split_at_commas), shapes.NAMES]
Names = Annotated[tuple[Name, ...], BeforeValidator(one_or_many), shapes.NAMES]
Url = Annotated[str, text_read_by(read_url), shapes.written(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")]
Lufs = Annotated[float, text_read_by(_loudness), shapes.level("LUFS")]
Switch = Annotated[bool, text_read_by(parse_switch), shapes.SWITCH]
DecibelsTruePeak = Annotated[float, text_read_by(_peak), shapes.level("dBTP")]
Code = Annotated[str, text_read_by(parse_code), shapes.CODE]
Limit = Annotated[timedelta, text_read_by(parse_limit), shapes.written(rf"{shapes.LASTING}\s*(/\s*khung( giờ)?)?")]
Shift = Annotated[timedelta, text_read_by(parse_shift), shapes.SHIFT]
Weekdays = Annotated[frozenset[int], BeforeValidator(read_weekdays), shapes.one_or_list(shapes.WEEKDAYS)]
Quota = Annotated[int, text_read_by(parse_quota), shapes.written(r"[1-9]\d{0,2} ?lượt ?/ ?ngày")]
Repeats = Annotated[
    Repetition, text_read_by(parse_repetition), shapes.written(rf"[1-9]\d? lần(,? cách( nhau)? {shapes.LASTING})?")
]
Spans = Annotated[
    tuple[Annotated[Span, text_read_by(parse_span)], ...],
    BeforeValidator(split_at_commas),
    shapes.one_or_list(shapes.SPAN),
]
Scripts = Annotated[
    tuple[ScriptPath, ...],
    BeforeValidator(one_or_many),
    Field(min_length=1),
    shapes.any_of(shapes.text(shapes.SCRIPT), {"type": "array", "items": shapes.text(shapes.SCRIPT), "minItems": 1}),
]
