"""Staff's corrections of facilities as an officer sees them: permissions of their own."""

from core.feeds.models import Override, OverrideQuerySet
from welfare.models.facility import Facility

# Kept beside a correction because they follow from it; nobody corrects them by themselves.
DERIVED_FIELDS = ("place", "open_minutes", "is_accessible")


class FacilityCorrectionQuerySet(OverrideQuerySet):
    def made_by_hand(self) -> "FacilityCorrectionQuerySet":
        """Keep the corrections of facilities, without what only follows from them."""
        return self.filter(kind=Facility.place_kind).exclude(field__in=DERIVED_FIELDS)


class FacilityCorrection(Override):
    objects = FacilityCorrectionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        proxy = True
        verbose_name = "시설 수정"
        verbose_name_plural = "시설 수정"

    def __str__(self) -> str:
        """Say whose field it is, by the field's own words where the model has it."""
        names = {one.name: str(one.verbose_name) for one in Facility._meta.fields}
        return f"{self.key} {(names | Facility.history_labels).get(self.field, self.field)}"
