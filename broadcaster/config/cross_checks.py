"""What one value of schedule.yaml says about another: names that must exist, keys that must differ, dates in order.

Works on the file's nodes, so that a fault elsewhere hides none of these.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from broadcaster.config import values
from broadcaster.config.document import Listing, Mapping, Node, Scalar
from broadcaster.config.hours import window_faults
from broadcaster.config.names import fold, nearest, slug
from broadcaster.errors import Fault

MOST_LISTED = 20
KINDS = ("tiếp sóng", "chiến dịch")
"""What `chi_phat` and `bo` may name beside entries."""

EVERYWHERE = {"tất cả", "tất cả các xã", "mọi xã", "các xã", "toàn bộ", "all"}


def cross_faults(root: Mapping, *, file: str) -> Iterator[Fault]:
    """Every fault that takes two places of the file to see."""
    return _Checker(root, file).faults()


def entries_of(root: Mapping) -> list[Mapping]:
    """`lich`, then every `them`."""
    added = [_items(day.get("them")) for day in _items(root.get("ngoai_le"))]
    return [*_items(root.get("lich")), *(entry for entries in added for entry in entries)]


def _items(node: Node | None) -> list[Mapping]:
    return [item for item in node.items if isinstance(item, Mapping)] if isinstance(node, Listing) else []


def _keys(node: Node | None) -> list[Scalar]:
    return [key for key, _ in node.pairs] if isinstance(node, Mapping) else []


def _as_named(node: Node | None) -> set[str]:
    """Keys, as they are and as they should be written: whoever names one that is written wrong makes no fault."""
    return {name for key in _keys(node) for name in (key.text, slug(key.text)) if name}


def _named_keys(node: Mapping, *names: str) -> list[Scalar]:
    return [key for key, _ in node.pairs if key.text in names]


def _texts(node: Node | None, *, split: bool = True) -> list[Scalar]:
    """A single value, values after commas, or a list's values."""
    if isinstance(node, Listing):
        return [item for item in node.items if isinstance(item, Scalar)]
    if not isinstance(node, Scalar) or node.is_null:
        return []
    parts = node.text.split(",") if split else [node.text]
    return [Scalar(text=part.strip(), quoted=False, line=node.line, column=node.column) for part in parts]


