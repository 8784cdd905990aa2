"""A recording from the phone to the approver, as people type it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import numpy as np
from station.phone import RATE, keep, voice

Run = Callable[..., CompletedProcess[str]]


def test_what_is_wrong_is_told_at_import_when_looked_at_and_when_submitted(
    fresh: Path, broadcaster: Run, tmp_path: Path
) -> None:
    samples = np.tile(voice(8.0), 2)
    samples[9 * RATE : 10 * RATE] = np.clip(samples[9 * RATE : 10 * RATE] * 40, -1, 1)
    file = keep(tmp_path / "thu.m4a", samples)
    named = ("--by", "Vàng A Páo", "--title", "Phòng cháy rừng", "--language", "Mông")

    imported = broadcaster("import", str(file), *named, "--json", workspace=fresh)
    (made,) = json.loads(imported.stdout)
    shown = broadcaster("scripts", "show", made["script"], workspace=fresh)
    submitted = broadcaster("scripts", "submit", made["script"], "--by", "Vàng A Páo", workspace=fresh)

    assert (made["recording"], made["language"]) == ("ban-thu/phong-chay-rung.m4a", "hmn")
    assert "tiếng bị vỡ ở phút 0:09" in made["warnings"][0]["message"]
    assert "thay lời máy đọc" in shown.stdout
    assert "nhắc: bản thu ban-thu/phong-chay-rung.m4a: tiếng bị vỡ ở phút 0:09" in shown.stdout
    assert (submitted.returncode, "phút 0:09" in submitted.stderr) == (0, True)


def test_a_text_that_no_voice_speaks_is_refused_with_the_way_out(fresh: Path, broadcaster: Run) -> None:
    script = fresh / "scripts_content" / "mong.txt"
    script.write_text("---\nngon_ngu: Mông\n---\nNoj peb caug.\n", encoding="utf-8")

    shown = broadcaster("scripts", "show", "mong.txt", workspace=fresh)
    submitted = broadcaster("scripts", "submit", "mong.txt", "--by", "Vàng A Páo", workspace=fresh)

    assert "lỗi: Không có giọng máy nào đọc được tiếng Mông" in shown.stdout
    assert submitted.returncode == 7
    assert "ban_thu" in submitted.stderr


def test_recordings_and_documents_are_imported_apart(fresh: Path, broadcaster: Run, tmp_path: Path) -> None:
    files = [str(tmp_path / "a.m4a"), str(tmp_path / "b.docx")]
    assert broadcaster("import", *files, "--by", "Lê Thị Hòa", workspace=fresh).returncode == 2
