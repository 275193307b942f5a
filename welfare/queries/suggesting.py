"""Benefits and facilities for somebody's interests: a few of each, what is near first."""

import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import F, Q, Value

from accounts.enums import Interest
from core.web.suggestions import Suggestion
from core.web.wording import in_its_language
from welfare.enums import BenefitTheme, BenefitUser
from welfare.models import Benefit, Facility
from welfare.queries.benefit_cards import provider
from welfare.queries.directory import directory
from welfare.rules.deadlines import CLOSED

# Of each interest so many are looked at, and so many shown: some can be applied for no more.
LOOKED_AT, SHOWN = 6, 2
# What an interest means here; of those that are not named, welfare has nothing of its own.
THEMES: dict[str, tuple[BenefitTheme, ...]] = {
    Interest.WORK: (BenefitTheme.WORK,),
    Interest.LEARNING: (BenefitTheme.EDUCATION,),
    Interest.HEALTH: (BenefitTheme.HEALTH, BenefitTheme.MENTAL_HEALTH),
    Interest.CARE: (BenefitTheme.CARE, BenefitTheme.CHILDCARE),
    Interest.HOUSING: (BenefitTheme.HOUSING,),
    Interest.CULTURE: (BenefitTheme.CULTURE,),
    Interest.TRAVEL: (BenefitTheme.CULTURE,),
}
# Kinds of facility that anybody may walk into, as publishers call them.
KINDS: dict[str, tuple[str, ...]] = {
    Interest.WORK: ("노인일자리지원기관", "지역자활센터", "고용복지지원센터"),
    Interest.LEARNING: ("노인교실", "사회복지관", "점자도서관"),
    Interest.HEALTH: ("치매상담센터", "정신건강증진센터", "장애인체육시설"),
    Interest.CARE: ("육아종합지원센터", "다함께돌봄센터", "노인복지센터", "장애인주간보호시설"),
    Interest.CULTURE: ("노인복지관", "노인복지관(소규모)", "장애인복지관", "사회복지관"),
    Interest.VOLUNTEERING: ("사회복지관", "푸드뱅크"),
}
LAST = datetime.date.max
FOR_PEOPLE = [BenefitUser.PERSON, BenefitUser.HOUSEHOLD]


def suggest(
    interests: Collection[str], *, district: str | None, on: datetime.date
) -> list[Suggestion]:
    """Answer benefits that one may apply for, then places in the district: two queries.

    Without a district there are no places: one at the other end of the city helps nobody.
    """
    found = _benefits(interests, district, on)
    return [*found, *(_places(interests, district) if district else ())]


def _benefits(
    interests: Collection[str], district: str | None, on: datetime.date
) -> list[Suggestion]:
    told = Benefit.objects.listed().filter(Q(users=[]) | Q(users__overlap=FOR_PEOPLE))
    told = told.for_district(district) if district else told.for_seoul().filter(district_code=None)
    ordered = told.order_by(F("district_code").asc(nulls_last=True), "closes_date", "name", "code")
    rows = _together(
        (interest, ordered.filter(themes__overlap=list(THEMES[interest])))
        for interest in _known(interests, THEMES)
    )
    rows.sort(
        key=lambda one: (one.district_code is None, one.closes_date or LAST, one.name, one.pk)
    )
    fitting = [one for one in rows if one.standing_on(on).state != CLOSED]
    return [
        Suggestion(
            title=in_its_language(one.name),
            url=one.get_absolute_url(),
            about=str(provider(one)),
            interest=one.interest,
            is_local=one.district_code is not None,
        )
        for one in _few_of_each(fitting)
    ]


def _places(interests: Collection[str], district: str) -> list[Suggestion]:
    here = Facility.objects.listed().filter(district_code=district).by_name()
    rows = _together(
        (interest, here.filter(kind__in=KINDS[interest])) for interest in _known(interests, KINDS)
    )
    rows.sort(key=lambda one: (one.name, one.pk))
    return [
        Suggestion(
            title=in_its_language(one.name),
            url=one.get_absolute_url(),
            about=in_its_language(_label_of(one.kind_id)),
            interest=one.interest,
            is_local=True,
        )
        for one in _few_of_each(rows)
    ]


def _label_of(kind: str) -> str:
    known = directory().by_name.get(kind)
    return known.label if known else kind


def _known(interests: Collection[str], table: dict[str, Any]) -> list[str]:
    """Keep those that mean something here, in the order in which people choose them."""
    return [one for one in Interest.values if one in interests and one in table]


def _together(branches: Any) -> list[Any]:
    """Answer the first rows of every branch, each with its interest, in no order: one query."""
    chosen: list[Any] = [
        rows.annotate(interest=Value(interest))[:LOOKED_AT] for interest, rows in branches
    ]
    return list(chosen[0].union(*chosen[1:], all=True)) if chosen else []


def _few_of_each(rows: list[Any]) -> list[Any]:
    """Keep a few of each interest; what fits several is shown for the first."""
    shown: dict[str, list[Any]] = {interest: [] for interest in Interest.values}
    seen: set[str] = set()
    for one in rows:
        few = shown[one.interest]
        if one.pk not in seen and len(few) < SHOWN:
            few.append(one)
            seen.add(one.pk)
    return [one for few in shown.values() for one in few]