class _Called:
    """What may be named, and every way of writing it."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.folded = {fold(name) for name in names} | {slug(name) for name in names if name not in KINDS}


@dataclass
class _Checker:
    root: Mapping
    file: str
    communes: set[str] = field(init=False)
    groups: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.communes = _as_named(self.root.get("xa"))
        self.groups = _as_named(self.root.get("nhom"))

    def faults(self) -> Iterator[Fault]:
        yield from self._communes()
        yield from self._groups()
        yield from self._windows()
        yield from self._sources()
        yield from self._voices()
        yield from self._entries()
        yield from self._campaigns()
        yield from self._exceptions()
        yield from self._unique_keys()

    def _fault(self, at: Node, message: str, remedy: str) -> Fault:
        return Fault(message=message, remedy=remedy, file=self.file, line=at.line, column=at.column)

    def _known(self, node: Node | None, known: Collection[str], what: str, where: str) -> Iterator[Fault]:
        """Each name in `node` must be one of `known`, unless nobody can read the section that has them."""
        if any(self._is_misshapen(section) for section in where.split(" và ")):
            return
        for name in _texts(node):
            several = [part for part in re.split(r"[\s.;/]+", name.text) if part]
            if name.text not in known and len(several) > 1 and set(several) <= set(known):
                remedy = f"Giữa hai tên là dấu phẩy: [{', '.join(several)}]"
                yield self._fault(name, f"Không có {what} “{name.text}”.", remedy)
            elif name.text not in known:
                meant = nearest(name.text, known)
                listed = f"Ở {where} có: {_listed(known)}" if known else f"Khai báo nó ở {where}"
                remedy = f"Có phải ý bạn là “{meant}”? {listed}" if meant else listed
                yield self._fault(name, f"Không có {what} “{name.text}”.", remedy)

    def _is_misshapen(self, section: str) -> bool:
        node = self.root.get(section)
        return isinstance(node, Listing) or (isinstance(node, Scalar) and not node.is_null)

    def _communes(self) -> Iterator[Fault]:
        outputs = {key.text for key in _keys(self.root.get("dau_ra"))}
        communes = self.root.get("xa")
        codes: dict[str, tuple[str, int]] = {}
        for key, commune in communes.pairs if isinstance(communes, Mapping) else ():
            code = commune.get("ma") if isinstance(commune, Mapping) else None
            if isinstance(code, Scalar) and code.text in codes:
                other, line = codes[code.text]
                message = f"Mã đơn vị hành chính “{code.text}” đã ghi cho xã “{other}” ở dòng {line}."
                yield self._fault(code, message, f"Mỗi xã một mã: sửa mã của “{key.text}” hoặc của “{other}”")
            elif isinstance(code, Scalar) and not code.is_null:
                codes[code.text] = key.text, code.line
            clusters = commune.get("loa") if isinstance(commune, Mapping) else None
            for _, cluster in clusters.pairs if isinstance(clusters, Mapping) else ():
                if isinstance(cluster, Mapping):
                    yield from self._known(cluster.get("dau_ra"), outputs, "đầu ra", "dau_ra")

    def _groups(self) -> Iterator[Fault]:
        groups = self.root.get("nhom")
        members: dict[str, list[str]] = {}
        for key, node in groups.pairs if isinstance(groups, Mapping) else ():
            if key.text in self.communes:
                yield self._fault(key, f"Nhóm “{key.text}” trùng tên một xã.", f"Đặt tên khác, ví dụ: nhom-{key.text}")
            yield from self._known(node, self.communes | self.groups, "xã hoặc nhóm", "xa và nhom")
            members[key.text] = [name.text for name in _texts(node)]
        named = {key.text: key for key in _keys(groups)}
        for circle in circles(members):
            rest = [f"… {len(circle) - MOST_LISTED} nhóm nữa"] if len(circle) > MOST_LISTED else []
            said = " → ".join((*circle[:MOST_LISTED], *rest, circle[0]))
            message = f"Các nhóm chứa nhau thành vòng: {said}."
            remedy = "Bỏ một nhóm ra khỏi vòng: nhóm chỉ nên ghi tên các xã"
            yield self._fault(min((named[name] for name in circle), key=lambda key: key.line), message, remedy)

    def _window_names(self) -> set[str]:
        communes = self.root.get("xa")
        own = [node for _, node in communes.pairs if isinstance(node, Mapping)] if isinstance(communes, Mapping) else []
        return {key.text for place in (self.root, *own) for key in _keys(place.get("khung_gio"))}

    def _windows(self) -> Iterator[Fault]:
        communes = self.root.get("xa")
        own = [node for _, node in communes.pairs if isinstance(node, Mapping)] if isinstance(communes, Mapping) else []
        for place in (self.root, *own):
            yield from window_faults(place.get("khung_gio"), file=self.file)
        loudness = self.root.get("am_luong")
        by_window = loudness.get("theo_khung") if isinstance(loudness, Mapping) else None
        for key in _keys(by_window):
            yield from self._known(key, self._window_names(), "khung giờ", "khung_gio")

    def _sources(self) -> Iterator[Fault]:
        sources = self.root.get("nguon")
        names = {key.text for key in _keys(sources)}
        for key, source in sources.pairs if isinstance(sources, Mapping) else ():
            if isinstance(source, Mapping):
                yield from self._known(source.get("du_phong"), names - {key.text}, "nguồn dự phòng", "nguon")

    def _voices(self) -> Iterator[Fault]:
        """A ladder names profiles; `engine:voice` is the speech stage's to know."""
        profiles = {key.text for key in _keys(self.root.get("giong_doc"))}
        communes = self.root.get("xa")
        own = [node for _, node in communes.pairs if isinstance(node, Mapping)] if isinstance(communes, Mapping) else []
        for place in (self.root, *own):
            for name in _texts(place.get("giong")):
                if ":" in name.text or name.text in profiles:
                    continue
                meant = nearest(name.text, profiles)
                guess = f"Có phải ý bạn là “{meant}”? " if meant else ""
                there = f"Ở giong_doc có: {', '.join(sorted(profiles))}" if profiles else "Khai báo giọng ở giong_doc"
                remedy = f"{guess}{there}; giọng sẵn của bộ đọc thì viết cả hai tên, ví dụ: espeak-ng:vi+f2"
                yield self._fault(name, f"Không có giọng “{name.text}”.", remedy)

    def _places_and_template(self, item: Mapping) -> Iterator[Fault]:
        for key in ("noi_phat", "tru"):
            node = item.get(key)
            if isinstance(node, Scalar) and fold(node.text) in EVERYWHERE:
                yield self._fault(node, f"Không có xã hoặc nhóm “{node.text}”.", f"Mọi xã thì xóa cả dòng {key}")
                continue
            yield from self._known(node, self.communes | self.groups, "xã hoặc nhóm", "xa và nhom")
            if isinstance(node, Listing) and not node.items:
                yield self._fault(node, f"“{key}” không ghi xã nào.", "Ghi các xã, hoặc xóa cả dòng")
        templates = {key.text for key in _keys(self.root.get("chuong_trinh"))}
        yield from self._known(item.get("chuong_trinh"), templates, "khuôn chương trình", "chuong_trinh")
        yield from self._period(item)

    def _period(self, item: Mapping) -> Iterator[Fault]:
        first, last = item.get("tu"), item.get("den")
        if not isinstance(first, Scalar) or not isinstance(last, Scalar):
            return
        try:
            backwards = values.parse_date(last.text) < values.parse_date(first.text)
        except values.Misread:
            return
        if backwards:
            message = f"“den: {last.text}” sớm hơn “tu: {first.text}”."
            yield self._fault(last, message, "Ngày cuối phải bằng hoặc sau ngày đầu; kiểm tra năm")

    def _entries(self) -> Iterator[Fault]:
        sources = {key.text for key in _keys(self.root.get("nguon"))}
        for entry in entries_of(self.root):
            yield from self._places_and_template(entry)
            yield from self._known(entry.get("tiep_song"), sources, "nguồn tiếp sóng", "nguon")
            if entry.get("bai") is not None and entry.get("tiep_song") is not None:
                remedy = "Giữ một: bai (phát bài) hoặc tiep_song (tiếp nguồn)"
                second = max(_named_keys(entry, "bai", "tiep_song"), key=lambda key: (key.line, key.column))
                yield self._fault(second, "Mục này có cả bai và tiep_song.", remedy)
            elif entry.get("bai") is None and entry.get("tiep_song") is None:
                remedy = "Thêm bai: <tệp trong scripts_content/> hoặc tiep_song: <nguồn>"
                yield self._fault(entry, "Mục này không có gì để phát.", remedy)
            elif entry.get("tiep_song") is not None and entry.get("dai") is None:
                yield self._fault(entry, "Mục tiếp sóng thiếu thời lượng.", "Thêm dai, ví dụ: dai: 30 phút")

    def _campaigns(self) -> Iterator[Fault]:
        for campaign in _items(self.root.get("chien_dich")):
            yield from self._places_and_template(campaign)
            yield from self._known(campaign.get("khung"), self._window_names(), "khung giờ", "khung_gio")

    def _exceptions(self) -> Iterator[Fault]:
        entries = _Called(_names(entries_of(self.root)))
        everything = _Called([*KINDS, *entries.names, *_names(_items(self.root.get("chien_dich")))])
        for day in _items(self.root.get("ngoai_le")):
            yield from self._places_and_template(day)
            for key in ("chi_phat", "bo"):
                yield from self._named(_texts(day.get(key), split=False), everything)
            yield from self._named(_retimed(day.get("doi_gio")), entries)
            if all(day.get(key) is None for key in ("tu", "den", "ngay", "am_lich")):
                remedy = "Thêm ngay: 10/10/2026, hoặc tu/den, hoặc am_lich: giao thừa - mùng 3 tháng 1"
                yield self._fault(day, "Ngoại lệ này không ghi ngày nào.", remedy)

    def _named(self, names: list[Scalar], known: _Called) -> Iterator[Fault]:
        for name in names:
            if fold(name.text) not in known.folded:
                meant = nearest(name.text, known.names)
                remedy = f"Có phải ý bạn là “{meant}”?" if meant else "Ghi đúng ten của mục, hoặc tiếp sóng, chiến dịch"
                yield self._fault(name, f"Không có mục nào tên “{name.text}”.", remedy)

    def _unique_keys(self) -> Iterator[Fault]:
        first: dict[str, Scalar] = {}
        for item in (*entries_of(self.root), *_items(self.root.get("chien_dich"))):
            own = item.get("ma") or item.get("ten")
            if not isinstance(own, Scalar):
                continue
            key = own.text if item.get("ma") else slug(own.text)
            if key in first:
                message = f"Mã “{key}” đã dùng cho mục ở dòng {first[key].line}."
                yield self._fault(own, message, f"Đặt tên khác, hoặc thêm mã riêng, ví dụ: ma: {key}-2")
            first.setdefault(key, own)


