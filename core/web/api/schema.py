"""What every address says of itself in OpenAPI: its errors, its paging, its list envelope."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

from core.web.pagination import LARGEST_PAGE, MOST_PAGES, PAGE_SIZE
from core.web.problems import MEDIA_TYPE

Text = Promise | str


class ProblemErrorSerializer(serializers.Serializer[Any]):
    parameter = serializers.CharField(help_text=_("어느 조건"))
    detail = serializers.CharField(help_text=_("무엇이 잘못되었고 무엇이면 되는지"))


class ProblemSerializer(serializers.Serializer[Any]):
    """RFC 9457"""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text=_("사람이 읽는 설명 (Accept-Language: en 이면 영어)"))
    errors = ProblemErrorSerializer(many=True, required=False)  # type: ignore[assignment]


WORDS = {
    400: _("잘못된 조건"),
    404: _("없음"),
    405: _("GET만 됩니다"),
    410: _("전에는 있었지만 이제 없음"),
    413: _("한 번에 보낼 수 있는 것보다 큼"),
    429: _("너무 잦은 요청 (Retry-After 초 뒤에)"),
}


def problems(*statuses: int) -> dict[Any, Any]:
    """Answer the error responses of an address; every one may be asked too often."""
    return {
        (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=WORDS[status])
        for status in (400, *statuses, 429)
    }


def query(name: str, words: Text, *, kind: Any = OpenApiTypes.STR, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=words, **more)


def number(least: int, most: int, **more: Any) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most, **more}


PAGING = (
    query(
        "page",
        _("쪽. 500쪽까지 볼 수 있습니다."),
        kind=number(1, MOST_PAGES, default=1),
    ),
    query(
        "page_size",
        _("한 쪽에 담을 수 (기본 20, 최대 100)"),
        kind=number(1, LARGEST_PAGE, default=PAGE_SIZE),
    ),
)


def list_of(name: str, of: type[serializers.Serializer[Any]], **more: Any) -> Any:
    """Answer the list envelope around one kind of object."""
    return inline_serializer(
        name,
        {
            "count": serializers.IntegerField(help_text=_("10,000까지 정확합니다.")),
            "count_capped": serializers.BooleanField(help_text=_("10,000개보다 많으면 true")),
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": of(many=True),
            **more,
        },
    )
