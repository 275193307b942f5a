"""Search over everything by API, and suggestions while typing."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers

from core.search.queries import SearchAnswer, search, suggest
from core.web.api.endpoint import PublicEndpoint, json_response
from core.web.api.envelope import list_body, with_origin
from core.web.api.parameters import read_paging, read_parameters
from core.web.api.schema import PAGING, list_of, problems, query
from core.web.pagination import COUNT_CAP
from core.web.problems import refuse
from seoul_portal.search_filters import SearchFilters, read_search_filters

FILTERS = ("q", "area", "kind", "district", "page", "page_size")


class FoundSerializer(serializers.Serializer[Any]):
    """Every kind of thing may hold more than this."""

    kind = serializers.CharField(help_text=gettext_lazy("무엇인지 (welfare.facility)"))
    key = serializers.CharField(help_text=gettext_lazy("그 가운데 어느 것인지 (시설코드)"))
    title = serializers.CharField()
    summary = serializers.CharField(allow_null=True)
    url = serializers.URLField(help_text=gettext_lazy("시민이 보는 쪽"))


Q = query("q", gettext_lazy("찾는 말 (100자까지). 초성과 낱말의 일부도 됩니다."), required=True)


class SearchResults(PublicEndpoint):
    @extend_schema(
        operation_id="search",
        summary=gettext_lazy("통합 검색"),
        description=gettext_lazy(
            "모든 분야에서 찾습니다. 틀린 낱말은 고쳐서 찾고, 고친 말을 searched_for에 적습니다. "
            "모두 맞는 것이 없으면 일부만 맞는 것을 답하고, is_loose가 true입니다."
        ),
        tags=["search"],
        parameters=[
            Q,
            query("area", gettext_lazy("분야 (welfare)")),
            query("kind", gettext_lazy("종류 (welfare.facility)")),
            query("district", gettext_lazy("자치구의 이름이나 코드")),
            *PAGING,
        ],
        responses={
            200: list_of(
                "SearchResultList",
                FoundSerializer,
                searched_for=serializers.CharField(
                    allow_null=True, help_text=gettext_lazy("맞춤법을 고쳐서 찾은 말")
                ),
                is_loose=serializers.BooleanField(
                    help_text=gettext_lazy("찾는 말의 일부만 맞는 것들인지")
                ),
            )
        }
        | problems(),
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        values = read_parameters(request, FILTERS)
        filters = _filters(values)
        page, size = read_paging(values)
        is_past = (page - 1) * size >= COUNT_CAP
        found = search(
            values["q"],
            area=filters.area,
            kind=filters.kind,
            district=filters.district_code,
            page=1 if is_past else page,
            page_size=size,
        )
        return json_response(_told(request, found, page, () if is_past else found.cards))


class Suggestions(PublicEndpoint):
    @extend_schema(
        operation_id="suggest",
        summary=gettext_lazy("검색어 제안"),
        description=gettext_lazy("글자를 다 쓰기 전에도, 초성만으로도 제안합니다."),
        tags=["search"],
        parameters=[Q],
        responses={
            200: inline_serializer(
                "SuggestionList",
                {
                    "results": inline_serializer(
                        "Suggestion",
                        {
                            "text": serializers.CharField(),
                            "kind": serializers.CharField(
                                help_text=gettext_lazy("어떤 말인지 (이름, 종류, 곳, 낱말)")
                            ),
                        },
                        many=True,
                    )
                },
            )
        }
        | problems(),
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        values = read_parameters(request, ("q",))
        _filters(values)
        results = [{"text": one.text, "kind": one.kind} for one in suggest(values["q"])]
        return json_response(json.dumps({"results": results}, ensure_ascii=False).encode())


def _filters(values: Mapping[str, str]) -> SearchFilters:
    filters = read_search_filters(values)
    if not values.get("q"):
        filters.errors["q"] = _("찾는 말을 적어 주세요.")
    if filters.errors:
        raise refuse(filters.errors)
    return filters


def _told(request: HttpRequest, found: SearchAnswer, page: int, cards: tuple[str, ...]) -> bytes:
    joined = with_origin(request, ",".join(cards).encode())
    words = {"searched_for": found.searched_for, "is_loose": found.is_loose}
    said = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    body = list_body(
        request,
        joined,
        count=found.count,
        capped=found.count_capped,
        page=page,
        has_next=page * found.page_size < found.count and bool(cards),
    )
    return body[:-1] + f",{said[1:]}".encode()
