"""The page lives beside the station: it starts first, ends with it, and says what goes wrong."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from web.a_day import Day

from broadcaster.errors import BroadcasterError
from broadcaster.web.server import PageServer, watched


def test_the_address_is_told(day: Day, port: int, said: list[str]) -> None:
    with watched(day.station, port=port, tell=said.append):
        assert said == [f"Trang theo dõi: http://127.0.0.1:{port}"]


def test_it_ends_with_the_block_and_leaves_no_thread_and_no_port(day: Day, port: int, said: list[str]) -> None:
    with watched(day.station, port=port, tell=said.append) as url:
        assert requests.get(url, timeout=10).ok

    assert [thread.name for thread in threading.enumerate() if thread.name == "web"] == []
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=10)
    with watched(day.station, port=port, tell=said.append) as again:
        assert requests.get(again, timeout=10).ok, "the port is free at once"


def test_it_ends_though_a_browser_holds_on(day: Day, port: int, said: list[str]) -> None:
    with requests.Session() as browser:
        with watched(day.station, port=port, tell=said.append) as url:
            assert browser.get(url, timeout=10).ok
        assert len(said) == 1, "nothing went wrong"


def test_a_taken_port_is_refused_before_anything_is_read(day: Day, port: int, said: list[str]) -> None:
    with (
        socket.create_server(("127.0.0.1", port)),
        pytest.raises(BroadcasterError, match=f"Cổng {port} đang được"),
        watched(day.station, port=port, tell=said.append),
    ):
        pytest.fail("served at a taken port")

    assert said == []


def test_ten_lookers_at_once_see_the_same_day(url: str) -> None:
    with ThreadPoolExecutor(10) as lookers:
        pages = list(lookers.map(lambda _: requests.get(url, timeout=30).text, range(40)))

    assert len(set(pages)) == 1


def test_records_that_cannot_be_read_are_told_on_the_page(url: str, day: Day) -> None:
    """Somebody wrote into the log's table with another program."""
    columns = [row["name"] for row in day.station.database.read("PRAGMA table_info(as_run)")]
    values = ", ".join({"seq": "9", "airing": "'x'", "outcome": "'tot'"}.get(name, f'"{name}"') for name in columns)
    day.station.database.write(f"INSERT INTO as_run SELECT {values} FROM as_run WHERE seq = 8")

    page, health = requests.get(url, timeout=10), requests.get(f"{url}/suc-khoe", timeout=10)

    assert (page.status_code, health.status_code) == (503, 503)
    assert "Dòng 9 của nhật ký" in page.text
    assert "→" in page.text
    assert health.json()["ok"] is False


def test_a_fault_of_the_program_is_told_to_the_operator_and_the_page_goes_on(
    url: str, day: Day, said: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    day.station.close()

    page = requests.get(url, timeout=10)

    assert page.status_code == 500
    assert "cửa sổ chạy đài" in page.text
    for _ in range(100):
        if any(line.startswith("LỖI ở trang theo dõi: ") for line in said):
            break
        threading.Event().wait(0.05)
    assert any(line.startswith("LỖI ở trang theo dõi: ") for line in said)
    assert requests.get(f"{url}/hom-nay.css", timeout=10).ok
    assert capfd.readouterr() == ("", ""), "uvicorn's own words stay off the terminal"


def test_a_server_that_dies_is_told_at_once_and_again_at_the_end(day: Day, port: int, said: list[str]) -> None:
    with pytest.raises(BroadcasterError, match="đã dừng giữa chừng"), watched(day.station, port=port, tell=said.append):
        (web,) = [thread for thread in threading.enumerate() if thread.name == "web"]
        server = web._target.__self__  # type: ignore[attr-defined]
        assert isinstance(server, PageServer)
        server._server.should_exit = True
        web.join(timeout=30)
        assert not web.is_alive()
        assert any("đài vẫn phát theo lịch" in line for line in said)
