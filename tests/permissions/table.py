"""What each role is let into: the one table that the walk checks and docs/permissions.md shows."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.permissions import samples
from tests.permissions.roles import ROLES, World

Key = Callable[[World], str]
Arguments = Callable[[World], dict[str, str]]

ALL = frozenset(ROLES)
MEMBERS = ALL - {"visitor"}
NOBODY: frozenset[str] = frozenset()
SUPERUSER = frozenset({"superuser"})
# Whoever works on other people's requests is known by what they did until that has ended.
CITIZENS = MEMBERS - {"partner", "worker", "outsider", "manager", "editor", "keeper", "superuser"}
EDITORS = frozenset({"editor", "superuser"})
RULES = EDITORS | {"keeper"}
CASEWORKERS = frozenset({"partner", "worker", "outsider", "manager", "superuser"})
THE_CENTRE = frozenset({"worker", "manager", "superuser"})
MANAGERS = frozenset({"manager", "superuser"})
IN_CENTRES = THE_CENTRE | {"outsider"}
IN_OFFICES = CASEWORKERS | {"organiser", "official"}
DESK = RULES | IN_OFFICES


@dataclass(frozen=True, kw_only=True)
class Row:
    """Addresses that are open to the same roles. `sample` makes the thing that arguments name."""

    what: str
    routes: tuple[str, ...]
    open_to: frozenset[str]
    sample: Arguments | None = None
    sends: bool = False  # asked with POST: the address answers no GET


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One model's pages in the admin: who may look, change, add and delete."""

    model: str  # "app_label.model"
    sample: Key
    look: frozenset[str]
    # Who finds a list, where not everybody who does finds this one thing in it.
    lists: frozenset[str] | None = None
    change: frozenset[str] = NOBODY
    add: frozenset[str] = NOBODY
    delete: frozenset[str] = NOBODY
    # Who reads which colleague changed what, where not everybody who looks.
    history: frozenset[str] | None = None
    # Whether the list goes out as a file, to whoever finds it.
    exports: bool = False
    extra: tuple[Row, ...] = field(default=())


