"""The front door of a policy area: what it declares to the portal, and the registry of areas."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from core.desk.worklists import Worklist

if TYPE_CHECKING:
    from core.cases.declaration import CaseKind
    from core.feeds.declaration import FeedDeclaration
    from core.kpi.declaration import Indicator
    from core.records.declaration import Holding
    from core.search.declaration import Searchable


@dataclass(frozen=True, slots=True)
class NavItem:
    """One page in the navigation: the name of its URL, what it is called, and a sentence on it."""

    url_name: str
    title: str | Promise
    about: str | Promise = ""


@dataclass(frozen=True, kw_only=True)
class PolicyArea:
    """All that one policy area brings to the portal; nothing of it is registered elsewhere.

    An area without navigation, feeds and searchable things is empty: installed, and shown nowhere.
    """

    slug: str
    title: str | Promise
    path: str
    about: str | Promise = ""  # one sentence on what people find here
    nav: tuple[NavItem, ...] = ()
    feeds: tuple["FeedDeclaration", ...] = ()
    searchable: tuple["Searchable", ...] = ()
    indicators: tuple[type["Indicator"], ...] = ()
    worklists: tuple[Worklist, ...] = ()
    holdings: tuple["Holding", ...] = ()
    case_kinds: tuple["CaseKind", ...] = ()
    # Dotted names, imported by the roof only: an area's front door must not pull in its views.
    urls: str | None = None
    api_urls: str | None = None
    sitemaps: str | None = None
    # A function that answers a core.web.overview.Overview, for the landing and the home page.
    overview: str | None = None
    # A function that answers what fits somebody's interests (core.web.suggestions.Suggests).
    suggests: str | None = None
    # A function from the code on a QR code to the address of that place's page, or None.
    place_address: str | None = None
    # A function that makes sample records, once: (actor=…, now=…) -> what was made, or "".
    samples: str | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.nav or self.feeds or self.searchable or self.urls or self.api_urls)


@cache
def policy_areas() -> tuple[PolicyArea, ...]:
    """Answer every installed area in the order of INSTALLED_APPS; refuse silence and duplicates."""
    found: list[PolicyArea] = []
    for config in apps.get_app_configs():
        if not getattr(config, "is_policy_area", False):
            continue
        area = getattr(import_module(f"{config.name}.area"), "AREA", None)
        if not isinstance(area, PolicyArea):
            raise ImproperlyConfigured(f"{config.name}/area.py must hold AREA, a PolicyArea.")
        found.append(area)
    for attribute in ("slug", "path"):
        values = [getattr(area, attribute) for area in found]
        if len(set(values)) != len(values):
            raise ImproperlyConfigured(f"Two policy areas share a {attribute}: {values}")
    return tuple(found)


def open_areas() -> tuple[PolicyArea, ...]:
    """Answer the areas that have something to show."""
    return tuple(area for area in policy_areas() if not area.is_empty)


def declared_feeds() -> dict[str, "FeedDeclaration"]:
    """Answer every feed of every area by its name (`<area>.<source>`)."""
    feeds: dict[str, FeedDeclaration] = {}
    for area in policy_areas():
        for feed in area.feeds:
            if feed.name in feeds or not feed.name.startswith(f"{area.slug}."):
                raise ImproperlyConfigured(
                    f"Feed {feed.name!r} of area {area.slug!r}: taken, or not named <area>.<source>"
                )
            feeds[feed.name] = feed
    return feeds


def feeds_with_details() -> dict[str, "FeedDeclaration"]:
    """Answer every declared feed by its name, and after each the passes that follow it."""
    return {each.name: each for feed in declared_feeds().values() for each in (feed, *feed.then)}


def declared_searchables() -> Iterator["Searchable"]:
    for area in policy_areas():
        yield from area.searchable


@cache
def declared_indicators() -> dict[str, "Indicator"]:
    """Answer every indicator of every area by its slug, in the order of the areas."""
    indicators: dict[str, Indicator] = {}
    for area in policy_areas():
        for declared in area.indicators:
            if declared.slug in indicators:
                raise ImproperlyConfigured(
                    f"Two indicators share a slug: {declared.slug!r}, once more in {area.slug!r}"
                )
            indicators[declared.slug] = declared()
    return indicators
