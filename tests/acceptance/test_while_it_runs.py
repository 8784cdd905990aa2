"""What goes wrong while the real `broadcaster run` is on the air: the clock, the disk, the schedule, a text.

Each mostly waits for its instants, so all go on side by side, each in a workspace of its own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from acceptance.driver import Workspace, in_seconds, measured, station_in, stop, wait_for
from acceptance.full_disk import SCRIPTS

from broadcaster.clock import SystemClock

BEHIND = timedelta(hours=1)
SCRIPT = "tin/thu.txt"
BESIDE = Path(__file__).parent
Ends = dict[Callable[[Path], None], Future[None]]


class Running:
    """A command under way, and what it says."""

    def __init__(self, workspace: Workspace, command: list[str], **environment: str) -> None:
        self._said = workspace.folder.with_suffix(".loi-noi")
        with self._said.open("w", encoding="utf-8") as said:
            self.process = subprocess.Popen(
                command, stdout=said, stderr=said, text=True, env={**os.environ, **environment}
            )
        workspace.running.append(self.process)

    def said(self) -> str:
        return self._said.read_text(encoding="utf-8")

    def wait_to_say(self, words: str) -> None:
        wait_for(lambda: words in self.said(), what=words)


def schedule(workspace: Workspace, *instants: datetime) -> str:
    """One entry, at all of these; the file's text."""
    workspace.schedule((SCRIPT, instants[0]))
    file = workspace.folder / "schedule.yaml"
    times = ", ".join(f'"{at:%H:%M:%S}"' for at in instants)
    days = ", ".join(sorted({f'"{at:%d/%m/%Y}"' for at in instants}))
    text = re.sub(r" gio: .*", f" gio: [{times}]", file.read_text(encoding="utf-8"))
    text = re.sub(r" ngay: .*", f" ngay: [{days}]", text)
    file.write_text(text, encoding="utf-8")
    return text


def a_cold_boot(folder: Path) -> None:
    """libfaketime sets the wall clock of a real process by a file; its monotonic clock stays the real one."""
    off = folder / "gio-may"

    def set_clock(by: timedelta) -> None:
        aside = folder / "gio-may.moi"
        aside.write_text(f"{by.total_seconds():+.0f}\n", encoding="ascii")
        aside.replace(off)

    with station_in(folder / "dai") as workspace:
        workspace.write(SCRIPT, "Xin chào bà con.")
        schedule(workspace, in_seconds(3600))
        workspace.approve(SCRIPT)
        before = Running(workspace, workspace.command("run"))
        before.wait_to_say("Đầu ra tep")
        aired = in_seconds(10)
        schedule(workspace, aired)
        wait_for(workspace.log, what="the row of an airing at the right time")
        stop(before.process)

        set_clock(-BEHIND)
        box = Running(
            workspace,
            [sys.executable, str(BESIDE / "unset_clock.py"), *workspace.command("run")[3:]],
            LD_PRELOAD="/usr/$LIB/faketime/libfaketimeMT.so.1",
            FAKETIME_TIMESTAMP_FILE=str(off),
            FAKETIME_NO_CACHE="1",
            DONT_FAKE_MONOTONIC="1",
            NO_FAKE_STAT="1",
        )
        box.wait_to_say("GIỜ MÁY CHƯA ĐÚNG: chậm")
        wrong, right = in_seconds(5) - BEHIND, in_seconds(20)
        schedule(workspace, wrong, aired, right)
        wait_for(lambda: SystemClock().now() - BEHIND > wrong + timedelta(seconds=3), what="the wrong hour to pass")
        assert len(workspace.log()) == 1, box.said()
        set_clock(timedelta())
        wait_for(lambda: len(workspace.log()) > 1, what="the airing after the clock was set")
        stop(box.process)

        assert "đáng tin trở lại" in box.said()
        rows = workspace.log()
        assert [row["outcome"] for row in rows] == ["played", "played"]
        for row, at in zip(rows, (aired, right), strict=True):
            assert timedelta() <= datetime.fromisoformat(row["started_at"]) - at < timedelta(minutes=2)
        assert workspace.json("verify")["ok"] is True


