"""Composes the sample workspace's jingles: plucked strings and a soft bell in Vietnam's pentatonic modes.

The tunes are this project's own. Run `python tools/compose_jingles.py [FOLDER]`; the same code gives the same sounds.
Short sounds are kept as .flac, long ones as .opus.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from broadcaster.audio.clip import Clip
from broadcaster.audio.encode import write_clip
from broadcaster.audio.limiter import limit
from broadcaster.audio.loudness import loudness_lufs

RATE = 44_100
FOLDER = Path(__file__).parents[1] / "scripts_content" / "nhac"
LOUDNESS_LUFS = -18.0
PEAK_DBTP = -3.0

Sound = NDArray[np.float64]

BAC = (0, 2, 5, 7, 9)
"""Điệu Bắc, bright: hò xự xang xê cống, in semitones above hò."""
NAM = (0, 3, 5, 7, 10)
"""Điệu Nam, gentle."""
D4 = 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A degree of the mode (0 is hò, 5 the octave) at a beat; `bend` slides in from that many semitones away."""

    beat: float
    degree: int
    strength: float = 1.0
    bend: float = 0.0


def pitch(mode: Sequence[int], degree: int, *, tonic: int) -> float:
    """Frequency (Hz) of a degree of the mode above (or below) the tonic's MIDI number."""
    octave, step = divmod(degree, len(mode))
    return float(440.0 * 2 ** ((tonic + 12 * octave + mode[step] - 69) / 12))


