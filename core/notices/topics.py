"""Purposes that more than one app writes for."""

from django.utils.translation import gettext_lazy as _

from core.notices.declaration import NoticePurpose
from core.notices.enums import Mode

ACCOUNT_SECURITY = NoticePurpose(
    slug="account-security",
    title=_("계정과 연락처"),
    about=_("로그인, 비밀번호, 연락처에 관한 일을 알려 드립니다."),
    is_compulsory=True,
    is_urgent=True,
    because=_("남이 내 계정을 쓰는 것을 바로 알아야 막을 수 있어서, 밤에도 바로 보냅니다."),
    mode=Mode.AT_ONCE,
)
OWN_REQUESTS = NoticePurpose(
    slug="own-requests",
    title=_("내가 신청한 일"),
    about=_("신청하거나 물어본 일이 어떻게 되었는지 알려 드립니다."),
    is_compulsory=True,
    because=_(
        "직접 신청한 일의 답이라서 ‘받은 알림’에는 늘 남습니다."
        " 이메일과 문자는 그만 받을 수 있습니다."
    ),
)
