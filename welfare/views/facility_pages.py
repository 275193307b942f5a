"""One facility: what, for whom, when, where, how much, how to apply, and who says so."""

import datetime
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.places.enums import AccessFeature, Answer, Precision
from core.places.facts import get_district
from core.places.fields import Point
from core.places.rules import to_metres
from core.places.rules.access import AccessFact, facts_from_json
from core.web.maps import MapPlace
from core.web.opening import (
    coming_differences,
    full_date,
    opening_state,
    week_hours,
)
from core.web.public import BRIEFLY, public
from core.web.structured import json_ld
from core.web.templatetags.components import distance, phone
from core.web.wording import in_its_language
from welfare.models import Facility
from welfare.queries import FiltersRefused, directory, read_near
from welfare.queries.checked import checked_at
from welfare.queries.detail import get_kind, is_listed, public_facility
from welfare.search import KIND
from welfare.views import facility_words as words
from welfare.views.client_groups import client_group_words
from welfare.views.facility_data import facility_data
from welfare.views.overview import kinds_beside

AFTER_ADDRESS = 4
SEOUL_CODE = "1100000000"


@public(max_age=BRIEFLY)
def facility_detail(request: HttpRequest, code: str) -> HttpResponse:
    facility = public_facility(code)
    if facility is None:
        raise Http404(_("이 번호의 복지시설이 없습니다."))
    now = timezone.now()
    context = facility_context(facility, now)
    if (metres := _distance(request, facility)) is not None:
        away = distance(metres, about=context["is_about"])
        context["facts"].insert(AFTER_ADDRESS, (_("거리"), away))
    context |= {
        "json_ld": json_ld(facility_data(facility)) if is_listed(facility) else "",
        "kind_url": words.list_url(kind=facility.kind_id, district=_district_name(facility)),
        "places": _on_the_map(facility),
    }
    response = render(request, "welfare/facility_detail.html", context)
    # Read by the page cache, which counts how often the page is opened.
    response.thing = (KIND, facility.code)  # type: ignore[attr-defined]
    return response


@public(max_age=300)
def facility_kind(request: HttpRequest, name: str) -> HttpResponse:
    kind = get_kind(name)
    if kind is None:
        raise Http404(_("이런 종류의 복지시설이 없습니다."))
    context = {
        "kind": kind,
        "who": client_group_words(kind.client_group),
        "list_url": words.list_url(kind=kind.name),
        "number": f"{directory().count(kind=kind.name):,}",
        "others": kinds_beside(kind.name),
    }
    return render(request, "welfare/facility_kind.html", context)


def facility_context(facility: Facility, now: datetime.datetime) -> dict[str, Any]:
    """Answer what the page and the printed sheet both tell."""
    today = timezone.localdate(now)
    schedule = facility.schedule()
    opening = opening_state(schedule, now) if schedule else None
    return {
        "facility": facility,
        "title": words.title(facility),
        "shown_title": in_its_language(words.title(facility)),
        "kind": facility.kind.label,
        "where": words.where_words(facility.district, facility.dong),
        "is_about": facility.precision == Precision.DONG,
        "is_retired": not is_listed(facility),
        "opening": opening,
        "facts": facts(facility, when=opening.sentence if opening else _ask(facility)),
        "sources": list(_sources(facility)),
        "hours_columns": [_("요일"), _("여는 시간")],
        "week": [(day.shown, day.hours) for day in week_hours(schedule, today)] if schedule else [],
        "differences": [(day.name, day.hours) for day in coming_differences(schedule, today)]
        if schedule
        else [],
        "access_columns": [_("편의"), _("있나요?"), _("누가 언제 확인했나요?")],
        "access": list(_access_lines(facility)),
        "short_address": settings.SITE_URL + reverse("place", kwargs={"code": facility.code}),
        "address": settings.SITE_URL + facility.get_absolute_url(),
        "maps": _maps(facility),
    }


def facts(facility: Facility, *, when: str) -> list[tuple[str, object]]:
    """Tell in one list what a visitor asks; what is not known and worth asking is said to be so."""
    who = facility.who_may_use
    return [
        (_("무엇"), _what(facility)),
        (
            _("이용 대상"),
            in_its_language(who) if who else client_group_words(facility.kind.client_group),
        ),
        (_("여는 때"), when),
        (_("주소"), _address(facility)),
        (_("관리하는 곳"), _jurisdiction(facility)),
        (_("이용 요금"), in_its_language(facility.fees) if facility.fees else _ask(facility)),
        (_("전화"), _phone(facility)),
        (_("누리집"), _homepage(facility)),
        (_("신청 방법"), _how_to_apply(facility)),
        (_("정원과 대기"), _places_words(facility)),
        (_("하는 일"), in_its_language(facility.services_offered or "")),
        (_("쓸 수 있는 말"), in_its_language(facility.languages or "")),
        (_("운영"), facility.operator and in_its_language(facility.operator.name)),
    ]


