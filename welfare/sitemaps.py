"""What welfare tells search engines: its directory, the kinds, every listed facility."""

from collections.abc import Iterator

from django.urls import reverse

from core.web.kept import kept
from core.web.sitemaps import PAGES_IN_FILE, SitemapEntry, SitemapSection
from welfare.models import Benefit, Facility
from welfare.queries import directory

CHUNK = 2000


def _pages(number: int) -> Iterator[SitemapEntry]:
    yield SitemapEntry(reverse("welfare:facility-list"))
    yield SitemapEntry(reverse("welfare:benefit-list"))
    for kind in directory().kinds:
        yield SitemapEntry(reverse("welfare:facility-kind", kwargs={"name": kind.name}))


def _files() -> int:
    return -(-directory().count() // PAGES_IN_FILE)


def _facilities(number: int) -> Iterator[SitemapEntry]:
    found = Facility.objects.listed().order_by("code")
    if after := _last_code_before(number):
        found = found.filter(code__gt=after)
    rows = found.values_list("code", "published_at")[:PAGES_IN_FILE]
    for code, published_at in rows.iterator(chunk_size=CHUNK):
        path = reverse("welfare:facility-detail", kwargs={"code": code})
        yield SitemapEntry(path, published_at)


def _last_code_before(number: int) -> str:
    """Answer where the file before ended: to skip rows by counting them costs more each file."""
    if number == 1:
        return ""

    def find() -> str:
        codes = Facility.objects.listed().order_by("code").values_list("code", flat=True)
        at = (number - 1) * PAGES_IN_FILE - 1
        return next(iter(codes[at : at + 1]), "")

    return kept.get(f"welfare.sitemap:{number}", find)


def _benefit_files() -> int:
    return int(Benefit.objects.listed().for_seoul().exists())


def _benefits(number: int) -> Iterator[SitemapEntry]:
    """One file: the catalogue has a quarter of what a file may hold."""
    rows = Benefit.objects.listed().for_seoul().order_by("code")
    told = rows.values_list("code", "published_at")[:PAGES_IN_FILE]
    for code, published_at in told.iterator(chunk_size=CHUNK):
        yield SitemapEntry(reverse("welfare:benefit-detail", kwargs={"code": code}), published_at)


SECTIONS = (
    SitemapSection("welfare-pages", files=lambda: 1, entries=_pages),
    SitemapSection("welfare-facilities", files=_files, entries=_facilities),
    SitemapSection("welfare-benefits", files=_benefit_files, entries=_benefits),
)
