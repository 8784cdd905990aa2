"""Draws the README's picture: a rendered bulletin's waveform, the parts of its cue sheet, and what is said in them.

python tools/draw_programme.py docs/images/programme.svg
"""

from __future__ import annotations

import sys
import tempfile
from datetime import timedelta
from html import escape
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.decode import decode
from broadcaster.cli.texts import paragraphs
from broadcaster.clock import SystemClock
from broadcaster.model.programme import Part, PartKind, Programme
from broadcaster.station.demo import SCRIPTS, schedule_text
from broadcaster.station.render import Renderer, due_in
from broadcaster.station.station import open_station
from broadcaster.station.workspace import create

WIDTH, WAVE_TOP, WAVE_HEIGHT, MARGIN = 1200, 84, 150, 24
COLOURS = {
    PartKind.IDENT: "#8a5cd0",
    PartKind.STATION_CALL: "#1f7a8c",
    PartKind.ITEM: "#2b6cb0",
    PartKind.STINGER: "#c2621b",
    PartKind.SIGN_OFF: "#1f7a8c",
    PartKind.END_MUSIC: "#8a5cd0",
}
BARS = 560


def peaks(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The loudest sample of each bar, 0–1; shape (BARS,)."""
    edges = np.linspace(0, len(samples), BARS + 1).astype(int)
    return np.array([np.abs(samples[a:b]).max() for a, b in pairwise(edges)], dtype=np.float32)


def text(x: float, y: float, words: str, *, size: int = 15, colour: str = "#1a202c", weight: str = "normal") -> str:
    style = f'font-size="{size}" fill="{colour}" font-weight="{weight}"'
    return f'<text x="{x:.0f}" y="{y:.0f}" {style}>{escape(words)}</text>'


def wrapped(words: str, limit: int) -> list[str]:
    """Lines of at most `limit` characters."""
    lines = [""]
    for word in words.split():
        if len(lines[-1]) + len(word) >= limit:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def drawing(programme: Programme, samples: NDArray[np.float32], said: dict[str, str]) -> str:
    """The whole picture as SVG."""
    scale = (WIDTH - 2 * MARGIN) / programme.length_frames
    shapes = [text(MARGIN, 36, "Một bản tin do broadcaster dựng từ văn bản", size=22, weight="bold")]
    facts = f"{programme.length_s:.1f} giây · {programme.loudness_lufs:.1f} LUFS · {programme.true_peak_dbtp:.1f} dBTP"
    shapes.append(text(MARGIN, 62, f"{facts} · giọng {programme.voice} (không cần mạng)", colour="#4a5568"))
    heights = peaks(samples)
    step = (WIDTH - 2 * MARGIN) / BARS
    middle = WAVE_TOP + WAVE_HEIGHT / 2
    for number, height in enumerate(heights):
        frame = (number + 0.5) / BARS * programme.length_frames
        part = next((p for p in programme.cues.parts if p.offset_frames <= frame < p.end_frames), None)
        tall = max(1.0, float(height) * WAVE_HEIGHT)
        colour = COLOURS.get(part.kind, "#718096") if part else "#cbd5e0"
        x = MARGIN + number * step
        box = f'x="{x:.1f}" y="{middle - tall / 2:.1f}" width="{step * 0.7:.1f}" height="{tall:.1f}"'
        shapes.append(f'<rect {box} fill="{colour}"/>')
    y = WAVE_TOP + WAVE_HEIGHT + 40.0
    for part in programme.cues.parts:
        shapes += legend(part, y, scale=scale, rate=programme.sample_rate)
        lines = wrapped(said.get(part.source, ""), 104)
        shapes += [text(MARGIN + 290, y + 20 * row, line, colour="#4a5568") for row, line in enumerate(lines)]
        y += 20 * len(lines) + 8
    body = "\n".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y:.0f}" '
        f'font-family="DejaVu Sans, Segoe UI, Roboto, sans-serif">\n'
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def legend(part: Part, y: float, *, scale: float, rate: int) -> list[str]:
    """When a part begins, what it is, and where it stands under the waveform."""
    at = part.offset_frames / rate
    left, wide = MARGIN + part.offset_frames * scale, part.length_frames * scale
    top = WAVE_TOP + WAVE_HEIGHT + 4
    colour = COLOURS.get(part.kind, "#718096")
    name = part.title if len(part.title) < 24 else part.title[:22] + "…"
    return [
        f'<rect x="{left:.1f}" y="{top}" width="{wide:.1f}" height="6" fill="{colour}"/>',
        f'<rect x="{MARGIN}" y="{y - 11:.0f}" width="12" height="12" fill="{colour}"/>',
        text(MARGIN + 20, y, f"{int(at // 60):02d}:{at % 60:04.1f}", colour="#4a5568"),
        text(MARGIN + 86, y, name, weight="bold", size=13),
    ]


def main(out: Path) -> None:
    with tempfile.TemporaryDirectory() as aside:
        soon = SystemClock().now() + timedelta(hours=1)
        workspace = create(Path(aside) / "dai", schedule=schedule_text(soon), scripts=SCRIPTS)
        with open_station(workspace.folder) as station:
            renderer = Renderer(station)
            airing = due_in(renderer, first=soon.date(), days=1)[0]
            programme = renderer.programme(airing).programme
            said = {
                f"bai-{n}": " ".join(paragraphs(item))
                for n, item in enumerate(renderer.said(airing.item).items, start=1)
            }
            said["loi-xuong"] = station.schedule.communes[airing.commune].station_call or ""
            samples = decode(workspace.folder / programme.path).samples
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(drawing(programme, samples, said), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
