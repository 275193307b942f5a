"""The roles that people have in an office."""

from django.db.models import TextChoices

from core.offices.enums import OfficeKind


class Role(TextChoices):
    """A citizen has none of these. Each is held in an office, from a day, until a day."""

    WORKER = "WORKER", "담당자"
    MANAGER = "MANAGER", "책임자"
    OFFICIAL = "OFFICIAL", "시 공무원"
    PARTNER = "PARTNER", "협력 단체 담당자"
    ORGANISER = "ORGANISER", "행사 운영자"
    VOLUNTEER = "VOLUNTEER", "자원봉사자"


# Who works on other people's requests: they read personal data, so they sign in with two factors.
CASEWORK = frozenset({Role.WORKER, Role.MANAGER, Role.PARTNER})
# Who finds work at the desk (the admin) at all; a volunteer posts on the pages.
DESK = CASEWORK | {Role.OFFICIAL, Role.ORGANISER}
# Which roles an office of each kind has; a manager may be of any.
ROLES_IN: dict[str, frozenset[Role]] = {
    OfficeKind.CENTRE: frozenset({Role.WORKER, Role.MANAGER, Role.VOLUNTEER}),
    OfficeKind.DEPARTMENT: frozenset({Role.OFFICIAL, Role.MANAGER}),
    OfficeKind.PARTNER: frozenset({Role.PARTNER, Role.MANAGER, Role.VOLUNTEER}),
    OfficeKind.ORGANISER: frozenset({Role.ORGANISER, Role.MANAGER, Role.VOLUNTEER}),
}