PAGES = (
    Row(what="one's own things", routes=("my/",), open_to=MEMBERS),
    Row(
        what="what one tells of oneself",
        routes=(
            "my/profile/",
            "my/profile/name/",
            "my/profile/<slug:group>/",
            "my/profile/<slug:group>/forget/",
            "my/profile/withdraw/<str:purpose>/",
        ),
        open_to=MEMBERS,
        sample=lambda world: {"group": "basics", "purpose": "accounts.centre"},
    ),
    Row(
        what="one's helpers",
        routes=("my/helpers/", "my/helpers/add/", "my/helpers/accept/"),
        open_to=MEMBERS,
    ),
    Row(
        what="accept to help, with the link",
        routes=("my/helpers/accept/<str:token>/",),
        open_to=MEMBERS,
        sample=samples.delegation_link,
    ),
    Row(
        what="one helper and all that they did",
        routes=("my/helpers/<int:pk>/",),
        open_to=frozenset({"citizen", "helper"}),
        sample=samples.delegation,
    ),
    Row(
        what="end helping",
        routes=("my/helpers/<int:pk>/end/",),
        open_to=frozenset({"citizen", "helper"}),
        sample=samples.delegation,
        sends=True,
    ),
    Row(
        what="a new code for a helper",
        routes=("my/helpers/<int:pk>/renew/",),
        open_to=frozenset({"citizen"}),
        sample=samples.delegation,
        sends=True,
    ),
    Row(what="invitations to work in an office", routes=("my/invitations/",), open_to=MEMBERS),
    Row(
        what="answer an invitation to the citizen's address",
        routes=("my/invitations/<int:pk>/",),
        open_to=frozenset({"citizen"}),
        sample=samples.invitation_to_answer,
        sends=True,
    ),
    Row(
        what="one's own data: see it, take it along, see who looked",
        routes=("my/data/", "my/data/download/", "my/access/"),
        open_to=MEMBERS,
    ),
    Row(
        what="have one's own data erased",
        routes=("my/data/erase/",),
        open_to=CITIZENS,
    ),
    Row(
        what="call off the erasure of one's own data",
        routes=("my/data/keep/",),
        open_to=MEMBERS,
        sends=True,
    ),
    Row(
        what="say why, before looking at other people's data",
        routes=("admin/why/",),
        open_to=SUPERUSER,
    ),
    Row(
        what="one's own messages, and how they come",
        routes=("my/notices/", "my/notices/settings/", "my/notices/settings/phone/"),
        open_to=MEMBERS,
    ),
    Row(
        what="one of the citizen's messages",
        routes=("my/notices/<int:number>/open/",),
        open_to=frozenset({"citizen"}),
        sample=samples.notice_number,
        sends=True,
    ),
    Row(
        what="an address that works again, a browser that shows messages",
        routes=("my/notices/settings/again/", "my/notices/settings/browser/"),
        open_to=MEMBERS,
        sends=True,
    ),
    Row(
        what="ask one's centre for a benefit",
        routes=("welfare/benefits/<str:code>/ask/",),
        open_to=MEMBERS,
        sample=samples.benefit_code,
    ),
    Row(
        what="which centre looks after one's household, and what one agreed to",
        routes=("welfare/care/",),
        open_to=MEMBERS,
    ),
    Row(
        what="benefits by what one told of oneself",
        routes=("welfare/check/mine/",),
        open_to=MEMBERS,
    ),
    Row(what="one's own requests", routes=("my/requests/", "welfare/counsel/"), open_to=MEMBERS),
    Row(
        what="one of the citizen's requests, and a file in it",
        routes=("my/requests/<int:number>/", "my/requests/<int:number>/files/<int:file>/"),
        open_to=frozenset({"citizen", "helper"}),
        sample=samples.case_file,
    ),
    Row(
        what="what became of a benefit that the citizen was told of",
        routes=("welfare/received/<int:number>/",),
        open_to=frozenset({"citizen"}),
        sample=samples.asked_outcome,
    ),
    Row(
        what="one's own account",
        routes=(
            "accounts/email/",
            "accounts/password/change/",
            "accounts/password/set/",
            "accounts/reauthenticate/",
            "accounts/2fa/",
            "accounts/2fa/reauthenticate/",
            "accounts/2fa/totp/activate/",
            "accounts/2fa/totp/deactivate/",
            "accounts/2fa/recovery-codes/",
            "accounts/2fa/recovery-codes/generate/",
            "accounts/2fa/recovery-codes/confirm/",
            "accounts/2fa/webauthn/",
            "accounts/2fa/webauthn/add/",
            "accounts/2fa/webauthn/reauthenticate/",
            "accounts/3rdparty/",
            "accounts/sessions/",
            "accounts/stay/",
        ),
        open_to=MEMBERS,
    ),
    Row(
        what="recovery codes once they were shown; what a provider's fault would say",
        routes=("accounts/2fa/recovery-codes/download/", "accounts/3rdparty/login/error/"),
        open_to=NOBODY,
    ),
    Row(
        what="end a session (one's own: another's number ends nothing)",
        routes=("accounts/sessions/<int:number>/end/",),
        open_to=MEMBERS,
        sample=samples.session_number,
        sends=True,
    ),
    Row(
        what="one passkey",
        routes=(
            "accounts/2fa/webauthn/keys/<int:pk>/edit/",
            "accounts/2fa/webauthn/keys/<int:pk>/remove/",
        ),
        open_to=frozenset({"citizen"}),
        sample=samples.passkey,
    ),
    Row(
        what="the desk",
        routes=("admin/", "admin/jsi18n/", "admin/search/"),
        open_to=DESK,
    ),
)

