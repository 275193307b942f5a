"""One person for every role, in two offices that are strangers to each other."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from core.offices.enums import OfficeKind
from core.offices.models import Office
from welfare.services.rule_keepers import ensure_rule_keepers

# In the order of the columns in docs/permissions.md: code, and what it is called there.
ROLES: dict[str, str] = {
    "visitor": "anonymous visitor",
    "citizen": "citizen (whose things they are)",
    "stranger": "another citizen",
    "helper": "the citizen's helper",
    "volunteer": "volunteer",
    "organiser": "organiser",
    "official": "official",
    "partner": "partner of another NGO",
    "worker": "worker of the citizen's centre",
    "outsider": "worker of another centre",
    "manager": "manager of the citizen's centre",
    "editor": "city staff who edit directories",
    "keeper": "city staff who keep rules",
    "superuser": "superuser",
}
JOINED = datetime.date(2020, 1, 1)


@dataclass(frozen=True)
class World:
    """Who there is. `people` has everybody but the visitor."""

    people: dict[str, User]
    centre: Office
    other_centre: Office

    def __getitem__(self, role: str) -> User:
        return self.people[role]


def make_world() -> World:
    centre, other = (
        Office.objects.create(kind=OfficeKind.CENTRE, name=f"{name}동주민센터")
        for name in ("가온", "나래")
    )
    city = Office.objects.create(kind=OfficeKind.DEPARTMENT, name="복지정책과")
    partner = Office.objects.create(kind=OfficeKind.PARTNER, name="협력 단체")
    organiser = Office.objects.create(kind=OfficeKind.ORGANISER, name="운영 기관")
    duties: dict[str, tuple[Office, Role]] = {
        "volunteer": (organiser, Role.VOLUNTEER),
        "organiser": (organiser, Role.ORGANISER),
        "official": (city, Role.OFFICIAL),
        "partner": (partner, Role.PARTNER),
        "worker": (centre, Role.WORKER),
        "outsider": (other, Role.WORKER),
        "manager": (centre, Role.MANAGER),
    }
    people = {role: _person(role) for role in ROLES if role != "visitor"}
    for role, (office, duty) in duties.items():
        Membership.objects.create(person=people[role], office=office, role=duty, starts_date=JOINED)
    _let_edit(people["editor"])
    _let_keep_rules(people["keeper"])
    User.objects.filter(pk=people["superuser"].pk).update(is_staff=True, is_superuser=True)
    fresh = {role: User.objects.get(pk=person.pk) for role, person in people.items()}
    return World(fresh, centre, other)


def _person(role: str) -> User:
    return User.objects.create_user(f"{role}@example.com", "pw", name=role, joined_at=_long_ago())


def _long_ago() -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=400)


def _let_edit(person: User) -> None:
    """The rights that `manage.py demo` gives to who keeps the directories."""
    person.is_staff = True
    person.save(update_fields=["is_staff"])
    person.user_permissions.set(
        Permission.objects.filter(
            content_type__app_label__in=("welfare", "feeds", "search", "kpi"),
            codename__regex=r"^(view|change)_",
        )
    )


def _let_keep_rules(person: User) -> None:
    """As a superuser does: an entrance, and the group."""
    person.is_staff = True
    person.save(update_fields=["is_staff"])
    person.groups.set([ensure_rule_keepers()])


Sample = Callable[[World], str]
