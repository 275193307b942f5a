"""`/my/`: what somebody can do in their office, and the ways to all that is their own."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.enums import DESK as DESK_ROLES
from accounts.enums import Role
from accounts.models import Invitation, Membership, User
from core.areas import NavItem
from core.web.wording import in_its_language
from seoul_portal.my.person import person_id_of, signed_in
from seoul_portal.my.suggestions import PURPOSE, suggestions_for

SECTIONS = (
    NavItem(
        "my-requests",
        _("내 신청"),
        _("신청한 일이 어디까지 되었는지 보고, 묻는 것에 답합니다."),
    ),
    NavItem(
        "welfare:counsel",
        _("복지 상담 신청하기"),
        _("무엇을 신청할지 모를 때 동주민센터에 물어봅니다."),
    ),
    NavItem(
        "my-notices",
        _("알림"),
        _("받은 알림을 보고, 어떻게 받을지 고릅니다."),
    ),
    NavItem(
        "my-profile",
        _("내 정보"),
        _("나에 대해 적은 것과 쓰이는 곳을 보고, 고치고, 거둡니다."),
    ),
    NavItem(
        "my-helpers",
        _("도우미"),
        _("나를 대신할 사람을 정하고, 한 일을 보고, 그만 맡깁니다."),
    ),
    NavItem(
        "my-data",
        _("내 개인정보"),
        _("이 포털이 나에 대해 가지고 있는 것을 보고, 내려받고, 지웁니다."),
    ),
    NavItem(
        "my-access",
        _("내 정보를 본 기록"),
        _("누가 언제 왜 내 정보를 보았는지 확인합니다."),
    ),
)
# What one comes for once in a while: it stands below all that is of use on a day.
ACCOUNT = (
    NavItem(
        "account_email",
        _("이메일 주소"),
        _("로그인하는 주소를 보고, 바꾸고, 확인합니다."),
    ),
    NavItem(
        "account_change_password",
        _("비밀번호"),
        _("비밀번호를 새로 정합니다."),
    ),
    NavItem(
        "mfa_index",
        _("패스키와 2단계 인증"),
        _("비밀번호 없이 로그인하거나, 한 가지를 더 확인하게 합니다."),
    ),
    NavItem(
        "usersessions_list",
        _("로그인한 기기"),
        _("어떤 기기에서 로그인했는지 보고, 로그아웃합니다."),
    ),
)
DESK = NavItem(
    "admin:index",
    _("직원 화면"),
    _("맡은 일을 보고 처리합니다."),
)
INVITED = NavItem(
    "my-invitations",
    _("초대"),
    _("함께 일하자고 한 기관을 보고, 받아들이거나 거절합니다."),
)
SOCIAL = NavItem(
    "socialaccount_connections",
    _("다른 회사 계정"),
    _("카카오, 네이버, 구글 계정을 잇거나 끊습니다."),
)


# What each role finds here today, said as it is: what is not there yet is not promised.
CAN_DO: dict[str, str | Promise] = {
    Role.WORKER: _("기관에 들어온 신청을 보고 처리합니다."),
    Role.MANAGER: _("기관의 신청을 나누어 맡기고, 기관에서 일할 사람을 정합니다."),
    Role.OFFICIAL: _("기관마다 신청이 얼마나 있는지 숫자로 봅니다. 누구의 신청인지는 안 보입니다."),
    Role.PARTNER: _("단체에 맡겨진 신청을 보고 처리합니다. 맡겨진 것이 없으면 비어 있습니다."),
    Role.ORGANISER: _(
        "행사를 올리는 화면은 아직 없습니다. "
        "지금은 동주민센터의 주소와 전화, 여는 시간을 볼 수 있습니다."
    ),
    Role.VOLUNTEER: _(
        "봉사를 신청하거나 적는 화면은 아직 없습니다. 할 일은 기관에 물어봐 주세요. "
        "아래의 서비스는 모두 쓰실 수 있습니다."
    ),
}
LEADS_TO = {
    Role.OFFICIAL: NavItem("admin:cases_case_figures", _("기관별 신청 현황")),
    Role.ORGANISER: NavItem("admin:accounts_communitycentre_changelist", _("동주민센터 목록")),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody is in an office, what they can do there now, and where."""

    role: str
    office: str
    can_do: str | Promise
    phone: str
    way: str | Promise = ""
    url: str = ""


def my_home(request: HttpRequest) -> HttpResponse:
    person = request.user
    held = person.duties if isinstance(person, User) else ()
    # Whoever has not shown the second factor yet is led to it from there.
    works_here = getattr(person, "works_at_the_desk", False) or any(
        one.role in DESK_ROLES for one in held
    )
    is_invited = Invitation.objects.open_on(timezone.localdate()).addressed_to(
        person_id_of(request)
    )
    duties = list(_duties(held))
    # A duty that leads to the desk is its link already.
    leads_there = any(duty.url == reverse(DESK.url_name) for duty in duties)
    sections = (
        *((INVITED,) if is_invited.exists() else ()),
        *((DESK,) if works_here and not leads_there else ()),
        *SECTIONS,
    )
    context = {
        "sections": sections,
        "account": (*ACCOUNT, *((SOCIAL,) if settings.SOCIALACCOUNT_PROVIDERS else ())),
        "duties": duties,
        "suggestions": suggestions_for(signed_in(request), on=timezone.localdate()),
        "withdraw_url": reverse("my-profile-withdraw", args=[PURPOSE]),
    }
    return render(request, "seoul_portal/my/home.html", context)


def _duties(held: tuple[Membership, ...]) -> Iterator[Duty]:
    for one in held:
        way = LEADS_TO.get(Role(one.role), DESK if one.role in DESK_ROLES else None)
        yield Duty(
            role=str(one.get_role_display()),
            office=_office(one),
            can_do=CAN_DO[one.role],
            phone=one.office.phone,
            way=way.title if way else "",
            url=reverse(way.url_name) if way else "",
        )


def _office(one: Membership) -> str:
    if get_language() == "en" and one.office.name_en:
        return one.office.name_en
    return in_its_language(one.office.name)
