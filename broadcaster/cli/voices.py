"""`voices`: the voices that can speak here."""

from __future__ import annotations

import click

from broadcaster.cli.vietnamese import VietnameseGroup
from broadcaster.cli.voice_test import test


@click.group(cls=VietnameseGroup)
def voices() -> None:
    """Giọng đọc: chấm xem một giọng có đủ rõ để phát không."""


voices.add_command(test)
