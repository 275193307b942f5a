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
EDITORS = frozenset({"editor", "superuser"})


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
    change: frozenset[str] = NOBODY
    add: frozenset[str] = NOBODY
    delete: frozenset[str] = NOBODY
    extra: tuple[Row, ...] = field(default=())


PAGES = (
    Row(what="one's own things", routes=("my/", "my/requests/"), open_to=MEMBERS),
    Row(
        what="one of the citizen's requests, and a file in it",
        routes=("my/requests/<int:number>/", "my/requests/<int:number>/files/<int:file>/"),
        open_to=frozenset({"citizen"}),
        sample=samples.case_file,
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
            "accounts/2fa/recovery-codes/download/",
        ),
        open_to=MEMBERS,
    ),
    Row(
        what="the desk",
        routes=("admin/", "admin/jsi18n/", "admin/search/"),
        open_to=EDITORS,
    ),
)

DESKS = (
    Desk(
        model="cases.case",
        sample=samples.case,
        look=frozenset({"superuser"}),
        extra=(
            Row(
                what="a file that belongs to a request",
                routes=("admin/cases/case/<int:number>/files/<int:file>/",),
                open_to=frozenset({"superuser"}),
                sample=samples.case_file,
            ),
        ),
    ),
    Desk(model="accounts.user", sample=samples.citizen, look=SUPERUSER, change=SUPERUSER),
    Desk(
        model="search.synonym",
        sample=samples.synonym,
        look=EDITORS,
        change=EDITORS,
        add=SUPERUSER,
        delete=SUPERUSER,
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
    Desk(model="feeds.feedreject", sample=samples.feed_reject, look=EDITORS),
    Desk(
        model="welfare.facility",
        sample=samples.facility,
        look=EDITORS,
        extra=(
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
    Desk(model="welfare.facilitycorrection", sample=samples.correction, look=EDITORS),
    Desk(model="welfare.facilitykind", sample=samples.facility_kind, look=EDITORS, change=EDITORS),
    Desk(
        model="welfare.facilityfamily", sample=samples.facility_family, look=EDITORS, change=EDITORS
    ),
    Desk(model="welfare.operator", sample=samples.operator, look=EDITORS, change=EDITORS),
    Desk(
        model="welfare.facilityreport",
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
