"""The YAML block at the head of a script: its keys, their values, and every fault in it at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePosixPath

from ruamel.yaml import YAML, MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import Node

from broadcaster.config.languages import language_code
from broadcaster.config.names import fold, slug
from broadcaster.content.naming import did_you_mean
from broadcaster.errors import Fault
from broadcaster.model.script import RecordingUse, ScriptKind

KEYS = (
    *("tieu_de", "loai", "tac_gia", "van_ban", "chien_dich"),
    *("ngon_ngu", "giong", "ban_thu", "mo_dau", "lap", "tu", "den"),
)
RECORDING_KEYS = ("tep", "cach")
USES = {
    **dict.fromkeys(("thay", "thay-may-doc"), RecordingUse.REPLACES),
    **dict.fromkeys(("truoc", "kem-truoc"), RecordingUse.BEFORE),
    **dict.fromkeys(("sau", "kem-sau"), RecordingUse.AFTER),
}
MOST_REPEATS = 10
KINDS = tuple(kind.value for kind in ScriptKind)
QUOTE_IT = 'Mỗi dòng viết “khóa: giá trị”; giá trị có dấu hai chấm thì đặt trong nháy kép: tieu_de: "Lịch: tiêm chủng".'
WRITE_A_DATE = "Viết ngày dạng 24/03/2026 hoặc 2026-03-24."


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What a script says of itself; None where it does not say."""

    title: str | None = None
    kind: ScriptKind | None = None
    author: str | None = None
    directive: str | None = None
    campaign: str | None = None
    language: str | None = None
    voice: str | None = None
    recording: str | None = None
    recording_use: RecordingUse = RecordingUse.REPLACES
    opening: str | None = None
    repeat: int = 1
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    text: str
    line: int
    column: int


@dataclass(slots=True)
class _Reading:
    """A block on its way to types: where its first line stands, and what was found wrong so far."""

    file: str
    first_line: int
    faults: list[Fault] = field(default_factory=list)

    def fault(self, message: str, remedy: str, *, line: int, column: int | None = None) -> None:
        self.faults.append(Fault(message=message, remedy=remedy, file=self.file, line=line, column=column))

    def place(self, node: Node) -> tuple[int, int]:
        return self.first_line + node.start_mark.line, node.start_mark.column + 1


def read_front_matter(block: str, *, file: str, first_line: int) -> tuple[FrontMatter, tuple[Fault, ...]]:
    """The block's values and all its faults; `first_line` is where the block stands in the file, counted from 1."""
    reading = _Reading(file, first_line)
    values = _values(block, reading)
    text = {key: value.text for key, value in values.items()}
    found = FrontMatter(
        title=text.get("tieu_de"),
        kind=_kind(values.get("loai"), reading),
        author=text.get("tac_gia"),
        directive=text.get("van_ban"),
        campaign=text.get("chien_dich"),
        language=language_code(text["ngon_ngu"]) if "ngon_ngu" in text else None,
        voice=text.get("giong"),
        recording=_recording(values.get("ban_thu"), reading),
        recording_use=_use(values.get("ban_thu.cach"), reading),
        opening=text.get("mo_dau"),
        repeat=_repeat(values.get("lap"), reading),
        valid_from=_day(values.get("tu"), reading),
        valid_to=_day(values.get("den"), reading),
    )
    if found.valid_from and found.valid_to and found.valid_to < found.valid_from:
        end = values["den"]
        reading.fault(
            f"“den” ({end.text}) đứng trước “tu” ({text['tu']}).",
            "Sửa lại hai ngày hiệu lực.",
            line=end.line,
            column=end.column,
        )
    return found, tuple(reading.faults)


