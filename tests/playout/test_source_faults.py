"""An operator reads in Vietnamese what a relay source did, and never its address."""

from __future__ import annotations

import pytest

from broadcaster.errors import AudioFault
from broadcaster.playout.source_faults import plain_reason, told


@pytest.mark.parametrize(
    ("ffmpeg_says", "plain"),
    [
        ("Error opening input files: Connection refused", "máy nguồn từ chối kết nối"),
        ("Error opening input files: Connection timed out", "máy nguồn không trả lời"),
        ("Error opening input files: Server returned 404 Not Found", "máy nguồn không có địa chỉ này"),
        (
            "Error opening input files: Server returned 403 Forbidden",
            "máy nguồn không cho phép kết nối",
        ),
        ("Error opening input files: Server returned 5XX Server Error reply", "máy nguồn báo lỗi của nó"),
        ("Error opening input files: End of file", "máy nguồn ngắt kết nối"),
        ("Error opening input files: Network is unreachable", "không có đường mạng tới máy nguồn"),
        ("Error opening input files: Input/output error", "lỗi kết nối"),
        ("Something that nobody has seen yet", "lỗi kết nối"),
    ],
)
def test_what_ffmpeg_says_is_told_in_vietnamese(ffmpeg_says: str, plain: str) -> None:
    url = "http://nguoi:mat-khau@may/404"
    assert plain_reason(AudioFault(f"Không xử lý được âm thanh Nguồn tiếp sóng {url}: {ffmpeg_says}")) == plain


@pytest.mark.parametrize(
    ("sounded_s", "sentence"),
    [
        ([0.0], "VOV1: không tiếp được (lỗi kết nối)."),
        ([0.0, 0.0, 0.0], "VOV1: không tiếp được (lỗi kết nối), đã thử 3 lần."),
        ([12.4], "VOV1: đứt sau 12 giây (lỗi kết nối)."),
        ([12.4, 3.0], "VOV1: đứt 2 lần, lần đầu sau 12 giây (lỗi kết nối)."),
    ],
)
def test_failures_of_one_sort_are_told_once(sounded_s: list[float], sentence: str) -> None:
    assert told("VOV1", "lỗi kết nối", sounded_s) == sentence
