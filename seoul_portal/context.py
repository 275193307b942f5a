"""What every page's frame needs from the areas: the navigation, and whose portal it is."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.areas import open_areas

SOCIAL_NAMES = {"kakao": _("카카오"), "naver": _("네이버"), "google": _("구글")}


@dataclass(frozen=True, slots=True)
class SocialDoor:
    """A provider that one may sign in through, as allauth and as people call it."""

    id: str
    name: str | Promise


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

    @property
    def has_more(self) -> bool:
        return len(self.links) > 1

    def link_to(self, path: str) -> Link | None:
        """Answer the line of the area's own menu that a page belongs to, where it has one."""
        above = [link for link in self.links if path.startswith(link.url)]
        return max(above, key=lambda link: len(link.url)) if self.has_more and above else None


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
    area = next((each for each in areas if request.path.startswith(each.url)), None)
    return {
        "navigation": areas,
        "current_area": area,
        # One name is marked: the line of the area's menu, or the area where it has none.
        "current_link": area.link_to(request.path) if area else None,
        "social_sign_in": [
            SocialDoor(name, SOCIAL_NAMES[name]) for name in settings.SOCIALACCOUNT_PROVIDERS
        ],
        "official": settings.OFFICIAL,
        "contact_phone": settings.CONTACT_PHONE,
        "contact_email": settings.CONTACT_EMAIL,
        "site_url": settings.SITE_URL,
    }
