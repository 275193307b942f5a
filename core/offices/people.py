"""Who acts, as far as the ground needs to know: rooms of core judge by this, not by `accounts`."""

from dataclasses import dataclass
from typing import Protocol, TypeGuard


@dataclass(frozen=True, slots=True)
class Home:
    """Whom somebody lives with, as far as an office has written it down, and their requests."""

    people: frozenset[int] = frozenset()
    cases: frozenset[int] = frozenset()


class Person(Protocol):
    """Somebody signed in. What an office allows ends with the membership, at the next request."""

    pk: int
    is_active: bool
    is_superuser: bool

    @property
    def is_authenticated(self) -> bool: ...

    @property
    def office_ids(self) -> frozenset[int]:
        """The offices whose requests this person works on today."""
        ...

    @property
    def managed_office_ids(self) -> frozenset[int]:
        """Those of them that this person also runs."""
        ...

    @property
    def reads_about_people(self) -> bool:
        """Whether this person's work lets them see other people's data, in whatever session."""
        ...

    @property
    def sees_figures(self) -> bool:
        """Whether this person sees how the whole city stands: figures, and nobody's data."""
        ...

    @property
    def home(self) -> Home:
        """Whom this person lives with: nobody works on requests of their own household."""
        ...

    def represented_ids(self, purpose: str, *, besides: int | None = None) -> frozenset[int]:
        """The people for whom this person may act today, for that purpose.

        What the office `besides` was given is left out.
        """
        ...


def is_person(actor: object) -> TypeGuard[Person]:
    """Say whether somebody is signed in at all; permissions ask this first."""
    return bool(getattr(actor, "is_authenticated", False)) and hasattr(actor, "office_ids")
