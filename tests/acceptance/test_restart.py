"""A station that is killed, restarted, late or off: every planned airing ends in exactly one outcome, with a reason."""

from __future__ import annotations

import signal

from acceptance.driver import Workspace, in_seconds, measured, stop, wait_for

SHORT = "Xin chào bà con."
LONG = " ".join(["Mời bà con đến nhà văn hóa thôn để nghe phổ biến về chuyển đổi số."] * 6)


def prepared(workspace: Workspace, body: str) -> None:
    workspace.write("tin/thu.txt", body)
    workspace.schedule(("tin/thu.txt", in_seconds(3600)))
    workspace.approve("tin/thu.txt")


def test_killed_during_an_airing_it_ends_as_partial_once(workspace: Workspace) -> None:
    prepared(workspace, LONG)
    workspace.schedule(("tin/thu.txt", in_seconds(20)))
    first = workspace.start()
    wait_for(workspace.on_the_air, what="the airing to sound")
    stop(first, how=signal.SIGKILL)
    assert workspace.log() == []

    second = workspace.start()
    wait_for(workspace.log, what="the interrupted airing's row")
    stop(second)
    third = workspace.start()
    wait_for(lambda: "Đầu ra" in (third.stderr.readline() if third.stderr else ""), what="the third start")
    stop(third)

    (row,) = workspace.log()
    assert (row["outcome"], row["reason"]) == ("partial", "tram-dung-dot-ngot")
    assert row["started_at"] is not None
    assert 0 < row["played_s"] < 30
    assert row["approved_by"] == "Trần Văn Hùng"
    assert row["audio_sha256"] is not None
    assert workspace.json("verify")["ok"] is True


def test_an_airing_that_fell_due_while_the_station_was_off_is_missed(workspace: Workspace) -> None:
    prepared(workspace, SHORT)
    due = in_seconds(20)
    workspace.schedule(("tin/thu.txt", due), late="1 giây")
    stop_before(workspace)
    wait_for(lambda: in_seconds(-1) > due.replace(microsecond=0), what="its time to pass")
    wait_for(lambda: in_seconds(-4) > due, what="its late limit to pass")

    again = workspace.start()
    wait_for(workspace.log, what="the missed airing's row")
    stop(again)

    (row,) = workspace.log()
    assert (row["outcome"], row["reason"]) == ("missed", "tram-khong-chay")
    assert row["played_s"] == 0
    assert row["started_at"] is None


def stop_before(workspace: Workspace) -> None:
    """Run just long enough for the plan to be intended, and be killed."""
    process = workspace.start()
    wait_for(lambda: workspace.intended() > 0, what="the plan in the ledger")
    stop(process, how=signal.SIGKILL)


def test_a_station_that_comes_back_in_time_plays_late_and_says_so(workspace: Workspace) -> None:
    prepared(workspace, SHORT)
    due = in_seconds(25)
    workspace.schedule(("tin/thu.txt", due), late="2 phút")
    stop_before(workspace)
    wait_for(lambda: in_seconds(-3) > due, what="its time to pass")

    again = workspace.start()
    wait_for(workspace.log, what="the late airing's row")
    stop(again)

    (row,) = workspace.log()
    assert (row["outcome"], row["reason"]) == ("played", "phat-tre")
    assert row["late_ms"] >= 1_000


def test_stopped_in_good_order_it_says_so_and_keeps_what_sounded(workspace: Workspace) -> None:
    prepared(workspace, LONG)
    workspace.schedule(("tin/thu.txt", in_seconds(20)))
    process = workspace.start()
    wait_for(workspace.on_the_air, what="the airing to sound")

    stop(process)

    (row,) = workspace.log()
    assert (row["outcome"], row["reason"]) == ("partial", "dung-theo-lenh")
    (recording,) = (workspace.folder / "audio_out" / "da-phat").rglob("*.mp3")
    assert abs(measured(recording).length_s - row["played_s"]) < 0.05


def test_a_text_that_nobody_approved_does_not_sound(workspace: Workspace) -> None:
    workspace.write("tin/thu.txt", SHORT)
    workspace.schedule(("tin/thu.txt", in_seconds(20)))

    process = workspace.start()
    wait_for(workspace.log, what="the refused airing's row")
    stop(process)

    (row,) = workspace.log()
    assert (row["outcome"], row["reason"], row["played_s"]) == ("missed", "chua-duyet", 0)
    assert list((workspace.folder / "audio_out" / "da-phat").rglob("*.mp3")) == []


def test_a_text_edited_after_its_approval_does_not_sound(workspace: Workspace) -> None:
    prepared(workspace, SHORT)
    workspace.write("tin/thu.txt", f"{SHORT} Thêm một câu chưa ai duyệt.")
    workspace.schedule(("tin/thu.txt", in_seconds(20)))

    process = workspace.start()
    wait_for(workspace.log, what="the refused airing's row")
    stop(process)

    (row,) = workspace.log()
    assert (row["outcome"], row["reason"]) == ("missed", "chua-duyet")
