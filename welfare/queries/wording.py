"""What a query finds among the facilities: asked of the index once for each state of the data."""

from typing import Any

from django.db.models import BooleanField, IntegerField
from django.db.models.expressions import RawSQL

from core.search.queries import Matching, matching
from core.web.kept import kept
from welfare.models import Facility

CODE = "welfare_facility.code"


def matching_words(q: str, *, district: str = "") -> Matching:
    """Answer the codes that match, best first, and what was searched instead of a misspelt word."""
    return kept.get(
        f"welfare.words:{district}:{q}",
        lambda: matching(q, kind=Facility.place_kind, district=district),
    )


def says(found: Matching) -> RawSQL:
    """Keep what the words found; beyond the best thousand, by asking the index itself."""
    if found.is_all:
        return _yes(f"{CODE} = ANY(%s)", list(found.keys))
    condition, params = found.condition
    return _yes(condition.format(key=CODE), *params)


def best_first(found: Matching) -> RawSQL:
    place = f"array_position(%s::text[], {CODE}::text)"
    return RawSQL(place, [list(found.keys)], output_field=IntegerField())  # noqa: S611


def _yes(condition: str, *params: Any) -> RawSQL:
    """Say a condition of our own making; what was typed travels as a parameter."""
    return RawSQL(condition, params, output_field=BooleanField())  # noqa: S611
