"""What this room itself keeps about people, and the rooms below it, which know nothing of it."""

import datetime

from django.utils.translation import gettext_lazy as _

from core.records.declaration import Erasure, Holding

AGREED = _("개인정보 보호법 제15조 제1항 제1호(동의)")
DUTY = _("개인정보 보호법 제15조 제1항 제3호(공공기관의 업무)")
LOG_LAW = _("개인정보의 안전성 확보조치 기준 제8조(접속기록의 보관 및 점검)")
WORK_LAW = _("공공기록물 관리에 관한 법률 제27조(기록을 함부로 없앨 수 없음)")
OWN_WORK = "The traces of staff's own work: whoever works on the same thing sees them."

HOLDINGS = (
    Holding(
        model="records.Consent",
        person="person",
        title=_("동의한 기록"),
        purpose=_("무엇에 동의했는지 보여 드리고, 거두면 그만 쓰기 위해서입니다."),
        legal_basis=AGREED,
        fields={
            "purpose": _("목적"),
            "text_version": _("동의문 판"),
            "given_at": _("동의한 때"),
            "channel": _("동의한 방법"),
            "withdrawn_at": _("거둔 때"),
        },
    ),
    Holding(
        model="records.Access",
        person="person",
        title=_("내 정보를 본 기록"),
        purpose=_("누가 언제 왜 보았는지 알려 드리기 위해서입니다."),
        legal_basis=LOG_LAW,
        fields={
            "at": _("때"),
            "actor_name": _("본 사람"),
            "office": _("기관"),
            "holdings": _("본 것"),
            "reason": _("이유"),
            "door": _("본 곳"),
        },
        keep=datetime.timedelta(days=2 * 365),
        kept_from="at",
        erasure=Erasure.KEEP,
        law=LOG_LAW,
        forgotten_by="core.records.services.keep_months",
    ),
    Holding(
        model="records.Access",
        person="actor",
        title=_("내가 다른 사람의 정보를 본 기록"),
        purpose=_("누가 언제 왜 보았는지 당사자에게 알리기 위해서입니다."),
        legal_basis=LOG_LAW,
        fields={
            "at": _("때"),
            "actor_name": _("본 사람"),
            "office": _("기관"),
            "holdings": _("본 것"),
            "reason": _("이유"),
            "door": _("본 곳"),
        },
        keep=datetime.timedelta(days=2 * 365),
        kept_from="at",
        erasure=Erasure.KEEP,
        law=LOG_LAW,
        forgotten_by="core.records.services.keep_months",
        is_watched=False,
        unwatched_because="It is told to the person whose data was read, who must know by whom.",
    ),
    Holding(
        model="records.ErasureRequest",
        person="person",
        title=_("지우기 요청"),
        purpose=_("지울 때까지 거둘 수 있게 하고, 무엇을 지웠는지 알려 드리기 위해서입니다."),
        legal_basis=_("개인정보 보호법 제36조(정정·삭제)"),
        fields={
            "asked_at": _("요청한 때"),
            "due_at": _("지울 때"),
            "called_off_at": _("거둔 때"),
        },
        # The one that is carried out points at nobody any more; the others go with the account.
        is_watched=False,
        unwatched_because="Dates alone, and no name: whoever has the code may read them.",
    ),
    Holding(
        model="feeds.Override",
        person="made_by",
        title=_("직원으로서 고친 내용"),
        purpose=_("자료를 누가 왜 고쳤는지 나중에 확인하기 위해서입니다."),
        legal_basis=DUTY,
        fields={"made_at": _("고친 때"), "kind": _("무엇의"), "field": _("항목")},
        erasure=Erasure.KEEP,
        law=WORK_LAW,
        is_watched=False,
        unwatched_because=OWN_WORK,
    ),
    Holding(
        model="feeds.FieldChange",
        person="changed_by",
        title=_("직원으로서 고친 이력"),
        purpose=_("자료를 누가 왜 고쳤는지 나중에 확인하기 위해서입니다."),
        legal_basis=DUTY,
        fields={"changed_at": _("고친 때"), "kind": _("무엇의"), "field": _("항목")},
        keep=datetime.timedelta(days=5 * 365),
        kept_from="changed_at",
        erasure=Erasure.KEEP,
        law=WORK_LAW,
        forgotten_by="core.feeds.retention.forget_old_runs",
        is_watched=False,
        unwatched_because=OWN_WORK,
    ),
)
