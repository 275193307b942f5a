"""What search finds of welfare: facilities that the public may see, and benefits for Seoul."""

import datetime
import json
from collections.abc import Iterator, Sequence

from django.db import connection
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.places.facts import get_district, get_dong
from core.places.indexes import rebuild_indexes
from core.search.declaration import Searchable, SearchDocument
from core.search.services import refresh_search, refresh_vocabulary
from core.web.revision import raise_revision
from welfare.enums import BenefitTarget, BenefitTheme, LifeStage
from welfare.services.benefit_publication import set_deadlines, wait_for_benefits
from welfare.services.identifiers import give_identifiers
from welfare.services.publication import wait_for_publication

KIND = "welfare.facility"
# What a facility that staff found accessible is called as well; its synonyms find it too.
BARRIER_FREE = ("무장애",)
ROWS_A_FETCH = 2_000
MOST_KEYS = 20_000

DOCUMENTS = """
SELECT f.code, f.name, f.kind_id, f.family_name, k.client_group, k.name_en, f.address,
       f.district_code, f.dong_code, f.phone, f.point[0], f.point[1], f.name_en, f.is_accessible,
       f.published_at
FROM welfare_facility f JOIN welfare_facilitykind k ON k.name = f.kind_id
WHERE f.status = 'LISTED' AND NOT f.is_protected
"""
# The order in which all of them are written. What stands together in the index's table is read
# together, and what is looked for and counted is mostly of a place, of a kind, or both.
NEIGHBOURS_TOGETHER = " ORDER BY f.district_code, f.dong_code, f.kind_id, f.code"
POINT_INDEXES = (
    "welfare_facility_near", "welfare_facility_near_place", "welfare_facility_near_family",
    "search_entry_point",
)  # fmt: skip
# What a refresh has to look at again: it tells another publication than the last, whichever clock
# was ahead, or is no longer to be found.
STALE = """
SELECT f.code FROM welfare_facility f
LEFT JOIN search_searchentry e ON e.kind = %s AND e.key = f.code AND e.language = 'ko'
WHERE (e.key IS NULL AND f.status = 'LISTED' AND NOT f.is_protected)
   OR f.published_at IS DISTINCT FROM e.published_at AND e.key IS NOT NULL
   OR (e.key IS NOT NULL AND (f.status <> 'LISTED' OR f.is_protected))
"""


def documents(keys: Sequence[str] | None) -> Iterator[SearchDocument]:
    """Stream the facilities' documents; no more than a fetch of them is in memory."""
    statement, params = DOCUMENTS, []
    if keys is None:
        statement += NEIGHBOURS_TOGETHER
    else:
        statement += " AND f.code = ANY(%s)"
        params = [list(keys)]
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, params)
        while rows := cursor.fetchmany(ROWS_A_FETCH):
            for row in rows:
                yield document(*row)


def document(  # noqa: PLR0917  (the columns of DOCUMENTS, in their order)
    code: str,
    name: str,
    kind: str,
    family: str,
    client_group: str,
    kind_en: str,
    address: str | None,
    district_code: str | None,
    dong_code: str | None,
    phone: str | None,
    x: float | None,
    y: float | None,
    name_en: str,
    is_accessible: bool | None,
    published_at: datetime.datetime,
) -> SearchDocument:
    district = get_district(district_code) if district_code else None
    dong = get_dong(dong_code) if dong_code else None
    card = {
        "kind": KIND,
        "key": code,
        "title": name,
        "title_en": name_en or None,
        "label": kind,
        "label_en": kind_en or None,
        "summary": address,
        "district": district.name if district else None,
        "phone": phone,
        "url": f"/welfare/facilities/{code}/",
    }
    return SearchDocument(
        key=code,
        title=name,
        card=json.dumps(card, ensure_ascii=False, separators=(",", ":")),
        labels=(kind, family, client_group, *(BARRIER_FREE if is_accessible else ())),
        text=" ".join(part for part in (address, dong and dong.name, kind_en, name_en) if part),
        district_code=district_code or "",
        point=None if x is None or y is None else (x, y),
        published_at=published_at,
    )


def stale_facilities(most: int = MOST_KEYS) -> list[str]:
    """Answer at most so many codes whose entry tells not what is published now, or is missing."""
    with connection.cursor() as cursor:
        cursor.execute(f"{STALE} LIMIT %s", [KIND, most])
        return [code for (code,) in cursor.fetchall()]


