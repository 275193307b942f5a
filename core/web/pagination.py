"""Pages of a list: which one is shown, how many there are, and the plain links to the others.

The one place of what every list promises, page and API alike.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

PAGE_SIZE, LARGEST_PAGE, MOST_PAGES = 20, 100, 500
COUNT_CAP = 10_000
AROUND = 2
WHOLE = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Pager:
    """`count` stops at the cap where `count_capped`; there may be more behind it."""

    number: int
    count: int
    size: int = PAGE_SIZE
    count_capped: bool = False

    @property
    def last(self) -> int:
        return max(1, min(MOST_PAGES, -(-self.count // self.size)))

    @property
    def has_others(self) -> bool:
        return self.last > 1

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def is_in_range(self) -> bool:
        return 1 <= self.number <= self.last

    def window(self) -> list[int | None]:
        """Answer the numbers to link to; None stands for a gap."""
        near = range(max(1, self.number - AROUND), min(self.last, self.number + AROUND) + 1)
        shown = sorted({1, *near, self.last})
        numbers: list[int | None] = []
        for earlier, later in zip([0, *shown], shown, strict=False):
            if later - earlier > 1:
                numbers.append(None)
            numbers.append(later)
        return numbers


def page_number(text: str | None) -> int | None:
    """Answer the number in a `page` parameter; None where it is no page at all."""
    return _whole(text or "1", MOST_PAGES)


def page_size(text: str | None) -> int | None:
    """Answer how many a page is to hold; None where that is not to be had."""
    return _whole(text or str(PAGE_SIZE), LARGEST_PAGE)


def _whole(text: str, most: int) -> int | None:
    return int(text) if WHOLE.fullmatch(text) and 1 <= int(text) <= most else None


def no_such_page() -> str:
    """Say which pages there are."""
    return _("쪽은 1에서 %(most)s까지입니다. 더 뒤는 조건을 좁혀서 찾아 주세요.") % {
        "most": MOST_PAGES
    }


def no_such_size() -> str:
    return _("한 쪽에는 1개에서 %(most)s개까지입니다.") % {"most": LARGEST_PAGE}


def capped(count: int) -> tuple[int, bool]:
    """Answer the count as a list tells it, and whether there are more."""
    return min(count, COUNT_CAP), count > COUNT_CAP


def queries_for_pages(query: QueryDict) -> Callable[[int], str]:
    """Answer what tells the query string of the same list at a page; the first needs no number.

    What was asked is spelt once, not for each of the links.
    """
    changed = query.copy()
    changed.pop("page", None)
    asked = changed.urlencode()
    more = f"{asked}&" if asked else ""
    return lambda number: f"?{more}page={number}" if number > 1 else f"?{asked}"
