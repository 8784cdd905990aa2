"""House style: which of several legitimate readings this station uses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One choice a field; the defaults are what northern announcers say."""

    thousand: str = "nghìn"
    """`nghìn` or `ngàn`."""
    odd: str = "linh"
    """`linh` or `lẻ`: 101 is một trăm linh một."""
    early_day: str = ""
    """Said before days 1 to 10: `mùng`, `mồng` or nothing."""
    slash: str = "xuyệt"
    """In document numbers: `xuyệt`, `gạch chéo`, `trên`."""
    document_hyphen: str = ""
    """Between the parts of a document's symbol: nothing, or `gạch ngang`."""


STYLE = Style()
