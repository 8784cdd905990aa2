"""Relays from real servers on this machine: whole, refusing, dying, hanging."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import imageio_ffmpeg
import numpy as np
import pytest

from broadcaster.clock import Clock, SystemClock
from broadcaster.config.stations import RelaySource
from broadcaster.errors import NoDevice, WorkspaceFault
from broadcaster.model.as_run import Outcome, OutcomeReason, Playback
from broadcaster.playout.player import Player
from broadcaster.playout.relay import play_relay, sources_for
from broadcaster.testing import ManualClock, RecordingOutput

RATE = 44_100
TODAY = date(2026, 10, 10)
PATIENCE = timedelta(seconds=1)


def tone_mp3(seconds: float, *, hertz: int) -> bytes:
    source = ["-f", "lavfi", "-i", f"sine=frequency={hertz}:sample_rate={RATE}:duration={seconds}"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *source, "-b:a", "64k", "-f", "mp3", "pipe:1"]
    return subprocess.run(command, capture_output=True, check=True).stdout


class Station(BaseHTTPRequestHandler):
    """`/vov1` 440 Hz and `/tinh` 880 Hz for 20 s; `/dut` dies after three seconds of sound, `/treo` hangs.

    `/vang` is `/vov1` behind a server that refuses the first `refusals` requests.
    """

    sounds: ClassVar[dict[str, bytes]] = {}
    refusals: ClassVar[int] = 0
    released: ClassVar[threading.Event]

    def do_GET(self) -> None:
        if self.path == "/loi" or (self.path == "/vang" and Station.refusals > 0):
            Station.refusals -= 1
            self.send_error(503)
            return
        self.send_response(200)
        self.send_header("Content-Type", "audio/mpeg")
        self.end_headers()
        if self.path == "/cham":
            self.pace(self.sounds["/vov1"])
        elif self.path == "/treo-ngay":
            self.released.wait()
        else:
            self.send(self.sounds.get(self.path, self.sounds["/vov1"][: 3 * 8000 + 800]))
        if self.path == "/treo":
            self.released.wait()

    def pace(self, sound: bytes) -> None:
        for start in range(0, len(sound), 800):
            self.send(sound[start : start + 800])
            if self.released.wait(0.1):
                return

    def send(self, sound: bytes) -> None:
        try:
            self.wfile.write(sound)
            self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """The server is silent: its requests are no news."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    Station.sounds = {"/vov1": tone_mp3(20, hertz=440), "/tinh": tone_mp3(20, hertz=880)}
    Station.sounds["/vang"] = Station.sounds["/vov1"]
    Station.released = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Station)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    Station.released.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def source(address: str) -> Callable[..., RelaySource]:
    def make(path: str, *, expires: date | None = None) -> RelaySource:
        return RelaySource(key=path, name=path.upper(), url=f"{address}/{path}", expires=expires)

    return make


@pytest.fixture
def refusing() -> RelaySource:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return RelaySource(key="tat", name="TAT", url=f"http://nguoi:mat-khau@127.0.0.1:{port}/vov1")


@pytest.fixture
def loa(clock: ManualClock) -> RecordingOutput:
    return RecordingOutput("loa", clock=clock)


def relayed(
    clock: Clock,
    output: RecordingOutput,
    *sources: RelaySource,
    seconds: float = 5.0,
    lead: float = 0.0,
    until: datetime | None = None,
    stop: threading.Event | None = None,
) -> Playback:
    """`seconds` from `lead` seconds after now, in a slot of that length unless `until` says otherwise."""
    start_at = clock.now() + timedelta(seconds=lead)
    return play_relay(
        sources,
        seconds=seconds,
        until=until or start_at + timedelta(seconds=seconds),
        on=TODAY,
        output=output,
        player=Player(clock),
        label="lượt 1",
        stop=stop or threading.Event(),
        on_progress=[].append,
        start_at=start_at,
        silence_limit=PATIENCE,
    )


def hertz(output: RecordingOutput, *, first_s: float, last_s: float) -> float:
    """The strongest frequency in that part of what sounded."""
    sound = output.streams[0].sound[round(first_s * RATE) : round(last_s * RATE)].astype(float)
    return float(np.argmax(np.abs(np.fft.rfft(sound))) * RATE / len(sound))


