"""Messages about an account as a whole."""

import datetime

from django.utils.translation import gettext_lazy as _

from core.notices.declaration import AlimTalkTemplate, Facts, Notice
from core.notices.topics import ACCOUNT_SECURITY
from core.web.opening import full_date


class ErasureAsked(Notice):
    """Told at once, so that nobody's things are erased by whoever found a screen open.

    Its address is that of the receipt, which is read when the account is gone.
    """

    slug = "accounts.erasure-asked"
    alimtalk = AlimTalkTemplate(code="erasure_asked", variables=("day", "link"))
    purpose = ACCOUNT_SECURITY
    subject = _("내 정보를 %(day)s에 지웁니다")
    body = _(
        "지우기를 요청하셔서, %(day)s에 계정과 내 정보를 지웁니다."
        " 그때까지 ‘내 정보’에서 거둘 수 있습니다."
        " 본인이 요청하지 않았다면 바로 거두고 비밀번호를 바꿔 주세요."
        "\n아래 주소를 적어 두세요. 지운 뒤에 무엇을 지웠고 무엇이 남았는지 볼 수 있습니다."
    )
    short = _("%(day)s에 내 정보를 지웁니다. 본인이 아니면 거둬 주세요.")
    reason = _("회원님의 계정에서 지우기를 요청해서 보내 드립니다.")
    sample = {"due": "2026-12-05"}

    @classmethod
    def words(cls, facts: Facts) -> Facts:
        return {"day": full_date(datetime.date.fromisoformat(str(facts["due"])))}


class ErasureCalledOff(Notice):
    slug = "accounts.erasure-called-off"
    alimtalk = AlimTalkTemplate(code="erasure_ended", variables=("link",))
    purpose = ACCOUNT_SECURITY
    subject = _("지우기 요청을 거두었습니다")
    body = _("지우기 요청을 거두었습니다. 내 정보는 모두 그대로 있습니다.")
    short = _("지우기 요청을 거두었습니다.")
    reason = _("회원님의 계정에서 지우기 요청을 거두어서 보내 드립니다.")


NOTICES = (ErasureAsked, ErasureCalledOff)
