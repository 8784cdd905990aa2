"""How fast the embedded voice speaks, and how small it stays: each figure against its limit (a ratio ≤ 1 keeps it).

Times depend on the machine and on what else it does; CPU per second of sound and memory hardly do.
"""

from __future__ import annotations

import resource
import statistics
import time
from pathlib import Path

from broadcaster.model.speech import Boundary, Phrase
from broadcaster.speech.engines.espeak_ng import EspeakEngine

FIRST_AUDIO_LIMIT_MS = 100
RTF_LIMIT = 0.005
RSS_LIMIT_MIB = 60
SENTENCE = (
    Phrase(text="Ủy ban nhân dân xã thông báo", boundary=Boundary.CLAUSE),
    Phrase(text="sáng thứ bảy tuần này tổ chức tiêm chủng mở rộng cho trẻ em", boundary=Boundary.SENTENCE),
)


def cpu_s() -> float:
    """Of this process and of the workers that it has put away."""
    return sum(
        use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def peak_rss_mib(pid: int) -> float:
    """What the kernel has noted as the process's highest resident set."""
    (line,) = [
        line
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
        if line.startswith("VmHWM")
    ]
    return int(line.split()[1]) / 1024


def first_audio_ms(*, times: int) -> tuple[float, float]:
    """Median from asking to hearing a sentence: with a worker that has yet to start, and with one that runs."""
    cold, warm = [], []
    for _ in range(times):
        engine = EspeakEngine()
        for waits in (cold, warm):
            begin = time.perf_counter()
            engine.speak(SENTENCE, engine.voices()[0])
            waits.append(1000 * (time.perf_counter() - begin))
        engine.close()
    return statistics.median(cold), statistics.median(warm)


def bulletin(*, sentences: int) -> tuple[float, float]:
    """CPU seconds a second of sound, and the worker's highest memory (MiB), start and end of the worker included."""
    engine = EspeakEngine()
    begin = cpu_s()
    sound_s = sum(engine.speak(SENTENCE, engine.voices()[0]).length_s for _ in range(sentences))
    pid = engine.worker_pid
    if pid is None:
        raise SystemExit("the worker died while it was measured")
    rss = peak_rss_mib(pid)
    engine.close()
    return (cpu_s() - begin) / sound_s, rss


def main() -> None:
    EspeakEngine().check()
    cold, warm = first_audio_ms(times=15)
    rtf, rss = bulletin(sentences=200)
    for name, value, limit, unit in (
        ("first audio, worker yet to start", cold, FIRST_AUDIO_LIMIT_MS, "ms"),
        ("first audio, worker running", warm, FIRST_AUDIO_LIMIT_MS, "ms"),
        ("CPU per second of sound", rtf, RTF_LIMIT, "s"),
        ("worker's memory at its peak", rss, RSS_LIMIT_MIB, "MiB"),
    ):
        print(f"{name:<34} {value:9.4g} {unit:<3} limit {limit:g} {unit:<3} ratio {value / limit:.2f}")


if __name__ == "__main__":
    main()
