"""What a device's pulls prove to have been heard."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from broadcaster.clock import VIETNAM
from broadcaster.playout.card_stream import PERIOD_MS, PERIODS, DeviceAccount

RATE = 44_100
HELD = RATE * PERIODS * PERIOD_MS // 1000
PERIOD = HELD // PERIODS
START = datetime(2026, 10, 10, 5, 30, tzinfo=VIETNAM)


def after(frames: int) -> datetime:
    return START + timedelta(seconds=frames / RATE)


def pull(account: DeviceAccount, sound: int, silence: int = 0, *, at: int = 0, ending: bool = False) -> None:
    account.pulled(sound=sound, silence=silence, now=after(at), ending=ending)


def test_what_the_device_may_still_hold_has_not_been_heard() -> None:
    account = DeviceAccount(sample_rate=RATE)
    for _ in range(PERIODS):
        pull(account, PERIOD)
    assert account.heard == 0
    pull(account, PERIOD)
    assert account.heard == PERIOD


def test_the_first_frame_is_heard_when_the_device_was_full_behind_it() -> None:
    account = DeviceAccount(sample_rate=RATE)
    for number in range(PERIODS + 3):
        pull(account, 0 if number < 2 else PERIOD, PERIOD if number < 2 else 0, at=number * PERIOD)
    assert account.started_at == after(PERIOD * (PERIODS + 2) - PERIOD)
    assert account.underruns == 0


def test_the_tail_is_heard_when_silence_has_pushed_it_out() -> None:
    account = DeviceAccount(sample_rate=RATE)
    pull(account, PERIOD // 2, PERIOD - PERIOD // 2, ending=True)
    for number in range(1, PERIODS + 1):
        pull(account, 0, PERIOD, at=number * PERIOD, ending=True)
    assert account.heard == PERIOD // 2
    assert account.last_heard_at == after(PERIODS * PERIOD - (PERIOD - PERIOD // 2))
    assert account.underruns == 0


def test_silence_between_sounds_is_an_underrun_and_silence_around_them_is_none() -> None:
    account = DeviceAccount(sample_rate=RATE)
    pull(account, 0, PERIOD)
    pull(account, PERIOD // 2, PERIOD // 2)
    pull(account, 0, PERIOD)
    assert account.underruns == 0
    pull(account, PERIOD)
    pull(account, PERIOD)
    pull(account, 0, PERIOD, ending=True)
    assert account.underruns == 1


@given(pulls=st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3000)), max_size=60))
def test_no_more_is_ever_heard_than_was_pulled_and_all_in_the_end(pulls: list[tuple[int, int]]) -> None:
    account = DeviceAccount(sample_rate=RATE)
    pulled = 0
    for sound, silence in pulls:
        pull(account, sound, silence)
        pulled += sound
        assert account.heard <= pulled
    for _ in range(20):
        pull(account, 0, PERIOD, ending=True)
    assert account.heard == pulled
