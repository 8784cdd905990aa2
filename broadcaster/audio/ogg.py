"""An Ogg file's pages: its head says nothing of its length, so only the pages tell whether half of it is missing.

The last page ought to be marked as the end (RFC 3533), but Android's own writer never does and Telegram's often does
not, so the mark alone says nothing. A page is written whole, though: one that ends early was cut off afterwards.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_MAGIC = b"OggS"
_HEAD = struct.Struct("<4sBBqIIIB")
"""Magic, version, flags, position, stream, number, checksum, how many lengths follow."""
_FLAGS_AT, _CHECKSUM_AT, _CHECKSUM_END = 5, 22, 26
_GOES_ON = b"\xff"
"""As a page's last length: the rest of that packet is in the next page."""
_END_OF_STREAM = 0x04
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What a walk from page to page comes to."""

    is_cut: bool
    """The last page ends early or its last packet goes on, or what follows it is no page though more was to come."""
    altered: int
    """Pages whose checksum is another: decoders leave them out."""


def walk(path: Path) -> Pages:
    """From the first page to the end of the file, a page (64 kB at most) at a time."""
    altered, ended, goes_on = 0, False, False
    with path.open("rb") as file:
        while head := file.read(_HEAD.size):
            if not head.startswith(_MAGIC[: len(head)]):
                # what programs leave behind the end is nobody's loss
                return Pages(is_cut=not ended, altered=altered)
            page = _page(head, file)
            if page is None:
                return Pages(is_cut=True, altered=altered)
            altered += not _is_intact(page)
            ended = bool(page[_FLAGS_AT] & _END_OF_STREAM)
            goes_on = page[_HEAD.size : _HEAD.size + page[_HEAD.size - 1]].endswith(_GOES_ON)
    return Pages(is_cut=goes_on and not ended, altered=altered)


def _page(head: bytes, file: BinaryIO) -> bytes | None:
    """The whole page that `head` begins; None where the file ends within it."""
    if len(head) < _HEAD.size:
        return None
    count = _HEAD.unpack(head)[-1]
    lengths = file.read(count)
    body = file.read(sum(lengths))
    return head + lengths + body if len(lengths) == count and len(body) == sum(lengths) else None


def _is_intact(page: bytes) -> bool:
    """Ogg's CRC-32 takes each byte's highest bit first; zlib's takes the lowest, and inverts what goes in and out."""
    without = page[:_CHECKSUM_AT] + bytes(4) + page[_CHECKSUM_END:]
    mirrored = zlib.crc32(without.translate(_REVERSED), 0xFFFF_FFFF) ^ 0xFFFF_FFFF
    return int(f"{mirrored:032b}"[::-1], 2) == int.from_bytes(page[_CHECKSUM_AT:_CHECKSUM_END], "little")
