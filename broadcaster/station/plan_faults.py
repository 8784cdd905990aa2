"""What is wrong with the plan of the next days, each with the line of schedule.yaml that asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from broadcaster.config.entries import Campaign, Entry
from broadcaster.config.names import nearest
from broadcaster.config.whereabouts import Place
from broadcaster.errors import Fault
from broadcaster.model.plan import Airing, AiringKind, AiringStatus, PlanReason
from broadcaster.playout.relay import sources_for
from broadcaster.schedule.explain import Explainer
from broadcaster.schedule.futile import Futile, futile
from broadcaster.schedule.lengths import Lengths
from broadcaster.station.overlong import overlong_airings
from broadcaster.station.station import Station

CONFLICTS = (PlanReason.YIELDED, PlanReason.OVER_LIMIT, PlanReason.OUTSIDE_WINDOW, PlanReason.NO_ROOM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is wrong, and what is only worth a look."""

    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...] = ()


def plan_faults(station: Station, airings: Sequence[Airing], *, today: date, lengths: Lengths) -> Told:
    """Everything of the schedule that cannot be, or lacks what it needs."""
    found = list(futile(station.schedule, today=today, lengths=lengths))
    faults = [_futile(station, each) for each in found if not each.is_over]
    notes = [_futile(station, each) for each in found if each.is_over]
    faults += _lacking(station, airings, {each.item for each in found}, today=today, lengths=lengths)
    return Told(faults=tuple(faults), notes=tuple(notes))


def _futile(station: Station, found: Futile) -> Fault:
    places = station.whereabouts
    place = places.of_item(found.item, *found.path) if found.item else places.of(*found.path)
    return _at(place, found.message, found.remedy)


def _lacking(
    station: Station, airings: Sequence[Airing], hopeless: set[str | None], *, today: date, lengths: Lengths
) -> Iterator[Fault]:
    yield from _starved(station, airings, hopeless)
    yield from _missing_scripts(station, airings, today)
    yield from _too_long(station, airings, lengths)
    yield from _longer_than_templates(station, airings, lengths)
    yield from _expired_sources(station, airings)


def conflicts(station: Station, airings: Sequence[Airing]) -> Iterator[Fault]:
    """Airings that move or give way; those of an entry that do so alike, on many days or in many communes, once."""
    explainer = Explainer(station.schedule, airings)
    alike: dict[tuple[object, ...], list[Airing]] = {}
    for airing in airings:
        if airing.status is AiringStatus.MOVED or airing.reason in CONFLICTS:
            at = airing.planned_start and airing.planned_start.time()
            key = (airing.entry, at, airing.status, airing.reason, airing.yields_to)
            alike.setdefault(key, []).append(airing)
    for several in alike.values():
        first = several[0]
        place = station.whereabouts.of_item(first.entry, "gio" if first.planned_start else "chi_tieu")
        yield _at(place, f"{first.id}: {explainer.sentence(first)}{_and_more(several)}", "")


def _and_more(alike: Sequence[Airing]) -> str:
    days = sorted({airing.date for airing in alike})
    communes = {airing.commune for airing in alike}
    until = f"đến {days[-1]:%d/%m/%Y}"
    if len(communes) > 1:
        return f" (cả thảy {len(alike)} lượt ở {len(communes)} xã, {until})"
    if len(days) > 1:
        return f" (và {len(days) - 1} ngày nữa, {until})"
    return f" (cả thảy {len(alike)} lượt trong ngày)" if len(alike) > 1 else ""


def _at(place: Place, message: str, remedy: str) -> Fault:
    return Fault(message=message, remedy=remedy, file=place.file, line=place.line, column=place.column)


def _starved(station: Station, airings: Sequence[Airing], hopeless: set[str | None]) -> Iterator[Fault]:
    """Campaigns that the other entries leave no room for on any of the days looked at."""
    days: dict[tuple[str, str], dict[date, bool]] = {}
    for airing in airings:
        if airing.kind is AiringKind.CAMPAIGN and airing.entry not in hopeless:
            short = days.setdefault((airing.entry, airing.commune), {})
            short[airing.date] = short.get(airing.date, False) or airing.status is AiringStatus.SHORT
    told = set()
    for (key, commune), short in days.items():
        if all(short.values()) and key not in told:
            told.add(key)
            campaign = next(each for each in station.schedule.campaigns if each.key == key)
            where = station.schedule.communes[commune].name
            message = (
                f"Chiến dịch “{campaign.name}” không ngày nào đủ {campaign.per_day} lượt ở {where} "
                f"trong {len(short)} ngày tới: các mục khác đã chiếm chỗ."
            )
            remedy = (
                "Giảm chi_tieu hoặc cach_nhau, thêm khung, bớt mục khác; xem từng ngày bằng: broadcaster plan --why"
            )
            yield _at(station.whereabouts.of_item(key, "chi_tieu"), message, remedy)


