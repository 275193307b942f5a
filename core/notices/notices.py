"""Messages of this room itself: what became of somebody's addresses."""

from django.utils.translation import gettext_lazy as _

from core.notices.declaration import AlimTalkTemplate, Notice
from core.notices.topics import ACCOUNT_SECURITY


class PhoneAdded(Notice):
    """Somebody may have typed another's number, or be at another's account."""

    slug = "notices.phone-added"
    alimtalk = AlimTalkTemplate(code="phone_added", variables=("ending", "link"))
    purpose = ACCOUNT_SECURITY
    subject = _("휴대전화 번호를 등록했습니다")
    body = _(
        "끝자리가 %(ending)s인 휴대전화로 알림을 받기로 했습니다."
        " 본인이 한 일이 아니면 비밀번호를 바꾸고 번호를 지워 주세요."
    )
    short = _("끝자리 %(ending)s 번호를 등록했습니다.")
    reason = _("회원님의 계정에 연락처가 더해져서 보내 드립니다.")
    sample = {"ending": "0000"}


NOTICES = (PhoneAdded,)
