"""The HSDS addresses as our OpenAPI document tells them; the schemas are the publisher's own."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from core.web.api.schema import number, problems, query
from core.web.pagination import LARGEST_PAGE, MOST_PAGES, PAGE_SIZE

TAG = {"tags": ["hsds"]}
SPECIFICATION = _("형식은 Open Referral의 HSDS 3.0(docs.openreferral.org)에 있습니다.")


def _open_object(name: str) -> Any:
    return inline_serializer(name, {"id": serializers.UUIDField()})


def _page_of(name: str, of: str) -> Any:
    return inline_serializer(
        name,
        {
            "total_items": serializers.IntegerField(),
            "total_pages": serializers.IntegerField(),
            "page_number": serializers.IntegerField(),
            "size": serializers.IntegerField(),
            "first_page": serializers.BooleanField(),
            "last_page": serializers.BooleanField(),
            "empty": serializers.BooleanField(),
            "contents": inline_serializer(of, {"id": serializers.UUIDField()}, many=True),
        },
    )


PAGES = (
    query("page", _("쪽. 500쪽까지 볼 수 있습니다."), kind=number(1, MOST_PAGES, default=1)),
    query(
        "per_page",
        _("한 쪽에 담을 수 (기본 20, 최대 100)"),
        kind=number(1, LARGEST_PAGE, default=PAGE_SIZE),
    ),
    query("format", _("json만 됩니다."), enum=["json"]),
)
FULL = query("full", _("true: 딸린 것까지 모두"), kind=OpenApiTypes.BOOL)
FULL_SERVICE = query("full_service", _("true: 서비스에 딸린 것까지"), kind=OpenApiTypes.BOOL)
SEARCH = query("search", _("찾는 말 (100자까지). 초성과 낱말의 일부도 됩니다."))
FILTERS = (
    SEARCH,
    query("taxonomy_term_id", _("시설 종류의 식별자"), kind=OpenApiTypes.UUID),
    query("organization_id", _("운영하거나 관할하는 곳의 식별자"), kind=OpenApiTypes.UUID),
    query("modified_after", _("이때나 그 뒤에 바뀐 것만 (ISO 8601)"), kind=OpenApiTypes.DATETIME),
    FULL,
    *PAGES,
)
ONE = {200: _open_object("HsdsService")}

ABOUT: dict[str, Any] = TAG | {
    "operation_id": "hsdsAbout",
    "summary": _("HSDS: 이 API가 따르는 판"),
    "description": SPECIFICATION,
    "responses": {
        200: inline_serializer(
            "HsdsAbout",
            {
                "version": serializers.CharField(),
                "profile": serializers.URLField(),
                "openapi_url": serializers.URLField(),
            },
        )
    }
    | problems(),
}
SERVICES: dict[str, Any] = TAG | {
    "operation_id": "hsdsServices",
    "summary": _("HSDS: 서비스 목록"),
    "description": SPECIFICATION,
    "parameters": [
        query("minimal", _("true: 식별자와 바뀐 때만"), kind=OpenApiTypes.BOOL),
        *FILTERS,
    ],
    "responses": {200: _page_of("HsdsServicePage", "HsdsServiceInList")} | problems(),
}
SERVICE: dict[str, Any] = TAG | {
    "operation_id": "hsdsService",
    "summary": _("HSDS: 서비스 하나"),
    "description": SPECIFICATION,
}
SERVICE_AT_LOCATIONS: dict[str, Any] = TAG | {
    "operation_id": "hsdsServiceAtLocations",
    "summary": _("HSDS: 서비스와 그곳의 목록"),
    "description": SPECIFICATION,
    "parameters": [query("postcode", _("우편번호 (다섯 자리)")), *FILTERS],
    "responses": {200: _page_of("HsdsPlacePage", "HsdsPlaceInList")} | problems(),
}
SERVICE_AT_LOCATION: dict[str, Any] = TAG | {
    "operation_id": "hsdsServiceAtLocation",
    "summary": _("HSDS: 서비스와 그곳 하나"),
    "description": SPECIFICATION,
    "responses": {200: _open_object("HsdsServiceAtLocation")} | problems(404),
}
ORGANIZATIONS: dict[str, Any] = TAG | {
    "operation_id": "hsdsOrganizations",
    "summary": _("HSDS: 운영하거나 관할하는 곳의 목록"),
    "description": _(
        "형식은 Open Referral의 HSDS 3.0(docs.openreferral.org)에 있습니다. full이나 "
        "full_service로 서비스까지 물으면 한 답에 1,000개까지, 한 쪽에 있는 곳마다 고르게 "
        "담습니다. 나머지는 services에 organization_id를 적어 찾으세요."
    ),
    "parameters": [query("search", _("이름에 든 말")), FULL, FULL_SERVICE, *PAGES],
    "responses": {200: _page_of("HsdsOrganizationPage", "HsdsOrganizationInList")} | problems(),
}
ORGANIZATION: dict[str, Any] = TAG | {
    "operation_id": "hsdsOrganization",
    "summary": _("HSDS: 운영하거나 관할하는 곳 하나"),
    "description": SPECIFICATION,
    "parameters": [FULL_SERVICE],
    "responses": {200: _open_object("HsdsOrganization")} | problems(404),
}
