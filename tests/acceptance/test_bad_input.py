"""Each thing that can be wrong gives one Vietnamese message that says what to do, its exit code, and no half file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from acceptance.driver import Workspace, in_seconds, stop, wait_for

ZEROS = 10_000_000


def said(result: subprocess.CompletedProcess[bytes]) -> str:
    """What a failed command told the operator; the result channel stays empty."""
    text = result.stderr.decode()
    assert "Traceback" not in text, text
    assert result.stdout == b""
    assert "→" in text, f"does not say what to do: {text}"
    return text


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", ["plan", "check", "render", "run", "log", "verify"])
def test_no_schedule(tmp_path: Path, command: str) -> None:
    result = Workspace(tmp_path).run(command)

    assert result.returncode == 3
    assert "schedule.yaml" in said(result)
    assert "broadcaster init" in said(result)
    assert files(tmp_path) == set()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b"xa: [hoang-dao\nlich:\n", "schedule.yaml:"),
        (b"phien_ban: 1\nxa:\n\thoang-dao: {}\n", "schedule.yaml:3"),
        ("xa:\n  hoang-dao: {ten: Hoằng Đạo}\n".encode("utf-16"), "schedule.yaml"),
        (b"\x00" * 1000, "schedule.yaml"),
        (b"", "schedule.yaml"),
    ],
    ids=["syntax", "tab", "utf-16", "zeros", "empty"],
)
def test_unreadable_schedule(workspace: Workspace, text: bytes, place: str) -> None:
    (workspace.folder / "schedule.yaml").write_bytes(text)

    for command in ("plan", "run"):
        result = workspace.run(command)
        assert result.returncode == 3
        assert place in said(result)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "trống"),
        ("Thông báo của xã".encode("utf-16"), "UTF-8"),
        (b"Th\xf4ng b\xe1o", "UTF-8"),
        (b"\x00" * ZEROS, "1 MB"),
    ],
    ids=["empty", "utf-16", "windows-1258", "10 MB of zeros"],
)
def test_unusable_script(workspace: Workspace, data: bytes, word: str) -> None:
    path = workspace.folder / "scripts_content" / "tin" / "hong.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    before = files(workspace.folder)

    result = workspace.run("scripts", "submit", "tin/hong.txt", "--by", "Lê Thị Hòa")

    assert result.returncode == 3
    assert "tin/hong.txt" in said(result)
    assert word in said(result)
    assert files(workspace.folder) == before


def test_missing_script(workspace: Workspace) -> None:
    result = workspace.run("scripts", "show", "thong-bao/tiem-chug.txt")

    assert result.returncode == 3
    assert "thong-bao/tiem-chung.txt" in said(result), "names the nearest script"


def test_a_scheduled_script_that_is_missing_is_named_by_check(workspace: Workspace) -> None:
    (workspace.folder / "scripts_content" / "ban-tin" / "mau.txt").unlink()

    result = workspace.run("check")

    assert result.returncode == 3
    assert "ban-tin/mau.txt" in said(result)


@pytest.mark.parametrize("name", ["thu.mp3", "thu.wav"])
def test_text_of_zeros_is_not_spoken(workspace: Workspace, name: str) -> None:
    result = workspace.run("speak", "-", "-o", str(workspace.folder / name), stdin=b"\x00" * ZEROS)

    assert result.returncode == 3
    assert "Lỗi" in said(result)
    assert not (workspace.folder / name).exists()


def test_empty_text_is_not_spoken(workspace: Workspace) -> None:
    result = workspace.run("speak", "-", "-o", str(workspace.folder / "thu.mp3"), stdin=b"  \n")

    assert result.returncode == 2
    assert "rỗng" in said(result)
    assert not (workspace.folder / "thu.mp3").exists()


def test_no_audio_device(workspace: Workspace) -> None:
    schedule = workspace.folder / "schedule.yaml"
    workspace.schedule(("demo/thong-bao-ngan.txt", in_seconds(3600)))
    schedule.write_text(
        schedule.read_text(encoding="utf-8").replace("kieu: file", "kieu: sound-card"), encoding="utf-8"
    )

    result = workspace.run("run")

    assert result.returncode == 5
    assert "thiết bị âm thanh" in said(result)
    assert "kieu: auto" in said(result)


def test_a_second_run_on_the_same_workspace(workspace: Workspace) -> None:
    workspace.schedule(("demo/thong-bao-ngan.txt", in_seconds(3600)))
    first = workspace.start()
    wait_for(workspace.intended, what="the first station")

    second = workspace.run("run")

    assert second.returncode == 1
    assert "đang chạy" in said(second)
    stop(first)


def test_init_overwrites_nothing(workspace: Workspace) -> None:
    (workspace.folder / "schedule.yaml").write_text("# của tôi\n", encoding="utf-8")

    result = workspace.run("init")

    assert result.returncode == 3
    assert "không ghi đè" in said(result)
    assert (workspace.folder / "schedule.yaml").read_text(encoding="utf-8") == "# của tôi\n"


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux: a small file system is mounted for it")
def test_no_room_on_the_disk(tmp_path: Path) -> None:
    """A file system of 256 kB, mounted in a name space of its own."""
    small = tmp_path / "small"
    small.mkdir()
    script = f"""
        mount -t tmpfs -o size=256k tmpfs {small} || exit 99
        {sys.executable} -m broadcaster --workspace {small} init; init=$?
        find {small} -type f | wc -l
        echo "Xin chào bà con. $(yes 'Mời bà con đến họp thôn.' | head -200 | tr '\\n' ' ')" > {tmp_path}/dai.txt
        {sys.executable} -m broadcaster speak {tmp_path}/dai.txt -o {small}/thu.wav; speak=$?
        find {small} -type f | wc -l
        umount {small}
        echo "init=$init speak=$speak"
    """
    as_root = [] if os.geteuid() == 0 else ["--map-root-user", "--user"]
    command = ["unshare", *as_root, "--mount", "bash", "-c", script]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if "init=" not in result.stdout:
        refuse = pytest.fail if os.environ.get("BROADCASTER_TEST_ALL") else pytest.skip
        refuse(f"this system mounts no small file system for us: {result.stderr}")

    left_after_init, left_after_speak, codes = result.stdout.split("\n")[:3]
    assert codes == "init=1 speak=1", result.stderr
    assert result.stderr.count("hết chỗ") + result.stderr.count("Hết chỗ") == 2
    assert "→" in result.stderr
    assert "Traceback" not in result.stderr
    assert (left_after_init, left_after_speak) == ("0", "0"), "something half-written stayed"


def test_check_gives_its_faults_as_json_also_where_the_schedule_cannot_be_read(workspace: Workspace) -> None:
    (workspace.folder / "schedule.yaml").write_bytes(b"xa: [hoang-dao\nlich:\n")

    result = workspace.run("check", "--json")

    assert result.returncode == 3
    (fault, *_) = json.loads(result.stdout)["faults"]
    assert fault["file"].endswith("schedule.yaml")
    assert fault["message"]
    assert fault["remedy"]


def test_an_engine_that_is_not_there_is_wrong_usage(workspace: Workspace) -> None:
    result = workspace.run("speak", "-", "-o", str(workspace.folder / "thu.mp3"), "--engine", "foo", stdin=b"Xin")

    assert result.returncode == 2
    assert "espeak-ng" in said(result)


def test_a_time_beyond_the_calendar_is_wrong_usage(workspace: Workspace) -> None:
    result = workspace.run("plan", "--now", "9999-12-31T23:59:59Z")

    assert result.returncode == 2
    assert "--now" in said(result)
