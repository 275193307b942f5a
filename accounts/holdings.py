"""What an account holds about its person, in our own tables and in those of allauth and Django."""

import datetime

from django.apps import apps
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from core.records.declaration import Ending, Erasure, Holding

ASKED_FOR = _("개인정보 보호법 제15조 제1항 제4호(요청한 일을 하기 위해)")
DUTY = _("개인정보 보호법 제15조 제1항 제3호(공공기관의 업무)")
AGREED = _("개인정보 보호법 제15조 제1항 제1호(동의)")
STAYS_WITH_WHOM = _("도우미를 정한 분의 기록이라 남고, 도우미가 누구였는지는 지웁니다.")
STAYS = ("person", "purposes", "ends_date", "accepted_at", "revoked_at")
SIGN_IN = _("로그인하고, 편지를 보내기 위해서입니다.")
SAFE_SIGN_IN = _("다른 사람이 로그인하지 못하게 막기 위해서입니다.")

ACCOUNT = Holding(
    model="accounts.User",
    person="pk",
    title=_("계정"),
    purpose=SIGN_IN,
    legal_basis=ASKED_FOR,
    fields={
        "email": _("이메일 주소"),
        "name": _("이름"),
        "joined_at": _("가입한 때"),
        "last_login": _("마지막으로 로그인한 때"),
    },
    erasure=Erasure.ANONYMISE,
    law=_("남는 기록이 있으면 그 기록이 가리키는 번호만 둡니다. 없으면 계정을 통째로 지웁니다."),
    emptied={
        # RFC 2606: an address that can never be anybody's.
        "email": Concat(
            Value("erased-"),
            Cast(F("pk"), TextField()),
            Value("@erased.invalid"),
            output_field=TextField(),
        ),
        "name": "",
        "password": "!",
        "last_login": None,
        "is_active": False,
        "is_staff": False,
        "is_superuser": False,
    },
)

# Of apps that a deployment may do without.
SESSIONS = Holding(
    model="usersessions.UserSession",
    person="user",
    title=_("로그인한 기기"),
    purpose=SAFE_SIGN_IN,
    legal_basis=ASKED_FOR,
    fields={
        "created_at": _("로그인한 때"),
        "last_seen_at": _("마지막으로 쓴 때"),
        "ip": _("인터넷 주소(IP)"),
        "user_agent": _("기기와 브라우저"),
    },
)
SOCIAL_ACCOUNT = Holding(
    model="socialaccount.SocialAccount",
    person="user",
    title=_("다른 곳의 계정으로 로그인"),
    purpose=SIGN_IN,
    legal_basis=ASKED_FOR,
    fields={
        "provider": _("어디의 계정"),
        "uid": _("그곳의 계정 번호"),
        "extra_data": _("그곳에서 받은 내용"),
        "date_joined": _("연결한 때"),
        "last_login": _("마지막으로 로그인한 때"),
    },
    said_by={"extra_data": "accounts.forms.social_words.told_in_words"},
)
SOCIAL_TOKEN = Holding(
    model="socialaccount.SocialToken",
    person="account__user",
    title=_("다른 곳의 계정을 여는 열쇠"),
    purpose=SIGN_IN,
    legal_basis=ASKED_FOR,
    fields={"expires_at": _("끝나는 때")},
)
WITH_THEIR_APPS = {
    "allauth.usersessions": (SESSIONS,),
    "allauth.socialaccount": (SOCIAL_ACCOUNT, SOCIAL_TOKEN),
}

