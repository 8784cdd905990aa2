"""What kind of sound file it is, by its first bytes: names are often wrong, and there is no ffprobe to ask."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_PCM, _FLOAT, _EXTENSIBLE = 0x0001, 0x0003, 0xFFFE
_PCM_CODECS = {8: "pcm_u8", 16: "pcm_s16le", 24: "pcm_s24le", 32: "pcm_s32le"}
_FLOAT_CODECS = {32: "pcm_f32le", 64: "pcm_f64le"}
_PACKED_CODECS = {0x0002: "adpcm_ms", 0x0006: "pcm_alaw", 0x0007: "pcm_mulaw", 0x0011: "adpcm_ima_wav", 0x0055: "mp3"}
_OGG_CODECS = {b"OpusHead": "libopus", b"\x01vorbis": "vorbis", b"\x7fFLAC": "flac", b"Speex   ": "speex"}
_ADTS = 0b000
_SIZE_UNKNOWN = 0x7FFF_0000
"""Programs that do not know yet how much will come write a size from here on (sox, ffmpeg into a pipe), or 0."""

KNOWN = "wav, mp3, m4a, aac, 3gp, amr, ogg, opus, flac, wma, aiff, caf, webm"
"""For messages: what can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A file's format and codec, as ffmpeg names them; codec None: the format itself tells ffmpeg."""

    format: str
    codec: str | None
    claimed_s: float | None = None
    """Seconds of sound that a .wav says it has, where ffmpeg would guess by the file's size."""


def recognise(head: bytes) -> Container | None:
    """The container that `head` (a file's first few kB) begins, or None for what is no sound file."""
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return Container(format="wav", codec=_wav_codec(head), claimed_s=_wav_claim_s(head))
    if head[:4] == b"OggS":
        return _ogg(head)
    if head[4:8] == b"ftyp":
        return Container(format="mp4", codec=None)
    for magic, container in _MAGIC.items():
        if head.startswith(magic):
            return container
    return _mpeg(head)


_MAGIC = {
    b"fLaC": Container(format="flac", codec="flac"),
    b"ID3": Container(format="mp3", codec="mp3"),
    b"#!AMR\n": Container(format="amr", codec="amrnb"),
    b"#!AMR-WB\n": Container(format="amr", codec="amrwb"),
    b"FORM": Container(format="aiff", codec=None),
    b"\x1a\x45\xdf\xa3": Container(format="matroska", codec=None),
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11": Container(format="asf", codec=None),
    b"caff": Container(format="caf", codec=None),
}


def _wav_codec(head: bytes) -> str | None:
    at = head.find(b"fmt ", 12)
    if at < 0 or len(head) < at + 24:
        return None
    kind, _, _, _, _, bits = struct.unpack_from("<HHIIHH", head, at + 8)
    if kind == _EXTENSIBLE and len(head) >= at + 34:
        (kind,) = struct.unpack_from("<H", head, at + 32)
    if kind == _PCM:
        return _PCM_CODECS.get(bits)
    if kind == _FLOAT:
        return _FLOAT_CODECS.get(bits)
    return _PACKED_CODECS.get(kind)


def _wav_claim_s(head: bytes) -> float | None:
    """By the size of its samples; None where that is not said."""
    at, bytes_per_s = 12, 0
    while at + 8 <= len(head):
        (size,) = struct.unpack_from("<I", head, at + 4)
        if head[at : at + 4] == b"fmt " and at + 20 <= len(head):
            (bytes_per_s,) = struct.unpack_from("<I", head, at + 16)
        if head[at : at + 4] == b"data":
            return size / bytes_per_s if bytes_per_s and 0 < size < _SIZE_UNKNOWN else None
        at += 8 + size + size % 2
    return None


def _ogg(head: bytes) -> Container | None:
    for mark, codec in _OGG_CODECS.items():
        if mark in head[:128]:
            return Container(format="ogg", codec=codec)
    return None


def _mpeg(head: bytes) -> Container | None:
    """A bare MPEG stream begins with 11 set bits (12 for ADTS); zeros may stand before it."""
    head = head.lstrip(b"\0")
    if len(head) < 2 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:  # noqa: PLR2004
        return None
    layer = head[1] & 0b110
    if layer == _ADTS and head[1] & 0xF0 == 0xF0:  # noqa: PLR2004
        return Container(format="aac", codec="aac")
    return Container(format="mp3", codec="mp3") if layer else None