def _missing_scripts(station: Station, airings: Sequence[Airing], today: date) -> Iterator[Fault]:
    known = station.library.paths()
    added = [entry for days in station.schedule.exceptions for entry in days.add]
    sources: list[Entry | Campaign] = [*station.schedule.entries, *added, *station.schedule.campaigns]
    for source in sources:
        if source.last is None or source.last >= today:
            yield from _missing(station, source, airings, known)
    templates = station.schedule.emergency.templates if station.schedule.emergency else {}
    for name, path in templates.items():
        if not station.library.exists(path):
            place = station.whereabouts.of("khan_cap", "mau", name)
            yield _at(place, f"Tin khẩn cấp “{name}” cần bài {path} nhưng chưa có bài đó.", _write(path, known))


def _missing(
    station: Station, source: Entry | Campaign, airings: Sequence[Airing], known: Sequence[str]
) -> Iterator[Fault]:
    for number, pattern in enumerate(_patterns(source)):
        place = station.whereabouts.of_item(source.key, "bai", number)
        if "{" not in pattern:
            if not station.library.exists(pattern) and not _is_over(source, airings):
                message = f"Mục “{source.name}” cần bài {pattern} nhưng chưa có bài đó."
                yield _at(place, message, _write(pattern, known))
            continue
        items = dict.fromkeys(airing.item for airing in airings if airing.entry == source.key)
        lacking = [item for item in items if not station.library.exists(item)]
        if lacking:
            listed = ", ".join(lacking[:3]) + (f" … ({len(lacking)} bài)" if len(lacking) > 3 else "")  # noqa: PLR2004
            yield _at(place, f"Mục “{source.name}” chưa có bài: {listed}.", _write(lacking[0], known))


def _patterns(source: Entry | Campaign) -> tuple[str, ...]:
    if isinstance(source, Campaign):
        return source.scripts
    return (source.script,) if source.script else ()


def _is_over(source: Entry | Campaign, airings: Sequence[Airing]) -> bool:
    """Its dates are behind us."""
    if isinstance(source, Campaign) or not source.dates or source.lunar:
        return False
    last = max(span.last for span in source.dates)
    return bool(airings) and last < min(airing.date for airing in airings)


def _write(path: str, known: Sequence[str]) -> str:
    meant = nearest(path, known)
    guess = f"Có phải ý bạn là {meant}? Hoặc viết" if meant else "Viết"
    return f"{guess} bài vào scripts_content/{path}"


def _too_long(station: Station, airings: Sequence[Airing], lengths: Lengths) -> Iterator[Fault]:
    """Content over the `dai` of its entry, at its longest: it would not air at all, since nothing is cut."""
    longest: dict[tuple[str, str], tuple[int, Airing]] = {}
    for airing in airings:
        if airing.kind is AiringKind.RELAY or airing.limit_s is None:
            continue
        length_s = lengths(airing.commune, airing.item, airing.template, airing.music)
        key = (airing.entry, airing.item)
        if length_s is not None and length_s > max(airing.limit_s, longest.get(key, (0, airing))[0]):
            longest[key] = length_s, airing
    for length_s, airing in longest.values():
        place = station.whereabouts.of_item(airing.entry, "dai")
        message = f"Bài {airing.item} dài {length_s} giây, mục “{airing.title}” chỉ cho {airing.limit_s} giây."
        remedy = "Rút ngắn bài, hoặc tăng dai của mục này: chương trình không bao giờ bị cắt ngang"
        yield _at(place, message, remedy)


def _longer_than_templates(station: Station, airings: Sequence[Airing], lengths: Lengths) -> Iterator[Fault]:
    """These do air, and whole; the office said that it does not want them so long."""
    for airing, fault in overlong_airings(station.schedule, airings, lengths):
        place = station.whereabouts.of("chuong_trinh", airing.template or "", "dai_toi_da")
        yield _at(place, f"Bài {airing.item}: {fault.message[:1].lower()}{fault.message[1:]}", fault.remedy)


def _expired_sources(station: Station, airings: Sequence[Airing]) -> Iterator[Fault]:
    told = set()
    for airing in airings:
        if airing.kind is not AiringKind.RELAY or airing.item in told:
            continue
        first, *others = sources_for(airing.item, station.schedule.sources)
        if first.expires is None or airing.date <= first.expires:
            continue
        told.add(airing.item)
        left = [source for source in others if source.expires is None or airing.date <= source.expires]
        instead = f"nên sẽ tiếp nguồn dự phòng “{left[0].key}”" if left else "nên sẽ không phát được"
        message = (
            f"Nguồn “{airing.item}” hết hạn {first.expires:%d/%m/%Y} mà “{airing.title}” ngày {airing.date:%d/%m/%Y} "
            f"vẫn tiếp, {instead}."
        )
        remedy = "Sửa het_han nếu còn được phép tiếp, hoặc đổi tiep_song của mục"
        yield _at(station.whereabouts.of("nguon", airing.item, "het_han"), message, remedy)


def placed_in(station: Station, section: tuple[str, ...]) -> Callable[[Fault], Fault]:
    """Gives faults of other stages their place in a section of schedule.yaml, where they have none of their own."""

    def place(fault: Fault) -> Fault:
        if fault.line is not None or (fault.file not in {None, "schedule.yaml"}):
            return fault
        return station.whereabouts.placed(replace(fault, file=None), *section)

    return place
