"""A worklist: what waits for staff, how much of it, and where to begin."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise

# Past this a figure tells an officer nothing more, and costs the database more.
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """One list of things to do, shown first to whoever has `permission` ("app.codename")."""

    title: str | Promise
    about: str | Promise
    permission: str
    url_name: str
    query: str = ""
    icon: str = "checklist"
    waiting: Callable[[], int]

    @property
    def url(self) -> str:
        return reverse(self.url_name) + (f"?{self.query}" if self.query else "")


def count_capped(rows: QuerySet[Model]) -> int:
    """Count, but not beyond what a figure needs: one more than MOST_COUNTED means "and more"."""
    return rows.order_by()[: MOST_COUNTED + 1].count()


def in_words(number: int) -> str:
    return f"{MOST_COUNTED:,}+" if number > MOST_COUNTED else f"{number:,}"
