"""The filters of a facility list as OpenAPI tells them."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample

from core.web.api.schema import PAGING, number, query
from welfare.queries.benefit_filters import WORDS
from welfare.queries.filters import RADII, SORTS


def classes(name: str) -> list[str]:
    """Answer the names of a filter's classes; the Korean words of the pages do as well."""
    return list(WORDS[name].values())


FILTERS = (
    query("q", _("찾는 말 (100자까지). 초성과 낱말의 일부도 됩니다.")),
    query(
        "district",
        _("자치구의 이름이나 코드 (강남구, 강남, Gangnam-gu, 1168000000, 11680)"),
    ),
    query("kind", _("시설 종류의 이름 (노인복지관)")),
    query("family", _("시설 분류의 이름 (노인여가복지시설)")),
    query(
        "near",
        _(
            "위도,경도 (WGS84). 가까운 곳부터 보이고 distance_m이 붙습니다. "
            "위치를 모르는 곳은 빠집니다."
        ),
        examples=[OpenApiExample("서울시청", "37.5663,126.9779")],
    ),
    query("place", _("near 대신 동이나 자치구의 이름, 또는 주소")),
    query("radius", _("near에서 몇 미터 안"), kind=number(*RADII)),
    query(
        "open_at",
        _(
            "그때 여는 곳만. now 또는 ISO 8601 시각이며, 시간대가 없으면 서울 시각입니다. "
            "여는 시간이 알려진 곳만 나옵니다."
        ),
    ),
    query(
        "accessible",
        _("true: 휠체어로 이용할 수 있다고 확인된 곳만. false: 가리지 않음"),
        kind=OpenApiTypes.BOOL,
    ),
    query(
        "sort",
        _("순서. 없으면 near는 가까운 순, q는 잘 맞는 순, 나머지는 이름 순"),
        enum=SORTS,
    ),
    *PAGING,
)

BENEFIT_FILTERS = (
    query("q", _("찾는 말 (100자까지). 초성과 낱말의 일부도 됩니다.")),
    query("life_stage", _("생애주기: 노년 또는 SENIOR"), enum=classes("life_stage")),
    query("theme", _("주제: 주거 또는 HOUSING"), enum=classes("theme")),
    query("target", _("상황: 장애인 또는 DISABLED"), enum=classes("target")),
    query(
        "district",
        _("사는 자치구의 이름이나 코드. 나라와 서울시의 것에 그 자치구의 것을 더합니다."),
    ),
    query("provider", _("주는 곳: 나라 또는 CENTRAL"), enum=classes("provider")),
    *PAGING,
)
