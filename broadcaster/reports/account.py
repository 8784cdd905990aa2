"""What a report kind composes from: figures, names, and the office that reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from broadcaster.reports.document import Letterhead, Signature
from broadcaster.reports.figures import Figures
from broadcaster.reports.names import StationNames
from broadcaster.reports.tally import Share, Tally, tally
from broadcaster.reports.wording import day, day_in_full, local, lower_first

UNIT_NAME = re.compile(r"(xã|phường|thị trấn|đặc khu)\s+", re.IGNORECASE)
RECIPIENTS = ("- […];", "- Lưu: VT.")
NUMBER_BLANK = "Số:\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0"
"""Non-breaking spaces: the number is written in by hand or by the registry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One report's matter."""

    figures: Figures
    station: StationNames
    at: datetime

    @property
    def communes(self) -> tuple[str, ...]:
        """Every commune of the report in the schedule's order, then those that only the log knows."""
        known = (self.figures.commune,) if self.figures.commune is not None else tuple(self.station.communes)
        return known + tuple(key for key in self.figures.by_commune if key not in known)

    @property
    def only_commune(self) -> str | None:
        """The commune that reports for itself; None where an office reports for several."""
        return self.communes[0] if len(self.communes) == 1 else None

    def tally_of(self, commune: str) -> Tally:
        return self.figures.by_commune.get(commune) or tally(())

    def cluster_share(self, commune: str) -> Share:
        """Clusters that played, of all that the schedule or the log knows."""
        known = set(self.station.communes[commune].clusters) if commune in self.station.communes else set()
        known |= {cluster for place, cluster in self.figures.by_cluster if place == commune}
        return Share(part=len(self.tally_of(commune).clusters), whole=len(known))

    @property
    def all_clusters(self) -> Share:
        shares = [self.cluster_share(commune) for commune in self.communes]
        return Share(part=sum(share.part for share in shares), whole=sum(share.whole for share in shares))

    @property
    def commune_share(self) -> Share:
        """Communes that played anything, of all in the report."""
        played = sum(1 for commune in self.communes if self.tally_of(commune).plays.value)
        return Share(part=played, whole=len(self.communes))

    @property
    def issuer(self) -> str:
        """Who reports, within a sentence."""
        if self.only_commune is None:
            return "[tên cơ quan báo cáo]"
        return f"Ủy ban nhân dân {lower_first(self.station.commune(self.only_commune))}"

    @property
    def period_words(self) -> str:
        """`6 tháng đầu năm 2026 (từ ngày 01/01/2026 đến ngày 30/06/2026)`."""
        period = self.figures.period
        days = f"từ ngày {day(period.start)} đến ngày {day(period.end)}"
        if period.start == period.end or period.label == days:
            return period.label or day_in_full(period.start)
        return f"{period.label} ({days})" if period.label else days

    def letterhead(self, *abstract: str) -> Letterhead:
        """The head of a BÁO CÁO; what the office alone knows stays blank."""
        if self.only_commune is None:
            issuer: tuple[str, ...] = ("[TÊN CƠ QUAN BÁO CÁO]",)
            place, symbol = self.station.province or "[Địa danh]", "BC-[…]"
        else:
            name = self.station.commune(self.only_commune)
            issuer = ("ỦY BAN NHÂN DÂN", name.upper())
            place, symbol = UNIT_NAME.sub("", name, count=1), "BC-UBND"
        return Letterhead(
            issuer=issuer,
            issuer_name=self.issuer,
            number=f"{NUMBER_BLANK}/{symbol}",
            place_and_date=f"{place}, {day_in_full(local(self.at).date())}",
            title="BÁO CÁO",
            abstract=abstract,
        )

    @property
    def signature(self) -> Signature:
        """The customary order of a commune's signatures; the name is for whoever signs."""
        authority = (
            ("[QUYỀN HẠN, CHỨC VỤ", "CỦA NGƯỜI KÝ]")
            if self.only_commune is None
            else ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
        )
        return Signature(recipients=RECIPIENTS, authority=authority, name="[Họ và tên]")
