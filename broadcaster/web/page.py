"""Today as words: one template, and the same as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from broadcaster.model.plan import AiringKind
from broadcaster.model.programme import PartKind, Programme
from broadcaster.programme.lines import running
from broadcaster.reports.wording import OUTCOME_WORDS, day, local, lower_first, reason_words, upper_first
from broadcaster.station.measuring import loudness_words
from broadcaster.station.today import SOUNDING, AirState, CommuneToday, Line, Standing, Today

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
STATE_WORDS: Mapping[AirState, str] = {
    AirState.COMING: "sắp phát",
    AirState.NOT_APPROVED: "chưa duyệt",
    AirState.DROPPED: "bỏ",
    AirState.STARTING: "đang bắt đầu",
    AirState.ON_AIR: "đang phát",
    AirState.WITHDRAWN: "đã rút khỏi lịch",
    AirState.UNACCOUNTED: "không ghi nhận",
    **{AirState(outcome.value): words for outcome, words in OUTCOME_WORDS.items()},
}
MARKS: Mapping[AirState, str] = {
    AirState.COMING: "◷",
    AirState.NOT_APPROVED: "!",
    AirState.DROPPED: "—",
    AirState.STARTING: "▷",
    AirState.ON_AIR: "▶",
    AirState.WITHDRAWN: "—",
    AirState.UNACCOUNTED: "?",
    AirState.PLAYED: "✓",
    AirState.PARTIAL: "◐",
    AirState.MISSED: "✕",
    AirState.FAILED: "✕",
    AirState.CANCELLED: "—",
}
"""States are told apart without colours too."""
SILENT = (
    *(AirState.DROPPED, AirState.NOT_APPROVED, AirState.WITHDRAWN),
    *(AirState.UNACCOUNTED, AirState.MISSED, AirState.CANCELLED),
)
WITHDRAWN_WHY = (
    "Lịch đã sửa, không còn lượt này. Đến giờ, nhật ký sẽ ghi là đã hủy; đưa lại vào lịch trước đó thì vẫn phát."
)
UNACCOUNTED_WHY = (
    "Đã qua giờ mà nhật ký không có dòng nào: lúc đó đài chưa chạy lần nào, hoặc mục được thêm vào lịch sau giờ phát."
)
STARTING_WHY = "Đã đến giờ, đầu ra chưa báo có tiếng."
FIXED_WHY: Mapping[AirState, str] = {
    AirState.UNACCOUNTED: UNACCOUNTED_WHY,
    AirState.STARTING: STARTING_WHY,
    AirState.WITHDRAWN: WITHDRAWN_WHY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Clusters of one airing that stand alike: one badge, one reason."""

    state: AirState
    words: str
    mark: str
    where: str
    progress: str
    share: float | None
    """Of the planned length, 0–1, while it sounds."""
    why: str
    rows: str
    """The log rows that say so."""


