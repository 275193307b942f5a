"""A worklist: what waits for staff, how much of it, and where to begin."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from core.desk.permissions import can_use_right

# Past this a figure tells an officer nothing more, and costs the database more.
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """One list of things to do, shown first to whoever has `permission` ("app.codename").

    A list that follows from who works where says so itself: `is_for(user)` and `waiting_for(user)`.
    """

    title: str | Promise
    about: str | Promise
    permission: str = ""
    url_name: str
    query: str = ""
    icon: str = "checklist"
    waiting: Callable[[], int] | None = None
    is_for: Callable[[Any], bool] | None = None
    waiting_for: Callable[[Any], int] | None = None
    # What is said of it where nothing waits, if there is something to do all the same.
    idle: str | Promise = ""

    def __post_init__(self) -> None:
        if bool(self.permission) == bool(self.is_for) or bool(self.waiting) == bool(
            self.waiting_for
        ):
            raise ValueError(f"{self.title}: say once who it is for, and once what waits.")

    def is_shown_to(self, user: Any) -> bool:
        return self.is_for(user) if self.is_for else can_use_right(user, self.permission)

    def number_for(self, user: Any) -> int:
        if self.waiting_for:
            return self.waiting_for(user)
        assert self.waiting is not None  # noqa: S101
        return self.waiting()

    @property
    def path(self) -> str:
        return reverse(self.url_name)

    @property
    def url(self) -> str:
        return self.path + (f"?{self.query}" if self.query else "")

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