def zither(frequency: float, seconds: float, *, bend: float = 0.0, seed: int = 1) -> Sound:
    """A string like a đàn tranh's, by Karplus and Strong; `bend` is the left hand letting a pressed string go."""
    period = RATE / frequency
    length = int(period)
    noise = np.random.default_rng(seed).uniform(-1.0, 1.0, length)
    bridge = max(1, length // 6)
    shape = np.interp(np.arange(length), (0, bridge, length), (0.0, 1.0, 0.0))
    pluck = shape + 0.25 * (noise - np.roll(noise, bridge))
    pluck -= pluck.mean()
    frames = int(seconds * RATE) + 4 * RATE // 100
    string = np.zeros(frames)
    string[:length] = pluck
    loss = 0.997 ** (220.0 / frequency)
    for start in range(length, frames, length):
        before = string[start - length : start]
        shifted = np.concatenate(
            (string[start - length - 1 : start - length] if start > length else [0.0], before[:-1])
        )
        piece = loss * (0.62 * before + 0.38 * shifted)
        string[start : start + length] = piece[: frames - start]
    # the loop is a whole number of samples and half a filter tap long: play it back at the pitch that was asked for
    ratio = frequency * (length + 0.38) / RATE
    at = np.cumsum(ratio * _glide(bend, frames))
    played = np.interp(at[at < frames - 1], np.arange(frames), string)
    return _ended(played[: int(seconds * RATE)])


def monochord(frequency: float, seconds: float, *, bend: float = 0.0, seed: int = 1) -> Sound:
    """A singing tone like a đàn bầu's: few overtones, slides and a late vibrato."""
    frames = int(seconds * RATE)
    time = np.arange(frames) / RATE
    vibrato = 1 + 0.006 * np.minimum(time / 0.5, 1.0) * np.sin(2 * np.pi * 5.2 * time)
    phase = 2 * np.pi * np.cumsum(frequency * vibrato * _glide(bend, frames)) / RATE
    tone = sum(np.sin(k * phase) * level * np.exp(-time * decay) for k, level, decay in _MONOCHORD_OVERTONES)
    return _ended(np.asarray(tone) * np.minimum(time / 0.004, 1.0) + 0 * seed)


_MONOCHORD_OVERTONES = ((1, 1.0, 1.1), (2, 0.45, 1.6), (3, 0.22, 2.4), (4, 0.08, 3.5))


def bell(frequency: float, seconds: float, *, bend: float = 0.0, seed: int = 1) -> Sound:
    """A soft bell: a few partials that die one after the other."""
    time = np.arange(int(seconds * RATE)) / RATE
    partials = ((0.5, 0.35, 1.0), (1.0, 1.0, 1.6), (2.0, 0.4, 2.6), (2.76, 0.25, 3.4), (5.4, 0.08, 6.0))
    tone = sum(level * np.sin(2 * np.pi * frequency * k * time) * np.exp(-time * decay) for k, level, decay in partials)
    return _ended(np.asarray(tone) * np.minimum(time / 0.003, 1.0) + 0 * (seed + bend))


Instrument = Callable[..., Sound]


def play(
    notes: Sequence[Note],
    instrument: Instrument,
    *,
    mode: Sequence[int],
    tonic: int,
    tempo: float,
    ring: float,
    length: float,
    loop: bool = False,
) -> Sound:
    """All notes at `tempo` beats a minute, each ringing `ring` seconds; a loop's tails sound into its beginning."""
    frames = int(length * RATE)
    canvas = np.zeros(frames + int((ring + 1) * RATE))
    for index, note in enumerate(notes):
        frequency = pitch(mode, note.degree, tonic=tonic)
        sound = note.strength * instrument(frequency, ring, bend=note.bend, seed=1000 + 17 * index + note.degree)
        start = round(note.beat * 60 / tempo * RATE)
        canvas[start : start + len(sound)] += sound
    if loop:
        tail = canvas[frames:]
        canvas[: len(tail)] += tail
    return canvas[:frames]


def _glide(bend: float, frames: int) -> Sound:
    """Factor of the frequency: from `bend` semitones away to the note within about 0.15 s."""
    return np.asarray(2 ** (bend / 12 * np.exp(-np.arange(frames) / (0.05 * RATE))))


def _ended(sound: Sound) -> Sound:
    """No click at the end."""
    fade = min(len(sound), int(0.05 * RATE))
    sound[len(sound) - fade :] *= np.linspace(1.0, 0.0, fade)
    return sound


def _room(sound: Sound, *, loop: bool = False) -> Sound:
    """A small hall: five echoes."""
    wet = sound.copy()
    for delay, level in ((0.031, 0.22), (0.047, 0.18), (0.071, 0.14), (0.103, 0.10), (0.151, 0.06)):
        frames = int(delay * RATE)
        late = np.roll(sound, frames)
        if not loop:
            late[:frames] = 0.0
        wet += level * late
    return wet


def ident() -> Sound:
    """Nhạc hiệu, 5 s: the zither climbs the mode in pairs, the monochord answers from above."""
    run = [Note(beat=i * 0.25, degree=d, strength=0.7 + 0.04 * i) for i, d in enumerate((0, 2, 1, 3, 2, 4, 3, 5))]
    ending = [Note(beat=2.0 + i * 0.06, degree=d, strength=0.8) for i, d in enumerate((0, 3, 5, 8))]
    call = [
        Note(beat=2.5, degree=8, bend=-2.0),
        Note(beat=3.5, degree=7, strength=0.9),
        Note(beat=4.0, degree=5, bend=2.0),
    ]
    strings = play([*run, *ending], zither, mode=BAC, tonic=D4, tempo=96, ring=2.2, length=5.0)
    voice = play(call, monochord, mode=BAC, tonic=D4, tempo=96, ring=1.8, length=5.0)
    return _room(0.8 * strings + 0.5 * voice)


def chime() -> Sound:
    """Chuông, 2.5 s: three bell notes going up, to make people listen."""
    notes = [Note(beat=0, degree=3), Note(beat=0.75, degree=5), Note(beat=1.5, degree=8, strength=0.9)]
    return play(notes, bell, mode=BAC, tonic=D4, tempo=110, ring=1.6, length=2.5)


def stinger() -> Sound:
    """Nhạc cắt, 1.2 s: one quick sweep over the strings."""
    notes = [Note(beat=i * 0.16, degree=d) for i, d in enumerate((0, 2, 3, 5, 7, 8))]
    return _room(play(notes, zither, mode=BAC, tonic=D4, tempo=120, ring=0.75, length=1.2))


def bed() -> Sound:
    """Nhạc nền, 16 s, loops without a seam: low, slow, out of the way of a voice."""
    tune = (0, 3, 5, 7, 3, 5, 2, 3, 0, 2, 5, 3, 7, 5, 3, 2)
    beats = 16.0 / len(tune) / (60 / 80)
    notes = [Note(beat=i * beats, degree=d, strength=0.6 + 0.4 * (i % 4 == 0)) for i, d in enumerate(tune)]
    low = [Note(beat=4 * i * beats, degree=d - 5, strength=0.8) for i, d in enumerate((0, 3, 0, 2))]
    strings = play(notes, zither, mode=NAM, tonic=D4 - 5, tempo=80, ring=3.0, length=16.0, loop=True)
    ground = play(low, monochord, mode=NAM, tonic=D4 - 5, tempo=80, ring=4.4, length=16.0, loop=True)
    return _room(strings + 0.25 * ground, loop=True)


def end_music() -> Sound:
    """Nhạc kết, 6 s: the ident's run turned round, slowing to the tonic."""
    beats = (0, 0.4, 0.8, 1.25, 1.7, 2.2, 2.75, 3.4)
    down = [Note(beat=b, degree=d, strength=0.9) for b, d in zip(beats, (8, 7, 5, 6, 5, 3, 2, 0), strict=True)]
    chord = [Note(beat=4.2 + i * 0.09, degree=d, strength=0.8) for i, d in enumerate((-5, 0, 3, 5))]
    strings = play([*down, *chord], zither, mode=BAC, tonic=D4, tempo=92, ring=3.0, length=6.0)
    voice = play([Note(beat=4.2, degree=5, bend=-2.0)], monochord, mode=BAC, tonic=D4, tempo=92, ring=3.0, length=6.0)
    return _room(0.8 * strings + 0.35 * voice)


def music() -> Sound:
    """Nhạc, 12 s: a short piece for the monochord over the zither."""
    tune = ((0, 5), (1, 7), (1.5, 8), (2, 7), (3, 5), (4, 3), (5, 5), (5.5, 6), (6, 5), (7, 3), (8, 2), (9, 3), (10, 5))
    melody = [Note(beat=b, degree=d, bend=(-2.0, 0.0, 1.0)[i % 3]) for i, (b, d) in enumerate(tune)]
    below = [Note(beat=i * 0.5, degree=d, strength=0.5) for i, d in enumerate((0, 3, 5, 3) * 5 + (2, 3, 5, 7))]
    last = [Note(beat=12 + i * 0.07, degree=d, strength=0.7) for i, d in enumerate((-5, 0, 3, 5, 8))]
    voice = play(melody, monochord, mode=NAM, tonic=D4, tempo=76, ring=1.5, length=12.0)
    strings = play([*below, *last], zither, mode=NAM, tonic=D4, tempo=76, ring=2.4, length=12.0)
    return _room(0.55 * voice + 0.6 * strings)


JINGLES: dict[str, tuple[str, Callable[[], Sound]]] = {
    "nhac-hieu.opus": ("Nhạc hiệu", ident),
    "chuong.flac": ("Chuông báo", chime),
    "nhac-cat.flac": ("Nhạc cắt", stinger),
    "nhac-nen.opus": ("Nhạc nền", bed),
    "nhac-ket.opus": ("Nhạc kết", end_music),
    "nhac.opus": ("Nhạc", music),
}
"""File name → title and composition."""


def composed(sound: Sound) -> Clip:
    """At a common loudness, under full scale."""
    clip = Clip(samples=sound.astype(np.float32), sample_rate=RATE)
    gain = 10 ** ((LOUDNESS_LUFS - loudness_lufs(clip)) / 20)
    return limit(Clip(samples=(sound * gain).astype(np.float32), sample_rate=RATE), peak_dbtp=PEAK_DBTP)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for name, (title, compose) in JINGLES.items():
        clip = composed(compose())
        write_clip(clip, folder / name, title=title)
        print(f"{folder / name}: {clip.length_s:.1f} s, {(folder / name).stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
