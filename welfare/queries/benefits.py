"""A page of benefits, and one of them: what pages and API share."""

import datetime
from dataclasses import dataclass

from django.db.models import Count

from core.feeds.enums import RunStatus
from core.feeds.models import FeedRun
from core.search.queries import Matching
from core.web.kept import kept
from core.web.pagination import COUNT_CAP, capped
from welfare.enums import BenefitPublisher
from welfare.models import Benefit, BenefitQuerySet, BenefitSource
from welfare.queries.benefit_filters import BenefitFilters
from welfare.queries.wording import best_first, matching_words, says

KIND = "welfare.benefit"
CODE = "welfare_benefit.code"
FEEDS = {
    BenefitPublisher.GOV24: "welfare.gov24",
    BenefitPublisher.CENTRAL: "welfare.bokjiro_central",
    BenefitPublisher.LOCAL: "welfare.bokjiro_local",
}
# A list does without the long texts.
LONG = ("target", "criteria", "content", "documents", "laws", "contact", "card")


@dataclass(frozen=True, slots=True)
class BenefitPage:
    """Twenty benefits and how many there are; `count` stops at the cap where `count_capped`."""

    filters: BenefitFilters
    rows: tuple[Benefit, ...]
    count: int
    count_capped: bool
    searched_for: str | None = None
    is_loose: bool = False


def benefit_page(filters: BenefitFilters) -> BenefitPage:
    words = _words(filters)
    rows = tuple(_ordered(filters, words).defer(*LONG)[_cut(filters)])
    count, is_capped = capped(_count(filters, words))
    if words is None:
        return BenefitPage(filters, rows, count, is_capped)
    return BenefitPage(filters, rows, count, is_capped, words.searched_for, words.is_loose)


def benefit_cards(filters: BenefitFilters) -> tuple[list[Benefit], int]:
    """Answer one page with its ready objects, and how many there are up to one past the cap."""
    words = _words(filters)
    rows = _ordered(filters, words).only(
        "code", "card", "deadline", "deadline_kind", "deadline_windows"
    )
    return list(rows[_cut(filters)]), _count(filters, words)


def listed_by_provider() -> dict[str, int]:
    """Count what is listed for people of Seoul by who gives it: one statement."""
    listed = Benefit.objects.listed().for_seoul().order_by()
    return dict(listed.values_list("provider_level").annotate(Count("pk")))


def matching_benefits(filters: BenefitFilters) -> BenefitQuerySet:
    """Answer all that a list would tell page by page, in its order."""
    return _ordered(filters, _words(filters)).defer("card")


def kept_by(filters: BenefitFilters, words: Matching | None) -> BenefitQuerySet:
    """Keep what residents of Seoul may be given, and of that what the filters keep."""
    found = Benefit.objects.listed()
    found = found.for_district(filters.district.code) if filters.district else found.for_seoul()
    if filters.life_stage:
        found = found.filter(life_stages__contains=[filters.life_stage])
    if filters.theme:
        found = found.filter(themes__contains=[filters.theme])
    if filters.target:
        found = found.filter(targets__contains=[filters.target])
    if filters.provider:
        found = found.filter(provider_level=filters.provider)
    return found.filter(says(words, code=CODE)) if words else found


def public_benefit(code: str) -> Benefit | None:
    """Answer one benefit, whether or not it is still listed; nothing has a NUL in its number."""
    return None if "\x00" in code else Benefit.objects.filter(pk=code).first()


def sources_of(benefit: Benefit) -> list[BenefitSource]:
    return list(benefit.sources.order_by("-source", "source_key"))


def received_at() -> dict[str, datetime.datetime]:
    """Answer when each publisher's list was last received, whole or what changed in it."""
    return kept.get("welfare.benefits_received_at", _received_at, is_shared=True)


def _received_at() -> dict[str, datetime.datetime]:
    runs = FeedRun.objects.latest_of_each(list(FEEDS.values()), only=RunStatus.COMPLETED)
    finished = {run.feed: run.finished_at for run in runs}
    told = {source.value: finished.get(feed) for source, feed in FEEDS.items()}
    return {source: at for source, at in told.items() if at}


def _words(filters: BenefitFilters) -> Matching | None:
    return matching_words(filters.q, kind=KIND) if filters.q else None


def _ordered(filters: BenefitFilters, words: Matching | None) -> BenefitQuerySet:
    found = kept_by(filters, words)
    if words is None:
        return found.soonest_to_close()
    return found.order_by(best_first(words, code=CODE).asc(nulls_last=True), "name", "code")


def _cut(filters: BenefitFilters) -> slice:
    return slice(filters.offset, filters.offset + filters.page_size)


def _count(filters: BenefitFilters, words: Matching | None) -> int:
    """Count up to one past the cap, once for each state of the data."""
    return kept.get(
        f"welfare.benefits.count:{filters.count_key}",
        kept_by(filters, words).order_by()[: COUNT_CAP + 1].count,
    )
