"""A document that somebody sent → a draft script, with a list of everything that was left out."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML

from broadcaster.content.chrome import without_chrome
from broadcaster.content.naming import slug_of
from broadcaster.content.script import normal, parse_script, utf8_text
from broadcaster.content.word import MAX_DOCX_BYTES, word_lines
from broadcaster.errors import Fault, WorkspaceFault
from broadcaster.model import ScriptKind

__all__ = ["Draft", "decode_text", "read_document", "script_text", "slug_of"]

MAX_TEXT_BYTES = 4_000_000
"""A text in UTF-16 is at most twice a script's megabyte; the rest is room for what gets stripped."""
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document's title and words. The title is the first line, and stays in the body so that it is said."""

    title: str
    body: str
    stripped: tuple[str, ...] = ()
    """Lines of the document that are not in the body, as they stood there."""


def read_document(path: Path) -> Draft:
    """Read a .txt, .md or .docx. Raises `WorkspaceFault` with what to do for anything that holds no usable text."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        endings = ", ".join(_READERS)
        remedy = f"Đọc được: {endings}. Mở tệp bằng chương trình của nó rồi lưu thành một trong các loại này."
        raise _refused(path, f"chưa đọc được loại tệp “{path.suffix or path.name}”.", remedy)
    try:
        size = path.stat().st_size
        limit = MAX_DOCX_BYTES if path.suffix.lower() == ".docx" else MAX_TEXT_BYTES
        if size > limit:
            raise _refused(path, f"tệp dài hơn {limit // 1_000_000} MB.", "Tách bài cần phát ra một tệp riêng.")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise _refused(path, "không có tệp này.", "Kiểm tra lại tên tệp và thư mục.") from error
    except OSError as error:
        raise _refused(path, f"không mở được tệp: {error.strerror}.", "Kiểm tra quyền đọc của tệp.") from error
    if not data.strip():
        raise _refused(path, "tệp trống.", "Kiểm tra có chép thiếu nội dung không.")
    return reader(path, data)


def decode_text(data: bytes, *, name: str) -> str:
    """UTF-8 or, with its byte order mark, UTF-16, as it stands. Raises `WorkspaceFault` naming what is no text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError as error:
            fault = Fault(message="tệp UTF-16 bị hỏng hoặc bị cắt.", remedy="Chép lại tệp từ nguồn.", file=name)
            raise WorkspaceFault(f"Không đọc được {name}.", faults=(fault,)) from error
    return utf8_text(data, name=name)


def script_text(
    draft: Draft,
    *,
    author: str,
    kind: ScriptKind,
    directive: str | None = None,
    campaign: str | None = None,
    language: str = "vi",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> str:
    """The draft as a script file: front matter, then the words."""
    head = {
        "tieu_de": draft.title,
        "loai": kind.value,
        "tac_gia": author,
        "van_ban": directive,
        "chien_dich": campaign,
        "ngon_ngu": language,
        "tu": valid_from and f"{valid_from:%d/%m/%Y}",
        "den": valid_to and f"{valid_to:%d/%m/%Y}",
    }
    return f"---\n{_yaml({key: value for key, value in head.items() if value})}---\n{draft.body.strip()}\n"


def _yaml(head: Mapping[str, str]) -> str:
    yaml = YAML()
    yaml.width = 4096
    yaml.allow_unicode = True
    text = io.StringIO()
    yaml.dump({key: " ".join(value.split()) for key, value in head.items()}, text)
    return text.getvalue()


def _read_text(path: Path, data: bytes) -> Draft:
    text = normal(decode_text(data, name=path.name))
    if text.partition("\n")[0].rstrip() == "---":
        script = parse_script(path.name, text.encode())
        head = text[: text.rindex(script.body)].splitlines()
        return Draft(title=script.title, body=script.body, stripped=tuple(line for line in head if line.strip()))
    return _draft(path, text.split("\n"))


def _read_docx(path: Path, data: bytes) -> Draft:
    return _draft(path, [line for text in word_lines(path, data) for line in normal(text).split("\n")])


def _draft(path: Path, lines: list[str]) -> Draft:
    kept, stripped = without_chrome([line.rstrip() for line in lines])
    body = "\n".join(kept).strip()
    if not body:
        raise _refused(path, "tệp không có lời nào để đọc.", "Tệp ảnh chụp, bản quét thì gõ lại nội dung thành chữ.")
    first = " ".join(body.split("\n", 1)[0].lstrip("#").split())
    title = first if 0 < len(first) <= LONGEST_TITLE else path.stem
    return Draft(title=title, body=body, stripped=tuple(stripped))


_READERS: Mapping[str, Callable[[Path, bytes], Draft]] = {".txt": _read_text, ".md": _read_text, ".docx": _read_docx}


def _refused(path: Path, message: str, remedy: str) -> WorkspaceFault:
    return WorkspaceFault(
        f"Chưa nhập được {path.name}.", faults=(Fault(message=message, remedy=remedy, file=str(path)),)
    )
