"""A document that somebody sent → a draft: its words, what was left out and why, and the directive that it may be."""

from __future__ import annotations

import codecs
import io
import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML

from broadcaster.audio.container import KNOWN
from broadcaster.content.chrome import without_chrome
from broadcaster.content.directive import DirectiveProposal, propose
from broadcaster.content.encodings import Encoding, decode, unicode_of
from broadcaster.content.extract import Extract, Stripped, SyllableTest, refuse_long, refused
from broadcaster.content.letter import letter_in
from broadcaster.content.letter_kinds import KIND_LINES
from broadcaster.content.naming import slug_of
from broadcaster.content.script import normal, parse_script, utf8_text
from broadcaster.errors import Fault, WorkspaceFault
from broadcaster.model.script import ScriptKind

__all__ = ["Draft", "decode_text", "read_document", "script_text", "slug_of"]

MAX_TEXT_BYTES = 4_000_000
"""A text in UTF-16 is at most twice a script's megabyte; the rest is room for what gets stripped."""
MAX_DOCX_BYTES, MAX_PDF_BYTES = 20_000_000, 30_000_000
MAX_PAGE_BYTES = 10_000_000
"""A saved page with its pictures inside; the words alone are far fewer."""
LONGEST_TITLE = 200
_EMPHASIS = re.compile(
    r"(?P<strong>\*\*|__)(?=\S)(?P<a>[^\n]{1,300}?)(?<=\S)(?P=strong)"
    r"|(?<![\w*])\*(?=[\w“\"(])(?P<b>[^*\n]{1,300}?)(?<=[\w.,;:!?”\")])\*(?![\w*])"
)
_PAGE_BREAK = re.compile(r"(?<=[^\n]{39})([^\n.;:!?…”\"])\n\n([^\W\d_](?![.)]))")
_LONGEST_HEADING = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document's title and words. The title is the first line, and stays in the body so that it is said."""

    title: str
    body: str
    stripped: tuple[Stripped, ...] = ()
    """What of the document is not in the body, in its order there, with the reason."""
    notes: tuple[str, ...] = ()
    """What the operator should know of how it was read."""
    proposal: DirectiveProposal | None = None
    """The directive that the document is, where it is one."""
    attached_at: int | None = None
    """The line of the body at which what was sent along with a letter begins."""


def read_document(path: Path, *, is_syllable: SyllableTest) -> Draft:
    """The draft in a file of any kind that offices send. Raises `WorkspaceFault` for one that holds no usable text."""
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise _unknown(path, suffix)
    reader, limit = _READERS[suffix]
    data = _data(path, limit)
    if not data.strip():
        raise refused(path, "tệp trống.", "Kiểm tra có chép thiếu nội dung không.")
    found = reader(path, data, is_syllable)
    return found if isinstance(found, Draft) else _draft(path, found, is_syllable)


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
    recording: str | None = None,
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
        "ban_thu": recording,
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


def _data(path: Path, limit: int) -> bytes:
    """The file's bytes, never more than `limit`: a device or a pipe has no end."""
    try:
        status = path.stat()
        if status.st_size > limit:
            raise refused(path, f"tệp dài hơn {limit // 1_000_000} MB.", "Tách bài cần phát ra một tệp riêng.")
        if not stat.S_ISREG(status.st_mode):
            raise refused(path, "không mở được: đây không phải một tệp thường.", "Chỉ đúng tên tệp văn bản.")
        with path.open("rb") as document:
            return document.read(limit)
    except FileNotFoundError as error:
        raise refused(path, "không có tệp này.", "Kiểm tra lại tên tệp và thư mục.") from error
    except OSError as error:
        raise refused(path, f"không mở được tệp: {error.strerror}.", "Kiểm tra quyền đọc của tệp.") from error


def _read_text(path: Path, data: bytes, is_syllable: SyllableTest) -> Extract | Draft:
    decoded = decode(data, name=str(path), is_syllable=is_syllable)
    text = normal(decoded.text)
    notes = () if decoded.encoding in (Encoding.UTF_8, Encoding.UTF_16) else (_converted(decoded.encoding),)
    if text.partition("\n")[0].rstrip() == "---":
        script = parse_script(path.name, text.encode())
        head = text[: text.rindex(script.body)].splitlines()
        gone = tuple(Stripped(text=line, reason="phần đầu bài cũ") for line in head if line.strip())
        return Draft(title=script.title, body=script.body, stripped=gone, notes=notes)
    return Extract(lines=tuple(text.split("\n")), notes=notes)


