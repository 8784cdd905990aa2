"""What listening to a recording costs: beside decoding it alone, and in memory from three minutes to three hours.

Both in one run: CPU of `examine` against ffmpeg decoding the same file to nothing; the peak memory of a process that
listens to three hours against one that listens to three minutes.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from broadcaster.audio.ffmpeg import executable

CPU_LIMIT = 3.0
"""Times what decoding alone takes."""
GROWTH_LIMIT_MIB = 12.0
"""An hour of recording: what is kept of each twentieth of a second. The sound itself would be 600."""
LISTEN = (
    "import resource, sys; from pathlib import Path; from broadcaster.audio.examine import examine; "
    "examine(Path(sys.argv[1])); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
)


def cpu_s(command: list[str]) -> tuple[float, str]:
    """Of the command with all its children, and what it said."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, said


def recording(folder: Path, minutes: int) -> Path:
    """Bursts of noise at the pace of syllables, as a phone keeps them."""
    path = folder / f"{minutes}.m4a"
    source = f"anoisesrc=color=pink:sample_rate=44100:duration={minutes * 60}"
    shape = ["-af", "tremolo=f=3:d=0.9,volume=0.3", "-c:a", "aac", "-b:a", "64k"]
    subprocess.run([executable(), "-v", "error", "-f", "lavfi", "-i", source, *shape, str(path)], check=True)
    return path


def main() -> None:
    with tempfile.TemporaryDirectory() as aside:
        short, long = recording(Path(aside), 3), recording(Path(aside), 180)
        start_s, _ = cpu_s([sys.executable, "-c", "import broadcaster.audio.examine"])
        decoding_s, _ = cpu_s([executable(), "-v", "error", "-i", str(long), "-f", "null", "-"])
        _, short_mib = cpu_s([sys.executable, "-c", LISTEN, str(short)])
        listening_s, long_mib = cpu_s([sys.executable, "-c", LISTEN, str(long)])
    cpu = (listening_s - start_s) / decoding_s
    growth_mib = (float(long_mib) - float(short_mib)) / (177 / 60)
    print(f"listening to 3 h: {listening_s:.1f} s CPU, {(listening_s - start_s) / 10_800:.4f} of its length")
    print(f"CPU against decoding alone ({decoding_s:.1f} s): {cpu:.2f} ({cpu / CPU_LIMIT:.2f} of the limit)")
    print(f"memory, 3 h {float(long_mib):.0f} MiB against 3 min {float(short_mib):.0f}: {growth_mib:.1f} an hour")
    if cpu > CPU_LIMIT or growth_mib > GROWTH_LIMIT_MIB:
        sys.exit("beyond its limit")


if __name__ == "__main__":
    main()
