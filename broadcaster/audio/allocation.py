"""What happens to memory that numpy lets go of: with clip after clip, the next one wants as much again at once."""

from __future__ import annotations

from functools import cache

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
"""Of mallopt(3)."""
KEPT = 64 << 20
"""Bytes at the end of the heap that the system gets back only beyond this."""
LARGE = 16 << 20
"""Bytes from which on an array has pages of its own, which the system gets back at once."""


@cache
def keep_freed_memory() -> None:
    """Have glibc keep what was let go of, once for the process; elsewhere nothing changes.

    By its own rules every clip's arrays came from the system anew, page by page: 1,200 page faults, a sixth of
    levelling the clip. The peak stays what it is: only what was in use is kept.
    """
    import ctypes

    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        # macOS, musl and Windows have none
        return
    mallopt(_M_TRIM_THRESHOLD, KEPT)
    mallopt(_M_MMAP_THRESHOLD, LARGE)
