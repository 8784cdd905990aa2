"""The model's flat types as plain values and back: one column or JSON member a field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

from broadcaster.clock import VIETNAM

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")
Plain = str | int | float | None


def to_plain(record: DataclassInstance) -> dict[str, Plain]:
    """A flat record's fields as SQLite and JSON know them: times ISO 8601 at +07:00, states by their value."""
    return {each.name: _plain(getattr(record, each.name)) for each in fields(record)}


def from_plain(kind: type[Record], values: Mapping[str, Any]) -> Record:
    """The record back, its times in Vietnam's zone; a member that an older version did not write has its default.

    Raises `ValueError` for values that no record has.
    """
    known = {name: values[name] for name in _types(kind) if name in values}
    try:
        return kind(**{name: _typed(_types(kind)[name], value) for name, value in known.items()})
    except TypeError as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from error


def timestamp(at: datetime) -> str:
    """ISO 8601 at +07:00, so that text order is time order. Raises `ValueError` for a time without zone."""
    if at.tzinfo is None:
        raise ValueError(f"a time without zone: {at}")
    return at.astimezone(VIETNAM).isoformat()


def instant(text: str) -> datetime:
    """The time back. Raises `ValueError` for what `timestamp` cannot have written."""
    at = datetime.fromisoformat(text).astimezone(VIETNAM)
    if at.isoformat() != text:
        raise ValueError(f"not a time as this program writes it: {text}")
    return at


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


@cache
def _types(kind: type[DataclassInstance]) -> Mapping[str, tuple[type, ...]]:
    """What each field may hold: `str | None` → `(str, NoneType)`."""
    hints = get_type_hints(kind)
    return {each.name: get_args(hints[each.name]) or (hints[each.name],) for each in fields(kind)}


def _typed(types: tuple[type, ...], value: Any) -> object:
    wanted = types[0]
    if value is None and type(None) in types:
        return None
    if wanted is datetime:
        return instant(value)
    if wanted is date:
        return date.fromisoformat(value)
    if issubclass(wanted, StrEnum):
        return wanted(value)
    if wanted is bool and value in (0, 1):
        return bool(value)
    if wanted is float and isinstance(value, int):
        return float(value)
    if isinstance(value, wanted):
        return value
    raise ValueError(f"{value!r} is no {wanted.__name__}")