DESKS = (
    Desk(
        model="cases.case",
        sample=samples.case,
        look=THE_CENTRE,
        lists=CASEWORKERS,
        extra=(
            Row(
                what="a file that belongs to a request",
                routes=("admin/cases/case/<int:number>/files/<int:file>/",),
                open_to=THE_CENTRE,
                sample=samples.case_file,
            ),
            Row(
                what="take the list of requests along",
                routes=("admin/cases/case/export/<str:form>/",),
                open_to=CASEWORKERS,
                sample=samples.file_form,
            ),
            Row(
                what="take in a request at the counter",
                routes=("admin/cases/case/intake/",),
                open_to=CASEWORKERS - SUPERUSER,
            ),
            Row(
                what="how many requests lie in every office of the city",
                routes=("admin/cases/case/figures/",),
                open_to=frozenset({"official", "superuser"}),
            ),
        ),
    ),
    Desk(model="notices.delivery", exports=True, sample=samples.delivery, look=SUPERUSER),
    Desk(
        model="accounts.membership",
        sample=samples.membership,
        look=THE_CENTRE,
        lists=CASEWORKERS,
        change=MANAGERS,
        add=MANAGERS,
        extra=(
            Row(
                what="take the list of who works where along",
                routes=("admin/accounts/membership/export/<str:form>/",),
                open_to=CASEWORKERS,
                sample=samples.file_form,
            ),
            Row(
                what="bring in a list of who works where",
                routes=("admin/accounts/membership/import/",),
                open_to=MANAGERS,
            ),
        ),
    ),
    Desk(
        model="accounts.invitation",
        sample=samples.invitation,
        look=MANAGERS,
        change=MANAGERS,
        add=MANAGERS,
    ),
    Desk(
        model="accounts.communitycentre",
        sample=samples.community_centre,
        look=IN_OFFICES,
        history=MANAGERS,
        change=MANAGERS,
        extra=(
            Row(
                what="take the list of centres along",
                routes=("admin/accounts/communitycentre/export/<str:form>/",),
                open_to=IN_OFFICES,
                sample=samples.file_form,
            ),
            Row(
                what="bring in a list of centres",
                routes=("admin/accounts/communitycentre/import/",),
                open_to=SUPERUSER,
            ),
        ),
    ),
    Desk(
        model="offices.office",
        sample=samples.office,
        look=SUPERUSER,
        change=SUPERUSER,
        add=SUPERUSER,
    ),
    Desk(
        model="accounts.user",
        exports=True,
        sample=samples.citizen,
        look=SUPERUSER,
        change=SUPERUSER,
    ),
    Desk(
        model="search.synonym",
        sample=samples.synonym,
        look=EDITORS,
        change=EDITORS,
        add=SUPERUSER,
        delete=SUPERUSER,
    ),
    Desk(
        model="kpi.target",
        sample=samples.kpi_target,
        look=EDITORS,
        change=EDITORS,
        add=EDITORS,
        delete=SUPERUSER,
        extra=(
            Row(
                what="every indicator against its target, in figures",
                routes=("admin/kpi/target/board/", "admin/kpi/target/board/<slug:slug>/"),
                open_to=frozenset({"official", "superuser"}),
                sample=lambda world: {"slug": "open-cases"},
            ),
        ),
    ),
    Desk(model="search.searchentry", sample=samples.search_entry, look=EDITORS),
    Desk(
        model="feeds.feedrun",
        sample=samples.feed_run,
        look=EDITORS,
        extra=(
            Row(
                what="run a feed again",
                routes=("admin/feeds/feedrun/again/<str:name>/",),
                open_to=EDITORS,
                sample=samples.feed_name,
            ),
        ),
    ),
    Desk(model="feeds.feedreject", exports=True, sample=samples.feed_reject, look=EDITORS),
    Desk(
        model="welfare.facility",
        exports=True,
        sample=samples.facility,
        look=EDITORS,
        extra=(
            Row(
                what="send somebody to a facility",
                routes=(
                    "admin/welfare/facility/referrals/",
                    "admin/welfare/facility/<str:code>/referral/",
                ),
                open_to=CASEWORKERS - SUPERUSER,
                sample=samples.facility_code,
            ),
            Row(
                what="correct a facility",
                routes=tuple(
                    f"admin/welfare/facility/<str:code>/{deed}/"
                    for deed in (
                        "correct/<str:field>",
                        "withdraw/<str:field>",
                        "confirm/<str:field>",
                        "verify",
                        "exceptions/add",
                        "exceptions/<int:number>/remove",
                    )
                ),
                open_to=EDITORS,
                sample=samples.facility_field,
            ),
        ),
    ),
    Desk(model="welfare.facilitycorrection", exports=True, sample=samples.correction, look=EDITORS),
    Desk(model="welfare.facilitykind", sample=samples.facility_kind, look=EDITORS, change=EDITORS),
    Desk(
        model="welfare.facilityfamily", sample=samples.facility_family, look=EDITORS, change=EDITORS
    ),
    Desk(
        model="welfare.benefit",
        exports=True,
        sample=samples.benefit,
        look=EDITORS,
        extra=(
            Row(
                what="how welfare is taken up in the whole city, in figures",
                routes=("admin/welfare/benefit/take-up/",),
                open_to=frozenset({"official", "superuser"}),
            ),
            Row(
                what="take in a request for a benefit at the counter",
                routes=(
                    "admin/welfare/benefit/applications/",
                    "admin/welfare/benefit/<str:code>/application/",
                ),
                open_to=CASEWORKERS - SUPERUSER,
                sample=samples.benefit_code,
            ),
        ),
    ),
    Desk(
        model="welfare.countertalk",
        sample=samples.counter_talk,
        look=NOBODY,
        lists=CASEWORKERS,
        extra=(
            Row(
                what="begin a talk at the counter",
                routes=("admin/welfare/countertalk/begin/",),
                open_to=CASEWORKERS - SUPERUSER,
            ),
            Row(
                what="go on with the worker's talk at the counter",
                routes=("admin/welfare/countertalk/<int:number>/talk/",),
                open_to=frozenset({"worker"}),
                sample=samples.counter_talk_number,
            ),
        ),
    ),
    Desk(model="welfare.benefitsource", sample=samples.benefit_source, look=EDITORS),
    Desk(model="welfare.benefitlink", sample=samples.benefit_link, look=EDITORS),
    Desk(
        model="welfare.ruleversion",
        exports=True,
        sample=samples.rule_version,
        look=RULES,
        change=RULES,
        add=RULES,
    ),
    Desk(
        model="welfare.plaintext",
        sample=samples.plain_text,
        look=RULES,
        change=RULES,
        add=RULES,
    ),
    Desk(
        model="welfare.hardshiphousehold",
        exports=True,
        sample=samples.hardship_household,
        look=THE_CENTRE,
        lists=IN_CENTRES,
        extra=(
            Row(
                what="how fairly the list of signs of hardship goes: figures",
                routes=("admin/welfare/hardshiphousehold/figures/",),
                open_to=IN_CENTRES | {"official"},
            ),
        ),
    ),
    Desk(
        model="welfare.carehousehold",
        exports=True,
        sample=samples.care_household,
        look=THE_CENTRE,
        lists=IN_CENTRES,
        add=IN_CENTRES - SUPERUSER,
        extra=(
            Row(
                what="households that may be one",
                routes=("admin/welfare/carehousehold/merges/",),
                open_to=IN_CENTRES,
            ),
            Row(
                what="what a merge of two households would do",
                routes=("admin/welfare/carehousehold/merges/<int:gone>/into/<int:kept>/",),
                open_to=THE_CENTRE,
                sample=samples.care_pair,
            ),
            Row(
                what="a merge that waits for a second person",
                routes=("admin/welfare/carehousehold/merges/<int:pk>/",),
                open_to=THE_CENTRE,
                sample=samples.care_merge,
            ),
            Row(
                what="a benefit or a facility for somebody of a household",
                routes=(
                    "admin/welfare/carehousehold/<int:pk>/benefits/",
                    "admin/welfare/carehousehold/<int:pk>/refer/",
                    "admin/welfare/carehousehold/<int:pk>/refer/<str:code>/",
                ),
                open_to=THE_CENTRE - SUPERUSER,
                sample=samples.care_referral,
            ),
            Row(
                what="households that other centres hand over",
                routes=("admin/welfare/carehousehold/coming/",),
                open_to=frozenset({"manager"}),
            ),
        ),
    ),
    Desk(
        model="welfare.hardshipimport",
        sample=samples.hardship_import,
        look=MANAGERS,
        add=MANAGERS,
    ),
    Desk(
        model="welfare.signweights",
        sample=samples.sign_weights,
        look=RULES | IN_CENTRES,
        change=RULES,
        add=RULES,
    ),
    Desk(model="welfare.operator", sample=samples.operator, look=EDITORS, change=EDITORS),
    Desk(
        model="welfare.facilityreport",
        exports=True,
        sample=samples.report,
        look=EDITORS,
        extra=(
            Row(
                what="accept a report",
                routes=("admin/welfare/facilityreport/<int:number>/accept/",),
                open_to=EDITORS,
                sample=samples.report_number,
                sends=True,
            ),
        ),
    ),
)
