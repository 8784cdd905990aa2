"""The model's flat types as plain values and back: one column or JSON member a field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_type_hints

from broadcaster.clock import VIETNAM

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")
Plain = str | int | float | None
_AS_THEY_ARE = frozenset({str, int, float, bool, type(None)})


def to_plain(record: DataclassInstance) -> dict[str, Plain]:
    """A flat record's fields as SQLite and JSON know them: times ISO 8601 at +07:00, states by their value.

    Several words without spaces in them (hashes) are kept as one text.
    """
    return {name: _plain(getattr(record, name)) for name in _names(type(record))}


def from_plain(kind: type[Record], values: Mapping[str, Any]) -> Record:
    """The record back, its times in Vietnam's zone; a member that an older version did not write has its default.

    Raises `ValueError` for values that no record has.
    """
    try:
        return kind(**{name: read(values[name]) for name, read in _readers(kind).items() if name in values})
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
    if type(value) in _AS_THEY_ARE:
        return cast("Plain", value)
    match value:
        case datetime():
            return timestamp(value)
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case tuple():
            return " ".join(value)
    raise TypeError(f"not a plain value: {value!r}")


@cache
def _names(kind: type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


@cache
def _readers(kind: type[DataclassInstance]) -> Mapping[str, Callable[[Any], object]]:
    """How each field comes back from its plain value."""
    hints = get_type_hints(kind)
    return {each.name: _reader(hints[each.name]) for each in fields(kind)}


def _reader(hint: Any) -> Callable[[Any], object]:
    """`datetime | None` → what reads a time, or nothing."""
    if hint == tuple[str, ...]:
        return _words
    wanted, *rest = get_args(hint) or (hint,)
    if wanted in _READERS:
        read = _READERS[wanted]
    elif issubclass(wanted, StrEnum):
        read = wanted
    else:
        read = partial(_as_it_is, wanted)
    return (lambda value: None if value is None else read(value)) if rest else read


def _as_it_is(wanted: type, value: Any) -> object:
    if not isinstance(value, wanted):
        raise ValueError(f"{value!r} is no {wanted.__name__}")
    return value


def _words(value: Any) -> tuple[str, ...]:
    """Hashes and the like: they hold no spaces."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return tuple(value.split())


def _flag(value: Any) -> bool:
    """SQLite keeps 0 and 1."""
    if value not in (0, 1):
        raise ValueError(f"{value!r} is neither yes nor no")
    return bool(value)


def _fraction(value: Any) -> float:
    """JSON and SQLite may keep a whole fraction as a whole number."""
    if not isinstance(value, int | float):
        raise ValueError(f"{value!r} is no number")
    return float(value)


_READERS: Mapping[type, Callable[[Any], object]] = {
    datetime: instant,
    date: date.fromisoformat,
    bool: _flag,
    float: _fraction,
}
