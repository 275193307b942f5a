"""What citizens type: of facilities and benefits, to the screener, and to their centre."""

from welfare.forms.benefit import PROVIDER_WORDS, BenefitFilterForm
from welfare.forms.care import ConsentBackForm
from welfare.forms.check import AnswerForm, DongForm, ResumeForm, over_words, won_words
from welfare.forms.counsel import MINE, BenefitRequestForm, CounselForm
from welfare.forms.facility import RADII, FacilityFilterForm, FacilityReportForm, radius_words
from welfare.forms.outcome import OutcomeForm

__all__ = [
    "MINE",
    "PROVIDER_WORDS",
    "RADII",
    "AnswerForm",
    "BenefitFilterForm",
    "BenefitRequestForm",
    "ConsentBackForm",
    "CounselForm",
    "DongForm",
    "FacilityFilterForm",
    "FacilityReportForm",
    "OutcomeForm",
    "ResumeForm",
    "over_words",
    "radius_words",
    "won_words",
]
