"""The facilities of the welfare area: the filtered list, and one of them."""

from http import HTTPStatus

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
from core.web.public import BRIEFLY
from welfare.api.parameters import FILTERS
from welfare.api.serializers import FacilitySerializer
from welfare.enums import FacilityStatus
from welfare.queries import PARAMETERS, FacilityFilters, FiltersRefused, read_filters
from welfare.queries.cards import facility_card, facility_cards


class FacilityList(PublicEndpoint):
    @extend_schema(
        operation_id="listFacilities",
        summary=gettext_lazy("복지시설 찾기"),
        description=gettext_lazy("조건을 여럿 적으면 모두 맞는 시설만 답합니다."),
        tags=["facilities"],
        parameters=[*FILTERS],
        responses={200: list_of("FacilityList", FacilitySerializer)} | problems(),
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        filters = _filters(request)
        cards = facility_cards(filters)
        count, is_capped = capped(cards.count)
        return json_response(
            list_body(
                request,
                with_origin(request, cards.objects),
                count=count,
                capped=is_capped,
                page=filters.page,
                has_next=cards.has_more and filters.page < MOST_PAGES,
            )
        )


class FacilityDetail(PublicEndpoint):
    max_age = BRIEFLY

    @extend_schema(
        operation_id="getFacility",
        summary=gettext_lazy("복지시설 하나"),
        description=gettext_lazy("시설코드로 한 곳을 답합니다."),
        tags=["facilities"],
        responses={200: FacilitySerializer} | problems(404, 410),
    )
    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        read_parameters(request, ())
        found = None if "\x00" in code else facility_card(code)
        if found is None:
            raise Problem(HTTPStatus.NOT_FOUND, _("이 시설코드의 시설이 없습니다."))
        card, status = found
        if status == FacilityStatus.RETIRED:
            raise Problem(HTTPStatus.GONE, _("이 시설은 이제 목록에 없습니다."))
        return json_response(with_origin(request, card))


def _filters(request: HttpRequest) -> FacilityFilters:
    read_parameters(request, PARAMETERS)
    try:
        return read_filters(request.GET, now=timezone.now())
    except FiltersRefused as refused:
        raise refuse(refused.errors) from refused
