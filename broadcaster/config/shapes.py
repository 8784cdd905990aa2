"""What the kinds of values look like to an editor: JSON Schema beside the parsers, never stricter than they are."""

from __future__ import annotations

from typing import Any

from pydantic import WithJsonSchema

TIME = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
SPAN = rf"{TIME}\s*[-–—]\s*({TIME}|24:00(:00)?)"
DATE = r"(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])/\d{4}"
DATES = rf"{DATE}(\s*[-–—]\s*{DATE})?"
LASTING = r"(?=.*\d)(\d+ *[Gg]iờ)? *(\d+ *[Pp]hút)? *(\d+ *[Gg]iây)?"
WEEKDAY = r"([Tt][2-7]|[Cc][Nn]|[Cc]hủ [Nn]hật|[Tt]hứ \S+|[Hh]ằng ngày|[Hh]àng ngày)"
WEEKDAYS = rf"{WEEKDAY}(\s*[-–—]\s*{WEEKDAY})?"
LUNAR_DAY = r"([Rr]ằm|[Mm][ùồ]ng \d{1,2}|[Nn]gày (rằm|m[ùồ]ng \d{1,2}|\d{1,2})|([Đđ]êm )?[Gg]iao thừa)( tháng \S+)?"
LUNAR = rf"{LUNAR_DAY}((\s*[-–—]\s*|\s+đến\s+){LUNAR_DAY})?"
KEY = r"[a-z0-9]+([-_][a-z0-9]+)*"
SCRIPT = r"(?![/\\])(?![A-Za-z]:)(?!(.*/)?\.\.(/|$))[^\\]+"
LEVEL = r"[-−]\d+([.,]\d+)?"


def written(pattern: str) -> WithJsonSchema:
    """A text of this form."""
    return WithJsonSchema(text(pattern))


def one_or_list(pattern: str) -> WithJsonSchema:
    """One such text, several with commas between, or a list of them."""
    several = text(rf"{pattern}(\s*,\s*{pattern})*")
    return WithJsonSchema({"anyOf": [several, {"type": "array", "items": text(pattern)}]})


def level(unit: str) -> WithJsonSchema:
    """A number below nothing, with or without its unit."""
    return WithJsonSchema({"anyOf": [{"type": "number", "maximum": 0}, text(rf"{LEVEL}\s*({unit})?")]})


def any_of(*forms: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": list(forms)})


def text(pattern: str) -> dict[str, Any]:
    """The same as a plain schema."""
    return {"type": "string", "pattern": rf"^\s*({pattern})\s*$"}


NAMES = WithJsonSchema(
    {"anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string", "minLength": 1}}]}
)
SWITCH = any_of({"type": "boolean"}, text("[Bb][ậa]t|[Tt][ắa]t|[Cc][óo]|[Kk]h[ôo]ng"))
SHIFT = any_of({"const": 0}, text(rf"0|{LASTING}"))
CODE = any_of(text(r"\d{5}"), {"type": "integer", "maximum": 99999})
