"""Draws what surrounds staff's work once, with holes for what differs from page to page.

A frame follows from rights, titles and figures alone: whose page it is, is filled in each time, so
that no memory holds a person's words.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# Signs that no filter of a template changes, whatever it does with letters.
HOLE = re.compile(r"@@(_[0-9]+_)@@")
# Some fifty lists in a few forms each, of a hundred kilobytes: less than thirty megabytes.
MOST_KEPT = 256


@dataclass(frozen=True, slots=True)
class Frame:
    """Markup with holes: texts and names of holes in turn."""

    pieces: tuple[str, ...]

    @classmethod
    def of(cls, markup: str) -> "Frame":
        return cls(tuple(HOLE.split(markup)))

    def filled(self, told: Mapping[str, str]) -> SafeString:
        """Fill the holes; what is not markup already is escaped, and nothing is looked through."""
        parts = list(self.pieces)
        for place in range(1, len(parts), 2):
            parts[place] = conditional_escape(told[parts[place]])
        return SafeString("".join(parts))


def hole(number: int) -> str:
    """Answer the name of a hole, as `Frame.filled` wants it told."""
    return f"_{number}_"


def mark(name: str) -> SafeString:
    """Answer what a template shows where the hole is to be."""
    return SafeString(f"@@{name}@@")


class Frames:
    """A least-recently-used store; whoever works at a template sees it change at once."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, Frame] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, draw: Callable[[], str]) -> Frame:
        if settings.DEBUG:
            return Frame.of(draw())
        key = (get_language(), key)
        with self._lock:
            if (frame := self._held.get(key)) is not None:
                self._held.move_to_end(key)
                return frame
        frame = Frame.of(draw())
        with self._lock:
            self._held[key] = frame
            while len(self._held) > MOST_KEPT:
                self._held.popitem(last=False)
        return frame

    def clear(self) -> None:
        self._held.clear()


frames = Frames()
