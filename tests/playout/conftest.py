"""A sound server of the tests' own, sounds to play, and ears that do not trust the code under test."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from numpy.typing import NDArray

RATE = 44_100
SINK = "loa_thu"
SINK_NAME = "Loa-thu-nghiem"


class PulseServer:
    """PulseAudio with one null sink, in a folder and under an id of its own; works as root too."""

    def __init__(self) -> None:
        # a short path: the socket's may have at most 107 bytes
        self.folder = Path(tempfile.mkdtemp(prefix="pa-", dir="/tmp"))
        self.environment = {
            "PULSE_SERVER": f"unix:{self.folder}/socket",
            "PULSE_RUNTIME_PATH": str(self.folder / "run"),
            "PULSE_STATE_PATH": str(self.folder / "state"),
            "PULSE_CONFIG_PATH": str(self.folder / "config"),
            "XDG_RUNTIME_DIR": str(self.folder),
            "HOME": str(self.folder),
        }
        named = f"sink_properties=device.description={SINK_NAME}"
        modules = [
            f"module-native-protocol-unix socket={self.folder}/socket auth-anonymous=1",
            f"module-null-sink sink_name={SINK} rate={RATE} channels=1 {named}",
        ]
        own = ["--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm=yes", "-n"]
        self._process = subprocess.Popen(
            ["pulseaudio", *own, *(part for module in modules for part in ("-L", module))],
            env=os.environ | self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while SINK not in self.ask("list", "short", "sinks"):
            assert self._process.poll() is None, "pulseaudio did not start"
            time.sleep(0.05)
        # a null sink that nobody listens to sleeps for up to 2 s at a time
        self._listener = subprocess.Popen(
            ["parec", "-d", f"{SINK}.monitor", "--latency-msec=20"],
            env=os.environ | self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, *question: str) -> str:
        asked = subprocess.run(
            ["pactl", *question], env=os.environ | self.environment, capture_output=True, text=True, check=False
        )
        return asked.stdout

    def kill(self) -> None:
        """Only the daemon that this object started."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def close(self) -> None:
        for process in (self._listener, self._process):
            process.terminate()
            process.wait()
        shutil.rmtree(self.folder)


class Ear:
    """Records the sink's monitor from before the first sound on: parec's first data can take 2 s."""

    def __init__(self, server: PulseServer) -> None:
        recorder = ["parec", "-d", f"{SINK}.monitor", f"--rate={RATE}", "--channels=1", "--format=s16le"]
        self._process = subprocess.Popen(
            [*recorder, "--latency-msec=20"], env=os.environ | server.environment, stdout=subprocess.PIPE
        )
        self._data = bytearray()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.wait_for(1)

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as pipe:
            while data := pipe.read1(65_536):
                self._data += data

    def wait_for(self, frames: int) -> None:
        """Until `frames` more have come in."""
        target = len(self._data) + 2 * frames
        while len(self._data) < target:
            assert self._process.poll() is None, "parec ended"
            time.sleep(0.02)

    def heard(self) -> NDArray[np.int16]:
        """All that came in, from the first sample that is not silent to the last."""
        self.wait_for(RATE // 2)
        self._process.terminate()
        self._process.wait()
        self._reader.join()
        samples = np.frombuffer(bytes(self._data[: len(self._data) // 2 * 2]), np.int16)
        sounding = np.flatnonzero(samples)
        return samples[sounding[0] : sounding[-1] + 1] if len(sounding) else samples[:0]


@pytest.fixture(scope="session")
def pulse_server() -> Iterator[PulseServer]:
    server = PulseServer()
    yield server
    server.close()


@pytest.fixture
def sound_server(pulse_server: PulseServer, monkeypatch: pytest.MonkeyPatch) -> PulseServer:
    """The program under test finds the tests' own sound server, and no other."""
    for name, value in pulse_server.environment.items():
        monkeypatch.setenv(name, value)
    return pulse_server


@pytest.fixture
def mortal_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[PulseServer]:
    """One that a test may kill."""
    server = PulseServer()
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    yield server
    server.close()


@pytest.fixture
def no_sound_card(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No sound server can be reached; where the machine has a card of its own, the test cannot be made."""
    if os.name == "nt" or not Path("/proc").exists() or any(Path("/dev/snd").glob("pcmC*D*p")):
        pytest.skip("this machine has a sound card")
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")


@pytest.fixture
def ear(sound_server: PulseServer) -> Ear:
    return Ear(sound_server)


@pytest.fixture
def noise() -> Callable[..., NDArray[np.int16]]:
    """Speech-loud noise without a zero in it: every part of it is found again, and silence is told from it."""

    def make(seconds: float, *, seed: int = 1, sample_rate: int = RATE) -> NDArray[np.int16]:
        drawn = np.random.default_rng(seed).integers(1, 9000, round(seconds * sample_rate)) * 2 - 9000
        return np.where(drawn == 0, 1, drawn).astype(np.int16)

    return make


@pytest.fixture
def decoded() -> Callable[..., NDArray[np.int16]]:
    """What a player hears from a file."""

    def decode(path: Path) -> NDArray[np.int16]:
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "quiet", "-nostdin", "-i", str(path), "-f", "s16le", "pipe:1"]
        return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.int16)

    return decode
