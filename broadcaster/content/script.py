"""A file under scripts_content/ → `Script`: every fault at once, nothing guessed."""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from broadcaster.content.front_matter import FrontMatter, read_front_matter
from broadcaster.errors import Fault, WorkspaceFault
from broadcaster.model.script import RecordingUse, Script, ScriptKind

MAX_SCRIPT_BYTES = 1_000_000
"""A whole day of talking is about 300 kB; what is larger is not a script."""
LONGEST_TITLE = 200
"""Characters; a longer first line is a paragraph, not a title."""
SAVE_AS_UTF8 = "Mở bằng Notepad, chọn Lưu thành (Save as), ở ô Mã hóa (Encoding) chọn UTF-8 rồi lưu lại."
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n.*?^---[ \t]*$", re.MULTILINE | re.DOTALL)
_ITEM = re.compile(r"^## +(?P<title>.*?)[ #]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptItem:
    """One item of a bulletin. Only `body` holds words of the text; `title` is its heading."""

    title: str
    body: str


def parse_script(path: str, data: bytes) -> Script:
    """The script in `data`; `path` is its name under scripts_content/. Raises `WorkspaceFault` with every fault."""
    refuse_large(path, len(data))
    text = normal(utf8_text(data, name=path))
    block, body = _split(text, path)
    head, faults = (FrontMatter(), ()) if block is None else read_front_matter(block, file=path, first_line=2)
    faults += _body_faults(text, body, path, recorded=_is_recorded(head))
    if faults:
        raise _refused(path, *sorted(faults, key=lambda fault: fault.line or 0))
    return Script(
        path=path,
        title=head.title or _title_from(body, path),
        kind=head.kind or ScriptKind.NEWS,
        body=body,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        author=head.author,
        directive=head.directive,
        campaign=head.campaign,
        language=head.language or "vi",
        voice=head.voice,
        recording=head.recording,
        recording_use=head.recording_use,
        opening=head.opening,
        repeat=head.repeat,
        valid_from=head.valid_from,
        valid_to=head.valid_to,
    )


def items_of(script: Script) -> tuple[ScriptItem, ...]:
    """A bulletin's items, one for each line that starts with `## `; words before the first are an item of their own.

    A recording is one sound, so a script that it stands in for is one item.
    """
    headings = list(_ITEM.finditer(script.body))
    if not headings or not script.is_spoken:
        return (ScriptItem(title=script.title, body=script.body),)
    lead = script.body[: headings[0].start()].strip()
    ends = [heading.start() for heading in headings[1:]] + [len(script.body)]
    items = [
        ScriptItem(title=heading["title"], body=script.body[heading.end() : end].strip())
        for heading, end in zip(headings, ends, strict=True)
    ]
    return (ScriptItem(title=script.title, body=lead), *items) if lead else tuple(items)


def is_bulletin(body: str) -> bool:
    """Whether the text has items of its own, each under a line that starts with `## `."""
    return _ITEM.search(body) is not None


def normal(text: str) -> str:
    """NFC with LF line ends: what hashes are taken of, whichever editor wrote the file."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def front_matter_blanked(text: str) -> str:
    """A script's text with spaces for its front matter: what is left is said, every offset stays what it was."""
    return _FRONT_MATTER.sub(lambda found: re.sub(r"\S", " ", found[0]), text)


def refuse_large(path: str, size: int) -> None:
    """Raises `WorkspaceFault` for more bytes than any script has."""
    if size > MAX_SCRIPT_BYTES:
        raise _refused(
            path,
            Fault(
                message=f"tệp dài {size / 1_000_000:.1f} MB, quá 1 MB: không phải một bài phát thanh.".replace(
                    ".", ",", 1
                ),
                remedy="Kiểm tra có chép nhầm tệp không; bài dài thì chia thành nhiều bài.",
                file=path,
            ),
        )


def utf8_text(data: bytes, *, name: str) -> str:
    """Bytes → text without its byte order mark. Raises `WorkspaceFault` that names the first byte that is not text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _refused(name, Fault(message="tệp được lưu theo UTF-16.", remedy=SAVE_AS_UTF8, file=name, line=1))
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        start = error.start + len(data) - len(data.removeprefix(codecs.BOM_UTF8))
        place = f"byte thứ {start + 1} (0x{data[start]:02X})"
        raise _refused(
            name,
            Fault(
                message=f"tệp không theo bảng mã UTF-8: {place} không đọc được.",
                remedy=f"{SAVE_AS_UTF8} Chữ theo phông cũ (TCVN3, VNI) thì chuyển sang Unicode trước.",
                file=name,
                line=data.count(b"\n", 0, start) + 1,
            ),
        ) from error
    if control := _CONTROL.search(text):
        raise _refused(
            name,
            Fault(
                message=f"tệp có ký tự điều khiển (U+{ord(control[0]):04X}): không phải văn bản thuần.",
                remedy="Kiểm tra có chép nhầm tệp không, hoặc mở bằng Notepad, xóa ký tự lạ rồi lưu lại.",
                file=name,
                line=text.count("\n", 0, control.start()) + 1,
            ),
        )
    return text


def _split(text: str, path: str) -> tuple[str | None, str]:
    """The front matter's YAML, None where there is none, and the words after it."""
    if text.partition("\n")[0].rstrip() != "---":
        return None, text.strip("\n")
    closing = re.search(r"^---[ \t]*$", text[4:], re.MULTILINE)
    if closing is None:
        raise _refused(
            path,
            Fault(
                message="phần đầu bài mở bằng “---” mà không có dòng “---” đóng lại.",
                remedy="Thêm một dòng “---” ngay sau dòng khóa cuối cùng.",
                file=path,
                line=1,
            ),
        )
    opening = text.index("\n") + 1
    return text[opening : 4 + closing.start()], text[4 + closing.end() :].strip("\n")


def _is_recorded(head: FrontMatter) -> bool:
    """Whether a recording stands in for all words."""
    return head.recording is not None and head.recording_use is RecordingUse.REPLACES


def _body_faults(text: str, body: str, path: str, *, recorded: bool) -> tuple[Fault, ...]:
    """A script without words, or a bulletin's item without any. A recording may stand in for all words."""
    if not body.strip():
        if recorded:
            return ()
        remedy = "Viết nội dung bài vào tệp (sau phần đầu bài nếu có) rồi lưu lại."
        return (Fault(message="bài trống, không có lời nào để đọc.", remedy=remedy, file=path),)
    first_line = text.count("\n", 0, text.rindex(body)) + 1
    faults = []
    for heading in _ITEM.finditer(body):
        following = _ITEM.search(body, heading.end())
        said = body[heading.end() : following.start() if following else None]
        line = first_line + body.count("\n", 0, heading.start())
        if not heading["title"] or not said.strip():
            missing = "không có nội dung" if heading["title"] else "không có tên"
            remedy = "Viết đủ tên mục sau “## ” và nội dung ở các dòng dưới, hoặc xóa mục này."
            message = f"mục “## {heading['title']}” {missing}."
            faults.append(Fault(message=message, remedy=remedy, file=path, line=line))
    return tuple(faults)


def _title_from(body: str, path: str) -> str:
    """The first line, or the file's name where that line is a paragraph or there is none."""
    lines = [" ".join(line.split()) for line in body.splitlines() if line.strip()]
    first = lines[0].lstrip("#").strip() if lines else ""
    return first if 0 < len(first) <= LONGEST_TITLE else PurePosixPath(path).stem


def _refused(path: str, *faults: Fault) -> WorkspaceFault:
    return WorkspaceFault(f"Bài {path} chưa dùng được.", faults=faults)
