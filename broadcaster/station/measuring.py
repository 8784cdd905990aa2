"""What ffmpeg's ebur128 says of programmes that can be played already: measured once for all that share a body."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from typing import Any

from broadcaster.audio.measure import measure_gently
from broadcaster.errors import BroadcasterError, Fault
from broadcaster.model.plan import Airing
from broadcaster.model.programme import Measurement, Programme
from broadcaster.station.notices import in_full
from broadcaster.station.render import Rendered, Renderer
from broadcaster.station.station import Station
from broadcaster.station.workshop import Trouble, cores

TOLERANCE_LU = 0.5
ABOUT = "do-to:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What became of a batch's measurements."""

    made: tuple[Rendered, ...]
    """The same, with what is known of them now."""
    failed: tuple[tuple[Rendered, Trouble], ...]


def measure_made(
    renderer: Renderer, made: Sequence[Rendered], *, jobs: int | None, show: Callable[[int, int, str], None]
) -> Looked:
    """Measure what has no figures yet; `show` hears how many of how many are done. Ends its ffmpegs however it is left.

    They run beside each other as processes of their own, and what was measured is noted at once.
    """
    station, stop = renderer.station, threading.Event()
    lacking = {one.programme.body: one for one in reversed(made) if _lacks_figures(one.programme)}
    found = {body: figures for body, one in lacking.items() if (figures := _known(renderer, one)) is not None}
    due = [one for body, one in lacking.items() if body not in found]
    failed: list[tuple[Rendered, Trouble]] = []
    with ThreadPoolExecutor(jobs or cores()) as pool:
        try:
            waiting = {pool.submit(_tried, station, one.programme, stop): one for one in due}
            for done, future in enumerate(as_completed(waiting), start=1):
                one, outcome = waiting[future], future.result()
                if isinstance(outcome, Measurement):
                    found[one.programme.body] = outcome
                    station.shelf.note(one.programme.body, outcome)
                elif outcome is not None:
                    failed.append((one, outcome))
                show(done, len(due), one.airing.title)
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)
    known = (replace(one.programme, measured=found.get(one.programme.body, one.programme.measured)) for one in made)
    return Looked(
        made=tuple(replace(one, programme=programme) for one, programme in zip(made, known, strict=True)),
        failed=tuple(failed),
    )


def loudness_notes(renderer: Renderer, looked: Looked) -> Iterator[str]:
    """What is amiss: each body once, with how many programmes it is in."""
    failed = {one.programme.body: unmeasured(error) for one, error in looked.failed}
    told: dict[str, tuple[Rendered, Fault, int]] = {}
    for one in looked.made:
        fault = failed.get(one.programme.body) or off_target(renderer, one.airing, one.programme)
        if fault is not None:
            key = one.programme.body or one.programme.key
            first, said, count = told.get(key, (one, fault, 0))
            told[key] = first, said, count + 1
    for one, fault, count in told.values():
        more = f" và {count - 1} chương trình cùng nội dung" if count > 1 else ""
        yield f"{one.airing.item} ({one.airing.commune}){more}: {fault.message} → {fault.remedy}"


def off_target(renderer: Renderer, airing: Airing, programme: Programme) -> Fault | None:
    """That its file measures otherwise than the schedule asks for; None where it is well, or was not measured."""
    measured = programme.measured
    if measured is None:
        return None
    target_lufs, peak_dbtp = renderer.ingredients.target_lufs(airing), renderer.station.schedule.loudness.peak_dbtp
    off_lu = round(abs(measured.loudness_lufs - target_lufs), 2)
    if off_lu <= TOLERANCE_LU and measured.true_peak_dbtp <= peak_dbtp:
        return None
    asked = f"{target_lufs:g} ±{TOLERANCE_LU:g} LUFS, đỉnh không quá {peak_dbtp:g} dBTP".replace(".", ",")
    found = figures(measured.loudness_lufs, measured.true_peak_dbtp)
    return Fault(
        message=f"ffmpeg đo tệp đã dựng được {found}, mà am_luong đặt {asked}; chương trình vẫn phát.",
        remedy=f"Nghe thử {programme.path}. Bài chỉ một, hai câu ngắn lệch chút ít là thường; nghe to nhỏ khác hẳn "
        "hoặc vỡ tiếng thì xóa tệp ấy rồi chạy: broadcaster render",
    )


def figures(loudness_lufs: float, true_peak_dbtp: float) -> str:
    """`-16,1 LUFS, đỉnh -1,8 dBTP`."""
    return f"{loudness_lufs:.1f} LUFS, đỉnh {true_peak_dbtp:.1f} dBTP".replace(".", ",")


