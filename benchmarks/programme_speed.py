"""What a programme costs: 200 spoken segments, three jingles and a bed that gives way, about 33 minutes, to one .mp3.

Everybody does the same job on the same files, each in a process of its own; CPU is user and system time of it and all
that it starts, the least of several runs. The floor is LAME alone on the finished programme. Memory is the highest sum
of resident sets of a process and its children.

    python benchmarks/programme_speed.py            an eighth of the programme, four times as long for memory
    python benchmarks/programme_speed.py --full     all of it; nine times as long (five hours) for memory

sox is compared where it is installed (apt install sox libsox-fmt-mp3).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from broadcaster.audio import mp3
from broadcaster.audio.clip import PROGRAMME_SAMPLE_RATE as RATE
from broadcaster.audio.clip import Clip
from broadcaster.model.programme import CueSheet, PartKind
from broadcaster.speech.clip_file import KeptSound

SAMPLES = Path(__file__).resolve().parent.parent / "scripts_content"
JINGLES = ("nhac-hieu", "chuong", "nhac-ket")
LONG, LONG_IN_FULL = 4, 9
"""Times the length, for memory."""
LEVELLED_LIMIT, RAW_LIMIT, MEMORY_LIMIT_MB, GROWTH_LIMIT = 1.3, 1.7, 120.0, 1.1


@dataclass(frozen=True, kw_only=True)
class Cost:
    cpu_s: float
    memory_mb: float


# -- the material ------------------------------------------------------------------------------------------------------


def prepare(folder: Path, segments: int, times: int) -> None:
    """Raw clips from the embedded voice, levelled ones and jingles as the cache keeps them, and cue sheets."""
    from broadcaster.audio.decode import decode
    from broadcaster.audio.encode import write_clip
    from broadcaster.audio.level import level_jingle, level_speech
    from broadcaster.model.speech import Boundary, Phrase
    from broadcaster.speech.engines.espeak_ng import EspeakEngine
    from broadcaster.station.levelling import PEAK_DBTP

    words = [word for path in sorted(SAMPLES.glob("17-diem/*.txt")) for word in path.read_text("utf-8").split()]
    words = [word for word in words if word.isalpha()]
    engine = EspeakEngine()
    voice = engine.voices()[0]
    levelled: dict[str, Clip] = {}
    for number in range(segments):
        at = [(number * 26 + clause * 6) % (len(words) - 6) for clause in range(4)]
        ends = [Boundary.CLAUSE] * 3 + [Boundary.SENTENCE]
        phrases = [Phrase(text=" ".join(words[a : a + 6]), boundary=end) for a, end in zip(at, ends, strict=True)]
        raw = engine.speak(tuple(phrases), voice)
        (folder / f"raw-{number}").write_bytes(pickle.dumps(raw))
        levelled[f"bai-{number}"] = level_speech(raw, peak_dbtp=PEAK_DBTP)
    engine.close()
    levelled |= {
        name: level_jingle(decode(next(SAMPLES.glob(f"nhac/{name}.*"))), peak_dbtp=PEAK_DBTP)
        for name in (*JINGLES, "nhac-nen")
    }
    for name, clip in levelled.items():
        write_clip(clip, folder / f"{name}.wav")
        keep(folder, name, clip)
    for repeats in (1, LONG, LONG_IN_FULL):
        (folder / f"cues-{repeats}").write_bytes(pickle.dumps(cue_sheet(folder, segments, times=repeats)))
    finished(folder, segments)


def keep(folder: Path, name: str, clip: Clip) -> None:
    """As the station keeps what it has levelled."""
    from broadcaster.speech.cache import ClipCache

    key = hashlib.sha256(name.encode()).hexdigest()
    kept = ClipCache(folder / "cache").streamed(key, lambda: [clip.samples], sample_rate=clip.sample_rate)
    (folder / f"{name}.kept").write_bytes(pickle.dumps(kept))


def finished(folder: Path, segments: int) -> None:
    """Write the finished programme as a .wav for the floor."""
    from broadcaster.audio.mix import mix

    mix(laid_out(folder), sounds_in(folder, segments), folder / "finished.wav")


def laid_out(folder: Path, *, times: int = 1) -> CueSheet:
    """The cue sheet as `prepare` left it: laying it out is not what is measured."""
    cues: CueSheet = pickle.loads((folder / f"cues-{times}").read_bytes())
    return cues


def sounds_in(folder: Path, segments: int) -> dict[str, KeptSound]:
    names = [*JINGLES, "nhac-nen", *(f"bai-{number}" for number in range(segments))]
    return {name: pickle.loads((folder / f"{name}.kept").read_bytes()) for name in names}


def cue_sheet(folder: Path, segments: int, *, times: int = 1) -> CueSheet:
    """Of `times` as many segments, each of them used so often."""
    from broadcaster.config.templates import Template, TemplatePart
    from broadcaster.programme.assemble import ProgrammeItem, assemble

    sounds = sounds_in(folder, segments)
    items = [
        ProgrammeItem(title=f"Tin {number}", sound=f"bai-{number}", length_frames=sounds[f"bai-{number}"].frames)
        for _ in range(times)
        for number in range(segments)
    ]
    parts = [TemplatePart(name=name) for name in JINGLES]
    parts.insert(2, TemplatePart(name="noi_dung", bed="nhac-nen"))
    lengths = {name: sound.frames for name, sound in sounds.items()}
    return assemble(template=Template(name="do", parts=tuple(parts)), items=items, sounds=lengths, sample_rate=RATE)


# -- who does the job --------------------------------------------------------------------------------------------------


def floor(folder: Path, segments: int, times: int) -> None:
    """LAME on the finished programme, with our settings."""
    with wave.open(str(folder / "finished.wav")) as whole, (folder / "floor.mp3").open("wb") as file:
        encoder = mp3.Mp3File(file, sample_rate=RATE)
        while data := whole.readframes(65_536):
            encoder.write(np.frombuffer(data, "<i2") * np.float32(1 / 32_767))
        encoder.finish()


def ours(folder: Path, segments: int, times: int) -> None:
    from broadcaster.audio.mix import mix
    from broadcaster.audio.tags import Tags, chapters_of

    cues = laid_out(folder, times=times)
    tags = Tags(title="Bản tin", station="Đài truyền thanh xã", chapters=chapters_of(cues))
    mix(cues, sounds_in(folder, segments), folder / "ours.mp3", tags=tags)


def ours_from_raw(folder: Path, segments: int, times: int) -> None:
    """As `ours`, but every clip goes through the speech chain first."""
    from broadcaster.audio.level import level_speech
    from broadcaster.station.levelling import PEAK_DBTP

    for number in range(segments):
        keep(
            folder,
            f"bai-{number}",
            level_speech(pickle.loads((folder / f"raw-{number}").read_bytes()), peak_dbtp=PEAK_DBTP),
        )
    ours(folder, segments, times)


def sox(folder: Path, segments: int, times: int) -> None:
    """Speech joined with silence, the bed faded and low throughout (sox cannot duck), one limiter, no measuring."""
    cues = laid_out(folder)
    silences: set[int] = set()
    inputs: list[str] = []
    at = 0
    for part in sorted(cues.parts, key=lambda part: part.offset_frames):
        if part.kind is PartKind.BED:
            bed = part
            continue
        silences.add(part.offset_frames - at)
        inputs += [f"gap-{part.offset_frames - at}.wav", f"{part.source}.wav"]
        at = part.end_frames
    for frames in silences:
        with wave.open(str(folder / f"gap-{frames}.wav"), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes(bytes(2 * frames))
    loops = bed.length_frames // sounds_in(folder, segments)["nhac-nen"].frames + 1
    length = f"{bed.length_frames}s"
    lay = ["repeat", str(loops), "trim", "0", length, "fade", "t", "0.8", length, "1.5", "pad", f"{bed.offset_frames}s"]
    command = ["sox", *inputs, "-t", "wav", "speech-sox.wav"]
    subprocess.run(command, cwd=folder, check=True)
    subprocess.run(["sox", "nhac-nen.wav", "-t", "wav", "bed-sox.wav", *lay], cwd=folder, check=True)
    mixing = ["-m", "-v", "1", "speech-sox.wav", "-v", "0.112", "bed-sox.wav"]
    limiting = ["compand", "0.003,0.1", "6:-6,-3,0,-2", "0", "-90", "0.005"]
    subprocess.run(["sox", *mixing, "-C", f"{mp3.BIT_RATE_KBPS}.7", "sox.mp3", *limiting], cwd=folder, check=True)


def ffmpeg_graph(folder: Path, segments: int, times: int) -> None:
    """One graph: clips delayed and joined, the bed under an envelope of its own, a limiter, measured on its way."""
    from broadcaster.audio.ffmpeg import executable

    cues = laid_out(folder)
    inputs: list[str] = []
    graph: list[str] = []
    joined, at = "", 0
    heard = [part for part in sorted(cues.parts, key=lambda part: part.offset_frames) if part.kind is not PartKind.BED]
    for number, part in enumerate(heard):
        inputs += ["-i", f"{part.source}.wav"]
        graph.append(f"[{number}:a]adelay={part.offset_frames - at}S[s{number}]")
        joined += f"[s{number}]"
        at = part.end_frames
    bed = next(part for part in cues.parts if part.kind is PartKind.BED)
    inputs += ["-stream_loop", "-1", "-i", "nhac-nen.wav"]
    first, last = bed.offset_frames / RATE, bed.end_frames / RATE
    level = f"if(lt(t,1.4),0.5,if(lt(t,2),0.5-0.388*(t-1.4)/0.6,if(lt(t,{last - first - 2.5}),0.112,0.4)))"
    graph += [
        f"{joined}concat=n={len(heard)}:v=0:a=1[speech]",
        f"[{len(heard)}:a]atrim=end_sample={bed.length_frames},volume='{level}':eval=frame,afade=d=0.8,"
        f"afade=out:st={last - first - 1.5}:d=1.5,adelay={bed.offset_frames}S[bed]",
        "[speech][bed]amix=inputs=2:normalize=0:duration=longest,alimiter=limit=0.8:level=0,ebur128=framelog=quiet[out]",
    ]
    (folder / "graph.txt").write_text(";\n".join(graph))
    encoder = ["-c:a", "libmp3lame", "-b:a", f"{mp3.BIT_RATE_KBPS}k", "-compression_level", "7"]
    command = [executable(), "-v", "error", "-y", *inputs, "-/filter_complex", "graph.txt", "-map", "[out]"]
    subprocess.run([*command, *encoder, "ffmpeg.mp3"], cwd=folder, check=True)


def pydub_carefully(folder: Path, segments: int, times: int) -> None:
    """Bytes joined once, one overlay for the bed with its fades; ffmpeg measures, and limits while it encodes."""
    from pydub import AudioSegment  # type: ignore[import-untyped]

    from broadcaster.audio.ffmpeg import executable
    from broadcaster.audio.measure import measure

    AudioSegment.converter = executable()
    cues = laid_out(folder)
    pieces, at = [], 0
    for part in sorted(cues.parts, key=lambda part: part.offset_frames):
        if part.kind is PartKind.BED:
            bed = part
            continue
        pieces += [bytes(2 * (part.offset_frames - at)), AudioSegment.from_wav(folder / f"{part.source}.wav").raw_data]
        at = part.end_frames
    speech = AudioSegment(data=b"".join(pieces), sample_width=2, frame_rate=RATE, channels=1)
    loop = AudioSegment.from_wav(folder / "nhac-nen.wav")
    times_over = bed.length_frames // loop.frame_count() + 1
    raw = (loop.raw_data * int(times_over))[: 2 * bed.length_frames]
    under = AudioSegment(data=raw, sample_width=2, frame_rate=RATE, channels=1) - 6
    under = under.fade(to_gain=-13, start=1400, duration=600).fade_in(800).fade_out(1500)
    done = speech.overlay(under, position=1000 * bed.offset_frames // RATE)
    done.export(folder / "pydub.wav", format="wav")
    loudness = measure(folder / "pydub.wav").loudness_lufs
    finish = ["-compression_level", "7", "-af", "alimiter=limit=0.8:level=0"]
    (done + (-16.0 - loudness)).export(
        folder / "pydub.mp3", format="mp3", bitrate=f"{mp3.BIT_RATE_KBPS}k", parameters=finish
    )


CONTENDERS = ("floor", "ours", "raw", "sox", "ffmpeg", "pydub")
JOBS: dict[str, Callable[[Path, int, int], None]] = {
    "prepare": prepare,
    "floor": floor,
    "ours": ours,
    "raw": ours_from_raw,
    "sox": sox,
    "ffmpeg": ffmpeg_graph,
    "pydub": pydub_carefully,
}


# -- measuring ---------------------------------------------------------------------------------------------------------


def cost(job: str, folder: Path, segments: int, *, times: int = 1) -> Cost:
    """Of one job in a process of its own."""
    command = [sys.executable, __file__, "--job", job, "--folder", str(folder), "--segments", str(segments)]
    process = subprocess.Popen([*command, "--times", str(times)])
    peak = [0.0]
    watching = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
    watching.start()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    watching.join()
    if process.returncode:
        raise SystemExit(f"{job} failed")
    return Cost(cpu_s=usage.ru_utime + usage.ru_stime, memory_mb=max(peak[0], usage.ru_maxrss / 1024))


def _watch(pid: int, peak: list[float]) -> None:
    """Sum of the resident sets of a process and all below it, every 50 ms."""
    while True:
        try:
            peak[0] = max(peak[0], _tree_mb(pid))
        except (FileNotFoundError, ProcessLookupError):
            return
        time.sleep(0.05)


def _tree_mb(pid: int) -> float:
    own = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    resident = next((int(line.split()[1]) for line in own.splitlines() if line.startswith("VmRSS")), None)
    if resident is None:
        raise ProcessLookupError
    total = resident / 1024
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split():
        try:
            total += _tree_mb(int(child))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total


def compare(folder: Path, segments: int, jobs: Sequence[str], *, runs: int) -> dict[str, Cost]:
    """The least of `runs` runs, taken in turn so that whatever else the machine does meets them all."""
    taken: dict[str, list[Cost]] = {job: [] for job in jobs}
    for _ in range(runs):
        for job in jobs:
            taken[job].append(cost(job, folder, segments))
    return {
        job: Cost(cpu_s=min(one.cpu_s for one in costs), memory_mb=max(one.memory_mb for one in costs))
        for job, costs in taken.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--job", choices=JOBS)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--segments", type=int)
    parser.add_argument("--times", type=int, default=1)
    chosen = parser.parse_args()
    if chosen.job:
        JOBS[chosen.job](chosen.folder, chosen.segments, chosen.times)
        return
    with tempfile.TemporaryDirectory() as folder:
        report(Path(folder), full=chosen.full)


def report(folder: Path, *, full: bool) -> None:
    segments = 200 if full else 25
    cost("prepare", folder, segments)
    length_s = laid_out(folder).length_s
    jobs = list(CONTENDERS)
    if shutil.which("sox") is None:
        jobs.remove("sox")
        print("!! sox is not installed and was NOT compared: apt install sox libsox-fmt-mp3")
    costs = compare(folder, segments, jobs, runs=2 if full else 3)
    base = costs["floor"].cpu_s
    print(f"{length_s / 60:.1f} minutes of programme, {segments} segments, {mp3.BIT_RATE_KBPS} kbit/s")
    limits = {"ours": LEVELLED_LIMIT, "raw": RAW_LIMIT}
    for job, one in costs.items():
        limit = f"limit {limits[job]:g}" if job in limits else ""
        print(f"{job:<8} {one.cpu_s:7.2f} s CPU  {one.cpu_s / base:5.2f} × floor  {one.memory_mb:6.0f} MB  {limit}")
    memory(folder, segments, costs["ours"], length_s=length_s, full=full)


def memory(folder: Path, segments: int, short: Cost, *, length_s: float, full: bool) -> None:
    times = LONG_IN_FULL if full else LONG
    long = cost("ours", folder, segments, times=times)
    growth = long.memory_mb / short.memory_mb
    print(f"memory   {short.memory_mb:.0f} MB for {length_s / 60:.0f} min, limit {MEMORY_LIMIT_MB:g} MB; ", end="")
    print(f"{long.memory_mb:.0f} MB for {times * length_s / 3600:.1f} h: × {growth:.2f}, limit {GROWTH_LIMIT:g}")
    print(json.dumps({"cpu_per_hour_s": round(3600 * long.cpu_s / (times * length_s), 1)}))


if __name__ == "__main__":
    main()