def _listed(names: Collection[str]) -> str:
    shown = sorted(names)[:MOST_LISTED]
    return ", ".join(shown) + (f"… ({len(names)} tên)" if len(names) > len(shown) else "")


def _names(items: list[Mapping]) -> list[str]:
    """What items may be called: `ten`, and `ma` where given."""
    return [node.text for item in items for key in ("ten", "ma") if isinstance(node := item.get(key), Scalar)]


def _retimed(node: Node | None) -> list[Scalar]:
    if isinstance(node, Listing):
        return [name for item in _items(node) if isinstance(name := item.get("ten"), Scalar)]
    if isinstance(node, Mapping) and isinstance(name := node.get("ten"), Scalar):
        return [name]
    return _keys(node)


def circles(members: dict[str, list[str]]) -> Iterator[list[str]]:
    """Each circle of groups once, as the names along it; every group is entered once, however they are linked."""
    done: set[str] = set()
    for start in members:
        trail: dict[str, Iterator[str]] = {}
        step: str | None = start if start not in done else None
        while step is not None:
            trail[step] = iter(members[step])
            step = None
            while trail and step is None:
                at = next(reversed(trail))
                for name in trail[at]:
                    if name in trail:
                        yield list(trail)[list(trail).index(name) :]
                    elif name in members and name not in done:
                        step = name
                        break
                else:
                    done.add(at)
                    del trail[at]
