"""`render` by the real command line: broken off and begun again, without a network, without room."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from acceptance.driver import Workspace, in_seconds, wait_for

SCRIPTS = [f"tin/{number}.txt" for number in range(12)]
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


@pytest.fixture
def week(workspace: Workspace) -> Workspace:
    """Short scripts, each due tomorrow; enough of them to be broken off amid."""
    for script in SCRIPTS:
        workspace.write(script, f"Đây là {script}. Mời bà con đến nhà văn hóa thôn.")
    workspace.schedule(*((script, in_seconds(3600 * 12)) for script in SCRIPTS))
    return workspace


def rendering(week: Workspace) -> subprocess.Popen[str]:
    command = week.command("render", "--days", "2", "--jobs", "2")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    week.running.append(process)
    return process


def shelved(week: Workspace) -> int:
    return week._count("SELECT count(*) FROM programmes")


def descendants(pid: int) -> list[int]:
    """Of a running process, from the system itself."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children] + [below for child in children for below in descendants(int(child))]


def alive(pids: list[int]) -> list[int]:
    return [pid for pid in pids if Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes()]


def drafts(week: Workspace) -> list[Path]:
    return list(week.folder.rglob("*.part*"))


@pytest.fixture
def a_shell_that_interrupts() -> Iterator[None]:
    """What a shell starts in the background never hears Ctrl+C, and neither does what that starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@linux
@pytest.mark.usefixtures("a_shell_that_interrupts")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_rendering_that_is_broken_off_leaves_no_process_and_goes_on_where_it_was(
    week: Workspace, how: signal.Signals
) -> None:
    process = rendering(week)
    wait_for(lambda: shelved(week) >= 1, what="the first programme")
    workers = descendants(process.pid)

    process.send_signal(how)
    _, said = process.communicate(timeout=60)

    assert len(workers) >= 2
    wait_for(lambda: not alive(workers), what="the workers' end")
    done = shelved(week)
    assert 1 <= done < len(SCRIPTS)
    if how is signal.SIGINT:
        assert process.returncode == 130
        assert "làm tiếp" in said
        assert "Traceback" not in said
        assert drafts(week) == []

    again = week.run("render", "--days", "2", "--json")

    assert again.returncode == 0, again.stderr.decode()
    assert "100% 12/12" in again.stderr.decode(), "progress is told where there is no terminal, too"
    made = json.loads(again.stdout)
    assert len(made) == len(SCRIPTS)
    assert sum(one["made_now"] for one in made) == len(SCRIPTS) - done, "only the rest"
    assert all((week.folder / one["file"]).is_file() for one in made)


def test_without_a_network_all_of_it_is_in_the_voice_of_the_machine(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    workspace.write("tin/a.txt", "Mời bà con đến nhà văn hóa thôn.")
    workspace.schedule(("tin/a.txt", in_seconds(3600 * 12)))
    schedule = workspace.folder / "schedule.yaml"
    voices = "giong_doc: {nu-mang: {ten: Nữ qua mạng, may_doc: gtts}}\ngiong: nu-mang\n"
    schedule.write_text(schedule.read_text(encoding="utf-8") + voices, encoding="utf-8")

    result = workspace.run("render", "--days", "2", "--json")

    assert result.returncode == 0, result.stderr.decode()
    (made,) = json.loads(result.stdout)
    assert made["voice"] == "espeak-ng:vi+f2"
    assert made["fallback"]["wanted"] == "Nữ qua mạng (nu-mang)"
    assert made["fallback"]["why"]
    assert made["measured"]["loudness_lufs"] == pytest.approx(made["loudness_lufs"], abs=0.2), "and ffmpeg agrees"
    assert "thay cho Nữ qua mạng (nu-mang)" in result.stderr.decode()


@linux
def test_no_room_on_the_disk_while_rendering(tmp_path: Path) -> None:
    """A file system of 40 MB in a name space of its own, filled up to the last 400 kB before the rendering."""
    small = tmp_path / "small"
    small.mkdir()
    tomorrow = Workspace(tmp_path)
    tomorrow.schedule(
        ("demo/thong-bao-ngan.txt", in_seconds(3600 * 12)), ("hoi-dap/can-cuoc.txt", in_seconds(3600 * 13))
    )
    broadcaster = f"{sys.executable} -m broadcaster --workspace {small}/dai"
    script = f"""
        mount -t tmpfs -o size=40m tmpfs {small} || exit 99
        {broadcaster} init && cp {tmp_path}/schedule.yaml {small}/dai/ && {broadcaster} plan >/dev/null
        dd if=/dev/zero of={small}/day bs=1k count=$(( $(df --output=avail -k {small} | tail -1) - 400 )) status=none
        {broadcaster} render --days 2 --jobs 2; echo "render=$?"
        find {small} -name '*.mp3' -path '*chuong-trinh*' | wc -l
        find {small} -name '*.part*' | wc -l
        rm {small}/day
        {broadcaster} render --days 2 --jobs 2; echo "again=$?"
        umount {small}
    """
    as_root = [] if os.geteuid() == 0 else ["--map-root-user", "--user"]
    command = ["unshare", *as_root, "--mount", "bash", "-c", script]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if "render=" not in result.stdout:
        refuse = pytest.fail if os.environ.get("BROADCASTER_TEST_ALL") else pytest.skip
        refuse(f"this system mounts no small file system for us: {result.stderr}")

    code, programmes, left, again = result.stdout.split()[-4:]
    assert (code, programmes, left) == ("render=1", "0", "0"), result.stderr
    assert "hết chỗ" in result.stderr.lower()
    assert "→" in result.stderr
    assert "Traceback" not in result.stderr
    assert again == "again=0", result.stderr
