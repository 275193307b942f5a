"""A worklist: what waits for staff, how much of it, and where to begin."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

# Past this a figure tells an officer nothing more, and costs the database more.
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """One list of things to do, shown first to whoever has `permission` ("app.codename").

    Where it follows from who looks (their office, their name), `open_to` and `waiting_for` take the
    place of `permission` and `waiting`; both are asked with the person.
    """

    title: str | Promise
    about: str | Promise
    url_name: str
    query: str = ""
    icon: str = "checklist"
    permission: str = ""
    waiting: Callable[[], int] | None = None
    open_to: Callable[[Any], bool] | None = None
    waiting_for: Callable[[Any], int] | None = None

    def __post_init__(self) -> None:
        if bool(self.permission) == bool(self.open_to):
            raise ValueError(f"{self.title}: say `permission` or `open_to`, and not both.")
        if bool(self.waiting) == bool(self.waiting_for):
            raise ValueError(f"{self.title}: say `waiting` or `waiting_for`, and not both.")

    @property
    def path(self) -> str:
        return reverse(self.url_name)

    @property
    def url(self) -> str:
        return self.path + (f"?{self.query}" if self.query else "")

    def is_for(self, person: Any) -> bool:
        """Say whether this person finds it among their worklists."""
        return self.open_to(person) if self.open_to else bool(person.has_perm(self.permission))

    def number_for(self, person: Any) -> int:
        """Answer how much waits for this person, but not beyond one more than MOST_COUNTED."""
        if self.waiting_for:
            return self.waiting_for(person)
        return self.waiting() if self.waiting else 0

    def is_open(self, request: HttpRequest) -> bool:
        """Say whether the page asked for is this worklist, and not all that its list holds."""
        asked = parse_qsl(self.query)
        return request.path.startswith(self.path) and all(
            request.GET.get(name) == value for name, value in asked
        )


def count_capped(rows: QuerySet[Model]) -> int:
    """Count, but not beyond what a figure needs: one more than MOST_COUNTED means "and more"."""
    return rows.order_by()[: MOST_COUNTED + 1].count()


def in_words(number: int) -> str:
    return f"{MOST_COUNTED:,}+" if number > MOST_COUNTED else f"{number:,}"
