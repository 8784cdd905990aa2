"""Who would want one sound card at one time: clusters, outputs and airings that cannot all be heard. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations

from broadcaster.config.schedule import Schedule
from broadcaster.config.stations import Cluster
from broadcaster.config.whereabouts import Place, Whereabouts
from broadcaster.errors import Fault
from broadcaster.model.plan import Airing

_FILE = "schedule.yaml"
_REMEDY = (
    "Cho mỗi cụm loa một đầu ra riêng ở `dau_ra` (cạc âm thanh khác thì ghi thiet_bi, hoặc kieu: file), "
    "hoặc đổi gio cho hai lượt lệch nhau."
)


def sharing_faults(
    schedule: Schedule,
    occupied: Mapping[str, str | None],
    airings: Iterable[Airing],
    *,
    places: Whereabouts | None = None,
) -> list[Fault]:
    """Every such fault of the schedule and of its planned `airings`; `occupied` is each output's `Output.occupies`."""
    users: dict[str, list[tuple[str, Cluster]]] = {}
    for commune in schedule.communes.values():
        for cluster in commune.clusters:
            if occupied.get(cluster.output) is not None:
                users.setdefault(cluster.output, []).append((commune.key, cluster))
    planned = list(airings)
    faults = list(_same_device({output: occupied[output] for output in users}, places))
    for output, clusters in users.items():
        faults += _clusters_at_once(schedule, output, clusters, places)
        communes = {commune for commune, _ in clusters}
        met = [airing for airing in planned if airing.commune in communes]
        faults += _airings_at_once(schedule, output, met, places)
    return faults


def _fault(message: str, remedy: str, place: Place | None) -> Fault:
    if place is None:
        return Fault(message=message, remedy=remedy, file=_FILE)
    return Fault(message=message, remedy=remedy, file=place.file, line=place.line, column=place.column)


def _same_device(occupied: Mapping[str, str | None], places: Whereabouts | None) -> Iterator[Fault]:
    for one, other in combinations(occupied, 2):
        if occupied[one] == occupied[other]:
            message = f"đầu ra '{one}' và '{other}' cùng là một cạc âm thanh."
            remedy = "Ghi thiet_bi khác nhau nếu máy có hai cạc, hoặc đổi một đầu ra thành kieu: file."
            yield _fault(message, remedy, places.of("dau_ra", other) if places else None)


def _clusters_at_once(
    schedule: Schedule, output: str, clusters: Sequence[tuple[str, Cluster]], places: Whereabouts | None
) -> Iterator[Fault]:
    """A commune's airing goes to all its clusters at once."""
    for key, commune in schedule.communes.items():
        own = [cluster for owner, cluster in clusters if owner == key]
        if len(own) > 1:
            listed = ", ".join(f"“{cluster.name}”" for cluster in own)
            message = f"{commune.name}: các cụm {listed} chung đầu ra '{output}', mà lượt nào cũng phát ra mọi cụm."
            remedy = "Cho mỗi cụm loa một đầu ra riêng, hoặc gộp chúng thành một cụm nếu chúng nối chung một cạc."
            yield _fault(message, remedy, places.of("xa", key, "loa", own[-1].key) if places else None)


def _airings_at_once(
    schedule: Schedule, output: str, airings: Iterable[Airing], places: Whereabouts | None
) -> Iterator[Fault]:
    """One fault for each pair of entries, however many days they meet on."""
    met: dict[tuple[str, str, str, str], list[tuple[Airing, Airing]]] = {}
    for one, other in _overlapping(airings):
        met.setdefault((one.commune, one.entry, other.commune, other.entry), []).append((one, other))
    for pairs in met.values():
        one, other = pairs[0]
        more = f" (và {len(pairs) - 1} lần nữa trong những ngày được xem)" if len(pairs) > 1 else ""
        message = (
            f"{_told(schedule, one)} và {_told(schedule, other)} chồng giờ nhau{more} ở đầu ra '{output}', "
            "mà mỗi lúc một cạc âm thanh chỉ phát được một chương trình."
        )
        yield _fault(message, _REMEDY, places.of_item(other.entry, "gio") if places else None)


def _overlapping(airings: Iterable[Airing]) -> Iterator[tuple[Airing, Airing]]:
    """In order of time, then of name, so that a pair of entries is told the same way round every day."""
    sounding: list[tuple[datetime, Airing]] = []
    placed = [(airing.start, airing) for airing in airings if airing.start is not None]
    for start, airing in sorted(placed, key=lambda each: (each[0], each[1].id)):
        sounding = [(end, other) for end, other in sounding if end > start]
        yield from ((other, airing) for _, other in sounding)
        sounding.append((start + timedelta(seconds=airing.length_s), airing))


def _told(schedule: Schedule, airing: Airing) -> str:
    at = "" if airing.start is None else f", {airing.start:%H:%M} ngày {airing.start:%d/%m/%Y}"
    return f"“{airing.title}” ({schedule.communes[airing.commune].name}{at})"
