"""What an area declares to be found, and the document it makes of each thing."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One findable thing in one language, as its area tells it.

    `labels` are what kind of thing it is in the words of the source ("노인복지관",
    "노인여가복지시설"); they weigh less than the title and more than the text. `card` is the
    ready-to-serve JSON object (kind, title, url, summary …) that an answer hands out as it stands.
    """

    key: str
    title: str
    card: str
    labels: tuple[str, ...] = ()
    text: str = ""
    language: str = "ko"
    district_code: str = ""
    point: tuple[float, float] | None = None  # EPSG:5186, metres
    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None
    facets: Mapping[str, str] = field(default_factory=dict)
    weight: int = 1  # 0 to 9; from 2 on, an answer never samples it away
    # Which state of the thing this tells; kept with the entry, so that its area sees what is stale.
    published_at: datetime.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Searchable:
    """One kind of findable thing of an area; `documents(None)` streams all of them.

    `documents(keys)` streams those of the keys that may still be found: what is missing from the
    answer is taken out of the index. `hold` is called first in each transaction that writes
    entries: it waits until nobody is about to hide what these documents still tell.
    """

    kind: str  # <area>.<thing>, for instance "welfare.facility"
    title: str | Promise
    documents: Callable[[Sequence[str] | None], Iterator[SearchDocument]]
    hold: Callable[[], None] | None = None

    @property
    def area(self) -> str:
        return self.kind.partition(".")[0]