def loudness_words(programme: Programme) -> str:
    """How loud it is and who says so, for people."""
    measured = programme.measured
    if measured is None:
        own = figures(programme.loudness_lufs, programme.true_peak_dbtp)
        return f"Độ to: {own} theo máy ghép; ffmpeg chưa đo tệp này."
    same = measured.audio_sha256 == programme.audio_sha256
    on = "tệp này" if same else "bản cùng nội dung của xã khác"
    return f"Độ to: {figures(measured.loudness_lufs, measured.true_peak_dbtp)} (ffmpeg đo {on})."


def loudness_as_json(programme: Programme) -> dict[str, Any]:
    """By our own meter, and `measured` by ffmpeg; null while nobody has."""
    measured = programme.measured
    return {
        "loudness_lufs": programme.loudness_lufs,
        "true_peak_dbtp": programme.true_peak_dbtp,
        "measured": {
            "loudness_lufs": measured.loudness_lufs,
            "true_peak_dbtp": measured.true_peak_dbtp,
            "audio_sha256": measured.audio_sha256,
            "at": measured.at.isoformat(),
        }
        if measured
        else None,
    }


class Gauge:
    """A running station's: one file at each look, at low priority, since nothing that airs waits for it."""

    def __init__(self, renderer: Renderer, *, called: threading.Event) -> None:
        self.renderer = renderer
        self._called = called
        self._failed: dict[str, BroadcasterError | OSError] = {}

    def look(self, ready: Sequence[tuple[Airing, Programme]]) -> None:
        """Measure the first that has no figures, unless something calls for the thread; tell of what is amiss."""
        bodies = {programme.body: (airing, programme) for airing, programme in reversed(ready) if programme.body}
        lacking = (body for body, (_, one) in reversed(bodies.items()) if one.measured is None)
        body = next((body for body in lacking if body not in self._failed), None)
        if body is not None:
            airing, programme = bodies[body]
            bodies[body] = airing, replace(programme, measured=self._measured(programme))
        self._tell(bodies.values())

    def _measured(self, programme: Programme) -> Measurement | None:
        outcome = _tried(self.renderer.station, programme, self._called)
        if isinstance(outcome, Measurement):
            self.renderer.station.shelf.note(programme.body, outcome)
            return outcome
        if outcome is not None:
            self._failed[programme.body] = outcome
        return None

    def _tell(self, looked: Iterable[tuple[Airing, Programme]]) -> None:
        notices, now = self.renderer.station.notices, self.renderer.station.clock.now()
        amiss = {programme.path: (airing, self._fault(airing, programme)) for airing, programme in looked}
        for path, (airing, fault) in amiss.items():
            if fault is not None:
                message = f"{airing.item} ({airing.commune}): {fault.message}"
                notices.post(f"{ABOUT}{path}", message, remedy=fault.remedy, at=now)
        for about in notices.about():
            path = about.removeprefix(ABOUT)
            if about.startswith(ABOUT) and amiss.get(path, (None, None))[1] is None:
                notices.clear(about, because=f"{path}: không còn gì phải xem lại về độ to.")

    def _fault(self, airing: Airing, programme: Programme) -> Fault | None:
        failure = self._failed.get(programme.body)
        return unmeasured(failure) if failure else off_target(self.renderer, airing, programme)


def unmeasured(failure: Trouble) -> Fault:
    """That a file could not be measured, and so perhaps not be decoded."""
    return Fault(
        message=f"ffmpeg chưa đo được tệp đã dựng: {in_full(failure)}",
        remedy="Nghe thử tệp ấy; không nghe được thì xóa tệp rồi chạy: broadcaster render. Kiểm tra máy: "
        "broadcaster doctor",
    )


def _lacks_figures(programme: Programme) -> bool:
    """Those that were made before bodies were noted stay without."""
    return bool(programme.body) and programme.measured is None


def _known(renderer: Renderer, one: Rendered) -> Measurement | None:
    """What was measured of another programme with this body; figures that are amiss are taken anew of a new file."""
    figures = renderer.station.shelf.measured(one.programme.body)
    told = replace(one.programme, measured=figures)
    return figures if off_target(renderer, one.airing, told) is None else None


def _tried(station: Station, programme: Programme, stop: threading.Event) -> Measurement | Trouble | None:
    try:
        found = measure_gently(station.workspace.folder / programme.path, stop=stop)
    except (BroadcasterError, OSError) as error:
        return error
    if found is None:
        return None
    return Measurement(
        audio_sha256=programme.audio_sha256,
        loudness_lufs=found.loudness_lufs,
        true_peak_dbtp=found.true_peak_dbtp,
        at=station.clock.now(),
    )
