"""How reports say things in Vietnamese: outcomes, reasons, kinds, languages, numbers, lengths and days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType

from broadcaster.clock import VIETNAM
from broadcaster.config.languages import language_name
from broadcaster.model.as_run import Outcome, OutcomeReason

OUTCOME_WORDS: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.PLAYED: "đã phát",
        Outcome.PARTIAL: "phát dở dang",
        Outcome.MISSED: "không phát",
        Outcome.FAILED: "phát không thành công",
        Outcome.CANCELLED: "đã hủy",
    }
)

REASON_WORDS: Mapping[OutcomeReason, str] = MappingProxyType(
    {
        OutcomeReason.NOT_APPROVED: "bài chưa được duyệt",
        OutcomeReason.NOT_RENDERED: "chưa dựng xong chương trình",
        OutcomeReason.SCRIPT_MISSING: "không tìm thấy bài phát thanh",
        OutcomeReason.SCRIPT_EXPIRED: "bài ngoài thời hạn được phát",
        OutcomeReason.TOO_LONG: "chương trình dài hơn thời lượng cho phép",
        OutcomeReason.TOO_LATE: "đã quá mức phát trễ cho phép",
        OutcomeReason.STATION_OFF: "đài không hoạt động vào giờ phát",
        OutcomeReason.STATION_DIED: "đài dừng đột ngột (mất điện hoặc máy tắt)",
        OutcomeReason.STOPPED: "dừng theo lệnh của người trực",
        OutcomeReason.OUTPUT_FAILED: "đầu ra loa gặp lỗi",
        OutcomeReason.NO_DEVICE: "không có thiết bị âm thanh",
        OutcomeReason.OUTPUT_BUSY: "đầu ra loa đang phát nội dung khác",
        OutcomeReason.SOURCE_FAILED: "nguồn tiếp âm không có tín hiệu",
        OutcomeReason.SOURCE_EXPIRED: "nguồn tiếp âm đã hết hạn",
        OutcomeReason.SUBSTITUTE_SOURCE: "tiếp âm từ nguồn dự phòng",
        OutcomeReason.SUBSTITUTE_VOICE: "đọc bằng giọng dự phòng",
        OutcomeReason.DISK_FULL: "ổ đĩa hết chỗ",
        OutcomeReason.AUDIO_CHANGED: "tệp âm thanh không khớp bản đã duyệt",
        OutcomeReason.WITHDRAWN: "đã rút khỏi lịch phát",
        OutcomeReason.LATE: "phát trễ giờ",
        OutcomeReason.CLOCK_DOUBTED: "giờ của máy không đáng tin vào lúc phải phát",
    }
)

LAST_PADDED_MONTH = 2
"""Official documents write months 1 and 2 with a leading 0, later ones as they are."""
UNKNOWN_REASON = "không ghi lý do"
NO_LANGUAGE = "không ghi ngôn ngữ"


def reason_words(reason: OutcomeReason | None) -> str:
    """Why an airing ended as it did."""
    return UNKNOWN_REASON if reason is None else REASON_WORDS[reason]


def language_words(code: str | None) -> str:
    """A language by its Vietnamese name."""
    return language_name(code) if code else NO_LANGUAGE


def number(value: int) -> str:
    """1234 → `1.234`."""
    return f"{value:,}".replace(",", ".")


def duration(seconds: int) -> str:
    """Whole seconds → `X phút Y giây`; minutes are not folded into hours, so columns can be added by hand."""
    minutes, rest = divmod(seconds, 60)
    return f"{number(minutes)} phút {rest} giây"


def percent(part: int, whole: int) -> str | None:
    """One decimal; rounds to 100% or 0% only what is exactly that. None where there is nothing to divide by."""
    if whole == 0:
        return None
    tenths = (2000 * part + whole) // (2 * whole)
    if part < whole:
        tenths = min(tenths, 999)
    if part > 0:
        tenths = max(tenths, 1)
    units, decimal = divmod(tenths, 10)
    return f"{units}%" if decimal == 0 else f"{units},{decimal}%"


def share(part: int, whole: int) -> str:
    """`58/60 (96,7%)`: a percentage never stands without its numerator and denominator."""
    figure = percent(part, whole)
    return f"{number(part)}/{number(whole)}" + (f" ({figure})" if figure else "")


def day(value: date) -> str:
    """10/10/2026."""
    return f"{value:%d/%m/}{value.year}"


def day_in_full(value: date) -> str:
    """`ngày 08 tháng 02 năm 2026`: days below 10 and months 1–2 padded, as official documents date themselves."""
    month = f"{value.month:02d}" if value.month <= LAST_PADDED_MONTH else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def local(instant: datetime) -> datetime:
    """The same instant on Vietnam's clocks, to the nearest second below."""
    return instant.astimezone(VIETNAM).replace(microsecond=0)


def time_of_day(instant: datetime | None) -> str:
    """`05:30:00`, or a dash where nothing happened."""
    return "–" if instant is None else f"{local(instant):%H:%M:%S}"


def ranges(seqs: Sequence[int]) -> list[tuple[int, int]]:
    """Row numbers as runs, both ends included: 1 2 3 7 → (1, 3), (7, 7)."""
    runs: list[tuple[int, int]] = []
    for seq in sorted(set(seqs)):
        if runs and seq == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], seq)
        else:
            runs.append((seq, seq))
    return runs


def row_numbers(seqs: Sequence[int], *, most: int = 6) -> str:
    """`1–3, 7`; beyond `most` runs only their number and bounds, since an appendix lists each row."""
    runs = ranges(seqs)
    if not runs:
        return "–"
    if len(runs) > most:
        return f"{number(len(set(seqs)))} dòng, từ {runs[0][0]} đến {runs[-1][1]}"
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def upper_first(text: str) -> str:
    """`tiếng Việt` → `Tiếng Việt`, at the head of a line."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """`Xã Hoằng Đạo` → `xã Hoằng Đạo`, for the middle of a sentence."""
    return text[:1].lower() + text[1:]