def _values(block: str, reading: _Reading) -> dict[str, _Value]:
    """Known keys with their values as written: composing only, since constructing would turn 0912… into a number."""
    try:
        root = YAML(typ="safe", pure=True).compose(block)
    except (YAMLError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        line = reading.first_line + (mark.line if mark else 0)
        reading.fault("phần đầu bài viết sai cách trình bày YAML.", QUOTE_IT, line=line)
        return {}
    if root is None:
        return {}
    if not isinstance(root, MappingNode):
        reading.fault("phần đầu bài không phải các dòng “khóa: giá trị”.", QUOTE_IT, line=reading.first_line)
        return {}
    values: dict[str, _Value] = {}
    for key, value in root.value:
        _take(key, value, into=values, reading=reading)
    return values


def _take(key: Node, value: Node, *, into: dict[str, _Value], reading: _Reading) -> None:
    line, column = reading.place(key)
    name = str(key.value) if isinstance(key, ScalarNode) else "…"
    if name not in KEYS:
        remedy = f"Các khóa được dùng: {', '.join(KEYS)}.{did_you_mean(name, KEYS)}"
        reading.fault(f"không có khóa “{name}” trong phần đầu bài.", remedy, line=line, column=column)
    elif name in into:
        reading.fault(f"khóa “{name}” viết hai lần.", "Giữ lại một dòng.", line=line, column=column)
    elif name == "ban_thu" and isinstance(value, MappingNode):
        _take_recording(value, into=into, reading=reading)
    elif name == "giong" and isinstance(value, SequenceNode) and all(isinstance(v, ScalarNode) for v in value.value):
        value_line, value_column = reading.place(value)
        into[name] = _Value(text=", ".join(v.value for v in value.value), line=value_line, column=value_column)
    elif not isinstance(value, ScalarNode):
        reading.fault(f"“{name}” phải là một dòng chữ.", QUOTE_IT, line=line, column=column)
    elif text := " ".join(str(value.value).split()):
        value_line, value_column = reading.place(value)
        into[name] = _Value(text=text, line=value_line, column=value_column)


def _take_recording(block: MappingNode, *, into: dict[str, _Value], reading: _Reading) -> None:
    """`{tep: ban-thu/loi-chao.m4a, cach: trước}`; the path alone is the short form."""
    line, column = reading.place(block)
    for key, value in block.value:
        name = str(key.value)
        if name not in RECORDING_KEYS or not isinstance(value, ScalarNode):
            remedy = (
                f"Viết như: ban_thu: {{tep: ban-thu/loi-chao.m4a, cach: trước}}.{did_you_mean(name, RECORDING_KEYS)}"
            )
            reading.fault(f"không hiểu “{name}” của “ban_thu”.", remedy, line=line, column=column)
            continue
        value_line, value_column = reading.place(value)
        found = _Value(text=" ".join(str(value.value).split()), line=value_line, column=value_column)
        into["ban_thu" if name == "tep" else "ban_thu.cach"] = found
    if "ban_thu" not in into:
        reading.fault("“ban_thu” không ghi tệp nào.", "Ghi tệp bản thu sau “tep:”.", line=line, column=column)


def _use(value: _Value | None, reading: _Reading) -> RecordingUse:
    if value is None:
        return RecordingUse.REPLACES
    use = USES.get(slug(value.text))
    if use is None:
        reading.fault(
            f"“cach” của bản thu không nhận “{value.text}”.",
            "Chọn một trong: thay (thay máy đọc), trước (phát trước lời máy đọc), sau (phát sau lời máy đọc).",
            line=value.line,
            column=value.column,
        )
    return use or RecordingUse.REPLACES


def _repeat(value: _Value | None, reading: _Reading) -> int:
    """`2` or `2 lần`."""
    if value is None:
        return 1
    written = re.fullmatch(r"(\d{1,2})(?: lần)?", value.text)
    if written and 1 <= int(written[1]) <= MOST_REPEATS:
        return int(written[1])
    reading.fault(
        f"“lap” không nhận “{value.text}”.",
        f"Ghi số lần đọc cả bài, từ 1 đến {MOST_REPEATS}; ví dụ lap: 2.",
        line=value.line,
        column=value.column,
    )
    return 1


def _kind(value: _Value | None, reading: _Reading) -> ScriptKind | None:
    if value is None:
        return None
    if fold(value.text) in KINDS:
        return ScriptKind(fold(value.text))
    reading.fault(
        f"“loai” không nhận “{value.text}”.",
        f"Chọn một trong: {', '.join(KINDS)}.{did_you_mean(value.text, KINDS)}",
        line=value.line,
        column=value.column,
    )
    return None


def _recording(value: _Value | None, reading: _Reading) -> str | None:
    if value is None:
        return None
    path = PurePosixPath(value.text.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", value.text):
        reading.fault(
            f"“ban_thu” ({value.text}) nằm ngoài scripts_content/.",
            "Chép bản thu vào scripts_content/ và ghi đường dẫn kể từ thư mục đó, ví dụ ban-thu/tin-sang.mp3.",
            line=value.line,
            column=value.column,
        )
        return None
    return path.as_posix()


def _day(value: _Value | None, reading: _Reading) -> date | None:
    if value is None:
        return None
    written = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", value.text)
    try:
        if written:
            day, month, year = (int(part) for part in written.groups())
            return date(year, month, day)
        return datetime.strptime(value.text, "%Y-%m-%d").date()  # noqa: DTZ007 - a calendar day has no zone
    except ValueError:
        reading.fault(
            f"“{value.text}” không phải một ngày có thật.", WRITE_A_DATE, line=value.line, column=value.column
        )
        return None
