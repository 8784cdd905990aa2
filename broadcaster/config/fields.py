"""Kinds of values in schedule.yaml for pydantic: which parser reads each, and which shapes it may have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from broadcaster.config.lunar import LunarRange, parse_lunar
from broadcaster.config.values import (
    DateRange,
    Length,
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
    return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value


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
    return parse_level(text, unit="LUFS", lowest=-40, highest=-5)


def _peak(text: str) -> float:
    return parse_level(text, unit="dBTP", lowest=-20, highest=0)


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Key = Annotated[str, text_read_by(parse_key)]
TimeOfDay = Annotated[time, text_read_by(parse_time)]
Times = Annotated[tuple[TimeOfDay, ...], BeforeValidator(split_at_commas), Field(min_length=1)]
Duration = Annotated[timedelta, text_read_by(parse_duration)]
Day = Annotated[date, text_read_by(parse_date)]
Days = Annotated[tuple[Annotated[DateRange, text_read_by(parse_dates)], ...], BeforeValidator(split_at_commas)]
LunarDays = Annotated[tuple[Annotated[LunarRange, text_read_by(parse_lunar)], ...], BeforeValidator(split_at_commas)]
Lasting = Annotated[Length, text_read_by(parse_length)]
ScriptPath = Annotated[str, text_read_by(parse_script_path)]
Keys = Annotated[tuple[str, ...], BeforeValidator(split_at_commas)]
Names = Annotated[tuple[Name, ...], BeforeValidator(one_or_many)]
Lufs = Annotated[float, text_read_by(_loudness)]
Switch = Annotated[bool, text_read_by(parse_switch)]
DecibelsTruePeak = Annotated[float, text_read_by(_peak)]
Code = Annotated[str, text_read_by(parse_code)]
Limit = Annotated[timedelta, text_read_by(parse_limit)]
Shift = Annotated[timedelta, text_read_by(parse_shift)]
Weekdays = Annotated[frozenset[int], BeforeValidator(read_weekdays)]
Quota = Annotated[int, text_read_by(parse_quota)]
Repeats = Annotated[Repetition, text_read_by(parse_repetition)]
Spans = Annotated[tuple[Annotated[Span, text_read_by(parse_span)], ...], BeforeValidator(split_at_commas)]
Scripts = Annotated[tuple[ScriptPath, ...], BeforeValidator(one_or_many), Field(min_length=1)]
