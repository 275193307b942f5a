"""What citizens type: about facilities and benefits, and to their community centre."""

from welfare.forms.benefit import PROVIDER_WORDS, BenefitFilterForm
from welfare.forms.counsel import MINE, CounselForm
from welfare.forms.facility import RADII, FacilityFilterForm, FacilityReportForm, radius_words

__all__ = [
    "MINE",
    "PROVIDER_WORDS",
    "RADII",
    "BenefitFilterForm",
    "CounselForm",
    "FacilityFilterForm",
    "FacilityReportForm",
    "radius_words",
]
