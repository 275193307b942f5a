"""A variable that a template of ours names and nobody gave fails the test; third parties' may."""

import sys
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.template.base import UNKNOWN_SOURCE, Node


class UndefinedVariable(Exception):
    """A template names a variable that its view does not give."""


class Undefined(str):
    """Django's `string_if_invalid`: fails in our templates, behaves as "" in those of others.

    Django asks its truth, then puts the variable's name in with `%`, in the frame that renders.
    """

    __slots__ = ()

    def __new__(cls) -> "Undefined":
        return super().__new__(cls, "")

    def __bool__(self) -> bool:
        return _is_ours(_origin_of(sys._getframe(1)))

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: Any) -> str:
        raise UndefinedVariable(f"{_origin_of(sys._getframe(1))}: {variable} is not defined")


def _origin_of(frame: FrameType | None) -> str:
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and (origin := getattr(node, "origin", None)) is not None:
            return str(origin.name)
        frame = frame.f_back
    return ""


@cache  # asked for each `{% if %}` of nothing, of a few hundred files
def _is_ours(origin: str) -> bool:
    if origin == UNKNOWN_SOURCE:
        return True
    inside = Path(origin).is_relative_to(settings.BASE_DIR)
    return inside and ".venv" not in Path(origin).parts
