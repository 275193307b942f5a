"""What an area has for somebody's interests: for the page of their own things."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to go to, and why it is shown: for which interest, and whether it is near."""

    title: str
    url: str
    about: str
    interest: str
    is_local: bool = False


class Suggests(Protocol):
    """What `PolicyArea.suggests` names: as many queries however much there is."""

    def __call__(
        self, interests: Collection[str], *, district: str | None, on: datetime.date
    ) -> list[Suggestion]:
        """Answer a few things for each interest; `district` is a code, None where it is unknown."""
        ...
