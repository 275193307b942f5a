"""The sitemap of the whole portal, composed from the areas, streamed file by file."""

from functools import cache

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string

from core.areas import open_areas
from core.kpi.queries import shown_indicators
from core.web.public import public
from core.web.sitemaps import SitemapEntry, SitemapSection, file_lines, index_lines

XML = "application/xml; charset=utf-8"

OWN_PAGES = ("home", "about", "about-privacy", "accessibility", "api-docs", "kpi-list")


def frame_entries(number: int) -> list[SitemapEntry]:
    names = [*OWN_PAGES, *(f"area-{area.slug}" for area in open_areas())]
    indicators = [reverse("kpi-detail", args=[slug]) for slug in shown_indicators(only_public=True)]
    return [SitemapEntry(path) for path in (*map(reverse, names), *indicators)]


FRAME = SitemapSection("portal", files=lambda: 1, entries=frame_entries)


@cache
def sections() -> dict[str, SitemapSection]:
    """Answer the portal's own pages and those of every area, by name."""
    found = [FRAME]
    for area in open_areas():
        if area.sitemaps:
            found += import_string(area.sitemaps)
    return {section.name: section for section in found}


@public(max_age=300)
def sitemap_index(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(index_lines(sections().values()), content_type=XML)


@public(max_age=300)
def sitemap_file(request: HttpRequest, name: str, number: int) -> StreamingHttpResponse:
    section = sections().get(name)
    if section is None or not 1 <= number <= section.files():
        raise Http404
    return StreamingHttpResponse(file_lines(section.entries(number)), content_type=XML)
