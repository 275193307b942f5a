"""The front door of welfare: benefits, facilities and what follows from them."""

from django.utils.translation import gettext_lazy as _

from core.areas import NavItem, PolicyArea
from core.desk.worklists import Worklist
from core.feeds.declaration import FeedDeclaration
from welfare import services
from welfare.cases import COUNSEL
from welfare.feeds import central_facilities, seoul_facilities
from welfare.feeds.central_facilities import CentralFacilitiesFeed, CentralFacilityRecord
from welfare.feeds.seoul_facilities import SeoulFacilitiesFeed, SeoulFacilityRecord
from welfare.holdings import HOLDINGS
from welfare.queries import worklists
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
    labels=seoul_facilities.LABELS,
    hold=services.hold_publication,
    publish=services.publish_facilities,
    conceal=services.conceal_rejects,
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
    labels=central_facilities.LABELS,
    hold=services.hold_publication,
    publish=services.publish_facilities,
    conceal=services.conceal_rejects,
    after_commit=follow_publication,
)

WORKLISTS = (
    Worklist(
        title=_("시민 신고"),
        about=_("시민이 알려 준 틀린 내용입니다. 오래 기다린 것부터 보입니다."),
        permission="welfare.view_facilityreport",
        url_name="admin:welfare_facilityreport_changelist",
        icon="flag",
        waiting=worklists.reports_waiting,
    ),
    Worklist(
        title=_("다시 볼 수정"),
        about=_("직원이 고친 뒤에 원본이 바뀌었습니다. 어느 값이 맞는지 골라 주세요."),
        permission="welfare.view_facilitycorrection",
        url_name="admin:welfare_facilitycorrection_changelist",
        icon="compare_arrows",
        waiting=worklists.corrections_to_review,
    ),
    Worklist(
        title=_("보호 풀기 요청"),
        about=_("동료가 시설 종류의 보호를 풀자고 요청했습니다. 이유를 보고 확인해 주세요."),
        permission="welfare.change_facilitykind",
        url_name="admin:welfare_facilitykind_changelist",
        query="lift=waiting",
        icon="lock_open",
        waiting=worklists.protections_to_lift,
    ),
    Worklist(
        title=_("확인한 적 없는 시설"),
        about=_("직원이 아직 확인하지 않은 시설입니다. 시민이 많이 열어 본 시설부터 보입니다."),
        permission="welfare.view_facility",
        url_name="admin:welfare_facility_changelist",
        query="checked=never",
        icon="fact_check",
        waiting=worklists.facilities_never_checked,
    ),
)

AREA = PolicyArea(
    slug="welfare",
    title=_("복지"),
    path="welfare",
    about=_("서울의 복지시설이 어디 있고, 언제 열고, 어떻게 이용하는지 찾습니다."),
    nav=(
        NavItem(
            "welfare:facility-list",
            _("복지시설"),
            _("어르신, 어린이, 장애인을 위한 시설을 동네, 종류, 여는 시간으로 찾습니다."),
        ),
        NavItem(
            "welfare:counsel",
            _("복지 상담 신청"),
            _("무엇을 신청할지 모를 때 동주민센터에 물어봅니다. 로그인이 필요합니다."),
        ),
    ),
    feeds=(SeoulFacilities, CentralFacilities),
    searchable=(FacilitySearch,),
    worklists=WORKLISTS,
    holdings=HOLDINGS,
    case_kinds=(COUNSEL,),
    api_urls="welfare.api.urls",
    urls="welfare.urls",
    sitemaps="welfare.sitemaps.SECTIONS",
    overview="welfare.views.overview.overview",
    place_address="welfare.queries.detail.place_address",
    samples="welfare.services.samples.make_samples",
)
