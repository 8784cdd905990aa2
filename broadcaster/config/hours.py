"""Windows of one place that share a minute, or stand the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from broadcaster.config import values
from broadcaster.config.document import Mapping, Node, Scalar
from broadcaster.errors import Fault

MOST_WINDOWS = 48


def window_faults(windows: Node | None, *, file: str) -> Iterator[Fault]:
    """Every pair that overlaps, at the later one; a window turned round by a slip is told alone."""
    pairs = windows.pairs if isinstance(windows, Mapping) else ()
    if len(pairs) > MOST_WINDOWS:
        message = f"Quá nhiều khung giờ ({len(pairs)})."
        yield _fault(pairs[MOST_WINDOWS][0], message, f"Ghi nhiều nhất {MOST_WINDOWS} khung", file)
        return
    read = [(key, node, _span(node)) for key, node in pairs]
    spans = [(key, node, span) for key, node, span in read if span is not None]
    if backwards := _backwards(spans):
        key, node, span = backwards
        right = f"{span.end:%H:%M}-{span.start:%H:%M}"
        message = f"Khung giờ “{key.text}” ngược: đầu sau cuối là qua đêm, và chồng lên các khung khác."
        yield _fault(node, message, f"Đổi chỗ hai giờ: {key.text}: {right}", file)
        spans.remove(backwards)
    for at, (key, node, span) in enumerate(spans):
        for other, _, other_span in spans[:at]:
            if _overlap(span, other_span):
                message = f"Khung giờ “{key.text}” chồng lên khung “{other.text}”."
                remedy = f"Sửa giờ để “{key.text}” và “{other.text}” không chung phút nào; liền nhau thì được"
                yield _fault(node, message, remedy, file)


def _fault(at: Node, message: str, remedy: str, file: str) -> Fault:
    return Fault(message=message, remedy=remedy, file=file, line=at.line, column=at.column)


def _span(node: Node) -> values.Span | None:
    try:
        return values.parse_span(node.text) if isinstance(node, Scalar) else None
    except values.Misread:
        return None


Read = tuple[Scalar, Node, values.Span]


def _backwards(windows: list[Read]) -> Read | None:
    """The one window over midnight that overlaps others and would not, were it the other way round."""
    for window in windows:
        span, others = window[2], [each[2] for each in windows if each is not window]
        turned = values.Span(start=span.end, end=span.start)
        overnight = span.end < span.start
        if overnight and any(_overlap(span, each) for each in others):
            return window if not any(_overlap(turned, each) for each in others) else None
    return None


def _overlap(one: values.Span, other: values.Span) -> bool:
    """On the circle of 24 hours."""
    day = timedelta(days=1)
    (start, end), (other_start, other_end) = _interval(one), _interval(other)
    return any(start < other_end + shift and other_start + shift < end for shift in (-day, timedelta(), day))


def _interval(span: values.Span) -> tuple[timedelta, timedelta]:
    start, end = (timedelta(hours=at.hour, minutes=at.minute, seconds=at.second) for at in (span.start, span.end))
    return start, end if end > start else end + timedelta(days=1)
