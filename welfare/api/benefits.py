"""The benefits of the welfare area: the filtered list, and one of them."""

import datetime
import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema

from core.web.api.endpoint import PublicEndpoint, json_response
from core.web.api.envelope import list_body, with_origin
from core.web.api.parameters import read_parameters
from core.web.api.schema import list_of, problems
from core.web.pagination import MOST_PAGES, capped
from core.web.problems import Problem, refuse
from welfare.api.parameters import BENEFIT_FILTERS
from welfare.api.serializers import BenefitSerializer, WholeBenefitSerializer
from welfare.enums import BenefitStatus
from welfare.models import Benefit
from welfare.queries import FiltersRefused
from welfare.queries.benefit_filters import (
    BENEFIT_PARAMETERS,
    BenefitFilters,
    read_benefit_filters,
)
from welfare.queries.benefits import benefit_cards, public_benefit
from welfare.rules.condition_codes import codes_of

TEXTS = (
    "target", "criteria", "content", "how_to_apply", "documents", "receiver", "contact", "laws",
    "link", "apply_link",
)  # fmt: skip


class BenefitList(PublicEndpoint):
    @extend_schema(
        operation_id="listBenefits",
        summary=gettext_lazy("복지 급여 찾기"),
        description=gettext_lazy(
            "서울에 사는 사람을 위한 나라, 서울시, 자치구, 공공기관의 급여입니다. "
            "조건을 여럿 적으면 모두 맞는 것만, 마감이 가까운 것부터 답합니다."
        ),
        tags=["benefits"],
        parameters=[*BENEFIT_FILTERS],
        responses={200: list_of("BenefitList", BenefitSerializer)} | problems(),
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        filters = _filters(request)
        benefits, found = benefit_cards(filters)
        count, is_capped = capped(found)
        today = timezone.localdate()
        objects = ",".join(_card(benefit, today) for benefit in benefits)
        return json_response(
            list_body(
                request,
                with_origin(request, objects.encode()),
                count=count,
                capped=is_capped,
                page=filters.page,
                has_next=filters.offset + len(benefits) < found and filters.page < MOST_PAGES,
            )
        )


class BenefitDetail(PublicEndpoint):
    @extend_schema(
        operation_id="getBenefit",
        summary=gettext_lazy("복지 급여 하나"),
        description=gettext_lazy(
            "번호로 하나를 답합니다. 다른 급여와 같은 것으로 밝혀진 번호는 그 급여를 답합니다."
        ),
        tags=["benefits"],
        responses={200: WholeBenefitSerializer} | problems(404, 410),
    )
    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        read_parameters(request, ())
        benefit = public_benefit(code)
        if benefit is not None and benefit.same_as_id:
            benefit = public_benefit(benefit.same_as_id)
        if benefit is None:
            raise Problem(HTTPStatus.NOT_FOUND, _("이 번호의 복지 급여가 없습니다."))
        if benefit.status == BenefitStatus.RETIRED:
            raise Problem(HTTPStatus.GONE, _("이 급여는 이제 목록에 없습니다."))
        told = json.dumps(_whole(benefit), ensure_ascii=False, separators=(",", ":"))
        card = f"{_card(benefit, timezone.localdate())[:-1]},{told[1:]}"
        return json_response(with_origin(request, card.encode()))


def _card(benefit: Benefit, today: datetime.date) -> str:
    """Add to the ready object what differs from day to day."""
    standing = benefit.standing_on(today)
    deadline = {
        "text": benefit.deadline or None,
        "state": standing.state,
        "opens": standing.opens and standing.opens.isoformat(),
        "closes": standing.closes and standing.closes.isoformat(),
    }
    told = json.dumps(deadline, ensure_ascii=False, separators=(",", ":"))
    return f'{benefit.card[:-1]},"deadline":{told}}}'


def _whole(benefit: Benefit) -> dict[str, Any]:
    known = benefit.condition_codes is not None
    return {
        **{name: getattr(benefit, name) or None for name in TEXTS},
        "conditions": codes_of(benefit.condition_codes or 0) if known else None,
        "age_from": benefit.age_from,
        "age_to": benefit.age_to,
    }


def _filters(request: HttpRequest) -> BenefitFilters:
    read_parameters(request, BENEFIT_PARAMETERS)
    try:
        return read_benefit_filters(request.GET)
    except FiltersRefused as refused:
        raise refuse(refused.errors) from refused