@pytest.mark.parametrize("seconds", [0.05, 3.0, 5.123])
def test_a_relay_is_cut_at_exactly_its_length(clock: ManualClock, loa, source, seconds: float) -> None:
    playback = relayed(clock, loa, source("vov1"), seconds=seconds)
    assert (playback.outcome, playback.reason, playback.detail) == (Outcome.PLAYED, None, "")
    assert playback.frames == round(seconds * RATE)
    assert len(loa.streams) == 1


def test_a_relay_sounds_like_its_source(clock: ManualClock, loa, source) -> None:
    relayed(clock, loa, source("vov1"))
    assert hertz(loa, first_s=1, last_s=5) == pytest.approx(440, abs=1)


def test_a_source_at_the_pace_of_the_ear_is_relayed_too(source) -> None:
    clock = SystemClock()
    output = RecordingOutput("loa", clock=clock)
    playback = relayed(clock, output, source("cham"), seconds=2.0, until=clock.now() + timedelta(hours=1))
    assert (playback.outcome, playback.frames) == (Outcome.PLAYED, 2 * RATE)


def test_a_source_that_refuses_gives_way_to_the_substitute(clock: ManualClock, loa, source, refusing) -> None:
    playback = relayed(clock, loa, refusing, source("tinh"))
    assert (playback.outcome, playback.reason) == (Outcome.PLAYED, OutcomeReason.SUBSTITUTE_SOURCE)
    assert playback.frames == 5 * RATE
    assert playback.detail.startswith("TAT: không tiếp được")
    assert hertz(loa, first_s=0.5, last_s=5) == pytest.approx(880, abs=1)


@pytest.mark.parametrize("path", ["loi", "treo-ngay"])
def test_a_source_that_sends_no_sound_gives_way_to_the_substitute(clock: ManualClock, loa, source, path: str) -> None:
    playback = relayed(clock, loa, source(path), source("tinh"))
    assert (playback.outcome, playback.reason) == (Outcome.PLAYED, OutcomeReason.SUBSTITUTE_SOURCE)
    assert playback.frames == 5 * RATE


@pytest.mark.parametrize("path", ["dut", "treo"])
def test_a_source_that_breaks_off_is_carried_on_by_the_substitute(clock: ManualClock, loa, source, path: str) -> None:
    playback = relayed(clock, loa, source(path), source("tinh"), seconds=6.0)
    assert (playback.outcome, playback.reason) == (Outcome.PLAYED, OutcomeReason.SUBSTITUTE_SOURCE)
    assert playback.frames == 6 * RATE
    assert playback.detail.startswith(f"{path.upper()}: đứt sau 3 giây")
    assert hertz(loa, first_s=0.1, last_s=2.5) == pytest.approx(440, abs=2)
    assert hertz(loa, first_s=3.5, last_s=6) == pytest.approx(880, abs=1)


@pytest.mark.parametrize("path", ["dut", "treo"])
def test_without_a_substitute_a_relay_that_breaks_off_is_partial(clock: ManualClock, loa, source, path: str) -> None:
    playback = relayed(clock, loa, source(path), seconds=7.0)
    assert (playback.outcome, playback.reason) == (Outcome.PARTIAL, OutcomeReason.SOURCE_FAILED)
    assert 2.8 < playback.played_s < 3.3
    assert f"{path.upper()}: đứt sau 3 giây" in playback.detail


def test_a_relay_that_nobody_can_deliver_has_failed_and_says_why_for_each_source(
    clock: ManualClock, loa, source, refusing
) -> None:
    playback = relayed(clock, loa, refusing, source("loi"))
    assert (playback.outcome, playback.reason) == (Outcome.FAILED, OutcomeReason.SOURCE_FAILED)
    assert (playback.frames, playback.started_at) == (0, None)
    assert "TAT: không tiếp được" in playback.detail
    assert "LOI: không tiếp được" in playback.detail


def test_the_log_never_shows_a_source_s_password(clock: ManualClock, loa, refusing) -> None:
    assert "mat-khau" not in relayed(clock, loa, refusing).detail


