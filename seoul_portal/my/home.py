"""`/my/`: the ways to all that is a person's own, each with a sentence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from core.areas import NavItem

SECTIONS = (
    NavItem(
        "my-requests",
        _("내 신청"),
        _("신청이 어떻게 되고 있는지 보고, 물어본 것에 답합니다."),
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
)


def my_home(request: HttpRequest) -> HttpResponse:
    return render(request, "seoul_portal/my/home.html", {"sections": SECTIONS})
