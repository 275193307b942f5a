"""Pages of a list: which one is shown, how many there are, and the plain links to the others."""

from dataclasses import dataclass

from django.http import QueryDict

PAGE_SIZE = 20
MOST_PAGES = 500
COUNT_CAP = 10_000
AROUND = 2


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
    if not text:
        return 1
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(MOST_PAGES)):
        return None
    return int(text) if 1 <= int(text) <= MOST_PAGES else None


def query_for_page(query: QueryDict, number: int) -> str:
    """Answer the query string of the same list at another page; the first page needs no number."""
    changed = query.copy()
    changed.pop("page", None)
    if number > 1:
        changed["page"] = str(number)
    return f"?{changed.urlencode()}"
