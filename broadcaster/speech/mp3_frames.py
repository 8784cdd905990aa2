"""Whether MP3 data is whole: decoders play a torn file up to the tear and say nothing."""

from __future__ import annotations

_BITRATES_KBPS = {
    "1": (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    "2": (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLE_RATES = {0b11: (44_100, 48_000, 32_000), 0b10: (22_050, 24_000, 16_000), 0b00: (11_025, 12_000, 8_000)}
"""Hz, by the header's MPEG version bits: 1, 2, 2.5 (ISO/IEC 11172-3, 13818-3)."""
_HEADER = 4
_ID3V1 = 128


def is_whole_mp3(data: bytes) -> bool:
    """True where `data` is layer III frames from end to end, at least one; ID3 tags before and after may stand."""
    position, frames = _after_id3(data), 0
    end = len(data) - _ID3V1 if data[-_ID3V1:].startswith(b"TAG") else len(data)
    while position < end:
        length = _frame_length(data[position : position + _HEADER])
        if length == 0 or position + length > end:
            return False
        position += length
        frames += 1
    return frames > 0


def _after_id3(data: bytes) -> int:
    """Where an ID3v2 tag ends; its size is four bytes of seven bits."""
    if not data.startswith(b"ID3") or len(data) < 10:  # noqa: PLR2004 - the tag's header
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _frame_length(header: bytes) -> int:
    """Bytes of a layer III frame with its header; 0 where this is none."""
    if len(header) < _HEADER or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:  # noqa: PLR2004 - sync and layer III
        return 0
    version, bitrate, rate = header[1] >> 3 & 0b11, header[2] >> 4, header[2] >> 2 & 0b11
    if version not in _SAMPLE_RATES or not 0 < bitrate < 15 or rate > 2:  # noqa: PLR2004 - reserved values
        return 0
    generation, slots = ("1", 144) if version == 0b11 else ("2", 72)  # noqa: PLR2004 - MPEG 1
    bits = _BITRATES_KBPS[generation][bitrate] * 1000
    return slots * bits // _SAMPLE_RATES[version][rate] + (header[2] >> 1 & 1)
