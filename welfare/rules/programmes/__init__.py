"""The programmes that we read in the law ourselves, life stage by life stage."""

from welfare.rules.programmes.families import FAMILIES
from welfare.rules.programmes.later import LATER
from welfare.rules.programmes.living import LIVING
from welfare.rules.programmes.programme import Programme, Stage

PROGRAMMES: tuple[Programme, ...] = (*FAMILIES, *LIVING, *LATER)

__all__ = ["PROGRAMMES", "Programme", "Stage"]
