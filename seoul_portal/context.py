"""What every page's frame needs from the areas: the navigation, and whose portal it is."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from core.areas import open_areas


@dataclass(frozen=True, slots=True)
class Link:
    title: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class AreaLinks:
    """One area in the navigation: its landing page, and its pages."""

    slug: str
    title: str | Promise
    url: str
    links: tuple[Link, ...]


@cache
def navigation(language: str) -> tuple[AreaLinks, ...]:
    """Answer the navigation in a language, which must be the active one."""
    return tuple(
        AreaLinks(
            slug=area.slug,
            title=area.title,
            url=reverse(f"area-{area.slug}"),
            links=tuple(Link(item.title, reverse(item.url_name)) for item in area.nav),
        )
        for area in open_areas()
        if area.nav
    )


def portal(request: HttpRequest) -> dict[str, object]:
    areas = navigation(get_language())
    return {
        "navigation": areas,
        "current_area": next((a for a in areas if request.path.startswith(a.url)), None),
        "official": settings.OFFICIAL,
        "site_url": settings.SITE_URL,
    }
