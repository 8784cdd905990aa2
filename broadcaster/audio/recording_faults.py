"""What is wrong with a sound that was heard: places by minute and second, and what to do. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from broadcaster.audio.decode import LONGEST_S
from broadcaster.audio.recording import Recording, Stretch
from broadcaster.errors import Fault

LONGEST_JINGLE_S = 1200.0
SHORTEST_S = 1.0
LONGEST_SILENCE_S = 30.0
"""So long a pause is no pause; listeners take the station for dead."""
CLIPPED_SHARE = 0.2
"""Of the sound: what is broken so often is not understood outdoors."""
_CLIPPED_S = 0.15
"""In all; less is a single click."""
_SPEECH_INAUDIBLE_DB, _SPEECH_QUIET_DB, _SPEECH_LOUD_DB = -58.0, -45.0, -6.0
_SNR_NOTHING_DB, _SNR_POOR_DB = 3.0, 12.0
_HUM_DROWNS_DB, _HUM_HEARD_DB = 0.0, 30.0
_OFFSET = 0.02
_FULL_SCALE = 0.985
"""A tone below it is as high at each of its peaks, and not cut off."""
_OVER_SCALE = 4.0
_LOST_IN_MIXING_DB = 10.0
_LOWEST_RATE = 8_000
_CLAIM_SHARE, _CLAIM_S = 0.02, 1.0
_TIMES_THE_WORDS = 3.0
_LISTED = 3
_RECORD_AGAIN = "Thu lại đoạn ấy: để máy cách miệng khoảng một gang tay, giảm mức thu."
_AWAY_FROM_MAINS = "Rút sạc, đưa máy thu ra xa dây điện, quạt, đèn ống rồi thu lại."
_COPY_AGAIN = "Chép lại tệp gốc; tệp gốc cũng vậy thì mở bằng phần mềm thu rồi lưu thành tệp mới."


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Faults keep it off the air; warnings leave it to whoever approves it."""

    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


def recording_verdict(
    heard: Recording, *, file: str, limit_s: float | None = None, entry: str = "", words_s: float | None = None
) -> Verdict:
    """Of a recorded human voice. `limit_s` is what `entry` of the schedule allows, `words_s` what its text takes."""
    faults = [*_unusable(heard), *_too_long(heard, limit_s=limit_s, entry=entry)]
    warnings = [*_file_oddities(heard), *_other_than_the_words(heard, words_s)]
    if heard.loudest <= _OVER_SCALE:
        faults += _not_understood(heard)
        warnings = [*_poor(heard), *warnings]
    return _verdict(faults, warnings, file)


def jingle_verdict(heard: Recording, *, file: str) -> Verdict:
    """Of a chime or music: whatever it sounds like, it must be whole."""
    faults = list(_unusable(heard))
    if heard.length_s > LONGEST_JINGLE_S:
        limit = in_words(LONGEST_JINGLE_S)
        faults.append(
            Fault(
                message=f"nhạc dài {in_words(heard.length_s)}, quá {limit}.", remedy="Xem có nhầm tệp không; cắt ngắn."
            )
        )
    return _verdict(faults, list(_file_oddities(heard)), file)


