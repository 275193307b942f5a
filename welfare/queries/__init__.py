"""What pages and API of the welfare area show: filters read once, rows from one query."""

from welfare.queries.directory import Directory, KindFact, directory
from welfare.queries.filters import (
    PARAMETERS,
    FacilityFilters,
    FiltersRefused,
    one_value,
    read_filters,
    read_near,
)
from welfare.queries.listing import (
    FacilityPage,
    FacilityRow,
    facility_page,
    matching_facilities,
)

__all__ = [
    "PARAMETERS",
    "Directory",
    "FacilityFilters",
    "FacilityPage",
    "FacilityRow",
    "FiltersRefused",
    "KindFact",
    "directory",
    "facility_page",
    "matching_facilities",
    "one_value",
    "read_filters",
    "read_near",
]
