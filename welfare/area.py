"""The front door of welfare: benefits, facilities and what follows from them."""

from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.areas import NavItem, PolicyArea
from core.cases.permissions import can_see_figures
from core.desk.worklists import Worklist
from core.feeds.declaration import FeedDeclaration
from welfare import services
from welfare.cases import BENEFIT_APPLICATION, COUNSEL, HOME_VISIT, REFERRAL
from welfare.feeds import (
    bokjiro_central,
    bokjiro_local,
    central_facilities,
    gov24,
    seoul_facilities,
)
from welfare.feeds._bokjiro import BokjiroDetailRecord, BokjiroRecord
from welfare.feeds.central_facilities import CentralFacilitiesFeed, CentralFacilityRecord
from welfare.feeds.seoul_facilities import SeoulFacilitiesFeed, SeoulFacilityRecord
from welfare.holdings import HOLDINGS
from welfare.kpi import INDICATORS
from welfare.permissions import (
    can_serve_at_counter,
    has_own_signs,
    runs_a_centre,
    works_in_a_centre,
)
from welfare.queries import worklists
from welfare.search import BenefitSearch, FacilitySearch, follow_benefits, follow_publication

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


def _benefit_feed(
    name: str, title: Promise, source: str, publisher: Promise, default_url: str, **more: Any
) -> FeedDeclaration:
    """Declare one of the benefit feeds, or what follows it: all publish into one catalogue."""
    return FeedDeclaration(
        name=f"welfare.{name}",
        title=title,
        publisher=publisher,
        default_url=default_url,
        hold=services.hold_benefits,
        publish=partial(services.publish_benefits, source=source, is_list="then" in more),
        after_commit=follow_benefits,
        **more,
    )


_gov24 = partial(
    _benefit_feed,
    source="GOV24",
    publisher=_("행정안전부 (공공데이터포털)"),
    default_url="https://api.odcloud.kr",
    gateway="odcloud",
    labels=gov24.LABELS,
)
_bokjiro = partial(
    _benefit_feed,
    publisher=_("한국사회보장정보원 (공공데이터포털)"),
    default_url="https://apis.data.go.kr",
    gateway="bokjiro",
)
Gov24 = _gov24(
    "gov24",
    _("보조금24 공공서비스"),
    model="welfare.Gov24Service",
    record=gov24.Gov24Record,
    open=services.open_gov24,
    then=(
        _gov24(
            "gov24_conditions",
            _("보조금24 지원 조건"),
            model="welfare.Gov24Conditions",
            record=gov24.Gov24ConditionsRecord,
            open=services.open_gov24_conditions,
        ),
        _gov24(
            "gov24_details",
            _("보조금24 상세 내용"),
            model="welfare.Gov24Detail",
            record=gov24.Gov24DetailRecord,
            open=services.open_gov24_details,
        ),
    ),
)
BokjiroCentral = _bokjiro(
    "bokjiro_central",
    _("복지로 중앙부처 복지서비스"),
    "CENTRAL",
    model="welfare.BokjiroCentral",
    record=BokjiroRecord,
    open=bokjiro_central.open_list,
    labels=bokjiro_central.LABELS,
    then=(
        _bokjiro(
            "bokjiro_central_details",
            _("복지로 중앙부처 상세 내용"),
            "CENTRAL",
            model="welfare.BokjiroCentralDetail",
            record=BokjiroDetailRecord,
            open=services.open_central_details,
            labels=bokjiro_central.LABELS,
            rows_a_run=services.DETAILS_A_RUN,
        ),
    ),
)
BokjiroLocal = _bokjiro(
    "bokjiro_local",
    _("복지로 지자체 복지서비스"),
    "LOCAL",
    model="welfare.BokjiroLocal",
    record=BokjiroRecord,
    open=bokjiro_local.open_list,
    labels=bokjiro_local.LABELS,
    then=(
        _bokjiro(
            "bokjiro_local_details",
            _("복지로 지자체 상세 내용"),
            "LOCAL",
            model="welfare.BokjiroLocalDetail",
            record=BokjiroDetailRecord,
            open=services.open_local_details,
            labels=bokjiro_local.LABELS,
            rows_a_run=services.DETAILS_A_RUN,
        ),
    ),
)

