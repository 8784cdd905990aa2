"""A library with a few scripts, and a script to decide about."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.content.library import ScriptLibrary
from broadcaster.content.script import parse_script
from broadcaster.model.script import Script

SCRIPT = """---
tieu_de: Phòng, chống đuối nước
loai: bài
tac_gia: Lê Thị Hòa
van_ban: 12/KH-UBND
chien_dich: Mùa hè an toàn
ngon_ngu: vi
giong: espeak-ng:vi+f2
tu: 01/06/2026
den: 2026-08-31
---

Mùa hè, trẻ em hay ra sông tắm.

Cha mẹ cần trông nom các cháu.
"""


@pytest.fixture
def text() -> str:
    return SCRIPT


@pytest.fixture
def script() -> Script:
    return parse_script("bai/duoi-nuoc.txt", SCRIPT.encode())


@pytest.fixture
def library(tmp_path: Path) -> ScriptLibrary:
    folder = tmp_path / "scripts_content"
    for name in ("bai/duoi-nuoc.txt", "tin/nuoc-sach.md", "tin/cho-phien.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(SCRIPT, encoding="utf-8")
    return ScriptLibrary(folder)
