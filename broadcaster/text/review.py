"""The written text with its risky places marked, for the person who approves it."""

from __future__ import annotations

from broadcaster.model.speech import Flag, Span, SpokenText


def marked(written: str, spoken: SpokenText) -> str:
    """`⟦tronmg, có phải “trong”?⟧` where a word is doubted, `⟦12/8 → mười hai tháng tám ?⟧` where its reading is."""
    spans = {span.start: span for span in spoken.spans}
    marks = {flag.start: (flag.end, f"⟦{flag.written}{_aside(flag, spans.get(flag.start))}⟧") for flag in spoken.flags}
    parts: list[str] = []
    at = 0
    for start, (end, mark) in sorted(marks.items()):
        if start >= at:
            parts += [written[at:start], mark]
            at = end
    return "".join([*parts, written[at:]])


def doubt(flag: Flag) -> str:
    """A flag as a sentence, with what was probably meant."""
    why = flag.why.replace(flag.written, flag.shown) if flag.written in flag.why else f"«{flag.shown}»: {flag.why}"
    return " ".join(f"{why} {meant(flag)}".split())


def meant(flag: Flag) -> str:
    """`Có phải “trong” hay “trọng”?`; empty where nobody can say."""
    likely = " hay ".join(f"“{suggestion}”" for suggestion in flag.suggestions)
    return f"Có phải {likely}?" if likely else ""


def _aside(flag: Flag, span: Span | None) -> str:
    said = _said(span) if span is not None and not flag.spelling else ""
    if flag.suggestions:
        return f"{said}, {meant(flag).replace('Có', 'có', 1)}"
    return f"{_said(span)} ?" if span is not None else " ?"


def _said(span: Span) -> str:
    return f" → {span.spoken}" if span.spoken.lower() != span.written.lower() else ""
