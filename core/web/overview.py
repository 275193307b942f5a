"""What an area has to offer at a glance: for its own landing page, and for the home page."""

from dataclasses import dataclass

from django.utils.functional import Promise

from core.web.tiles import DistrictTile


@dataclass(frozen=True, slots=True)
class OverviewLink:
    """One thing to go to; `count` says how many there are, where that is known."""

    title: str
    url: str
    count: int | None = None

    @property
    def shown(self) -> str:
        return self.title if self.count is None else f"{self.title} {self.count:,}"


@dataclass(frozen=True, slots=True)
class OverviewGroup:
    """Links that belong together; the first leads to all of them."""

    title: str
    links: tuple[OverviewLink, ...]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Figures and ways in: the most frequent first, then everything, then by district."""

    finding: str
    frequent_title: str | Promise
    frequent: tuple[OverviewLink, ...]
    groups_title: str | Promise
    groups: tuple[OverviewGroup, ...]
    tiles: list[DistrictTile]
    tiles_title: str
    tiles_value: str | Promise
    tiles_source: str
