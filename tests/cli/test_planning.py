"""`plan` as people type it: why, why not, and files to hand out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from broadcaster.station.workspace import create

Run = Callable[..., subprocess.CompletedProcess[str]]
SCHEDULE = """\
xa:
  hoang-dao: {ten: Xã Hoằng Đạo}
khung_gio: {sang: 05:00-06:30}
nguon: {vov1: {ten: VOV1, url: "http://127.0.0.1:9/x", het_han: 31/12/2026}}
lich:
  - {ten: Tiếp sóng, tiep_song: vov1, gio: 05:00, dai: 30 phút}
  - {ten: Tin, bai: tin/chua-co.txt, gio: 05:30, dai: 10 phút}
"""


@pytest.fixture
def station(tmp_path: Path) -> Path:
    return create(tmp_path / "dai", schedule=SCHEDULE, scripts=()).folder


def test_why_names_the_line_and_what_stands_in_the_way(station: Path, broadcaster: Run) -> None:
    result = broadcaster("plan", "--why", "--date", "23/11/2026", workspace=station)

    assert result.returncode == 0
    assert "schedule.yaml:6" in result.stderr
    assert "CHƯA CÓ BÀI" in result.stderr
    assert "scripts_content/tin/chua-co.txt" in result.stderr


def test_table_tells_a_missing_script_and_an_expired_source_from_an_approval_that_lacks(
    station: Path, broadcaster: Run
) -> None:
    result = broadcaster("plan", "--date", "01/01/2027", workspace=station)

    relay, script = result.stdout.splitlines()[2:]
    assert "SẼ KHÔNG PHÁT" in relay, "its source has ended, and there is no other"
    assert "CHƯA CÓ BÀI" in script


def test_json_has_two_keys_more_only_where_one_asks_why(station: Path, broadcaster: Run) -> None:
    plain, explained = (
        json.loads(broadcaster("plan", "--json", "--date", "23/11/2026", *more, workspace=station).stdout)
        for more in ((), ("--why",))
    )

    assert set(explained[0]) - set(plain[0]) == {"place", "why"}
    assert explained[0]["place"] == "schedule.yaml:6"


def test_at_tells_what_plays_then_or_why_nothing_does(station: Path, broadcaster: Run) -> None:
    def at(clock: str, day: str) -> dict[str, object]:
        result = broadcaster("plan", "--why", "--at", clock, "--date", day, "--json", workspace=station)
        (told,) = json.loads(result.stdout)
        return dict(told)

    assert at("05:10", "23/11/2026")["playing"] == "hoang-dao/2026-11-23/05:00:00/tiep-song"
    assert at("05:35", "23/11/2026")["playing"] is None
    assert "hết hạn" in str(at("05:10", "01/01/2027")["why"])
    assert "ngoài mọi khung giờ" in str(at("12:00", "23/11/2026")["why"])


def test_a_time_that_is_none_is_wrong_usage(station: Path, broadcaster: Run) -> None:
    result = broadcaster("plan", "--at", "17h40", workspace=station)

    assert result.returncode == 2
    assert "17:40" in result.stderr


@pytest.mark.parametrize("name", ["tuần.docx", "tuần.xlsx", "tuần.ics"])
def test_a_week_goes_into_a_file_by_its_ending(station: Path, broadcaster: Run, name: str) -> None:
    result = broadcaster("plan", "--date", "23/11/2026", "-o", str(station / name), workspace=station)

    assert result.returncode == 0, result.stderr
    assert (station / name).stat().st_size > 500
    assert "7 ngày" in result.stderr


def test_a_file_of_another_ending_is_wrong_usage(station: Path, broadcaster: Run) -> None:
    result = broadcaster("plan", "-o", str(station / "tuan.pdf"), workspace=station)

    assert result.returncode == 2
    assert ".docx" in result.stderr
