"""What this room holds about people."""

import datetime

from django.utils.translation import gettext_lazy as _

from core.records.declaration import Holding

CONSENT = _("이용자의 동의 (개인정보 보호법 제15조 제1항 제1호)")
CONTRACT = _("이용자가 요청한 서비스의 제공 (개인정보 보호법 제15조 제1항 제4호)")
KEPT = datetime.timedelta(days=365)

HOLDINGS = (
    Holding(
        model="notices.Message",
        person="person",
        title=_("받은 알림"),
        purpose=_("알린 일을 다시 볼 수 있게 합니다."),
        legal_basis=CONTRACT,
        fields={
            "facts": _("알림에 적힌 내용"),
            "created_at": _("알린 때"),
            "read_at": _("읽은 때"),
        },
        keep=KEPT,
        kept_from="created_at",
    ),
    Holding(
        model="notices.Message",
        person="about",
        title=_("나에 대해 도우미가 받은 알림"),
        purpose=_("나를 대신하는 사람이 알린 일을 다시 볼 수 있게 합니다."),
        legal_basis=CONTRACT,
        fields={
            "facts": _("알림에 적힌 내용"),
            "created_at": _("알린 때"),
        },
        keep=KEPT,
        kept_from="created_at",
    ),
    Holding(
        model="notices.Delivery",
        person="person",
        title=_("알림을 보낸 기록"),
        purpose=_("알림이 빠지거나 두 번 가지 않게 합니다."),
        legal_basis=CONTRACT,
        fields={"channel": _("보낸 방법"), "state": _("보낸 결과"), "sent_at": _("보낸 때")},
        keep=KEPT,
        kept_from="due_at",
    ),
    Holding(
        model="notices.Preference",
        person="person",
        title=_("알림 설정"),
        purpose=_("고른 방법과 때에 맞추어 알립니다."),
        legal_basis=CONTRACT,
        fields={
            "purpose": _("무엇에 대해"),
            "mode": _("받는 때"),
            "channels": _("받는 방법"),
            "chosen_at": _("고른 때"),
        },
    ),
    Holding(
        model="notices.Reader",
        person="person",
        title=_("알림 언어와 휴대전화"),
        purpose=_("고른 언어로, 확인된 번호로만 보냅니다."),
        legal_basis=CONSENT,
        fields={
            "language": _("언어"),
            "phone": _("휴대전화 번호"),
            "asked_phone": _("확인하고 있는 번호"),
            "asked_at": _("인증번호를 보낸 때"),
        },
    ),
    Holding(
        model="notices.PushSubscription",
        person="person",
        title=_("알림을 받는 브라우저"),
        purpose=_("고른 브라우저에 알림을 띄웁니다."),
        legal_basis=CONSENT,
        fields={
            "endpoint": _("브라우저의 알림 주소"),
            "key": _("알림을 잠그는 열쇠"),
            "secret": _("알림을 잠그는 비밀"),
            "added_at": _("더한 때"),
        },
    ),
    Holding(
        model="notices.Bounce",
        person="person",
        title=_("편지가 되돌아온 주소"),
        purpose=_("닿지 않는 주소로 자꾸 보내지 않습니다."),
        legal_basis=CONTRACT,
        fields={
            "address": _("주소"),
            "reason": _("되돌아온 까닭"),
            "bounced_at": _("되돌아온 때"),
        },
        keep=KEPT,
        kept_from="bounced_at",
    ),
)
