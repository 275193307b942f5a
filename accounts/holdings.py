"""The personal data that `accounts` keeps, and why."""

from django.utils.translation import gettext_lazy as _

from core.records.declaration import Holding

HOLDINGS = (
    Holding(
        model="accounts.Membership",
        person="person",
        title=_("근무하는 기관과 역할"),
        purpose=_("기관의 담당자로서 할 수 있는 일을 정합니다."),
        legal_basis=_("개인정보 보호법 제15조제1항제3호(공공기관의 소관 업무 수행)"),
        fields={
            "office": _("기관"),
            "role": _("역할"),
            "starts_date": _("시작일"),
            "ends_date": _("마지막 날"),
            "ended_at": _("바로 끝낸 시각"),
        },
    ),
)
