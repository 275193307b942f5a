"""Search over everything by API, and suggestions while typing."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers

from core.areas import declared_searchables, open_areas
from core.places.facts import get_district
from core.search.queries import SearchAnswer, search, suggest
from core.web.api.endpoint import PublicEndpoint, json_response
from core.web.api.envelope import COUNT_CAP, list_body, origin_of
from core.web.api.parameters import read_paging, read_parameters
from core.web.api.schema import PAGING, list_of, problems, query
from core.web.problems import refuse

LONGEST_Q = 100
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
            "모든 분야에서 찾습니다. 틀린 낱말은 고쳐서 찾고, 고친 말을 searched_for에 적습니다."
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
            )
        }
        | problems(),
    )
    def get(self, request: HttpRequest) -> HttpResponse:
        values = read_parameters(request, FILTERS)
        page, size = read_paging(values)
        scope = _scope(values)
        is_past = (page - 1) * size >= COUNT_CAP
        found = search(_words(values), **scope, page=1 if is_past else page, page_size=size)
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
        words = _words(read_parameters(request, ("q",)))
        results = [{"text": one.text, "kind": one.kind} for one in suggest(words)]
        return json_response(json.dumps({"results": results}, ensure_ascii=False).encode())


def _words(values: Mapping[str, str]) -> str:
    words = values.get("q", "")
    if not words:
        raise refuse({"q": _("찾는 말을 적어 주세요.")})
    if len(words) > LONGEST_Q:
        raise refuse({"q": _("찾는 말은 %(longest)s자까지입니다.") % {"longest": LONGEST_Q}})
    return words


def _scope(values: Mapping[str, str]) -> dict[str, Any]:
    errors = {}
    known = {
        "area": {area.slug for area in open_areas()},
        "kind": {searchable.kind for searchable in declared_searchables()},
    }
    for name, allowed in known.items():
        if values.get(name) and values[name] not in allowed:
            listed = ", ".join(sorted(allowed))
            errors[name] = _("이런 값은 없습니다. 쓸 수 있는 값: %(known)s") % {"known": listed}
    district = get_district(values["district"]) if values.get("district") else None
    if values.get("district") and district is None:
        errors["district"] = _("서울에 이런 자치구가 없습니다. 강남구처럼 적어 주세요.")
    if errors:
        raise refuse(errors)
    return {
        "area": values.get("area", ""),
        "kind": values.get("kind", ""),
        "district": district.code if district else "",
    }


def _told(request: HttpRequest, found: SearchAnswer, page: int, cards: tuple[str, ...]) -> bytes:
    joined = ",".join(cards).replace('"url":"/', f'"url":"{origin_of(request)}/')
    searched_for = json.dumps(found.searched_for, ensure_ascii=False)
    body = list_body(
        request,
        joined.encode(),
        count=found.count,
        capped=found.count_capped,
        page=page,
        has_next=page * found.page_size < found.count and bool(cards),
    )
    return body[:-1] + f',"searched_for":{searched_for}}}'.encode()