FacilitySearch = Searchable(
    kind=KIND, title=_("복지시설"), documents=documents, hold=wait_for_publication
)


def follow_publication(now: datetime.datetime) -> None:
    """Bring search and caches up to what is published; run again, it goes on where it stopped."""
    if stale := stale_facilities():
        # Many keys cost more memory than reading everything once.
        keys = None if len(stale) == MOST_KEYS else stale
        report = refresh_search(FacilitySearch, now=now, keys=keys)
        if report.inserted >= MOST_KEYS:
            rebuild_indexes(POINT_INDEXES)
    refresh_vocabulary()
    give_identifiers()
    raise_revision()


BENEFIT = "welfare.benefit"
# Residents of Seoul are given nothing by other cities: those benefits are not to be found.
BENEFIT_LISTED = "b.status = 'LISTED' AND (b.province_code IS NULL OR b.province_code = '11')"
BENEFIT_DOCUMENTS = f"""
SELECT b.code, b.name, b.summary, b.provider, b.district_code, b.life_stages, b.themes, b.targets,
       b.published_at
FROM welfare_benefit b WHERE {BENEFIT_LISTED}
"""  # noqa: S608  (only constants of this file)
BENEFIT_STALE = f"""
SELECT b.code FROM welfare_benefit b
LEFT JOIN search_searchentry e ON e.kind = %s AND e.key = b.code AND e.language = 'ko'
WHERE (e.key IS NULL AND {BENEFIT_LISTED})
   OR (e.key IS NOT NULL AND (b.published_at IS DISTINCT FROM e.published_at
                              OR NOT ({BENEFIT_LISTED})))
LIMIT %s
"""  # noqa: S608  (only constants of this file)
LONGEST_SUMMARY = 200
CLASSES = {**dict(LifeStage.choices), **dict(BenefitTheme.choices), **dict(BenefitTarget.choices)}


def benefit_documents(keys: Sequence[str] | None) -> Iterator[SearchDocument]:
    """Stream the benefits' documents; no more than a fetch of them is in memory."""
    statement, params = BENEFIT_DOCUMENTS, []
    if keys is not None:
        statement += " AND b.code = ANY(%s)"
        params = [list(keys)]
    with connection.chunked_cursor() as cursor, override("ko"):
        cursor.execute(statement, params)
        while rows := cursor.fetchmany(ROWS_A_FETCH):
            for row in rows:
                yield benefit_document(*row)


def benefit_document(  # noqa: PLR0917  (the columns of BENEFIT_DOCUMENTS, in their order)
    code: str,
    name: str,
    summary: str,
    provider: str,
    district_code: str | None,
    life_stages: Sequence[str],
    themes: Sequence[str],
    targets: Sequence[str],
    published_at: datetime.datetime,
) -> SearchDocument:
    district = get_district(district_code) if district_code else None
    card = {
        "kind": BENEFIT,
        "key": code,
        "title": name,
        "title_en": None,
        "label": provider,
        "label_en": None,
        "summary": summary[:LONGEST_SUMMARY] or None,
        "district": district.name if district else None,
        "phone": None,
        "url": f"/welfare/benefits/{code}/",
    }
    return SearchDocument(
        key=code,
        title=name,
        card=json.dumps(card, ensure_ascii=False, separators=(",", ":")),
        labels=tuple(str(CLASSES[one]) for one in (*life_stages, *themes, *targets)),
        text=f"{provider} {summary}",
        district_code=district_code or "",
        published_at=published_at,
    )


BenefitSearch = Searchable(
    kind=BENEFIT, title=_("복지 급여"), documents=benefit_documents, hold=wait_for_benefits
)


def follow_benefits(now: datetime.datetime) -> None:
    """Bring days, search and caches up to the benefits that are published."""
    if list_benefits(now=now):
        refresh_vocabulary()
    raise_revision()


def list_benefits(*, now: datetime.datetime) -> bool:
    """Bring days and search entries up to them, and say whether any entry was behind.

    The words of the vocabulary are of all entries: they are counted once, after the last of these.
    """
    set_deadlines(now=now, day=localdate(now))
    with connection.cursor() as cursor:
        cursor.execute(BENEFIT_STALE, [BENEFIT, MOST_KEYS])
        stale = [code for (code,) in cursor.fetchall()]
    if stale:
        keys = None if len(stale) == MOST_KEYS else stale
        refresh_search(BenefitSearch, now=now, keys=keys)
    return bool(stale)
