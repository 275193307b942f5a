"""`manage.py demo`: a person for each role to sign in with, and records of each area."""

import base64
import datetime
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.enums import MessagesTo, Role
from accounts.models import EVERYTHING, CommunityCentre, User
from accounts.services import (
    accept_delegation,
    accept_invitation,
    ensure_centres,
    ensure_person,
    ensure_second_factor,
    invite,
    name_helper,
)
from core.areas import open_areas
from core.offices.enums import OfficeKind
from core.offices.models import ALL_OF_SEOUL, Office
from seoul_portal.sample_indicators import make_readings, make_targets
from seoul_portal.sample_requests import make_decisions, make_requests
from welfare.permissions import RULE_KEEPERS
from welfare.services.rule_keepers import ensure_rule_keepers

MakeSamples = Callable[..., str]

# Plainly samples, but for the two community centres: those are named after their dongs.
OFFICES: dict[str, tuple[OfficeKind, str, str]] = {
    "department": (OfficeKind.DEPARTMENT, "견본 부서", "Sample department"),
    "city_desk": (OfficeKind.DEPARTMENT, "견본 접수처", "Sample city desk"),
    "partner": (OfficeKind.PARTNER, "견본 복지단체", "Sample partner"),
    "organiser": (OfficeKind.ORGANISER, "견본 운영기관", "Sample organiser"),
}
CENTRES = {"centre": "1111053000", "other_centre": "1135063000"}  # 종로구 사직동, 노원구 상계1동
HELPS_FOR = datetime.timedelta(days=180)
SINCE = datetime.date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody to sign in as, named after what they do; `office` is one of those above.

    The address ends in a domain that exists nowhere (RFC 2606), so that no letter ever leaves.
    """

    role: str
    name: str
    office: str = ""
    duty: Role | None = None
    rights: Mapping[str, Any] = field(default_factory=dict)

    @property
    def email(self) -> str:
        return f"{self.role}@demo.example"


PEOPLE: tuple[SamplePerson, ...] = (
    SamplePerson("resident", "김시민"),
    SamplePerson("helper", "오도움"),
    SamplePerson("volunteer", "한봉사", "partner", Role.VOLUNTEER),
    SamplePerson("worker", "최창구", "centre", Role.WORKER),
    SamplePerson("manager", "정책임", "centre", Role.MANAGER),
    SamplePerson("other_worker", "강창구", "other_centre", Role.WORKER),
    SamplePerson("other_manager", "조책임", "other_centre", Role.MANAGER),
    SamplePerson("city_desk", "배접수", "city_desk", Role.MANAGER),
    SamplePerson("official", "윤공무", "department", Role.OFFICIAL),
    SamplePerson("partner", "장협력", "partner", Role.PARTNER),
    SamplePerson("organiser", "임운영", "organiser", Role.ORGANISER),
    SamplePerson(
        "officer",
        "이담당",
        rights={"is_staff": True, "may_manage": (*settings.AREAS, "feeds", "search", "kpi")},
    ),
    SamplePerson("rule_keeper", "서규칙", rights={"is_staff": True, "groups": (RULE_KEEPERS,)}),
    SamplePerson("admin", "박관리", rights={"is_staff": True, "is_superuser": True}),
)


HOW_TO_SIGN_IN = "Sign in with (role, address, password; for staff also an authenticator's secret):"
HOW_TO_GET_A_CODE = (
    "The secret goes into any authenticator app, or:"
    " .venv/bin/python -m core.sandbox.one_time_code SECRET"
)


def password_for(email: str) -> str:
    """The same at every run on one installation, and different on every other one."""
    mark = hmac.new(settings.SECRET_KEY.encode(), f"demo:{email}".encode(), hashlib.sha256)
    return base64.b32encode(mark.digest())[:12].decode().lower()


def authenticator_secret_for(email: str) -> str:
    """What an authenticator app takes (base32), as lasting and as much this installation's own."""
    mark = hmac.new(settings.SECRET_KEY.encode(), f"demo-app:{email}".encode(), hashlib.sha256)
    return base64.b32encode(mark.digest()[:20]).decode()


def give_second_factor(person: User) -> str:
    """Set up what staff doors ask for, and answer its secret; nothing where none is asked for."""
    person = User.objects.get(pk=person.pk)  # with the roles that they have by now
    if not person.reads_about_people:
        return ""
    secret = authenticator_secret_for(person.email)
    ensure_second_factor(person=person, secret=secret, now=timezone.now())
    return secret


