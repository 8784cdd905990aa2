"""The written text with its risky places marked, for the person who approves it."""

from __future__ import annotations

from broadcaster.model import SpokenText


def marked(written: str, spoken: SpokenText) -> str:
    """`⟦tronmg?⟧` where nobody knows the token, `⟨TT → thông tư⟩` where the reading is only likely."""
    flagged = {flag.start for flag in spoken.flags}
    parts: list[str] = []
    at = 0
    for span in spoken.spans:
        if span.sure:
            continue
        parts.append(written[at : span.start])
        said = f" → {span.spoken}" if span.spoken.lower() != span.written.lower() else ""
        parts.append(f"⟦{span.written}{said} ?⟧" if span.start in flagged else f"⟨{span.written}{said}⟩")
        at = span.end
    return "".join([*parts, written[at:]])
