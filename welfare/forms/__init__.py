"""What citizens type: of facilities and benefits, to the screener, and to their centre."""

from welfare.forms.benefit import PROVIDER_WORDS, BenefitFilterForm
from welfare.forms.care import ConsentBackForm
from welfare.forms.check import (
    DatedResumeForm,
    DongForm,
    ResumeForm,
    over_words,
)
from welfare.forms.check_page import LEFT_OPEN, LivingForm, PageForm
from welfare.forms.counsel import MINE, BenefitRequestForm, CounselForm
from welfare.forms.facility import RADII, FacilityFilterForm, FacilityReportForm, radius_words
from welfare.forms.outcome import OutcomeForm

__all__ = [
    "LEFT_OPEN",
    "MINE",
    "PROVIDER_WORDS",
    "RADII",
    "BenefitFilterForm",
    "BenefitRequestForm",
    "ConsentBackForm",
    "CounselForm",
    "DatedResumeForm",
    "DongForm",
    "FacilityFilterForm",
    "FacilityReportForm",
    "LivingForm",
    "OutcomeForm",
    "PageForm",
    "ResumeForm",
    "over_words",
    "radius_words",
]