def _sign_ins(people: Mapping[str, User]) -> str:
    """Answer a line for each; who reads about others needs the office for what comes last."""
    lines = []
    for one in PEOPLE:
        secret = give_second_factor(people[one.role])
        told = f"  {one.role:<15}{one.email:<28}{password_for(one.email)}  {secret}"
        lines.append(told.rstrip())
    return "\n".join([HOW_TO_SIGN_IN, *lines, HOW_TO_GET_A_CODE, ""])


class Command(BaseCommand):
    help = "Sample people and records for every area; safe to repeat, refused where DEBUG is off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sign-ins", type=Path, help="write the sign-ins to this file as well")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("demo is refused where DEBUG is off: sample people could sign in.")
        people: dict[str, User] = {}
        ensure_rule_keepers()
        for one in PEOPLE:
            password = password_for(one.email)
            people[one.role] = ensure_person(
                email=one.email, name=one.name, password=password, **one.rights
            )
        self._offices(people)
        told = _sign_ins(people)
        if (path := options["sign_ins"]) is not None:
            path.touch(mode=0o600)
            path.write_text(told, encoding="utf-8")
        self.stdout.write(told)
        self._helper(people["resident"], people["helper"])
        self._requests(people)
        for area in open_areas():
            if area.samples:
                make = cast(MakeSamples, import_string(area.samples))
                if made := make(actor=people["officer"], now=timezone.now()):
                    self.stdout.write(f"{area.title}: {made}")
        self._indicators()

    def _indicators(self) -> None:
        """Last, for they count what was made before."""
        now = timezone.now()
        make_targets(now=now)
        if made := make_readings(now=now):
            self.stdout.write(f"Indicators: {made} figures of the last weeks")

    def _offices(self, people: dict[str, User]) -> None:
        """Give everybody their place of work, where they have none there yet."""
        if new := ensure_centres():
            self.stdout.write(f"Community centres: {new}, by name and dong")
        offices = {
            key: CommunityCentre.objects.select_related("office").get(code=code).office
            for key, code in CENTRES.items()
        }
        for key, (kind, name, name_en) in OFFICES.items():
            offices[key], _ = Office.objects.get_or_create(
                kind=kind, name=name, defaults={"name_en": name_en}
            )
        # Who answers for the centres in which nobody works here yet: all but two of them.
        if not Office.objects.standing_in_for(ALL_OF_SEOUL).exists():
            Office.objects.filter(pk=offices["city_desk"].pk).update(stands_in_for=ALL_OF_SEOUL)
        now = timezone.now()
        for one in PEOPLE:
            if one.duty is None:
                continue
            person, office = people[one.role], offices[one.office]
            held = person.memberships.not_over_on(timezone.localdate(now))
            if not held.filter(office=office, role=one.duty).exists():
                invited = invite(
                    actor=people["admin"],
                    email=person.email,
                    office=office,
                    role=one.duty,
                    starts_date=SINCE,
                    now=now,
                )
                accept_invitation(person=person, invitation=invited, now=now)

    def _helper(self, resident: User, helper: User) -> None:
        """Let the one act for the other, unless it is so already."""
        now = timezone.now()
        today = timezone.localdate(now)
        if resident.delegations.in_force_on(today).filter(helper=helper).exists():
            return
        named = name_helper(
            person=resident,
            label="옆집 이웃",
            purposes=[EVERYTHING],
            ends_date=today + HELPS_FOR,
            messages_to=MessagesTo.BOTH,
            now=now,
        )
        accept_delegation(helper=helper, delegation=named, now=now)

    def _requests(self, people: dict[str, User]) -> None:
        """Let some requests lie at the centre, once its people have come to work there."""
        now = timezone.now()
        made = 0
        for place, duty in (("centre", "worker"), ("other_centre", "other_worker")):
            centre = CommunityCentre.objects.select_related("office").get(code=CENTRES[place])
            worker = User.objects.get(pk=people[duty].pk)
            if place == "centre":
                made += make_requests(
                    resident=people["resident"], worker=worker, centre=centre.office, now=now
                )
            made += make_decisions(worker=worker, centre=centre.office, now=now)
        if made:
            self.stdout.write(f"Requests at two community centres: {made}")
