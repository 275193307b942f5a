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
    Holding(
        model="accounts.Profile",
        person="person",
        title=_("생일과 사는 곳"),
        purpose=_("동의하신 목적에만 씁니다. 동의를 거두면 지웁니다."),
        legal_basis=_("개인정보 보호법 제15조 제1항 제1호(동의)"),
        fields={
            "birth_date": _("생년월일"),
            "district_code": _("사는 자치구"),
            "dong_code": _("사는 행정동"),
            "told_at": _("적은 때"),
        },
    ),
    Holding(
        model="accounts.FactSheet",
        person="person",
        title=_("스스로 적은 형편과 바람"),
        purpose=_("동의하신 목적에만 씁니다. 동의를 거두면 지웁니다."),
        legal_basis=_("개인정보 보호법 제15조 제1항 제1호와 제23조 제1항 제1호(동의)"),
        fields={"group": _("무엇"), "facts": _("내용"), "told_at": _("적은 때")},
    ),
)
