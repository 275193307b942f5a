"""The tables of the welfare area."""

from welfare.models.application import BenefitApplication
from welfare.models.benefit import (
    Benefit,
    BenefitLink,
    BenefitLinkQuerySet,
    BenefitQuerySet,
    BenefitSource,
)
from welfare.models.benefit_source import (
    BokjiroCentral,
    BokjiroCentralDetail,
    BokjiroLocal,
    BokjiroLocalDetail,
    Gov24Conditions,
    Gov24Detail,
    Gov24Service,
)
from welfare.models.correction import DERIVED_FIELDS, FacilityCorrection
from welfare.models.facility import (
    Facility,
    FacilityFamily,
    FacilityKind,
    FacilityQuerySet,
    Operator,
)
from welfare.models.facility_report import FacilityReport
from welfare.models.household import CareHousehold, CareMember
from welfare.models.identifier import FacilityIdentifier
from welfare.models.plain_text import PlainText
from welfare.models.rule import (
    MEDIAN_INCOME,
    RuleExplanation,
    RuleStep,
    RuleVersion,
    RuleVersionQuerySet,
)
from welfare.models.screening import (
    BenefitNews,
    BenefitOutcome,
    BenefitSheet,
    ScreenedBenefit,
    ScreeningPart,
    ScreeningRun,
)
from welfare.models.source import CentralFacility, SeoulFacility

__all__ = [
    "BenefitNews",
    "BenefitOutcome",
    "BenefitSheet",
    "PlainText",
    "ScreenedBenefit",
    "ScreeningPart",
    "ScreeningRun",
    "MEDIAN_INCOME",
    "RuleExplanation",
    "RuleStep",
    "RuleVersion",
    "RuleVersionQuerySet",
    "DERIVED_FIELDS",
    "Benefit",
    "BenefitApplication",
    "BenefitLink",
    "BenefitLinkQuerySet",
    "BenefitQuerySet",
    "BenefitSource",
    "BokjiroCentral",
    "BokjiroCentralDetail",
    "BokjiroLocal",
    "BokjiroLocalDetail",
    "Gov24Conditions",
    "Gov24Detail",
    "Gov24Service",
    "FacilityCorrection",
    "CentralFacility",
    "Facility",
    "FacilityFamily",
    "FacilityIdentifier",
    "FacilityKind",
    "FacilityQuerySet",
    "FacilityReport",
    "Operator",
    "SeoulFacility",
    "CareHousehold",
    "CareMember",
]
