"""The tables of the welfare area."""

from welfare.models.facility import (
    Facility,
    FacilityFamily,
    FacilityKind,
    FacilityQuerySet,
    Operator,
)
from welfare.models.facility_report import FacilityReport
from welfare.models.source import CentralFacility, SeoulFacility

__all__ = [
    "CentralFacility",
    "Facility",
    "FacilityFamily",
    "FacilityKind",
    "FacilityQuerySet",
    "FacilityReport",
    "Operator",
    "SeoulFacility",
]
