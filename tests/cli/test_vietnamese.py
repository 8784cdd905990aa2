"""What the command line says is Vietnamese: help pages, mistyped commands, exit codes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from broadcaster.cli.main import cli

ENGLISH = re.compile(r"\b(Usage|Options|Commands|Arguments|Show this|Error|Missing|Try|the|required|default)\b")
WORK = "init demo import read speak scripts voices check plan edit render run simulate log verify report doctor"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "broadcaster", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def every_command(
    group: click.Group = cli, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))


def test_the_commands_are_those_of_this_step_in_the_order_of_the_work() -> None:
    assert list(cli.commands) == WORK.split(" ")


@pytest.mark.parametrize(
    ("path", "command"), list(every_command()), ids=lambda value: "-".join(value) if isinstance(value, tuple) else ""
)
def test_every_help_page_is_vietnamese(path: tuple[str, ...], command: click.Command) -> None:
    page = command.get_help(click.Context(command, info_name=path[-1]))

    assert page.startswith("Cách dùng: ")
    assert ENGLISH.search(page) is None, page
    assert command.help
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, f"{path} {param.name} is not explained"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["phat"], "Không có lệnh phat"),
        (["render", "--dates", "x"], "Không có tùy chọn --dates. Có phải ý bạn là --date"),
        (["plan", "--days", "ba"], "cần một số nguyên từ 1 đến 366"),
        (["plan", "--days", "400"], "cần một số nguyên từ 1 đến 366"),
        (["check", "--days", "0"], "cần một số nguyên từ 1 đến 366"),
        (["import", "a.txt", "--by", "A", "--kind", "thơ"], "hãy chọn một trong: tin, bài"),
        (["scripts", "approve", "tin/a.txt"], "Thiếu tùy chọn --by"),
        (["speak"], "Thiếu tùy chọn -o"),
        (["verify", "a", "b"], "Thừa tham số: b"),
        (["--now", "hôm qua", "plan"], "--now 'hôm qua' không phải là thời điểm"),
    ],
)
def test_a_mistyped_command_is_explained_and_exits_with_2(arguments: list[str], said: str) -> None:
    result = run(*arguments)

    assert result.returncode == 2
    assert said in result.stderr
    assert ENGLISH.search(result.stderr) is None
    assert result.stdout == ""


def test_without_a_command_the_help_page_is_shown() -> None:
    result = run()

    assert "Các lệnh:" in result.stdout + result.stderr
