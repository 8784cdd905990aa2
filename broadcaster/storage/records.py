"""The model's types as plain values and back: one column or JSON member a field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter

from broadcaster.clock import VIETNAM

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")
Plain = str | int | float | None


def to_plain(record: DataclassInstance) -> dict[str, Plain]:
    """A flat record's fields as SQLite and JSON know them: times ISO 8601 at +07:00, states by their value."""
    return {each.name: _plain(getattr(record, each.name)) for each in fields(record)}


def from_plain(kind: type[Record], values: Mapping[str, Any]) -> Record:
    """The record back, its times in Vietnam's zone. Raises `ValueError` for values that no record has."""
    record: Record = adapter(kind).validate_python(dict(values))
    times = {each.name: getattr(record, each.name) for each in fields(record)}
    return replace(record, **{name: at.astimezone(VIETNAM) for name, at in times.items() if isinstance(at, datetime)})


@cache
def adapter(kind: type[Record]) -> TypeAdapter[Record]:
    """Pydantic's reader and writer of a dataclass, built once."""
    return TypeAdapter(kind)


def timestamp(at: datetime) -> str:
    """ISO 8601 at +07:00, so that text order is time order. Raises `ValueError` for a time without zone."""
    if at.tzinfo is None:
        raise ValueError(f"a time without zone: {at}")
    return at.astimezone(VIETNAM).isoformat()


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(VIETNAM)


def _plain(value: object) -> Plain:
    match value:
        case datetime():
            return timestamp(value)
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case str() | int() | float() | None:
            return value
    raise TypeError(f"not a plain value: {value!r}")
