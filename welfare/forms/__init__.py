"""What citizens type: about facilities, and to their community centre."""

from welfare.forms.counsel import MINE, CounselForm
from welfare.forms.facility import RADII, FacilityFilterForm, FacilityReportForm, radius_words

__all__ = [
    "MINE",
    "RADII",
    "CounselForm",
    "FacilityFilterForm",
    "FacilityReportForm",
    "radius_words",
]