def on_a_small_disk(folder: Path, helper: str) -> tuple[dict[str, Any], Path]:
    """What the helper prints, run where it may mount a file system of its own; and where its station recorded."""
    small, recordings = folder / "nho", folder / "da-phat"
    small.mkdir()
    with station_in(folder / "dai") as workspace:
        workspace.schedule(*((script, in_seconds(3600)) for script in SCRIPTS))
        for script, body in zip(SCRIPTS, ("Mời bà con đi họp. " * 5, "Xin chào bà con."), strict=True):
            workspace.write(script, body)
            workspace.approve(script)
        assert workspace.run("render").returncode == 0

        as_root = [] if os.geteuid() == 0 else ["--map-root-user", "--user"]
        script = [sys.executable, BESIDE / helper, workspace.folder, small, recordings]
        found = {**os.environ, "PYTHONPATH": os.pathsep.join([str(BESIDE.parent), *sys.path])}
        command = ["unshare", *as_root, "--mount", *script]
        result = subprocess.run(command, capture_output=True, text=True, check=False, env=found)
    if "unshare:" in result.stderr or "mount:" in result.stderr:
        refuse = pytest.fail if os.environ.get("BROADCASTER_TEST_ALL") else pytest.skip
        refuse(f"this system mounts no small file system for us: {result.stderr}")

    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout), recordings


def a_full_disk(folder: Path) -> None:
    went, recordings = on_a_small_disk(folder, "full_disk.py")
    assert went["rows_on_a_full_disk"] == 0
    assert [row["script"] for row in went["rows"]] == list(SCRIPTS)
    for row in went["rows"]:
        assert row["outcome"] == "played"
        (recording,) = recordings.rglob(f"*{Path(row['script']).stem}*.mp3")
        assert abs(measured(recording).length_s - row["played_s"]) < 0.05
    assert went["chain_is_whole"] is True
    for words in ("CHƯA GHI ĐƯỢC NHẬT KÝ", "hết chỗ trên đĩa", "Xóa bớt tệp không cần", "Đã ghi xong vào nhật ký"):
        assert words in went["said"]
    assert "Traceback" not in went["said"]


def a_kill_on_a_full_disk(folder: Path) -> None:
    went, _ = on_a_small_disk(folder, "kill_on_full_disk.py")
    (row,) = went["rows"]
    assert (row["outcome"], row["reason"]) == ("failed", "tram-dung-dot-ngot"), went["said"]
    assert "Chưa ghi được tiến độ phát" in went["said"], "the ledger had no room for its beginning"
    assert went["chain_is_whole"] is True
    assert "Traceback" not in went["said"]