class Page:
    """Renders today. Holds no data of its own."""

    def __init__(self) -> None:
        environment = Environment(
            loader=PackageLoader("broadcaster.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters.update(hour=hour, lasting=lasting, shown=shown, subtitle=subtitle, moved=moved)
        environment.filters.update(cues=cues, offset=offset)
        self._template = environment.get_template("hom-nay.html")
        self._cue_sheet = environment.get_template("bang-ghep.html")

    def render(self, today: Today) -> str:
        return self._template.render(
            today=today,
            name=station_name(today),
            date=f"{WEEKDAYS[today.now.weekday()]}, {day(today.now.date())}",
            clock=f"{local(today.now):%H:%M:%S}",
            sounding=[(line, each) for line in today.lines for each in shown(line, today) if each.state in SOUNDING],
            next=today.next_line(),
        )

    def cue_sheet(self, programme: Programme) -> str:
        """A programme's parts and sentences."""
        first, *more = dict.fromkeys(part.title for part in programme.cues.parts if part.kind is PartKind.ITEM)
        return self._cue_sheet.render(
            title=f"{first} và {len(more)} mục khác" if more else first,
            length_s=programme.length_s,
            loudness=loudness_words(programme),
            cues=running(programme.cues),
        )


def cues(line: Line) -> list[tuple[str, str]]:
    """(hour, part) of its programme; beds, which lie under other parts, are not told of here."""
    began = line.began_at
    if line.programme is None or began is None:
        return []
    heard = [cue for cue in running(line.programme.cues) if cue.part.kind is not PartKind.BED]
    return [(f"{local(began + timedelta(seconds=cue.start_s)):%H:%M:%S}", cue.part.title) for cue in heard]


def offset(second: float) -> str:
    """`1:20`."""
    return f"{int(second) // 60}:{int(second) % 60:02d}"


def station_name(today: Today) -> str:
    """A station with one commune bears its name; an office's has no name of its own in schedule.yaml."""
    communes = list(today.schedule.communes.values())
    if len(communes) == 1:
        return f"Đài truyền thanh {lower_first(communes[0].name)}"
    province = f" – {today.schedule.province}" if today.schedule.province else ""
    return f"Đài truyền thanh cơ sở{province} ({len(communes)} địa phương)"


def shown(line: Line, today: Today) -> list[Shown]:
    """Clusters in the order of schedule.yaml, those that stand alike together."""
    groups: dict[tuple[object, ...], list[Standing]] = {}
    for standing in line.standings:
        length = None if standing.state is AirState.ON_AIR else round(standing.played_s)
        groups.setdefault((standing.state, _why(line, standing), length), []).append(standing)
    return [_shown(line, alike, today) for alike in groups.values()]


def _shown(line: Line, alike: list[Standing], today: Today) -> Shown:
    state = alike[0].state
    seqs = [str(each.seq) for each in alike if each.seq is not None]
    least_s = min(each.played_s for each in alike)
    return Shown(
        state=state,
        words=upper_first(STATE_WORDS[state]),
        mark=MARKS[state],
        where=_where(line, alike, today),
        progress=_progress(line, alike),
        share=min(1.0, least_s / line.length_s) if state is AirState.ON_AIR and line.length_s else None,
        why=_why(line, alike[0]),
        rows=f"Nhật ký: dòng {', '.join(seqs)}" if seqs else "",
    )


def _where(line: Line, alike: list[Standing], today: Today) -> str:
    """`Loa trung tâm, Thôn 1 → tep (file)`: what sounds, where something does or will."""
    names = {cluster.key: cluster.name for cluster in today.schedule.communes[line.commune].clusters}
    by_output: dict[str, list[str]] = {}
    for each in alike:
        output = "" if each.state in SILENT else f" → {each.output}"
        by_output.setdefault(output, []).append(names.get(each.cluster, each.cluster))
    return "; ".join(f"{', '.join(clusters)}{output}" for output, clusters in by_output.items())


def _progress(line: Line, alike: list[Standing]) -> str:
    first = alike[0]
    if first.state is AirState.ON_AIR:
        least, most = (lasting(pick(each.played_s for each in alike)) for pick in (min, max))
        heard = least if least == most else f"từ {least} đến {most}"
        return f"Được {heard}" + (f" trên {lasting(line.length_s)}" if line.length_s else "")
    if first.started_at is None:
        return ""
    return f"Bắt đầu {local(first.started_at):%H:%M:%S}, phát {lasting(first.played_s)}"


def _why(line: Line, standing: Standing) -> str:
    """In words, where there is something to explain."""
    match standing.state:
        case AirState.DROPPED:
            return line.why
        case AirState.NOT_APPROVED:
            return _unapproved(line)
        case AirState.UNACCOUNTED | AirState.STARTING | AirState.WITHDRAWN | AirState.COMING | AirState.ON_AIR:
            return FIXED_WHY.get(standing.state, "")
    return _as_logged(standing)


def _unapproved(line: Line) -> str:
    if line.script_title is None:
        return f"Chưa có bài {line.item} dùng được. Đến giờ mà vẫn thế thì không phát. Xem lỗi: broadcaster check"
    return f"Đến giờ mà chưa duyệt thì không phát. Duyệt: broadcaster scripts approve {line.item} --by TÊN"


def _as_logged(standing: Standing) -> str:
    """The log's own sentence; the reason where it has none, or where the airing was whole and yet odd."""
    whole = standing.state is AirState.PLAYED
    reason = f"{upper_first(reason_words(standing.reason))}." if standing.reason or not whole else ""
    if standing.simulated:
        return f"MÔ PHỎNG, không phải bằng chứng. {reason} {standing.detail}".strip()
    if standing.detail and not whole:
        return standing.detail
    return f"{reason} {standing.detail}".strip()


def subtitle(line: Line, today: Today) -> str:
    """What exactly fills the airing."""
    if line.kind is AiringKind.RELAY:
        source = today.schedule.sources.get(line.item)
        return f"Tiếp sóng {source.name if source else line.item}"
    kind = "Chiến dịch: " if line.kind is AiringKind.CAMPAIGN else ""
    return f"{kind}{line.script_title or line.item}"


def moved(line: Line) -> str:
    """`dời từ 17:30`, where the plan moved it."""
    if line.planned_start is None or line.at is None or line.at == line.planned_start:
        return ""
    return f"dời từ {hour(line.planned_start)}"


def hour(at: datetime | None) -> str:
    """`17:30`, with its seconds where it has some."""
    if at is None:
        return "–"
    return f"{local(at):%H:%M:%S}" if local(at).second else f"{local(at):%H:%M}"


def lasting(seconds: float | None) -> str:
    """`1 phút 05 giây`; minutes are not folded into hours."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} phút {rest:02d} giây" if minutes and rest else f"{minutes} phút" if minutes else f"{rest} giây"


def as_json(today: Today) -> dict[str, Any]:
    """The page's content; times ISO 8601, lengths in seconds."""
    following = today.next_line()
    return {
        "station": station_name(today),
        "now": today.now.isoformat(),
        "date": today.now.date().isoformat(),
        "on_air": [{"airing": line.id, "cluster": standing.cluster} for line, standing in today.on_air()],
        "next": following.id if following else None,
        "notices": [
            {"about": each.about, "message": each.message, "remedy": each.remedy, "since": each.since.isoformat()}
            for each in today.notices
        ],
        "communes": [_commune_as_json(each) for each in today.communes],
    }


def _commune_as_json(each: CommuneToday) -> dict[str, Any]:
    return {
        "commune": each.commune.key,
        "name": each.commune.name,
        "airings": [_line_as_json(line) for line in each.lines],
    }


def _line_as_json(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "start": _iso(line.at),
        "planned_start": _iso(line.planned_start),
        "length_s": line.length_s,
        "title": line.title,
        "item": line.item,
        "script_title": line.script_title,
        "kind": line.kind.value,
        "clusters": [
            {
                "cluster": each.cluster,
                "output": each.output,
                "state": each.state.value,
                "words": STATE_WORDS[each.state],
                "started_at": _iso(each.started_at),
                "played_s": round(each.played_s, 3),
                "reason": each.reason.value if each.reason else None,
                "why": _why(line, each),
                "seq": each.seq,
                "simulated": each.simulated,
            }
            for each in line.standings
        ],
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