HOLDINGS: tuple[Holding, ...] = (
    ACCOUNT,
    Holding(
        model="accounts.Membership",
        person="person",
        title=_("기관 소속"),
        purpose=_("어느 기관에서 무엇을 맡았는지에 따라 볼 수 있는 것을 정하기 위해서입니다."),
        legal_basis=DUTY,
        fields={
            "office": _("기관"),
            "role": _("역할"),
            "starts_date": _("시작일"),
            "ends_date": _("마지막 날"),
            "ended_at": _("바로 끝낸 시각"),
        },
    ),
    Holding(
        model="accounts.Invitation",
        person="invited_by",
        title=_("내가 보낸 소속 초대"),
        purpose=_("초대한 주소의 주인이 받아들이거나 거절할 수 있게 합니다."),
        legal_basis=DUTY,
        # Not the address: it is somebody else's, and not for the inviter to take along.
        fields={
            "office": _("기관"),
            "role": _("역할"),
            "starts_date": _("시작일"),
            "ends_date": _("마지막 날"),
            "invited_at": _("초대한 때"),
            "sent_at": _("편지를 보낸 때"),
            "declined_at": _("거절한 때"),
            "withdrawn_at": _("거둔 때"),
        },
        keep=datetime.timedelta(days=60),
        kept_from="invited_at",
        kept_since=_("초대한 때"),
        is_watched=False,
        unwatched_because="It holds an address as it was typed, and names no account.",
    ),
    Holding(
        model="accounts.Invitation",
        person="email",
        rows_by="accounts.queries.invitations_to",
        title=_("내가 받은 소속 초대"),
        purpose=_("초대를 받아들이거나 거절할 수 있게 합니다."),
        legal_basis=DUTY,
        fields={
            "email": _("초대받은 주소"),
            "office": _("기관"),
            "role": _("역할"),
            "starts_date": _("시작일"),
            "ends_date": _("마지막 날"),
            "invited_at": _("초대한 때"),
        },
        told={"declined_at": None, "withdrawn_at": None},
        keep=datetime.timedelta(days=60),
        kept_from="invited_at",
        kept_since=_("초대한 때"),
        is_watched=False,
        unwatched_because="It holds an address as it was typed, and names no account.",
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
        said_by={"facts": "accounts.forms.profile_words.sheet_in_words"},
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
        said_by={"purposes": "accounts.forms.delegation.matters_of"},
    ),
    Holding(
        model="accounts.Delegation",
        person="helper",
        title=_("내가 도우미로 맡은 일"),
        purpose=_("맡긴 분이 정한 일만 대신하게 합니다."),
        legal_basis=AGREED,
        fields={
            "person": _("맡긴 사람"),
            "purposes": _("맡은 일"),
            "ends_date": _("마지막 날"),
            "accepted_at": _("받아들인 때"),
            "revoked_at": _("그만둔 때"),
        },
        said_by={"purposes": "accounts.forms.delegation.matters_of"},
        ending=Ending(
            rows={"revoked_at": None},
            title=_("도우미로 맡고 있던 일"),
            by="accounts.services.end_for_erasure",
        ),
        erasure=Erasure.ANONYMISE,
        law=STAYS_WITH_WHOM,
        emptied={name: F(name) for name in STAYS},
        is_watched=False,
        unwatched_because="Whoever named the helper sees it, as both agreed.",
    ),
    # Before the person's own, which takes the rows away.
    Holding(
        model="accounts.DelegationEvent",
        person="actor",
        title=_("도우미 일에서 내가 한 일"),
        purpose=_("맡긴 분에게 무엇을 대신 했는지 보여 드립니다."),
        legal_basis=AGREED,
        fields={"step": _("무엇"), "what": _("내용"), "at": _("때")},
        erasure=Erasure.ANONYMISE,
        law=STAYS_WITH_WHOM,
        emptied={name: F(name) for name in ("step", "what", "at")},
        is_watched=False,
        unwatched_because="Whoever named the helper sees it, as both agreed.",
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
    Holding(
        model="accounts.User_user_permissions",
        person="user",
        title=_("직원 권한"),
        purpose=_("직원이 고칠 수 있는 것을 정하기 위해서입니다."),
        legal_basis=DUTY,
        fields={"permission": _("권한")},
        is_watched=False,
        unwatched_because="It says what a member of staff may do, and nothing of anybody's life.",
    ),
    Holding(
        model="accounts.User_groups",
        person="user",
        title=_("직원 권한 묶음"),
        purpose=_("직원이 고칠 수 있는 것을 정하기 위해서입니다."),
        legal_basis=DUTY,
        fields={"group": _("권한 묶음")},
        is_watched=False,
        unwatched_because="It says what a member of staff may do, and nothing of anybody's life.",
    ),
    Holding(
        model="account.EmailAddress",
        person="user",
        title=_("이메일 주소"),
        purpose=SIGN_IN,
        legal_basis=ASKED_FOR,
        fields={
            "email": _("이메일 주소"),
            "verified": _("확인함"),
            "primary": _("대표 주소"),
        },
    ),
    Holding(
        model="mfa.Authenticator",
        person="user",
        title=_("2단계 인증과 패스키"),
        purpose=SAFE_SIGN_IN,
        legal_basis=ASKED_FOR,
        fields={
            "type": _("종류"),
            "created_at": _("만든 때"),
            "last_used_at": _("마지막으로 쓴 때"),
        },
    ),
    Holding(
        model="admin.LogEntry",
        person="user",
        title=_("직원 화면에서 한 일"),
        purpose=_("직원이 무엇을 고쳤는지 나중에 확인하기 위해서입니다."),
        legal_basis=DUTY,
        fields={
            "action_time": _("때"),
            "content_type": _("무엇의"),
            "action_flag": _("한 일"),
        },
        keep=datetime.timedelta(days=5 * 365),
        kept_from="action_time",
        erasure=Erasure.KEEP,
        law=_("공공기록물 관리에 관한 법률 제27조(기록을 함부로 없앨 수 없음)"),
        is_watched=False,
        unwatched_because="The traces of staff's own work; the rows name no citizen.",
    ),
    *(
        holding
        for app, holdings in WITH_THEIR_APPS.items()
        if apps.is_installed(app)
        for holding in holdings
    ),
)
