"""The reader beside its peers: CPU to import, characters a CPU second, and readings right on the held-out gold set.

    python benchmarks/read_speed.py

Each peer is installed from PyPI into a virtual environment of its own under the user's cache folder; one that cannot be
installed is named and left out. All are measured in one run, taken in turns, each time in a fresh interpreter; figures
are medians over the rounds, and bytecode is written in the first, as an installation writes it. Limits for our own
reader: at least 100,000 characters a CPU second, at most 0.1 s of CPU to import.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "text"))

from gold_score import Tally, load, tally  # noqa: E402 - the path is set just above

ROUNDS = 5
CHARACTERS = 100_000
SPEED_LIMIT = 100_000
IMPORT_LIMIT_S = 0.1
NEWS = (
    "Sáng 10/10/2026, Ủy ban nhân dân xã tổ chức lễ hưởng ứng Ngày Chuyển đổi số quốc gia với sự tham gia của đông đảo "
    "cán bộ, công chức, giáo viên, học sinh và bà con các thôn trên địa bàn. Tại buổi lễ, lãnh đạo xã nhấn mạnh rằng "
    "chuyển đổi số là việc của toàn dân, mỗi gia đình cần có ít nhất một người biết dùng dịch vụ công trực tuyến."
)
LETTER = (
    "Căn cứ Nghị định số 49/2024/NĐ-CP ngày 10/5/2024; Công văn số 1273/BTTTT-TTCS; UBND xã yêu cầu các thôn hoàn "
    "thành trước 17h00 ngày 25/12/2026, báo cáo 100% kết quả về VP HĐND-UBND, ĐT: 0237.3852.123, kinh phí "
    "12.500.000 đồng (2/3 số hộ)."
)
WORKER = """
import json, sys, time
job = json.load(sys.stdin)
begin = time.process_time()
exec(job["imports"])
imported_s = time.process_time() - begin
say = eval(job["call"])
say(job["texts"]["news"][0])
first_text_s = time.process_time() - begin
speeds = {}
for name, texts in job["texts"].items():
    begin = time.process_time()
    for text in texts:
        say(text)
    speeds[name] = sum(map(len, texts)) / (time.process_time() - begin)
spoken = []
for text in job["cases"]:
    try:
        spoken.append(say(text))
    except Exception as error:
        spoken.append("")
        print(f"{type(error).__name__} on a case, counted as wrong", file=sys.stderr)
json.dump({"imported_s": imported_s, "first_text_s": first_text_s, "speeds": speeds, "spoken": spoken}, sys.stdout)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    name: str
    imports: str
    call: str
    requirement: str = ""
    """What pip installs; empty for our own."""


class Measured(TypedDict):
    imported_s: float
    first_text_s: float
    speeds: dict[str, float]
    spoken: list[str]


OURS = Reader(
    name="broadcaster", imports="from broadcaster.text.reader import read", call="lambda text: read(text).text"
)
PEERS = (
    Reader(
        name="vietnormalizer",
        imports="from vietnormalizer import VietnameseNormalizer",
        call="VietnameseNormalizer().normalize",
        requirement="vietnormalizer==0.2.3",
    ),
    Reader(
        name="sea-g2p",
        imports="from sea_g2p import Normalizer",
        call="Normalizer().normalize",
        requirement="sea-g2p==0.10.0",
    ),
    Reader(
        name="g2p-hamster",
        imports="from g2p_hamster.t0 import normalize",
        call="lambda text: normalize(text)['read_string']",
        requirement="g2p-hamster==0.2.8",
    ),
)


def python_of(reader: Reader) -> str | None:
    """The interpreter that has the reader, its environment made at need; None where it cannot be installed."""
    if not reader.requirement:
        return sys.executable
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    home = cache / "broadcaster-benchmarks" / f"{reader.requirement.replace('==', '-')}-python{version}"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if (home / "installed").exists():
        return str(python)
    venv.create(home, with_pip=True, clear=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", reader.requirement]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"left out: {reader.requirement} cannot be installed here: {done.stderr.strip().splitlines()[-1:]}")
        return None
    (home / "installed").touch()
    return str(python)


def corpora() -> dict[str, list[str]]:
    """Texts by kind, about CHARACTERS of each; the gold phrases differ from each other, so that caches gain little."""
    phrases = [case.written for name in ("dev", "held") for case in load(name)]
    kinds = {"news": [NEWS], "letters": [LETTER], "phrases": phrases}
    return {kind: texts * max(1, CHARACTERS // sum(map(len, texts))) for kind, texts in kinds.items()}


def measured(reader: Reader, python: str, *, texts: dict[str, list[str]], cases: list[str]) -> Measured:
    job = {"imports": reader.imports, "call": reader.call, "texts": texts, "cases": cases}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [python, "-c", WORKER],
        input=json.dumps(job),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment,
    )
    result: Measured = json.loads(done.stdout.splitlines()[-1])
    return result


def right_of(spoken: list[str]) -> dict[str, Tally]:
    cases = load("held")
    readings = dict(zip((case.written for case in cases), spoken, strict=True))
    return tally(cases, readings.__getitem__)


def print_speed(results: dict[str, list[Measured]], kinds: list[str]) -> None:
    print(f"\nmedians of {ROUNDS} rounds\n{'':16} {'import':>9} {'first text':>11}", *(f"{kind:>10}" for kind in kinds))
    medians = {
        name: [statistics.median(run["speeds"][kind] for run in runs) for kind in kinds]
        for name, runs in results.items()
    }
    imports = {name: statistics.median(run["imported_s"] for run in runs) for name, runs in results.items()}
    for name, runs in results.items():
        first = statistics.median(run["first_text_s"] for run in runs)
        print(f"{name:16} {imports[name]:7.3f} s {first:9.3f} s", *(f"{speed:10,.0f}" for speed in medians[name]))
    print("\nhow many times as fast as broadcaster; CPU to import as a multiple of broadcaster's")
    for name in results:
        ratios = (theirs / ours for theirs, ours in zip(medians[name], medians[OURS.name], strict=True))
        print(
            f"{name:16} {imports[name] / imports[OURS.name]:7.2f} ×  {'':9}", *(f"{ratio:8.2f} ×" for ratio in ratios)
        )
    slowest = min(medians[OURS.name])
    print(f"\nslowest kind of text {slowest:,.0f} characters a CPU second, limit at least {SPEED_LIMIT:,}")
    print(f"import {imports[OURS.name]:.3f} s CPU, limit at most {IMPORT_LIMIT_S} s")


def print_right(results: dict[str, list[Measured]]) -> None:
    tallies = {name: right_of(runs[0]["spoken"]) for name, runs in results.items()}
    print("\nreadings right on the held-out gold set\n" + " " * 14, *(f"{name:>16}" for name in tallies))
    for category in tallies[OURS.name]:
        print(f"{category:14}", *(f"{counted[category]!s:>16}" for counted in tallies.values()))


def main() -> None:
    pythons = {reader: python for reader in (OURS, *PEERS) if (python := python_of(reader))}
    texts, cases = corpora(), [case.written for case in load("held")]
    results: dict[str, list[Measured]] = {reader.name: [] for reader in pythons}
    for turn in range(ROUNDS):
        for reader, python in pythons.items():
            results[reader.name].append(measured(reader, python, texts=texts, cases=[] if turn else cases))
    print_speed(results, list(texts))
    print_right(results)


if __name__ == "__main__":
    main()
