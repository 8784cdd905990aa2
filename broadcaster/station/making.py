"""One programme: who says it, falling from voice to voice as a whole; then its parts, mixed into one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from broadcaster.audio.clip import PROGRAMME_SAMPLE_RATE
from broadcaster.audio.master import Aim
from broadcaster.audio.recording_in import Recorded
from broadcaster.audio.reel import mix_joined
from broadcaster.audio.tags import Tags, chapters_of
from broadcaster.content.naming import slug_of
from broadcaster.errors import SpeechFault
from broadcaster.model.programme import CueSheet, PartKind, Programme, VoiceFallback
from broadcaster.programme.assemble import ProgrammeItem, assemble
from broadcaster.programme.lines import Sentence, lines_of
from broadcaster.speech.clip_file import KeptSound
from broadcaster.speech.joining import PAUSE_S
from broadcaster.speech.ladder import Rung
from broadcaster.speech.take import Take
from broadcaster.station.ingredients import Casting, Ingredients, Order
from broadcaster.station.levelling import BETWEEN_PIECES_S
from broadcaster.station.recordings import recorded
from broadcaster.station.station import Station
from broadcaster.station.voicing import no_voice_left, voiced

UNAPPROVED = "chưa có bản nào bằng giọng ấy được duyệt; muốn phát giọng ấy thì nghe rồi duyệt lại bài này."

OWN_PARTS = frozenset({PartKind.STATION_CALL, PartKind.SIGN_OFF})
"""What a commune says in its own name; all else of a bulletin it may have in common with others."""

_BODIES_HELD = 4

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What making a programme came to."""

    programme: Programme
    """In the best voice that may air; where none may, in the best that works."""
    fresh: bool
    awaiting: Programme | None
    """In a better voice, not approved yet; `programme` itself where no voice says it as it was approved."""
    put: tuple[Programme, ...]
    """What belongs on the shelf anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """A script's items as they were said, by the names that the cue sheet has for them."""

    sounds: Mapping[str, Sequence[Take | Recorded]]
    sentences: Mapping[str, tuple[Sentence, ...]]
    voice: str
    audio_sha256: str


class _Lost(Exception):
    """A voice that failed takes everything that it was to say with it."""

    def __init__(self, rung: Rung, fault: SpeechFault) -> None:
        super().__init__(rung.name)
        self.rung = rung
        self.fault = fault


class _Strikes:
    """A voice that failed the same way three times running is out: each time may cost a time-out of its network."""

    _MOST = 3

    def __init__(self) -> None:
        self._failed: dict[Rung, list[SpeechFault]] = {}

    def failed(self, rung: Rung, fault: SpeechFault) -> None:
        same = [one for one in self._failed.get(rung, []) if one.message == fault.message]
        self._failed[rung] = [*same, fault]

    def spoke(self, rungs: Iterable[Rung]) -> None:
        for rung in rungs:
            self._failed.pop(rung, None)

    def out(self) -> dict[Rung, SpeechFault]:
        return {rung: faults[-1] for rung, faults in self._failed.items() if len(faults) >= self._MOST}


