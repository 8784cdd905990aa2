"""The schedule's file as text: how large it may be, how it must be written."""

from __future__ import annotations

from pathlib import Path

from broadcaster.errors import Fault, WorkspaceFault

MAX_BYTES = 5_000_000
"""Some 40,000 entries: more than any office writes, and read in seconds."""
WIDE = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_text(path: Path) -> str:
    """The file's text. Raises `WorkspaceFault` where it is missing, too large or not UTF-8."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        remedy = "Tạo lịch mẫu bằng: broadcaster init, hoặc chỉ đúng thư mục bằng --workspace"
        raise refusal(Fault(message="Không có tệp lịch phát sóng.", remedy=remedy, file=str(path))) from error
    except OSError as error:
        message = f"Không mở được tệp lịch: {error.strerror or error}."
        raise refusal(Fault(message=message, remedy="Kiểm tra quyền đọc của tệp", file=str(path))) from error
    if len(data) > MAX_BYTES:
        message = f"Tệp lớn hơn {MAX_BYTES // 1_000_000} MB, không phải lịch phát sóng."
        raise refusal(Fault(message=message, remedy="Kiểm tra xem có chép nhầm tệp khác vào đây không", file=str(path)))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refusal(_not_utf8(data, error.start, file=str(path))) from error


def _not_utf8(data: bytes, at: int, *, file: str) -> Fault:
    wide = WIDE.get(data[:2])
    return Fault(
        message=f"Tệp lưu bằng bảng mã {wide}." if wide else "Tệp không phải văn bản UTF-8.",
        remedy="Mở bằng trình soạn thảo văn bản, chọn Lưu thành (Save as) với bảng mã UTF-8",
        file=file,
        line=data.count(b"\n", 0, at) + 1,
        column=len(data[data.rfind(b"\n", 0, at) + 1 : at].decode("utf-8", "replace")) + 1,
    )


def refusal(*faults: Fault) -> WorkspaceFault:
    """All faults of the schedule as one error."""
    message = f"Lịch phát sóng có {len(faults)} lỗi." if len(faults) > 1 else faults[0].message
    return WorkspaceFault(message, remedy=faults[0].remedy if len(faults) == 1 else "", faults=faults)
