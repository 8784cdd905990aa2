"""`broadcaster run --web`: the page of a station that really runs, and ports that cannot be had."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from acceptance.driver import Workspace, in_seconds, stop, wait_for

SHORT = "Xin chào bà con."


@pytest.fixture
def port() -> int:
    """One that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


@pytest.fixture
def taken(port: int) -> Iterator[int]:
    """One that another program uses."""
    with socket.create_server(("127.0.0.1", port)):
        yield port


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def start(workspace: Workspace, *options: str) -> subprocess.Popen[str]:
    command = workspace.command("run", *options)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    workspace.running.append(process)
    return process


def state(url: str) -> str | None:
    """Of the only airing on the only cluster; None where the page cannot be had yet."""
    try:
        said = requests.get(f"{url}/hom-nay.json", timeout=10).json()
    except requests.ConnectionError:
        return None
    words: str = said["communes"][0]["airings"][0]["clusters"][0]["state"]
    return words


def test_the_page_follows_an_airing_from_the_plan_to_the_log(workspace: Workspace, port: int) -> None:
    workspace.write("tin/thu.txt", SHORT)
    workspace.schedule(("tin/thu.txt", in_seconds(3600)))
    workspace.approve("tin/thu.txt")
    workspace.schedule(("tin/thu.txt", in_seconds(20)))
    url = f"http://127.0.0.1:{port}"

    station = start(workspace, "--web", "--port", str(port))
    followed: list[str | None] = []

    def played() -> bool:
        now = state(url)
        if now not in followed:
            followed.append(now)
        return now == "played"

    wait_for(played, what="the airing to be played")
    page = requests.get(url, timeout=10).text
    said = stop(station)

    assert [each for each in followed if each] in (
        ["coming", "starting", "on-air", "played"],
        ["coming", "on-air", "played"],
    )
    assert [row["outcome"] for row in workspace.log()] == ["played"]
    assert "Đài truyền thanh xã Hoằng Đạo" in page
    assert f"Trang theo dõi: http://127.0.0.1:{port}" in said
    assert "LỖI" not in said
    assert "INFO" not in said, "the server's own words stay off the terminal"
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=10)


def test_a_port_in_use(workspace: Workspace, taken: int) -> None:
    workspace.schedule(("demo/thong-bao-ngan.txt", in_seconds(3600)))
    before = files(workspace.folder)

    result = workspace.run("run", "--web", "--port", str(taken))

    said = result.stderr.decode()
    assert result.returncode == 1
    assert said.startswith(f"Lỗi: Cổng {taken} đang được một chương trình khác dùng")
    assert "→ Chọn cổng khác: broadcaster run --web --port 8080" in said
    assert "Traceback" not in said
    assert "Đầu ra" not in said, "the station did not start"
    assert result.stdout == b""
    assert files(workspace.folder) - before <= {"du-lieu/dang-chay.lock"}


@pytest.mark.parametrize("port", ["0", "65536", "-1", "tám"])
def test_a_number_that_is_no_port(workspace: Workspace, port: str) -> None:
    before = files(workspace.folder)

    result = workspace.run("run", "--web", f"--port={port}")

    assert result.returncode == 2
    assert "Lỗi: " in result.stderr.decode()
    assert "→ " in result.stderr.decode()
    assert files(workspace.folder) == before


def test_a_port_without_a_page(workspace: Workspace) -> None:
    result = workspace.run("run", "--port", "8081")

    assert result.returncode == 2
    assert "broadcaster run --web --port 8081" in result.stderr.decode()


def test_a_running_station_is_named_before_its_port(workspace: Workspace, port: int) -> None:
    """The same command twice: the trouble is the second station, not the port."""
    workspace.schedule(("demo/thong-bao-ngan.txt", in_seconds(3600)))
    first = start(workspace, "--web", "--port", str(port))
    wait_for(workspace.intended, what="the first station")

    second = workspace.run("run", "--web", "--port", str(port))

    assert second.returncode == 1
    assert "đang chạy" in second.stderr.decode()
    stop(first)