def at(seconds: float) -> str:
    """As people name a place in a sound: `1:20`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def in_words(seconds: float) -> str:
    """`3 giờ 2 phút`, `2 phút 5 giây`, `40 giây`."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 60:  # noqa: PLR2004
        minutes, rest = round(seconds / 60), 0
    parts = [(minutes // 60, "giờ"), (minutes % 60, "phút"), (rest, "giây")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 giây"


def _unusable(heard: Recording) -> Iterator[Fault]:
    """What no programme can be made of."""
    if heard.broken:
        yield Fault(
            message=f"có mẫu âm thanh hỏng (không phải là số) ở {_places(heard.broken)}.",
            remedy="Xuất lại tệp từ phần mềm thu, hoặc thu lại.",
        )
    if heard.loudest > _OVER_SCALE:
        yield Fault(
            message="mẫu âm thanh vượt xa thang đo: tệp được xuất sai kiểu số.",
            remedy="Xuất lại thành tệp .wav 16 bit, hoặc .mp3.",
        )
    if heard.lost_in_mixing_db >= _LOST_IN_MIXING_DB:
        yield Fault(
            message="hai kênh ngược pha: trộn thành một kênh thì mất tiếng, mà loa truyền thanh chỉ có một kênh.",
            remedy="Xuất lại thành một kênh (mono) từ một trong hai kênh.",
        )
    elif heard.sound.length_s == 0 or not math.isfinite(heard.speech_db):
        yield Fault(message="không có tiếng: cả tệp im lặng.", remedy="Kiểm tra micrô, chọn đúng tệp, hoặc thu lại.")
    claim = heard.claimed_s
    if claim is not None and claim - heard.length_s > max(_CLAIM_S, _CLAIM_SHARE * claim):
        yield Fault(
            message=f"đầu tệp ghi dài {at(claim)} mà chỉ có {at(heard.length_s)} tiếng: tệp chép dở, hoặc ghi sai.",
            remedy=_COPY_AGAIN,
        )
    elif heard.is_cut:
        yield Fault(
            message=f"tệp chép dở: phần cuối bị cắt giữa chừng, chỉ còn {at(heard.length_s)} tiếng.",
            remedy=_COPY_AGAIN,
        )


def _not_understood(heard: Recording) -> Iterator[Fault]:
    """What listeners could make nothing of."""
    if not heard.sound.length_s or not math.isfinite(heard.speech_db):
        return
    if heard.sound.length_s < SHORTEST_S:
        yield Fault(
            message=f"chỉ có {heard.sound.length_s:.1f} giây tiếng.".replace(".", ",", 1),
            remedy="Xem có bấm dừng quá sớm không, hoặc chọn nhầm tệp.",
        )
    if heard.speech_db < _SPEECH_INAUDIBLE_DB:
        yield Fault(
            message=f"tiếng quá nhỏ ({_db(heard.speech_db)}), gần như không nghe thấy.",
            remedy="Thu lại, để máy gần miệng hơn hoặc tăng mức thu.",
        )
    if heard.snr_db < _SNR_NOTHING_DB:
        yield Fault(
            message="không nghe ra lời nói: âm lượng đều đều từ đầu đến cuối, như chỉ có tiếng ồn hay tiếng tút.",
            remedy="Nghe lại tệp; chọn đúng tệp, hoặc thu lại ở nơi yên tĩnh.",
        )
    if heard.hum is not None and heard.hum.below_speech_db <= _HUM_DROWNS_DB:
        yield Fault(message=f"tiếng ù điện {heard.hum.hertz} Hz át cả tiếng nói.", remedy=_AWAY_FROM_MAINS)
    steady_tone = heard.snr_db < _SNR_NOTHING_DB and heard.loudest < _FULL_SCALE
    if _clipped_s(heard) >= max(CLIPPED_SHARE * heard.sound.length_s, _CLIPPED_S) and not steady_tone:
        share = min(100, round(100 * _clipped_s(heard) / heard.sound.length_s))
        yield Fault(
            message=f"tiếng bị vỡ quá nhiều ({share} % thời gian), ở {_places(heard.clipped)}.", remedy=_RECORD_AGAIN
        )
    for silence in heard.silences:
        if silence.length_s >= LONGEST_SILENCE_S:
            yield _silence(silence)


def _too_long(heard: Recording, *, limit_s: float | None, entry: str) -> Iterator[Fault]:
    remedy = "Xem có chọn nhầm tệp không (thu quên tắt máy?); cắt lấy phần cần phát"
    if limit_s is not None and math.ceil(heard.sound.length_s) > limit_s:
        message = f"bản thu dài {in_words(heard.sound.length_s)}, mục '{entry}' chỉ cho {in_words(limit_s)}."
        yield Fault(message=message, remedy=f"{remedy}, hoặc sửa «dai» của mục ấy.")
    elif heard.length_s > LONGEST_S:
        message = f"bản thu dài {in_words(heard.length_s)}, quá {in_words(LONGEST_S)} cho một bài."
        yield Fault(message=message, remedy=f"{remedy}, hoặc chia thành nhiều bài.")


def _poor(heard: Recording) -> Iterator[Fault]:
    """What can be heard, though not well."""
    if not math.isfinite(heard.speech_db):
        return
    clipped_s = _clipped_s(heard)
    if _CLIPPED_S <= clipped_s < CLIPPED_SHARE * heard.sound.length_s:
        yield Fault(message=f"tiếng bị vỡ ở {_places(heard.clipped)}.", remedy=_RECORD_AGAIN)
    for silence in heard.silences:
        if silence.length_s < LONGEST_SILENCE_S:
            yield _silence(silence)
    hum = heard.hum
    if hum is not None and _HUM_DROWNS_DB < hum.below_speech_db <= _HUM_HEARD_DB:
        message = f"có tiếng ù điện {hum.hertz} Hz suốt bài, chỉ nhỏ hơn tiếng nói {round(hum.below_speech_db)} dB."
        yield Fault(message=message, remedy=f"{_AWAY_FROM_MAINS} Máy chỉ lọc bớt được khi dựng chương trình.")
    elif _SNR_NOTHING_DB <= heard.snr_db < _SNR_POOR_DB:
        yield Fault(
            message=f"nhiều tiếng ồn nền: chỉ nhỏ hơn tiếng nói {round(heard.snr_db)} dB.",
            remedy="Thu lại ở nơi yên tĩnh, đóng cửa, tắt quạt, để máy gần miệng hơn.",
        )
    if _SPEECH_INAUDIBLE_DB <= heard.speech_db < _SPEECH_QUIET_DB:
        yield Fault(
            message=f"tiếng nhỏ ({_db(heard.speech_db)}); máy tự nâng, nhưng tiếng ồn cũng to lên theo.",
            remedy="Lần sau để máy gần miệng hơn hoặc tăng mức thu.",
        )
    if heard.speech_db > _SPEECH_LOUD_DB and not clipped_s:
        yield Fault(message=f"tiếng thu quá to ({_db(heard.speech_db)}), dễ bị vỡ.", remedy=_RECORD_AGAIN)


def _file_oddities(heard: Recording) -> Iterator[Fault]:
    """What the file has and the station puts right by itself."""
    if abs(heard.offset) >= _OFFSET and heard.loudest <= _OVER_SCALE:
        yield Fault(
            message=f"tiếng lệch khỏi đường giữa {100 * abs(heard.offset):.0f} % (DC); máy tự chỉnh lại.",
            remedy="Kiểm tra micrô và dây nối của máy thu.",
        )
    if heard.eight_bits:
        yield Fault(message="tệp 8 bit, nghe rè.", remedy="Thu hoặc xuất lại ở mức 16 bit.")
    if heard.sample_rate < _LOWEST_RATE:
        yield Fault(
            message=f"tần số lấy mẫu chỉ {heard.sample_rate} Hz, nghe nghẹt tiếng.", remedy="Thu lại ở 44.100 Hz."
        )
    if heard.unreadable:
        yield Fault(message=f"tệp có {heard.unreadable} chỗ hỏng không đọc được, đã bỏ qua.", remedy=_COPY_AGAIN)
    claim = heard.claimed_s
    if claim is not None and heard.length_s - claim > max(_CLAIM_S, _CLAIM_SHARE * heard.length_s):
        yield Fault(
            message=f"đầu tệp ghi dài {at(claim)}, thật ra dài {at(heard.length_s)}; máy tính theo độ dài thật.",
            remedy="Nghe lại đến hết xem có đúng tệp không.",
        )


def _other_than_the_words(heard: Recording, words_s: float | None) -> Iterator[Fault]:
    if words_s is None or not heard.sound.length_s:
        return
    long, short = heard.sound.length_s > _TIMES_THE_WORDS * words_s + 60, heard.sound.length_s * 3 < words_s
    if long or short:
        side = "dài hơn nhiều" if long else "ngắn hơn nhiều"
        yield Fault(
            message=f"bản thu dài {in_words(heard.sound.length_s)}, {side} so với lời ghi trong bài"
            f" (đọc khoảng {in_words(words_s)}).",
            remedy="Xem có nhầm tệp không, hoặc sửa lời cho khớp với bản thu.",
        )


def _silence(silence: Stretch) -> Fault:
    return Fault(
        message=f"im lặng {round(silence.length_s)} giây, từ {at(silence.start_s)} đến {at(silence.end_s)}.",
        remedy="Cắt bỏ đoạn im lặng, hoặc thu lại.",
    )


def _clipped_s(heard: Recording) -> float:
    return sum(stretch.length_s for stretch in heard.clipped)


def _places(stretches: Sequence[Stretch]) -> str:
    """`phút 1:20, 2:05 và 3 chỗ nữa`."""
    named = ", ".join(dict.fromkeys(at(stretch.start_s) for stretch in stretches[:_LISTED]))
    more = f" và {len(stretches) - _LISTED} chỗ nữa" if len(stretches) > _LISTED else ""
    return f"phút {named}{more}"


def _db(level: float) -> str:
    return f"{level:.0f} dB".replace("-", "−")


def _verdict(faults: Sequence[Fault], warnings: Sequence[Fault], file: str) -> Verdict:
    return Verdict(
        faults=tuple(replace(fault, file=file) for fault in faults),
        warnings=tuple(replace(fault, file=file) for fault in warnings),
    )
