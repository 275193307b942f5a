"""What this room itself keeps about people."""

from django.utils.translation import gettext_lazy as _

from core.records.declaration import Holding

HOLDINGS = (
    Holding(
        model="records.Consent",
        person="person",
        title=_("동의한 기록"),
        purpose=_("무엇에 동의했는지 보여 드리고, 거두면 그만 쓰기 위해서입니다."),
        legal_basis=_("개인정보 보호법 제15조 제1항 제1호(동의)"),
        fields={
            "purpose": _("목적"),
            "text_version": _("동의문 판"),
            "given_at": _("동의한 때"),
            "channel": _("동의한 방법"),
            "withdrawn_at": _("거둔 때"),
        },
    ),
)