def _what(facility: Facility) -> str:
    kind, family = facility.kind.label, facility.kind.family.label
    return kind if kind == family else f"{kind} ({family})"


def _ask(facility: Facility) -> str:
    if facility.phone:
        return _("확인되지 않았습니다. 전화로 물어보세요.")
    return _("확인되지 않았습니다.")


def _phone(facility: Facility) -> str:
    if not facility.phone:
        return ""
    return phone(facility.phone, label=in_its_language(words.title(facility)))


def _how_to_apply(facility: Facility) -> SafeString:
    """No publisher says how; the facility knows, and the ministry's line where it has no phone."""
    if facility.phone:
        return format_html("{}", _("먼저 시설에 전화해 이용할 수 있는지 물어보세요."))
    return format_html("{} {}", _("보건복지상담센터에 전화해 물어보세요."), phone("129"))


def _address(facility: Facility) -> SafeString | str:
    if not facility.address:
        return ""
    parts = [facility.address, facility.address_detail]
    postcode = f" ({facility.postcode})" if facility.postcode else ""
    return in_its_language(" ".join(filter(None, parts)) + postcode)


def _homepage(facility: Facility) -> SafeString | str:
    if not (address := words.homepage(facility)):
        return ""
    return format_html('<a class="text-link" href="{0}" rel="noreferrer external">{0}</a>', address)


def _sources(facility: Facility) -> Iterator[tuple[str, str]]:
    """Say whose word this is and when it was last looked at."""
    yield _("서울시 시설 목록"), _("서울특별시 (서울 열린데이터광장)")
    if "CENTRAL" in facility.source:
        yield _("주소와 전화"), _("한국사회보장정보원 (공공데이터포털)")
    if checked := checked_at(facility.code):
        yield _("마지막으로 확인한 날"), full_date(timezone.localdate(checked))
    if facility.verified_at:
        yield _("직원이 확인한 날"), full_date(timezone.localdate(facility.verified_at))
    yield _("이용 조건"), _("출처를 밝히면 누구나 이 내용을 쓸 수 있습니다(공공누리 제1유형).")
    yield _("시설 번호"), facility.code


def _places_words(facility: Facility) -> str:
    """Say how full it is, as far as that is known."""
    told = {
        _("정원 %(count)s명"): facility.capacity,
        _("지금 %(count)s명 이용"): facility.occupancy,
        _("대기 %(count)s명"): facility.waiting,
    }
    return ", ".join(
        text % {"count": f"{count:,}"} for text, count in told.items() if count is not None
    )


def _access_lines(facility: Facility) -> Iterator[tuple[str, str, str]]:
    """Yield feature, answer, and who says so since when."""
    for fact in facts_from_json(facility.accessibility):
        said = format_html(
            _("{source}, {date} 확인"),
            source=in_its_language(fact.source),
            date=full_date(fact.checked_date),
        )
        yield str(AccessFeature(fact.feature).label), _answer(fact), said


def _answer(fact: AccessFact) -> str:
    if fact.centimetres is not None:
        return f"{fact.centimetres} cm"
    return str(Answer(fact.answer).label)


def _jurisdiction(facility: Facility) -> str:
    """Name who answers for it, where that is not the district it stands in."""
    code = facility.jurisdiction_code
    if not code or code == facility.district_code:
        return ""
    if code == SEOUL_CODE:
        return _("서울특별시")
    district = get_district(code)
    return words.region_name(district) if district else ""


def _district_name(facility: Facility) -> str:
    return facility.district.name if facility.district else ""


def _distance(request: HttpRequest, facility: Facility) -> float | None:
    if not (told := request.GET.get("near")) or facility.point is None:
        return None
    try:
        near = read_near(told)
    except FiltersRefused:
        return None
    here, there = Point(*to_metres(*near)), facility.point
    return float(((here.x - there.x) ** 2 + (here.y - there.y) ** 2) ** 0.5)


def _on_the_map(facility: Facility) -> list[MapPlace]:
    if facility.lat is None or facility.lon is None:
        return []
    return [
        MapPlace(
            name=words.title(facility),
            address=facility.address or "",
            lat=facility.lat,
            lon=facility.lon,
            is_about=facility.precision == Precision.DONG,
        )
    ]


def _maps(facility: Facility) -> list[tuple[str, str]]:
    """Answer searches for the address at map services; the page itself asks none of them."""
    if not facility.address:
        return []
    asked = quote(facility.address, safe="")
    if get_language() == "en":
        return [("NAVER Map", f"https://map.naver.com/p/search/{asked}?lang=en")]
    return [
        ("네이버 지도", f"https://map.naver.com/p/search/{asked}"),
        ("카카오맵", f"https://map.kakao.com/?q={asked}"),
    ]
