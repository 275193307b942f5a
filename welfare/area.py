"""The front door of welfare: benefits, facilities and what follows from them."""

from django.utils.translation import gettext_lazy as _

from core.areas import NavItem, PolicyArea
from core.feeds.declaration import FeedDeclaration
from welfare import services
from welfare.feeds.central_facilities import CentralFacilitiesFeed, CentralFacilityRecord
from welfare.feeds.seoul_facilities import SeoulFacilitiesFeed, SeoulFacilityRecord
from welfare.search import FacilitySearch, follow_publication

SeoulFacilities = FeedDeclaration(
    name="welfare.seoul_facilities",
    title=_("서울시 사회복지시설"),
    publisher=_("서울특별시 (서울 열린데이터광장)"),
    model="welfare.SeoulFacility",
    record=SeoulFacilityRecord,
    open=SeoulFacilitiesFeed,
    default_url="http://openapi.seoul.go.kr:8088",
    gateway="seoul",
    publish=services.publish_facilities,
    after_commit=follow_publication,
)
CentralFacilities = FeedDeclaration(
    name="welfare.central_facilities",
    title=_("중앙정부 사회복지시설"),
    publisher=_("한국사회보장정보원 (공공데이터포털)"),
    model="welfare.CentralFacility",
    record=CentralFacilityRecord,
    open=CentralFacilitiesFeed,
    default_url="https://apis.data.go.kr",
    gateway="data.go.kr",
    publish=services.publish_facilities,
    after_commit=follow_publication,
)

AREA = PolicyArea(
    slug="welfare",
    title=_("복지"),
    path="welfare",
    nav=(NavItem("welfare:facility-list", _("복지시설")),),
    feeds=(SeoulFacilities, CentralFacilities),
    searchable=(FacilitySearch,),
    api_urls="welfare.api.urls",
    urls="welfare.urls",
    sitemaps="welfare.sitemaps.SECTIONS",
    place_address="welfare.queries.detail.place_address",
)
