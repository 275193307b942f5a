"""The whole of a filtered catalogue of benefits as a table, streamed row by row."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from core.places.facts import get_district
from core.web.limits import limited_downloads
from core.web.public import public
from welfare.enums import LifeStage, ProviderLevel
from welfare.models import Benefit
from welfare.queries import benefit_cards
from welfare.queries.benefit_filters import BenefitFilters, read_benefit_filters
from welfare.queries.benefits import matching_benefits
from welfare.views import facility_words
from welfare.views.downloads import CHUNK, asked_whole, csv_lines, streamed


@public(max_age=60)
@limited_downloads
def benefit_csv(request: HttpRequest) -> HttpResponseBase:
    filters = asked_whole(request, read_benefit_filters)
    if isinstance(filters, HttpResponse):
        return filters
    return streamed(_lines(filters), "text/csv; charset=utf-8", "seoul-welfare-benefits.csv")


def _lines(filters: BenefitFilters) -> Iterator[str]:
    today = timezone.localdate()
    found = matching_benefits(filters).iterator(chunk_size=CHUNK)
    return csv_lines(_headings(), (_cells(one, today) for one in found))


def _headings() -> list[str]:
    return [
        _("번호"), _("이름"), _("요약"), _("주는 곳의 단계"), _("주는 곳"), _("자치구"),
        _("생애주기"), _("주제"), _("가구 상황"), _("신청할 수 있는 때"),
        _("신청 기한 (쓰인 대로)"), _("지원 대상"), _("선정 기준"), _("지원 내용"), _("신청 방법"),
        _("구비 서류"), _("문의"), _("근거"), _("제공 기관이 고친 날"), _("인터넷 주소"),
    ]  # fmt: skip


def _cells(one: Benefit, today: datetime.date) -> list[Any]:
    district = get_district(one.district_code or "")
    return [
        one.code,
        one.name,
        one.summary,
        str(ProviderLevel(one.provider_level).label),
        one.provider,
        facility_words.region_name(district) if district else "",
        "; ".join(str(LifeStage(stage).label) for stage in one.life_stages),
        "; ".join(one.themes),
        "; ".join(one.targets),
        benefit_cards.standing(one, today).sentence,
        one.deadline,
        one.target,
        one.criteria,
        one.content,
        one.how_to_apply,
        one.documents,
        one.contact,
        one.laws,
        one.modified_date.isoformat() if one.modified_date else "",
        settings.SITE_URL + one.get_absolute_url(),
    ]