def test_an_expired_source_is_not_connected_to(clock: ManualClock, loa, source) -> None:
    yesterday = source("vov1", expires=TODAY - timedelta(days=1))
    playback = relayed(clock, loa, yesterday)
    assert (playback.outcome, playback.reason) == (Outcome.FAILED, OutcomeReason.SOURCE_EXPIRED)
    assert playback.detail == "VOV1: hết hạn tiếp sóng."
    assert loa.streams == []


def test_a_source_may_be_relayed_on_its_last_day(clock: ManualClock, loa, source) -> None:
    playback = relayed(clock, loa, source("vov1", expires=TODAY))
    assert (playback.outcome, playback.reason) == (Outcome.PLAYED, None)


def test_an_expired_source_gives_way_to_a_valid_substitute(clock: ManualClock, loa, source) -> None:
    playback = relayed(clock, loa, source("vov1", expires=date(2025, 12, 31)), source("tinh"))
    assert (playback.outcome, playback.reason) == (Outcome.PLAYED, OutcomeReason.SUBSTITUTE_SOURCE)
    assert hertz(loa, first_s=0.5, last_s=5) == pytest.approx(880, abs=1)


def test_a_substitute_that_expired_does_not_matter_while_the_source_works(clock: ManualClock, loa, source) -> None:
    playback = relayed(clock, loa, source("vov1"), source("tinh", expires=date(2025, 12, 31)))
    assert (playback.outcome, playback.reason, playback.detail) == (Outcome.PLAYED, None, "")


def test_without_a_loudspeaker_no_source_is_asked(clock: ManualClock, refusing) -> None:
    output = RecordingOutput("loa", clock=clock, error=NoDevice("Không có loa."))
    playback = relayed(clock, output, refusing)
    assert (playback.outcome, playback.reason) == (Outcome.FAILED, OutcomeReason.NO_DEVICE)
    assert playback.detail == "Không có loa."


def test_a_stop_is_heeded_while_a_source_keeps_us_waiting(clock: ManualClock, loa, source) -> None:
    stop = threading.Event()
    stoppers: list[threading.Timer] = []

    def stop_soon(_: int) -> None:
        stoppers.append(threading.Timer(0.3, stop.set))
        stoppers[-1].start()

    playback = play_relay(
        [source("treo"), source("tinh")],
        seconds=1000.0,
        until=clock.now() + timedelta(seconds=1000),
        on=TODAY,
        output=loa,
        player=Player(clock),
        label="lượt 1",
        stop=stop,
        on_progress=stop_soon,
        silence_limit=timedelta(hours=1),
    )
    for stopper in stoppers:
        stopper.join()
    assert (playback.outcome, playback.reason) == (Outcome.PARTIAL, OutcomeReason.STOPPED)
    assert hertz(loa, first_s=0.1, last_s=0.5) == pytest.approx(440, abs=3)
    assert playback.played_s < 3.3


def test_a_relay_connects_ahead_and_sounds_at_its_instant(clock: ManualClock, loa, source) -> None:
    instant = clock.now() + timedelta(seconds=3)
    playback = relayed(clock, loa, source("vov1"), seconds=2.0, lead=3.0)
    assert (playback.outcome, playback.frames, playback.started_at) == (Outcome.PLAYED, 2 * RATE, instant)


@pytest.mark.parametrize("path", ["vov1", "dut"])
def test_a_relay_that_lost_time_ends_with_its_window_all_the_same(clock: ManualClock, loa, source, path: str) -> None:
    window_end = clock.now() + timedelta(seconds=9.25)
    playback = relayed(clock, loa, source(path), seconds=15.0, until=window_end)
    assert (playback.outcome, playback.reason) == (Outcome.PARTIAL, OutcomeReason.SOURCE_FAILED)
    assert playback.ended_at == window_end


def test_a_source_that_is_away_for_ten_seconds_costs_ten_seconds(clock: ManualClock, loa, source) -> None:
    Station.refusals = 2
    window_end = clock.now() + timedelta(seconds=18)
    playback = relayed(clock, loa, source("vang"), seconds=18.0)
    assert (playback.outcome, playback.reason) == (Outcome.PARTIAL, OutcomeReason.SOURCE_FAILED)
    assert (playback.frames, playback.ended_at) == (8 * RATE, window_end)
    assert "Mất tiếng 10,0 giây trong 18,0 giây" in playback.detail
    assert "VANG: không tiếp được (máy nguồn báo lỗi của nó), đã thử 2 lần." in playback.detail


