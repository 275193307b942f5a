"""A place of no area, for the tests of what all places share."""

from typing import ClassVar

from django.apps.registry import Apps

from core.places.models import (
    PlaceQuerySet,
    PlaceRecord,
    hours_index,
    place_constraints,
    point_index,
)


class Heir(PlaceRecord):
    place_kind: ClassVar[str] = "tests.heir"

    objects = PlaceQuerySet.as_manager()

    class Meta:
        app_label = "places"
        # A registry of its own: no other test (migrations, foreign keys) may meet the heir.
        apps = Apps()
        constraints = place_constraints("places_heir")
        indexes = [point_index("places_heir_point"), hours_index("places_heir_hours")]
