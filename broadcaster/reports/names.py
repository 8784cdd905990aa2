"""What communes, clusters, sources and campaigns are called; the log holds their keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from broadcaster.config.schedule import Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneNames:
    """A commune and its clusters, by key."""

    name: str
    clusters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StationNames:
    """Names for the keys in the log; a key without a name is printed as it is."""

    communes: Mapping[str, CommuneNames]
    province: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
    campaigns: Mapping[str, str] = field(default_factory=dict)

    def commune(self, key: str) -> str:
        return self.communes[key].name if key in self.communes else key

    def cluster(self, commune: str, key: str) -> str:
        return self.communes[commune].clusters.get(key, key) if commune in self.communes else key

    def source(self, key: str) -> str:
        return self.sources.get(key, key)

    def campaign(self, key: str) -> str:
        return self.campaigns.get(key, key)


def station_names(schedule: Schedule) -> StationNames:
    """The names that schedule.yaml gives."""
    return StationNames(
        communes={
            key: CommuneNames(name=commune.name, clusters={cluster.key: cluster.name for cluster in commune.clusters})
            for key, commune in schedule.communes.items()
        },
        province=schedule.province,
        sources={key: source.name for key, source in schedule.sources.items()},
        campaigns={campaign.key: campaign.name for campaign in schedule.campaigns},
    )
