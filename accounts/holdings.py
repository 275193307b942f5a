"""The personal data that `accounts` keeps, and why."""

import datetime

from django.utils.translation import gettext_lazy as _

from core.records.declaration import Holding

HOLDINGS = (
    Holding(
        model="accounts.Membership",
        person="person",
        title=_("근무하는 기관과 역할"),
        purpose=_("기관의 담당자로서 할 수 있는 일을 정합니다."),
        legal_basis=_("개인정보 보호법 제15조 제1항 제3호(공공기관의 소관 업무 수행)"),
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
    Holding(
        model="accounts.Delegation",
        person="person",
        title=_("나를 대신하는 도우미"),
        purpose=_("정하신 도우미가 정하신 일만 대신하게 합니다."),
        legal_basis=_("개인정보 보호법 제15조 제1항 제1호(동의)"),
        fields={
            "label": _("나만 알아볼 이름"),
            "office": _("기관"),
            "helper": _("도우미"),
            "purposes": _("맡긴 일"),
            "messages_to": _("알림"),
            "ends_date": _("마지막 날"),
            "named_at": _("정한 때"),
            "accepted_at": _("받아들인 때"),
            "revoked_at": _("그만둔 때"),
        },
    ),
    Holding(
        model="accounts.DelegationEvent",
        person="delegation__person",
        title=_("도우미가 한 일"),
        purpose=_("도우미가 대신 한 일을 맡긴 분에게 보여 드립니다."),
        legal_basis=_("개인정보 보호법 제15조 제1항 제1호(동의)"),
        fields={
            "step": _("무엇"),
            "actor": _("한 사람"),
            "what": _("내용"),
            "at": _("때"),
        },
    ),
    Holding(
        model="accounts.CodeGuess",
        person="person",
        title=_("잘못 넣은 도우미 번호"),
        purpose=_("번호를 마구 넣어 보는 것을 막습니다. 하루가 지나면 지웁니다."),
        legal_basis=_("개인정보 보호법 제29조(안전조치의무)"),
        fields={"at": _("때")},
        keep=datetime.timedelta(days=1),
        kept_from="at",
    ),
)
