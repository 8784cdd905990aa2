"""Which ports can be had, and what is said of those that cannot."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from broadcaster.errors import BroadcasterError, WrongUsage
from broadcaster.web.listening import address, listen, port_for


def test_without_web_there_is_no_port() -> None:
    assert port_for(None, web=False) is None


def test_the_usual_port_is_8080() -> None:
    assert port_for(None, web=True) == 8080


@pytest.mark.parametrize("port", [1, 1024, 65_535])
def test_any_port_can_be_asked_for(port: int) -> None:
    assert port_for(port, web=True) == port


@pytest.mark.parametrize("port", [0, -1, 65_536, 99_999_999])
def test_a_number_that_is_no_port_is_wrong_usage(port: int) -> None:
    with pytest.raises(WrongUsage, match=f"Không có cổng nào mang số {port}") as told:
        port_for(port, web=True)

    assert "--port" in told.value.remedy


def test_a_port_without_a_page_is_wrong_usage() -> None:
    with pytest.raises(WrongUsage) as told:
        port_for(8081, web=False)

    assert "--web --port 8081" in told.value.remedy


def test_it_takes_calls_at_once_and_from_this_machine_alone(port: int) -> None:
    with listen(port) as listener:
        assert address(listener) == f"http://127.0.0.1:{port}"
        with socket.create_connection(("127.0.0.1", port), timeout=10):
            pass


def test_a_port_in_use_is_refused_with_another_to_try(port: int) -> None:
    words = f"Cổng {port} đang được một chương trình khác dùng"
    with listen(port), pytest.raises(BroadcasterError, match=words) as told:
        listen(port)

    assert told.value.exit_code == 1
    assert "--port 8080" in told.value.remedy


AS_NOBODY = """
import os
from broadcaster.errors import BroadcasterError
from broadcaster.web.listening import listen
if os.geteuid() == 0:
    os.setuid(65534)
try:
    listen(80)
except BroadcasterError as error:
    print(error.exit_code, error.message, error.remedy)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no privileged ports, or no such switch")
def test_a_privileged_port_is_refused_with_another_to_try() -> None:
    if int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text()) <= 80:
        pytest.skip("this system lets anybody open port 80")
    said = subprocess.run([sys.executable, "-c", AS_NOBODY], capture_output=True, text=True, check=True).stdout

    assert said.startswith("1 Máy không cho mở cổng 80")
    assert "--port 8080" in said
