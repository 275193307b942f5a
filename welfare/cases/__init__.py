"""What citizens and their centres have to do with each other about welfare, as kinds of case."""

from welfare.cases.application import BENEFIT_APPLICATION
from welfare.cases.counsel import COUNSEL
from welfare.cases.facility import facility_of, why_untold
from welfare.cases.objection import objection_of, why_open_elsewhere
from welfare.cases.offices import centre_for, needs_of
from welfare.cases.referral import REFERRAL
from welfare.cases.visit import HOME_VISIT

__all__ = [
    "BENEFIT_APPLICATION",
    "COUNSEL",
    "HOME_VISIT",
    "REFERRAL",
    "centre_for",
    "facility_of",
    "needs_of",
    "objection_of",
    "why_open_elsewhere",
    "why_untold",
]
