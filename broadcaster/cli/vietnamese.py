"""click in Vietnamese: usage lines, headings, and the errors of a mistyped command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

Command = TypeVar("Command", bound="Callable[..., Any] | click.Command")

HELP_TEXT = "Hiện hướng dẫn này rồi thoát."


class VietnameseOption(click.Option):
    """An option whose line on the help page has no English in it."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        return record and (record[0], record[1].replace("[required]", "[bắt buộc]"))


def option(*names: str, **settings: Any) -> Callable[[Command], Command]:
    """As `click.option`, in Vietnamese."""
    return click.option(*names, cls=VietnameseOption, **settings)


class VietnameseCommand(click.Command):
    """A command whose help page has no English in it."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = HELP_TEXT
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = ["[TÙY CHỌN]" if piece == self.options_metavar else piece for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx)) is not None]
        if records:
            with formatter.section("Tùy chọn"):
                formatter.write_dl(records)


class VietnameseGroup(VietnameseCommand, click.Group):
    """A group of commands, listed in the order in which they were added: the order of a station's work."""

    command_class = VietnameseCommand

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[TÙY CHỌN]", "LỆNH", "[THAM SỐ]…"]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str(limit=90)) for name in self.list_commands(ctx)]
        with formatter.section("Các lệnh"):
            formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        return click.Group.shell_complete(self, ctx, incomplete)


VietnameseGroup.group_class = VietnameseGroup


def usage_message(error: click.UsageError) -> str:
    """What is wrong with the command line, as one Vietnamese sentence."""
    match error:
        case click.NoSuchOption():
            return f"Không có tùy chọn {error.option_name}.{_suggestion(error.possibilities or ())}"
        case click.MissingParameter():
            return f"Thiếu {_name_of(error.param, error.param_hint)}."
        case click.BadOptionUsage():
            return f"Tùy chọn {error.option_name} cần một giá trị đi kèm, hoặc không nhận giá trị."
        case click.BadParameter():
            return f"Giá trị của {_name_of(error.param, error.param_hint)} không dùng được: {_reason(error)}"
        case _:
            return _general(error)


def _general(error: click.UsageError) -> str:
    text = error.message
    if text.startswith("No such command"):
        known = list(error.ctx.command.commands) if error.ctx and isinstance(error.ctx.command, click.Group) else []
        return f"Không có lệnh {_quoted(text)}. Các lệnh: {', '.join(known)}."
    if text.startswith("Got unexpected extra argument"):
        return f"Thừa tham số: {text.partition('(')[2].rstrip(').')}."
    if text.startswith("Missing command"):
        return "Thiếu tên lệnh."
    return text


def _quoted(text: str) -> str:
    return text.partition("'")[2].rpartition("'")[0]


def _suggestion(names: Sequence[str]) -> str:
    return f" Có phải ý bạn là {' hoặc '.join(sorted(names))}?" if names else ""


def _name_of(param: click.Parameter | None, hint: Any) -> str:
    if isinstance(param, click.Argument):
        return f"tham số {param.make_metavar()}"
    if isinstance(param, click.Option):
        return f"tùy chọn {param.opts[0]}"
    return str(hint or "tham số")


def _reason(error: click.BadParameter) -> str:
    param_type = error.param.type if error.param is not None else None
    match param_type:
        case click.Choice():
            return f"hãy chọn một trong: {', '.join(map(str, param_type.choices))}."
        case click.IntRange(min=int(least), max=int(most)):
            return f"cần một số nguyên từ {least} đến {most}."
        case click.types.IntParamType():
            return "cần một số nguyên."
        case click.Path():
            return _path_reason(error.message)
        case _:
            return error.message


def _path_reason(text: str) -> str:
    path = _quoted(text)
    if "does not exist" in text:
        return f"không có '{path}'."
    if "is a directory" in text:
        return f"'{path}' là một thư mục, cần một tệp."
    if "is a file" in text:
        return f"'{path}' là một tệp, cần một thư mục."
    return f"không mở được '{path}'."