WORKLISTS = (
    Worklist(
        title=_("복지 이용 현황"),
        about=_("아직 직원이 없는 동주민센터의 수입니다. 급여 신청의 결과도 함께 봅니다."),
        url_name="admin:welfare_benefit_take_up",
        icon="monitoring",
        is_for=can_see_figures,
        waiting=worklists.centres_without_staff,
    ),
    Worklist(
        title=_("창구 상담"),
        about=_("끝내지 않은 내 상담입니다. 시민 옆에서 한 화면으로 복지를 찾습니다."),
        url_name="admin:welfare_countertalk_begin",
        icon="support_agent",
        is_for=can_serve_at_counter,
        waiting_for=worklists.talks_unfinished,
        idle=_("시민 옆에서 한 화면으로 복지를 찾습니다. 여기서 시작합니다."),
    ),
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
    Worklist(
        title=_("검토할 조건과 기준"),
        about=_(
            "동료가 쓴 조건과 기준표입니다. 근거와 바뀌는 판정을 보고 시행하거나 돌려보냅니다."
        ),
        permission="welfare.publish_ruleversion",
        url_name="admin:welfare_ruleversion_changelist",
        query="status__exact=REVIEW",
        icon="gavel",
        waiting=worklists.rules_to_review,
    ),
    Worklist(
        title=_("아무도 확인하지 않은 기준"),
        about=_(
            "원문과 견준 적이 없거나 오래된 숫자입니다. 이것만으로는 ‘아님’이라고 하지 않습니다."
        ),
        permission="welfare.change_ruleversion",
        url_name="admin:welfare_ruleversion_changelist",
        query="vouched=nobody",
        icon="rule",
        waiting=worklists.figures_unvouched,
    ),
    Worklist(
        title=_("다시 볼 쉬운 말 안내"),
        about=_("검토를 기다리거나, 다시 볼 날이 지난 쉬운 말 안내입니다."),
        permission="welfare.change_plaintext",
        url_name="admin:welfare_plaintext_changelist",
        query="review=due",
        icon="translate",
        waiting=worklists.plain_texts_to_review,
    ),
    Worklist(
        title=_("위기 신호 가구"),
        about=_(
            "요금이 밀리거나 일자리를 잃는 등 어려움의 신호가 있는 가구입니다. 점수는 살펴볼 "
            "차례일 뿐, 아무것도 정하지 않습니다."
        ),
        is_for=has_own_signs,
        url_name="admin:welfare_hardshiphousehold_changelist",
        query="state=WAITING",
        icon="volunteer_activism",
        waiting_for=worklists.households_to_look_at,
    ),
    Worklist(
        title=_("돌보는 가구"),
        about=_("우리 동주민센터가 돌보는 가구 가운데 오늘까지 할 일이 있는 가구입니다."),
        is_for=works_in_a_centre,
        url_name="admin:welfare_carehousehold_changelist",
        query="care=due",
        icon="family_restroom",
        waiting_for=worklists.care_due,
    ),
    Worklist(
        title=_("내가 맡은 돌봄"),
        about=_("돌보는 가구 가운데 계획에서 내가 담당인 할 일이 있는 가구입니다."),
        is_for=works_in_a_centre,
        url_name="admin:welfare_carehousehold_changelist",
        query="care=mine",
        icon="person_check",
        waiting_for=worklists.care_mine,
    ),
    Worklist(
        title=_("담당이 없는 돌봄"),
        about=_("할 일은 있는데 담당이 없는 가구입니다. 새로 받은 가구가 여기 있습니다."),
        is_for=works_in_a_centre,
        url_name="admin:welfare_carehousehold_changelist",
        query="care=nobody",
        icon="person_off",
        waiting_for=worklists.care_nobodys,
    ),
    Worklist(
        title=_("넘어오는 가구"),
        about=_("다른 동주민센터가 넘기려는 가구입니다. 까닭을 보고 받거나 받지 않습니다."),
        is_for=runs_a_centre,
        url_name="admin:welfare_carehousehold_coming",
        icon="move_to_inbox",
        waiting_for=worklists.care_coming,
    ),
    Worklist(
        title=_("합칠 가구"),
        about=_("동료가 한 가구라고 한 두 가구입니다. 합치면 어떻게 되는지 보고 답합니다."),
        is_for=works_in_a_centre,
        url_name="admin:welfare_carehousehold_merges",
        icon="join_inner",
        waiting_for=worklists.care_merges,
    ),
    Worklist(
        title=_("검토할 위기 신호 가중치"),
        about=_("동료가 쓴 가중치입니다. 이유를 보고 시행하거나 돌려보냅니다."),
        permission="welfare.publish_signweights",
        url_name="admin:welfare_signweights_changelist",
        query="status__exact=REVIEW",
        icon="balance",
        waiting=worklists.sign_weights_to_review,
    ),
)

AREA = PolicyArea(
    slug="welfare",
    title=_("복지"),
    path="welfare",
    about=_("서울의 복지시설이 어디 있고, 언제 열고, 어떻게 이용하는지 찾습니다."),
    nav=(
        NavItem(
            "welfare:check",
            _("받을 수 있는 복지"),
            _("몇 가지에 답하면 받을 만한 복지를 찾아 드립니다. 아무것도 저장하지 않습니다."),
        ),
        NavItem(
            "welfare:facility-list",
            _("복지시설"),
            _("어르신, 어린이, 장애인을 위한 시설을 동네, 종류, 여는 시간으로 찾습니다."),
        ),
        NavItem(
            "welfare:benefit-list",
            _("복지 급여"),
            _("나라와 서울시, 자치구가 주는 돈과 도움을 나이, 상황, 주제로 찾습니다."),
        ),
        NavItem(
            "welfare:counsel",
            _("복지 상담 신청"),
            _("무엇을 신청할지 모를 때 동주민센터에 물어봅니다. 로그인이 필요합니다."),
        ),
        NavItem(
            "welfare:timeline",
            _("앞으로의 복지"),
            _("태어나서 100세까지, 언제 무엇이 시작되고 끝나는지 미리 봅니다."),
        ),
        NavItem(
            "welfare:life-events",
            _("살면서 겪는 일"),
            _("태어나고, 아프고, 일을 그만둘 때 받을 수 있는 복지를 찾습니다."),
        ),
    ),
    feeds=(SeoulFacilities, CentralFacilities, Gov24, BokjiroCentral, BokjiroLocal),
    searchable=(FacilitySearch, BenefitSearch),
    indicators=INDICATORS,
    worklists=WORKLISTS,
    holdings=HOLDINGS,
    case_kinds=(COUNSEL, BENEFIT_APPLICATION, REFERRAL, HOME_VISIT),
    api_urls="welfare.api.urls",
    urls="welfare.urls",
    sitemaps="welfare.sitemaps.SECTIONS",
    overview="welfare.views.overview.overview",
    suggests="welfare.queries.suggesting.suggest",
    place_address="welfare.queries.detail.place_address",
    samples="welfare.services.samples.make_samples",
)