def a_half_written_schedule(folder: Path) -> None:
    """The editor stalls in the middle of the file, the airing's time comes, the text for later goes, the power fails.

    The station starts again by the schedule that was last in force; then the editor saves.
    """
    with station_in(folder / "dai") as workspace:
        workspace.write(SCRIPT, "Xin chào bà con.")
        workspace.write("tin/toi.txt", "Bài của tối nay.")
        schedule(workspace, in_seconds(3600))
        workspace.approve(SCRIPT)
        assert workspace.run("render").returncode == 0
        station = Running(workspace, workspace.command("run"))
        station.wait_to_say("Đầu ra tep")
        tonight = in_seconds(3600)
        workspace.schedule((SCRIPT, in_seconds(15)), ("tin/toi.txt", tonight))
        station.wait_to_say("Lịch mới có hiệu lực")

        file = workspace.folder / "schedule.yaml"
        whole = file.read_bytes()
        file.write_bytes(whole[: whole.index(b"chuong_trinh: gon", -200) + 8])
        (workspace.folder / "scripts_content" / "tin" / "toi.txt").unlink()
        station.wait_to_say("LỊCH VỪA SỬA CÓ LỖI, đài vẫn phát theo lịch cũ")
        station.wait_to_say("THIẾU BÀI tin/toi.txt cho lượt")
        station.wait_to_say(f"[hoang-dao/trung-tam] {SCRIPT}: ")
        station.process.kill()
        station.process.wait()
        verdict = workspace.run("verify")
        assert verdict.returncode == 0
        assert "CHÚ Ý: schedule.yaml đang có lỗi" in verdict.stderr.decode()
        before = station.said()
        station = Running(workspace, workspace.command("run"))
        station.wait_to_say("LỊCH VỪA SỬA CÓ LỖI, đài vẫn phát theo lịch cũ")
        station.wait_to_say("Đầu ra tep")
        file.write_bytes(whole)
        station.wait_to_say("schedule.yaml đã hết lỗi")
        stop(station.process)

        (row,) = workspace.log()
        assert (row["script"], row["outcome"]) == (SCRIPT, "played")
        said = before + station.said()
        assert f"cho lượt {tonight:%H:%M} ngày {tonight:%d/%m/%Y}" in said
        assert "Chép lại bài vào scripts_content/tin/toi.txt và duyệt" in said
        assert re.search(r"schedule\.yaml:\d+:\d+: ", said), "the place of the fault"
        assert "Traceback" not in said


def two_offices(folder: Path) -> None:
    """Both looked at the same schedule, and save at the same moment."""
    with station_in(folder / "dai") as workspace:
        workspace.write(SCRIPT, "Xin chào bà con.")
        before = schedule(workspace, in_seconds(3600))
        looked = workspace.json("edit", "set", "lich", "muc-tin-thu-txt", "uu_tien=60", "--preview")["version"]
        offices = [
            subprocess.Popen(
                workspace.command(
                    "edit", "set", "lich", "muc-tin-thu-txt", f"uu_tien={class_}", "--by", by, "--version", looked
                ),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for by, class_ in (("Lê Thị Hòa", 70), ("Trần Văn Hùng", 80))
        ]
        said = [office.communicate(timeout=120)[1] for office in offices]

        late = next(place for place, office in enumerate(offices) if office.returncode != 0)
        assert offices[1 - late].returncode == 0
        assert "Tệp lịch vừa được sửa ở nơi khác, sau lúc bạn mở ra xem." in said[late]
        assert "→ Xem lại lịch mới rồi sửa lần nữa; chưa có gì bị ghi đè." in said[late]
        after = (workspace.folder / "schedule.yaml").read_text(encoding="utf-8")
        assert set(after.splitlines()) - set(before.splitlines()) == {f"    uu_tien: {(70, 80)[1 - late]}"}
        assert len(workspace.json("edit", "history")) == 1


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ends]:
    scenarios = (a_cold_boot, a_full_disk, a_kill_on_a_full_disk, a_half_written_schedule, two_offices)
    with ThreadPoolExecutor(len(scenarios)) as pool:
        yield {each: pool.submit(each, tmp_path_factory.mktemp(each.__name__)) for each in scenarios}


@pytest.mark.needs("faketime")
def test_a_box_that_wakes_up_in_the_past_airs_nothing_until_its_clock_is_set(ends: Ends) -> None:
    ends[a_cold_boot].result()


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux: a small file system is mounted for it")
def test_a_disk_that_fills_up_silences_nothing_and_loses_no_row(ends: Ends) -> None:
    ends[a_full_disk].result()


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux: a small file system is mounted for it")
def test_an_airing_that_was_killed_on_a_full_disk_does_not_begin_again(ends: Ends) -> None:
    ends[a_kill_on_a_full_disk].result()


def test_a_half_written_schedule_and_a_deleted_text_are_told_and_the_last_good_plan_goes_on(ends: Ends) -> None:
    ends[a_half_written_schedule].result()


def test_of_two_offices_that_save_at_once_one_is_told_to_look_again(ends: Ends) -> None:
    ends[two_offices].result()