def test_a_source_that_breaks_off_is_gone_back_to(clock: ManualClock, loa, source) -> None:
    playback = relayed(clock, loa, source("dut"), seconds=12.0)
    assert (playback.outcome, playback.reason) == (Outcome.PARTIAL, OutcomeReason.SOURCE_FAILED)
    assert 5.6 < playback.played_s < 6.6, "twice three seconds: the silence between them is no playing"
    assert "DUT: đứt 2 lần, lần đầu sau 3 giây (nguồn ngừng phát)." in playback.detail


def test_after_the_last_source_comes_the_first_again(clock: ManualClock, loa, source) -> None:
    Station.refusals = 1
    playback = relayed(clock, loa, source("vang"), source("dut"), seconds=20.0)
    assert playback.outcome is Outcome.PARTIAL
    assert "DUT: đứt sau 3 giây" in playback.detail
    assert hertz(loa, first_s=4, last_s=14) == pytest.approx(440, abs=1)
    assert playback.played_s > 14


def test_a_source_that_comes_back_before_the_relay_begins_costs_nothing(clock: ManualClock, loa, source) -> None:
    Station.refusals = 1
    playback = relayed(clock, loa, source("vang"), lead=6.0)
    assert (playback.outcome, playback.reason, playback.detail) == (Outcome.PLAYED, None, "")


def test_a_relay_that_lost_less_than_two_seconds_counts_and_says_so(clock: ManualClock, loa, source) -> None:
    Station.refusals = 1
    playback = relayed(clock, loa, source("vang"), lead=4.0)
    assert (playback.outcome, playback.reason) == (Outcome.PLAYED, None)
    assert playback.frames == 4 * RATE
    assert playback.detail.startswith("Mất tiếng 1,0 giây trong 5,0 giây, trong mức cho phép")


def test_a_relay_that_lost_two_seconds_does_not_count(clock: ManualClock, loa, source) -> None:
    Station.refusals = 1
    playback = relayed(clock, loa, source("vang"), lead=3.0)
    assert (playback.outcome, playback.reason) == (Outcome.PARTIAL, OutcomeReason.SOURCE_FAILED)


def test_a_source_is_asked_until_the_end_and_never_after(clock: ManualClock, loa, refusing) -> None:
    window_end = clock.now() + timedelta(seconds=18)
    playback = relayed(clock, loa, refusing, seconds=18.0)
    assert (playback.outcome, playback.reason) == (Outcome.FAILED, OutcomeReason.SOURCE_FAILED)
    assert "TAT: không tiếp được (máy nguồn từ chối kết nối), đã thử 4 lần." in playback.detail
    assert clock.now() == window_end


def test_a_stop_is_heeded_between_two_tries(refusing) -> None:
    clock = SystemClock()
    stop = threading.Event()
    stopper = threading.Timer(1.0, stop.set)
    stopper.start()
    playback = relayed(clock, RecordingOutput("loa", clock=clock), refusing, seconds=86_400.0, stop=stop)
    stopper.join()
    assert (playback.outcome, playback.reason, playback.frames) == (Outcome.FAILED, OutcomeReason.STOPPED, 0)


def test_only_sources_of_the_schedule_are_relayed() -> None:
    allowed = {
        "vov1": RelaySource(key="vov1", name="VOV1", url="http://may/vov1", substitute="tinh"),
        "tinh": RelaySource(key="tinh", name="Đài tỉnh", url="http://may/tinh", substitute="vov1"),
        "hong": RelaySource(key="hong", name="Hỏng", url="http://may/x", substitute="la"),
    }
    assert [each.key for each in sources_for("vov1", allowed)] == ["vov1", "tinh"]
    assert [each.key for each in sources_for("tinh", allowed)] == ["tinh", "vov1"]
    for key in ("đài lạ", "hong"):
        with pytest.raises(WorkspaceFault, match="không có trong `nguon`") as caught:
            sources_for(key, allowed)
        assert caught.value.remedy