class Maker:
    """Makes programmes; knows nothing of shelf and approvals but what it is told."""

    def __init__(self, station: Station, ingredients: Ingredients) -> None:
        self.station = station
        self.ingredients = ingredients
        self._bodies: dict[tuple[object, ...], _Body] = {}
        self._strikes = _Strikes()

    def begin_batch(self) -> None:
        """Voices that were given up are asked again."""
        self._strikes = _Strikes()

    def make(
        self, order: Order, approved: frozenset[str] | None, *, known: Sequence[Programme], urgent: bool = False
    ) -> Made:
        """Try voice after voice, the best first, up to the first one whose sound is `approved` (None: any).

        `urgent` begins with the one that has most of its sentences in the cache.
        Raises what stands in the way: `SpeechFault` where no voice is left.
        """
        castings = self.ingredients.castings(order)
        tried = sorted(castings, key=lambda one: self.ingredients.to_be_said(order, one)) if urgent else castings
        shelf = {programme.key: programme for programme in known}
        best: Programme | None = None
        lost = self._strikes.out()
        put: list[Programme] = []
        for casting in tried:
            if any(rung in lost for rung in casting.rungs):
                continue
            try:
                made = self._one(order, casting, shelf, approved=None if best is None else approved)
            except _Lost as error:
                lost[error.rung] = error.fault
                self._strikes.failed(error.rung, error.fault)
                continue
            if made is None:
                continue
            self._strikes.spoke(casting.rungs if made.key not in shelf else ())
            programme = replace(made, fallback=self.fallback(castings[0], casting, made.fallback, lost))
            put += [programme] if programme != shelf.get(programme.key) else []
            best = best or programme
            if approved is None or programme.script_audio_sha256 in approved:
                awaiting = best if best is not programme else None
                return Made(programme=programme, fresh=_fresh(put, shelf), awaiting=awaiting, put=tuple(put))
        if best is None:
            raise no_voice_left(order.said, list(lost.items()))
        return Made(programme=best, fresh=_fresh(put, shelf), awaiting=best, put=tuple(put))

    def estimated_s(self, order: Order) -> float:
        """Before anything was said, by syllables."""
        items = self.ingredients.estimated_items(order)
        lengths = {f"bai-{number}": frames for number, frames in enumerate(items, start=1)}
        return _cues(order, lengths | self.ingredients.estimated_frame(order)).length_s

    def _one(
        self, order: Order, casting: Casting, shelf: Mapping[str, Programme], *, approved: frozenset[str] | None
    ) -> Programme | None:
        """From the shelf or made; None for a sound that is not among those `approved`."""
        key = self.ingredients.key(order, casting)
        if key in shelf:
            return shelf[key]
        body = _said_by(casting.items, lambda: self._body(order, casting.items))
        if approved is not None and body.audio_sha256 not in approved:
            return None
        sentences = dict(body.sentences)
        sounds = _said_by(casting.items, lambda: self.ingredients.levelled(order, body.sounds))
        frame = casting.frame
        if frame is not None:
            around = _said_by(frame, lambda: self.ingredients.spoken_frame(order, frame))
            sounds |= _said_by(frame, lambda: self.ingredients.levelled(order, around))
            sentences |= {name: _sentences(pieces) for name, pieces in around.items()}
        sounds |= self.ingredients.jingles_in(order)
        cues = _cues(order, {name: sound.frames for name, sound in sounds.items()})
        cues = replace(cues, lines=lines_of(cues, sentences))
        return self._mixed(order, key, body, cues, sounds)

    def _body(self, order: Order, rung: Rung | None) -> _Body:
        """The script's own sound: the same for every commune that airs it, and so found once."""
        said = order.said
        recording = recorded(self.station, said.script).sha256 if said.script.recording else None
        of = (said.script.path, said.script.text_sha256, said.sha256, recording, rung)
        if of not in self._bodies:
            voice = voiced(self.station, said, rung)
            sounds = {f"bai-{number}": pieces for number, pieces in enumerate(voice.sounds, start=1)}
            body = _Body(
                sounds=sounds,
                sentences={name: _sentences(pieces) for name, pieces in sounds.items()},
                voice=voice.voice,
                audio_sha256=voice.audio_sha256,
            )
            self._bodies = {**dict(list(self._bodies.items())[-_BODIES_HELD:]), of: body}
        return self._bodies[of]

    def _mixed(self, order: Order, key: str, body: _Body, cues: CueSheet, sounds: Mapping[str, KeptSound]) -> Programme:
        script = order.said.script
        title = script.path.rpartition(".")[0]
        path = self.station.workspace.programmes / order.commune.key / f"{slug_of(title)}-{key[:10]}.mp3"
        mixed = mix_joined(
            cues,
            sounds,
            path,
            digests={name: sound.path.stem for name, sound in sounds.items()},
            own=OWN_PARTS,
            case=self.station.reels,
            aim=Aim(target_lufs=order.target_lufs, peak_dbtp=self.station.schedule.loudness.peak_dbtp),
            tags=Tags(title=script.title, station=f"Đài truyền thanh {order.commune.name}", chapters=chapters_of(cues)),
        )
        return Programme(
            key=key,
            path=self.station.workspace.relative(path),
            audio_sha256=mixed.sha256,
            sample_rate=mixed.sample_rate,
            length_frames=mixed.length_frames,
            loudness_lufs=mixed.loudness_lufs,
            true_peak_dbtp=mixed.true_peak_dbtp,
            cues=cues,
            script=script.path,
            text_sha256=script.text_sha256,
            script_audio_sha256=body.audio_sha256,
            voice=body.voice,
            body=mixed.body,
        )

    def fallback(
        self,
        best: Casting,
        used: Casting,
        before: VoiceFallback | None,
        lost: Mapping[Rung, SpeechFault] = MappingProxyType({}),
    ) -> VoiceFallback | None:
        """What is to be told of the voice; where nothing is new, what was told `before`."""
        if used == best:
            return None
        differing = [(w, u) for w, u in ((best.items, used.items), (best.frame, used.frame)) if w and u and w != u]
        wanted, instead = differing[0]
        fault = lost.get(wanted)
        if before is not None and before.wanted == wanted.title and (fault is None or fault.message == before.why):
            return before
        why = fault.message if fault else UNAPPROVED
        return VoiceFallback(wanted=wanted.title, used=instead.title, why=why, at=self.station.clock.now())


def _said_by(rung: Rung | None, make: Callable[[], Result]) -> Result:
    try:
        return make()
    except SpeechFault as fault:
        if rung is None:
            raise
        raise _Lost(rung, fault) from fault


def _sentences(pieces: Sequence[Take | Recorded]) -> tuple[Sentence, ...]:
    """What is said in an item, and when; nobody has written down what a recording says."""
    sentences, at_s = [], 0.0
    for piece in pieces:
        if isinstance(piece, Recorded):
            at_s += piece.length_s + BETWEEN_PIECES_S
            continue
        for said in piece.said:
            text = ", ".join(phrase.text for phrase in said.phrases)
            sentences.append(Sentence(text=text, start_s=at_s, length_s=said.length_s))
            at_s += said.length_s + PAUSE_S[said.boundary]
        at_s += BETWEEN_PIECES_S - PAUSE_S[piece.said[-1].boundary]
    return tuple(sentences)


def _fresh(put: Sequence[Programme], shelf: Mapping[str, Programme]) -> bool:
    return any(programme.key not in shelf for programme in put)


def _cues(order: Order, lengths: Mapping[str, int]) -> CueSheet:
    items = [
        ProgrammeItem(
            title=title,
            sound=f"bai-{number}",
            length_frames=lengths[f"bai-{number}"],
            script=order.said.script.path,
        )
        for number, title in enumerate(order.said.titles, start=1)
    ]
    return assemble(
        template=order.template,
        items=items,
        sounds=lengths,
        sample_rate=PROGRAMME_SAMPLE_RATE,
        music=order.music,
    )
