"""The `broadcaster` command: global options, and the one place where errors become words and exit codes."""

from __future__ import annotations

import errno
import sys
from datetime import datetime
from pathlib import Path

import click

from broadcaster import __version__
from broadcaster.cli.face import Face
from broadcaster.cli.printing import say, say_error
from broadcaster.cli.vietnamese import VietnameseGroup, option, usage_message
from broadcaster.errors import BroadcasterError, DiskFull, WrongUsage

INTERRUPTED = 130
GLOBAL_OPTIONS = ("--workspace", "--now")


class Root(VietnameseGroup):
    """Takes the global options wherever they stand: `plan --now …` as well as `--now … plan`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own, rest, waiting = list[str](), list[str](), iter(args)
        for arg in waiting:
            if arg == "--":
                rest += [arg, *waiting]
            elif arg in GLOBAL_OPTIONS:
                own += [arg, *([value] if (value := next(waiting, None)) is not None else [])]
            else:
                (own if arg.partition("=")[0] in GLOBAL_OPTIONS else rest).append(arg)
        return super().parse_args(ctx, own + rest)


@click.group(cls=Root, context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110})
@option(
    "--workspace",
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Thư mục của đài (mặc định: thư mục hiện tại).",
)
@option("--now", metavar="ISO", default=None, help="Coi như bây giờ là thời điểm này, ví dụ 2026-10-10T05:00:00+07:00.")
@click.version_option(__version__, message="broadcaster %(version)s", help="Hiện phiên bản rồi thoát.")
@click.pass_context
def cli(ctx: click.Context, workspace: Path, now: str | None) -> None:
    """Đài truyền thanh cơ sở: từ văn bản chỉ đạo đến tiếng trên loa, nhật ký phát sóng và báo cáo."""
    ctx.obj = Face(workspace=workspace.absolute(), now=_instant(now))


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    from broadcaster.clock import VIETNAM

    try:
        instant = datetime.fromisoformat(text)
        return instant.astimezone(VIETNAM) if instant.tzinfo else instant.replace(tzinfo=VIETNAM)
    except (ValueError, OverflowError) as error:
        raise WrongUsage(
            f"--now '{text}' không phải là thời điểm ISO 8601.", remedy="Viết ví dụ: --now 2026-10-10T05:00:00+07:00"
        ) from error


def _add_commands() -> None:
    from broadcaster.cli import day, editing, importing, planning, proof, scripts, simulate, texts, voices, workspace

    for command in (
        *(workspace.init, workspace.demo),
        *(importing.import_, texts.read, texts.speak),
        scripts.scripts,
        voices.voices,
        workspace.check,
        *(planning.plan, editing.edit, day.render, day.run, simulate.simulate),
        *(proof.log, proof.verify, proof.report),
        workspace.doctor,
    ):
        cli.add_command(command)


_add_commands()


def main() -> None:
    """Run the command line; every error becomes one Vietnamese message and its exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(_run())


def _run() -> int:
    try:
        result = cli(prog_name="broadcaster", standalone_mode=False)
    except click.UsageError as error:
        say(f"Lỗi: {usage_message(error)}")
        if error.ctx is not None:
            say(f"→ Xem cách dùng: {error.ctx.command_path} --help")
        return WrongUsage.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("Đã dừng theo yêu cầu.")
        return INTERRUPTED
    except BroadcasterError as error:
        say_error(error)
        return error.exit_code
    except BrokenPipeError:
        return 1
    except OSError as error:
        return _system_error(error)
    return result if isinstance(result, int) else 0


def _system_error(error: OSError) -> int:
    if error.errno == errno.ENOSPC:
        say_error(DiskFull("Ổ đĩa đã hết chỗ.", remedy="Xóa bớt tệp không cần, rồi chạy lại lệnh này."))
        return DiskFull.exit_code
    say(f"Lỗi: máy không cho làm việc này: {error.strerror or error} ({error.filename or 'không rõ tệp'}).")
    say("→ Kiểm tra quyền ghi của thư mục, rồi chạy: broadcaster doctor")
    return 1
