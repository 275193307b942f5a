"""Sitemaps (sitemaps.org 0.9): what an area declares of its pages, and how one file is written."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from django.conf import settings

from core.web.context import ENGLISH

# Each page stands in two languages, and a file may hold 50,000 addresses.
PAGES_IN_FILE = 25_000
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One page, by its Korean address; the English one stands under /en."""

    path: str
    changed_at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class SitemapSection:
    """One kind of page: how many files it fills, and the entries of each (from 1 on)."""

    name: str
    files: Callable[[], int]
    entries: Callable[[int], Iterable[SitemapEntry]]


def index_lines(sections: Iterable[SitemapSection]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {XMLNS}>\n'
    for section in sections:
        for number in range(1, section.files() + 1):
            address = f"{settings.SITE_URL}/sitemap-{section.name}-{number}.xml"
            yield f"<sitemap><loc>{escape(address)}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def file_lines(entries: Iterable[SitemapEntry]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {XMLNS} {XHTML}>\n'
    for entry in entries:
        korean = escape(settings.SITE_URL + entry.path)
        english = escape(f"{settings.SITE_URL}{ENGLISH}{entry.path}")
        changed = f"<lastmod>{entry.changed_at:%Y-%m-%d}</lastmod>" if entry.changed_at else ""
        others = (
            f'<xhtml:link rel="alternate" hreflang="ko" href="{korean}"/>'
            f'<xhtml:link rel="alternate" hreflang="en" href="{english}"/>'
        )
        for address in (korean, english):
            yield f"<url><loc>{address}</loc>{changed}{others}</url>\n"
    yield "</urlset>\n"
