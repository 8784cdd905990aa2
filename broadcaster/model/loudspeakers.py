"""What carries a commune's sound to people."""

from __future__ import annotations

from typing import Literal

Loudspeakers = Literal["loa nén", "loa cột", "trong nhà", "không"]
"""Horns on poles, columns, boxes in a hall; `không`: speech is to be left as it is."""
