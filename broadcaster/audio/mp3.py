"""MP3 by LAME, packet by packet: streams that end on whole packets and can be joined without encoding them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.sound import sixteen_bits
from broadcaster.errors import AudioFault

if TYPE_CHECKING:
    import lameenc  # type: ignore[import-not-found]

BIT_RATE_KBPS = 96
LOSS_DB = 0.446
"""LAME turns everything down by the factor 0.95 at constant rates up to 128 kbit/s."""
OVERSHOOT_DB = 0.6
"""By how much more than its input the decoded sound may peak: 0.15 on music and noise at 96 kbit/s, 0.5 on speech."""
PACKET = 1152
"""Frames in a packet at 32 kHz and above; half of it below."""

_QUALITY = 7
"""LAME's -q: the noise is at least as low as with 5 (measured on speech, where bits abound), at 0.7 of the CPU."""
_ENCODER_DELAY = 576
_DECODER_DELAY = 529
_MPEG1_RATES = {44_100: 0, 48_000: 1, 32_000: 2}
_MPEG2_RATES = {22_050: 0, 24_000: 1, 16_000: 2}
_MPEG1_KBPS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG2_KBPS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
RATES = tuple(sorted({**_MPEG1_RATES, **_MPEG2_RATES}))
"""Sample rates (Hz) that can be encoded as they are."""


def packet_frames(sample_rate: int) -> int:
    """Frames in one packet."""
    return PACKET if sample_rate in _MPEG1_RATES else PACKET // 2


def packets_of(frames: int, sample_rate: int) -> int:
    """Packets that LAME makes of so many frames: whole ones, and one more for what it and the decoder hold back."""
    return -(-frames // packet_frames(sample_rate)) + PACKET // packet_frames(sample_rate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """What a file's packets add up to."""

    sample_rate: int
    frames: int
    """That are to be heard."""
    packets: int
    size: int
    """Bytes of all packets."""
    bit_rate_kbps: int = BIT_RATE_KBPS


class Mp3Encoder:
    """One MP3 stream at a constant rate; its first packet needs nothing that came before it.

    What begins at a stream's frame 0 is heard there: `info_packet` tells decoders what to skip. A stream that ends in
    silence may be followed by another one, and each is heard as if it stood alone (bit by bit, measured with ffmpeg).
    """

    def __init__(self, *, sample_rate: int, bit_rate_kbps: int = BIT_RATE_KBPS) -> None:
        self._encoder = _lame(sample_rate, bit_rate_kbps)
        self._sample_rate = sample_rate
        self._bit_rate_kbps = bit_rate_kbps
        self._frames = 0
        self._size = 0

    def encode(self, block: NDArray[np.float32]) -> bytes:
        """Take the next frames; gives the packets that are ready."""
        self._frames += len(block)
        return self._counted(self._encoder.encode(sixteen_bits(block).tobytes()))

    def flush(self) -> bytes:
        """The last packets."""
        return self._counted(self._encoder.flush())

    @property
    def stream(self) -> Stream:
        """All that came out of it; complete once it has been flushed."""
        return Stream(
            sample_rate=self._sample_rate,
            frames=self._frames,
            packets=packets_of(self._frames, self._sample_rate),
            size=self._size,
            bit_rate_kbps=self._bit_rate_kbps,
        )

    def _counted(self, packets: bytearray) -> bytes:
        self._size += len(packets)
        return bytes(packets)


class Mp3File:
    """Sound → an .mp3 of exact length: `head` (tags), the info packet, the stream."""

    def __init__(self, file: BinaryIO, *, sample_rate: int, head: bytes = b"") -> None:
        self._file = file
        self._begins_at = len(head)
        self._encoder = Mp3Encoder(sample_rate=sample_rate)
        file.write(head + bytes(info_size(sample_rate)))

    def write(self, block: NDArray[np.float32]) -> None:
        """Take the next frames."""
        self._file.write(self._encoder.encode(block))

    def finish(self) -> None:
        """Write the last packets, and how much there is to be heard."""
        self._file.write(self._encoder.flush())
        self._file.seek(self._begins_at)
        self._file.write(info_packet(self._encoder.stream))


def _lame(sample_rate: int, bit_rate_kbps: int) -> lameenc.Encoder:
    import lameenc

    if sample_rate not in RATES:
        raise AudioFault(f"MP3 không có tần số lấy mẫu {sample_rate} Hz.")
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(bit_rate_kbps)
    encoder.set_in_sample_rate(sample_rate)
    encoder.set_out_sample_rate(sample_rate)
    encoder.set_channels(1)
    encoder.set_quality(_QUALITY)
    encoder.silence()
    return encoder


def info_packet(stream: Stream) -> bytes:
    """The silent packet before the others whose LAME header says exactly how many frames are to be heard.

    Layout: the Xing header and LAME's extension of it, as http://gabriel.mp3-tech.org/mp3infotag.html gives them.
    """
    header, size = _packet_header(stream)
    side = 17 if stream.sample_rate in _MPEG1_RATES else 9
    padding = stream.packets * packet_frames(stream.sample_rate) - _ENCODER_DELAY - stream.frames
    head = header + bytes(side) + b"Info" + (0b1111).to_bytes(4)
    counts = stream.packets.to_bytes(4) + (stream.size + size).to_bytes(4)
    seek = bytes(place * 256 // 100 for place in range(100))
    quality, constant_rate, low_pass = bytes(4), b"\x01", b"\0"
    gains = bytes(8)
    rate = bytes((0, min(stream.bit_rate_kbps, 255)))
    delays = (_ENCODER_DELAY << 12 | padding).to_bytes(3)
    lame = b"LAME3.100" + constant_rate + low_pass + gains + rate + delays + bytes(4)
    music = (stream.size + size).to_bytes(4) + bytes(2)
    packet = head + counts + seek + quality + lame + music
    return (packet + _crc16(packet).to_bytes(2)).ljust(size, b"\0")


def info_size(sample_rate: int, bit_rate_kbps: int = BIT_RATE_KBPS) -> int:
    """Bytes of the info packet."""
    stream = Stream(sample_rate=sample_rate, frames=0, packets=0, size=0, bit_rate_kbps=bit_rate_kbps)
    return _packet_header(stream)[1]


def _packet_header(stream: Stream) -> tuple[bytes, int]:
    """A mono packet's first four bytes, at the lowest rate that has room for the LAME header, and its size."""
    first = stream.sample_rate in _MPEG1_RATES
    rates, codes = (_MPEG1_RATES, _MPEG1_KBPS) if first else (_MPEG2_RATES, _MPEG2_KBPS)
    scale = 144_000 if first else 72_000
    room = 4 + (17 if first else 9) + 156
    wanted = [code for code, kbps in enumerate(codes) if scale * kbps // stream.sample_rate >= room]
    code = next((code for code in wanted if codes[code] >= stream.bit_rate_kbps), wanted[-1])
    version = 0xFB if first else 0xF3
    header = bytes((0xFF, version, code << 4 | rates[stream.sample_rate] << 2, 0xC0))
    return header, scale * codes[code] // stream.sample_rate


def _crc16(data: bytes) -> int:
    """CRC-16/ARC, as LAME's header has it."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