def _read_word(path: Path, data: bytes, is_syllable: SyllableTest) -> Extract:
    from broadcaster.content.word import read_word

    return read_word(path, data, is_syllable=is_syllable)


def _read_pdf(path: Path, data: bytes, _: SyllableTest) -> Extract:
    from broadcaster.content.pdf import read_pdf

    return read_pdf(path, data)


def _read_page(path: Path, data: bytes, is_syllable: SyllableTest) -> Extract:
    from broadcaster.content.webpage import read_page

    return read_page(path, data, is_syllable=is_syllable)


_READERS: Mapping[str, tuple[Callable[[Path, bytes, SyllableTest], Extract | Draft], int]] = {
    ".txt": (_read_text, MAX_TEXT_BYTES),
    ".md": (_read_text, MAX_TEXT_BYTES),
    ".docx": (_read_word, MAX_DOCX_BYTES),
    ".pdf": (_read_pdf, MAX_PDF_BYTES),
    **dict.fromkeys((".html", ".htm", ".mht", ".mhtml"), (_read_page, MAX_PAGE_BYTES)),
}


def _unknown(path: Path, suffix: str) -> WorkspaceFault:
    endings = ", ".join(_READERS)
    if suffix == ".docm":
        return refused(
            path,
            "tệp Word có chứa macro (mã chạy được); không nhập.",
            "Tệp có thể chứa mã độc. Nhờ người có chuyên môn mở, lưu thành loại Word (.docx) thường rồi nhập lại.",
        )
    remedy = (
        f"Văn bản đọc được: {endings}. Bản thu nhập được (không kèm --directive): {KNOWN}. "
        "Loại khác thì mở tệp bằng chương trình của nó rồi lưu thành một trong các loại này."
    )
    return refused(path, f"chưa đọc được loại tệp “{suffix or path.name}”.", remedy)


def _draft(path: Path, found: Extract, is_syllable: SyllableTest) -> Draft:
    decoded = unicode_of(normal("\n".join(found.lines)), name=str(path), is_syllable=is_syllable)
    refuse_long(path, len(decoded.text))
    notes = found.notes if decoded.encoding is Encoding.UTF_8 else (*found.notes, _converted(decoded.encoding))
    text, emphases = _EMPHASIS.subn(lambda mark: mark["a"] or mark["b"], decoded.text)
    lines = [line.rstrip() for line in text.split("\n")]
    letter = letter_in(lines)
    cleaned = without_chrome(letter.body if letter else lines)
    before = cleaned.lines[: cleaned.signed_at]
    head, attached = _squeezed(before), _squeezed(cleaned.lines[len(before) :])
    title = letter.title if letter else None
    body_lines = [*([title, ""] if title else []), *head, *(["", *attached] if head and attached else attached)]
    if not head and not attached:
        raise refused(path, "tệp không có lời nào để đọc.", "Tệp ảnh chụp, bản quét thì gõ lại nội dung thành chữ.")
    gone = (*found.stripped, *(letter.head if letter else ()), *cleaned.stripped)
    if emphases:
        gone += (
            Stripped(text="* hoặc **", reason=f"dấu nhấn mạnh của Markdown ({emphases} chỗ), chữ bên trong vẫn giữ"),
        )
    return Draft(
        title=title or _title(path, body_lines),
        body="\n".join(body_lines).strip(),
        stripped=gone,
        notes=notes,
        proposal=propose(letter, body=before, signature=cleaned.signature) if letter else None,
        attached_at=len(body_lines) - len(attached) if head and attached else None,
    )


def _squeezed(lines: tuple[str, ...]) -> list[str]:
    """Without blank lines at both ends, never two in a row, and none where a page's end broke a sentence in two."""
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip("\n"))
    text = _PAGE_BREAK.sub(lambda found: f"{found[1]} {found[2]}" if found[2][0].islower() else found[0], text)
    return text.split("\n") if text.strip() else []


def _title(path: Path, lines: list[str]) -> str:
    """The first line; `THÔNG BÁO` takes the next one with it. The file's name where that is a paragraph."""
    said = [" ".join(line.lstrip("#").split()) for line in lines if line.strip()]
    first = said[0]
    if first.upper() in KIND_LINES and len(said) > 1 and len(said[1]) <= _LONGEST_HEADING:
        first = f"{first.capitalize()} {said[1][0].lower()}{said[1][1:]}"
    return first if 0 < len(first) <= LONGEST_TITLE else path.stem


def _converted(encoding: Encoding) -> str:
    return f"Tệp theo bảng mã {encoding}, đã chuyển sang Unicode; hãy đọc lại kỹ."
