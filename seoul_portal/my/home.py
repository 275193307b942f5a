"""`/my/`: the ways to all that is a person's own, each with a sentence."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation
from core.areas import NavItem
from seoul_portal.my.person import person_id_of

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
        "my-notices",
        _("알림"),
        _("받은 알림을 보고, 어떻게 받을지 고릅니다."),
    ),
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


def my_home(request: HttpRequest) -> HttpResponse:
    works_here = getattr(request.user, "works_at_the_desk", False)
    is_invited = Invitation.objects.open_on(timezone.localdate()).addressed_to(
        person_id_of(request)
    )
    sections = (
        *((INVITED,) if is_invited.exists() else ()),
        *((DESK,) if works_here else ()),
        *SECTIONS,
        *((SOCIAL,) if settings.SOCIALACCOUNT_PROVIDERS else ()),
    )
    return render(request, "seoul_portal/my/home.html", {"sections": sections})
