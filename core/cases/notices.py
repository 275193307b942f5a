"""Messages about requests: how one stands now, what is asked, and what is late at an office."""

from django.utils.translation import gettext_lazy as _

from core.cases.wording import OfRequest
from core.notices.declaration import AlimTalkTemplate, Notice, NoticePurpose

OFFICE_WORK = NoticePurpose(
    slug="office-work",
    title=_("우리 기관의 일"),
    about=_("책임자로 일하는 기관에서 기한이 지난 일과 넘어온 일을 알려 드립니다."),
    reaches=lambda person: bool(person.managed_office_ids),
)

ABOUT = ("what", "link", "stop")


class RequestOpened(OfRequest):
    """Told to the person themselves when somebody else asked for them."""

    slug = "cases.opened"
    alimtalk = AlimTalkTemplate(code="cases_opened", variables=ABOUT)
    subject = _("%(what)s: 다른 분이 대신 신청했습니다")
    body = _(
        "도우미나 기관의 직원이 회원님을 대신해 신청했습니다. 모르는 일이라면 ‘내 신청’에서"
        " 확인하고 거둘 수 있습니다."
    )
    short = _("%(what)s: 다른 분이 대신 신청했습니다. ‘내 신청’에서 확인해 주세요.")


class RequestMoved(OfRequest):
    slug = "cases.moved"
    alimtalk = AlimTalkTemplate(
        code="cases_moved", variables=("what", "told", "next_step", "link", "stop")
    )
    subject = _("%(what)s: %(told)s")
    body = _("%(told)s %(next_step)s\n자세한 내용은 ‘내 신청’에서 볼 수 있습니다.")
    short = _("%(what)s: %(told)s")


class RequestAsks(OfRequest):
    slug = "cases.asks"
    alimtalk = AlimTalkTemplate(code="cases_asks", variables=ABOUT)
    subject = _("%(what)s: 여쭤볼 것이 있습니다")
    body = _(
        "담당자가 여쭤본 것이 있습니다. ‘내 신청’에서 읽고 답해 주세요."
        " 답을 기다리는 동안 처리 기한은 멈춥니다."
    )
    short = _("%(what)s: 여쭤볼 것이 있습니다. 답해 주세요.")


class RequestWritten(OfRequest):
    slug = "cases.written"
    alimtalk = AlimTalkTemplate(code="cases_written", variables=ABOUT)
    subject = _("%(what)s: 담당자가 글을 남겼습니다")
    body = _("담당자가 글을 남겼습니다. ‘내 신청’에서 읽을 수 있습니다.")
    short = _("%(what)s: 담당자가 글을 남겼습니다.")


class RequestHandedOver(OfRequest):
    slug = "cases.handed-over"
    alimtalk = AlimTalkTemplate(code="cases_handed_over", variables=ABOUT)
    subject = _("%(what)s: 맡은 기관이 바뀌었습니다")
    body = _(
        "신청을 다른 기관에 넘겼습니다. 다시 신청하지 않으셔도 됩니다."
        " 어느 기관인지는 ‘내 신청’에서 볼 수 있습니다."
    )
    short = _("%(what)s: 맡은 기관이 바뀌었습니다.")


class RequestNumberLocked(OfRequest):
    """Told to the person themselves: somebody has the digits of their slip, and not their name."""

    slug = "cases.number-locked"
    alimtalk = AlimTalkTemplate(code="cases_locked", variables=ABOUT)
    subject = _("%(what)s: 접수 번호를 하루 동안 잠갔습니다")
    body = _(
        "누군가 접수증의 번호로 답하거나 거두려고 하면서 다른 이름을 여러 번 넣었습니다."
        " 그래서 그 번호로는 하루 동안 아무것도 할 수 없게 했습니다. 신청은 그대로입니다."
        " ‘내 신청’에서는 지금도 답하거나 거둘 수 있습니다. 회원님이 넣은 것이 아니라면"
        " 맡은 기관에서 새 접수증을 받아 주세요. 그러면 지금 번호는 쓸 수 없게 됩니다."
    )
    short = _("%(what)s: 다른 이름을 여러 번 넣어 접수 번호를 하루 동안 잠갔습니다.")


class OfficeIsLate(Notice):
    """Told to an office's managers in the night in which something climbed to them."""

    slug = "cases.office-is-late"
    alimtalk = AlimTalkTemplate(
        code="cases_office_late", variables=("office", "number", "link", "stop")
    )
    purpose = OFFICE_WORK
    subject = _("기한이 지난 신청 %(number)s건")
    body = _(
        "%(office)s에서 %(number)s건의 처리 기한이 지나 책임자에게 올라왔습니다."
        " 담당자를 정하거나 처리해 주세요."
    )
    short = _("%(office)s: 기한이 지난 신청 %(number)s건")
    reason = _("회원님이 이 기관의 책임자라서 보내 드립니다.")
    sample = {"office": "청운효자동주민센터", "number": 3}


class RequestComes(Notice):
    """Told to whoever runs the office that was handed a request; nobody there has it yet."""

    slug = "cases.comes"
    alimtalk = AlimTalkTemplate(code="cases_comes", variables=("office", "number", "link", "stop"))
    purpose = OFFICE_WORK
    subject = _("다른 기관에서 신청이 넘어왔습니다: #%(number)s")
    body = _(
        "다른 기관이 %(office)s에 신청을 넘겼습니다: #%(number)s. 담당자를 정하거나 처리해 주세요."
    )
    short = _("%(office)s: 다른 기관에서 신청이 넘어왔습니다: #%(number)s.")
    reason = _("회원님이 이 기관의 책임자라서 보내 드립니다.")
    sample = {"office": "청운효자동주민센터", "number": 3}


NOTICES = (
    RequestOpened,
    RequestMoved,
    RequestAsks,
    RequestWritten,
    RequestHandedOver,
    RequestNumberLocked,
    OfficeIsLate,
    RequestComes,
)
