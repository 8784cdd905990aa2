"""YAML's own complaints in Vietnamese: what the office sees of a bracket or an indent gone wrong."""

from __future__ import annotations

import re

from yaml import MarkedYAMLError, YAMLError
from yaml.reader import ReaderError

from broadcaster.errors import Fault

INDENT = "Thụt các dòng cùng bậc bằng đúng một số dấu cách như nhau"
COLON = "Sau tên khóa cần dấu hai chấm và một dấu cách, ví dụ: gio: 05:30; chữ có dấu hai chấm thì đặt trong ngoặc kép"
FROM_ITS_START = r"could not find expected ':'|expected ',' or|found unexpected end of stream"
"""Complaints whose cause lies where the key, bracket or quote began, not where reading stopped."""
WORDING = (
    (r"mapping values are not allowed", "Dấu hai chấm đặt sai chỗ, hoặc dòng thụt lề sai.", f"{COLON}. {INDENT}"),
    (r"could not find expected ':'", "Thiếu dấu hai chấm sau tên khóa.", COLON),
    (r"expected ',' or '[\]}]'", "Danh sách trong ngoặc chưa đóng, hoặc thiếu dấu phẩy.", "Đóng bằng ] hoặc }"),
    (r"found unexpected end of stream", "Dấu ngoặc kép mở mà không đóng.", "Đóng bằng chính dấu ấy ở cuối chữ"),
    (r"expected the node content, but found '[-?,:\]}]'", "Dấu đặt sai chỗ.", "Kiểm tra dấu phẩy và dấu ngoặc ở đây"),
    (r"did not find expected node content", "Dấu đặt sai chỗ.", "Kiểm tra dấu phẩy và dấu ngoặc ở đây"),
    (r"did not find expected ',' or", "Danh sách trong ngoặc chưa đóng, hoặc thiếu dấu phẩy.", "Đóng bằng ] hoặc }"),
    (r"did not find expected|expected <block end>|expected <document start>", "Dòng thụt lề sai.", INDENT),
    (r"sequence entries are not allowed", "Gạch đầu dòng đặt sai chỗ.", f"Gạch đầu dòng phải ở dòng mới. {INDENT}"),
    (r"found undefined alias", "Dấu * chỉ đến chỗ không có.", "Chữ bắt đầu bằng * thì đặt trong ngoặc kép"),
    (r"while scanning an? (alias|anchor)", "Dấu & hoặc * đứng đầu chữ.", "Đặt chữ này trong ngoặc kép"),
    (r"duplicate anchor|second occurrence", "Một tên & dùng hai lần.", "Bỏ các dấu & và *, viết thẳng nội dung"),
    (r"unknown escape", "Dấu \\ trong ngoặc kép.", "Bỏ dấu \\; đường dẫn thì dùng dấu /, hoặc dùng ngoặc đơn '…'"),
    (r"expected a single document", "Có dòng --- ở giữa tệp.", "Bỏ dòng ---: cả lịch là một tài liệu"),
    (r"'\\t' that cannot start", "Có phím Tab ở đây.", "Thay phím Tab bằng dấu cách"),
    (r"cannot start any token", "Ký tự không được đứng đầu chữ.", "Đặt chữ này trong ngoặc kép"),
    (r"block scalar", "Dấu | hoặc > dùng sai.", "Đặt chữ này trong ngoặc kép trên một dòng"),
)
"""Texts of PyYAML 6 and libyaml 0.2 (problem and context) → what is wrong, what mends it."""


def fault_of(error: MarkedYAMLError, *, file: str) -> Fault:
    """The complaint with its place."""
    said = " ".join(str(part) for part in (error.problem, error.context) if part)
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and re.search(FROM_ITS_START, said):
        mark = error.context_mark
    unheard_of = f"Tệp không đúng cú pháp YAML ({said}).", INDENT
    known = ((message, remedy) for pattern, message, remedy in WORDING if re.search(pattern, said))
    message, remedy = next(known, unheard_of)
    if mark is None:
        return Fault(message=message, remedy=remedy, file=file)
    return Fault(message=message, remedy=remedy, file=file, line=mark.line + 1, column=mark.column + 1)


def unreadable(error: YAMLError, *, text: str, file: str) -> Fault:
    """Characters that no YAML file may hold; ruamel counts them from the start of the text."""
    position = error.position if isinstance(error, ReaderError) else None
    line = text.count("\n", 0, position) + 1 if position is not None else None
    column = position - text.rfind("\n", 0, position) if position is not None else None
    return Fault(
        message="Tệp có ký tự điều khiển, không phải văn bản thường.",
        remedy="Chép lại lịch từ bản sao lưu, hoặc xóa ký tự ở chỗ này",
        file=file,
        line=line,
        column=column,
    )


def tab_after_key(*, file: str, line: int, column: int) -> Fault:
    """`gio:` and a tab."""
    return Fault(
        message="Phím Tab đứng sau dấu hai chấm.",
        remedy="Thay phím Tab bằng một dấu cách",
        file=file,
        line=line,
        column=column,
    )
