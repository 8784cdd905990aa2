"""What kept a relay source from sounding, in plain Vietnamese: ffmpeg's English is no news for a commune's operator."""

from __future__ import annotations

import re
from collections.abc import Sequence

from broadcaster.errors import AudioFault

_PLAIN_WORDS = (
    (r"Connection refused", "máy nguồn từ chối kết nối"),
    (r"timed out|ngừng gửi tiếng", "máy nguồn không trả lời"),
    (r"returned 40[13]", "máy nguồn không cho phép kết nối"),
    (r"returned 404", "máy nguồn không có địa chỉ này"),
    (r"returned 4(?:00|XX)", "máy nguồn không nhận yêu cầu"),
    (r"returned 5XX", "máy nguồn báo lỗi của nó"),
    (r"Network is unreachable|No route to host", "không có đường mạng tới máy nguồn"),
    (r"Failed to resolve|Name or service not known", "không tìm thấy tên máy nguồn"),
    (r"End of file|Connection reset|Broken pipe", "máy nguồn ngắt kết nối"),
    (r"Invalid data|matches no streams", "máy nguồn không gửi âm thanh"),
    (r"không có tiếng nào", "nguồn không có tiếng"),
    (r"không phải là địa chỉ http", "địa chỉ nguồn không phải là http hoặc https"),
    (r"(?:Không tìm thấy|Không chạy được) ffmpeg", "máy này không chạy được ffmpeg"),
)
"""Last words of the ffmpeg 7.0 of imageio-ffmpeg against servers that refuse, hang, reset and send no sound."""


def plain_reason(error: AudioFault) -> str:
    """Why, without the source's address: that may hold a password."""
    for pattern, words in _PLAIN_WORDS:
        if re.search(pattern, error.message):
            return words
    return "lỗi kết nối"


def told(name: str, why: str, sounded_s: Sequence[float]) -> str:
    """One sentence about every failure of one sort; `sounded_s` says for how long the source sounded each time."""
    times = len(sounded_s)
    if not sounded_s[0]:
        return f"{name}: không tiếp được ({why}){f', đã thử {times} lần' if times > 1 else ''}."
    first = f"sau {sounded_s[0]:.0f} giây"
    return f"{name}: đứt {first if times == 1 else f'{times} lần, lần đầu {first}'} ({why})."
