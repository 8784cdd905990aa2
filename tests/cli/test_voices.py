"""`voices`, `check` and `doctor` name what can speak here, what cannot, and the command that mends it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
CONNECTED = """
may_doc:
  may-rieng: {kieu: lenh, chay: [khong-co-chuong-trinh-nay, "{out}"], giong: {nu: Nữ (máy riêng)}}
  qua-mang:
    kieu: http
    url: "https://may-doc.example/tts"
    phan_dau: {api-key: "{key}"}
    gui_chu: "{text}"
    khoa_tu: KHOA_CHUA_DAT
    giong: {nam: Nam (qua mạng)}
"""


@pytest.fixture
def connected(fresh: Path) -> Path:
    with (fresh / "schedule.yaml").open("a", encoding="utf-8") as file:
        file.write(CONNECTED)
    return fresh


def test_every_voice_is_listed_with_its_engine_and_what_that_lacks(broadcaster: Run, connected: Path) -> None:
    listed = json.loads(broadcaster("voices", "list", "--json", workspace=connected).stdout)
    by_name = {one["engine"]: one for one in listed}
    assert by_name["espeak-ng"]["voices"][0]["key"] == "espeak-ng:vi+f2"
    assert by_name["espeak-ng"]["ready"] is True
    assert by_name["qua-mang"]["voices"] == [
        {"key": "qua-mang:nam", "name": "nam", "title": "Nam (qua mạng)", "language": "vi"}
    ]
    for name, missing, remedy in (
        ("may-rieng", "khong-co-chuong-trinh-nay", "may_doc"),
        ("qua-mang", "KHOA_CHUA_DAT", "export KHOA_CHUA_DAT"),
        ("piper", "giọng Piper", "voices add"),
    ):
        assert by_name[name]["ready"] is False
        assert missing in by_name[name]["faults"][-1]["message"]
        assert remedy in by_name[name]["faults"][-1]["remedy"]


def test_the_list_is_a_table_and_what_is_missing_goes_to_the_messages(broadcaster: Run, connected: Path) -> None:
    done = broadcaster("voices", "list", workspace=connected)
    assert done.returncode == 0
    assert "Nữ (máy riêng)" in done.stdout
    assert "KHOA_CHUA_DAT" in done.stderr


def test_the_names_that_the_office_gave_its_voices_are_listed(broadcaster: Run, connected: Path) -> None:
    with (connected / "schedule.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "giong_doc:\n  nu-loa: {ten: Nữ (loa thôn), may_doc: espeak-ng, giong: vi+f2, toc_do: 2.9}\n"
            "  nam-mang: {ten: Nam (mạng), may_doc: qua-mang}\n"
        )
    listed = json.loads(broadcaster("voices", "list", "--json", workspace=connected).stdout)
    by_name = {one["engine"]: one["profiles"] for one in listed}
    assert by_name["espeak-ng"] == [
        {"key": "nu-loa", "title": "Nữ (loa thôn)", "voice": "espeak-ng:vi+f2", "syllables_per_second": 2.9}
    ]
    assert [profile["voice"] for profile in by_name["qua-mang"]] == ["qua-mang:nam"]
    shown = broadcaster("voices", "list", workspace=connected).stdout
    (row,) = [line for line in shown.splitlines() if line.startswith("nu-loa")]
    assert "Nữ (loa thôn)" in row
    assert "2,9" in row
    assert "chưa dùng được" in next(line for line in shown.splitlines() if line.startswith("nam-mang"))


def test_voices_are_listed_where_there_is_no_station(broadcaster: Run, tmp_path: Path) -> None:
    assert "espeak-ng:vi+f2" in broadcaster("voices", "list", workspace=tmp_path).stdout


@pytest.mark.parametrize("command", ["check", "doctor"])
def test_what_a_connected_engine_lacks_is_named(broadcaster: Run, connected: Path, command: str) -> None:
    done = broadcaster(command, workspace=connected)
    for missing in ("khong-co-chuong-trinh-nay", "export KHOA_CHUA_DAT"):
        assert missing in done.stdout + done.stderr


def test_speaking_with_an_engine_that_lacks_something_ends_with_the_code_of_speech(
    broadcaster: Run, connected: Path, tmp_path: Path
) -> None:
    text = tmp_path / "bai.txt"
    text.write_text("Xin chào bà con.", encoding="utf-8")
    done = broadcaster("speak", str(text), "-o", str(tmp_path / "x.wav"), "--engine", "qua-mang", workspace=connected)
    assert done.returncode == 6
    assert "KHOA_CHUA_DAT" in done.stderr
    assert not (tmp_path / "x.wav").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("add", "khong-co"), 3), (("remove", "khong-co"), 2), (("add",), 2), (("liet-ke",), 2)],
)
def test_what_cannot_be_added_or_removed_is_told_in_vietnamese(
    broadcaster: Run, fresh: Path, arguments: tuple[str, ...], code: int
) -> None:
    done = broadcaster("voices", *arguments, workspace=fresh)
    assert done.returncode == code
    assert "Lỗi:" in done.stderr
    assert "→" in done.stderr
