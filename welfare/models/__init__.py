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
from welfare.models.care import (
    CareBenefit,
    CareCase,
    CareConsent,
    CareContact,
    CareNeed,
    CarePlanStep,
)
from welfare.models.care_change import CareHandOver, CareMerge, CareStep
from welfare.models.correction import DERIVED_FIELDS, FacilityCorrection
from welfare.models.counter import CounterTalk
from welfare.models.facility import (
    Facility,
    FacilityFamily,
    FacilityKind,
    FacilityQuerySet,
    Operator,
)
from welfare.models.facility_report import FacilityReport
from welfare.models.hardship import (
    HardshipHousehold,
    HardshipHouseholdQuerySet,
    HardshipImport,
    HardshipSign,
    HardshipStep,
)
from welfare.models.household import CareHousehold, CareMember
from welfare.models.identifier import FacilityIdentifier
from welfare.models.plain_text import PlainText, PlainTextWriter
from welfare.models.referral import Referral
from welfare.models.rule import (
    MEDIAN_INCOME,
    RuleEffect,
    RuleExplanation,
    RuleStep,
    RuleVersion,
    RuleVersionQuerySet,
)
from welfare.models.saved_screening import SavedScreening
from welfare.models.screening import (
    BenefitNews,
    BenefitOutcome,
    BenefitSheet,
    ScreenedBenefit,
    ScreeningPart,
    ScreeningRun,
)
from welfare.models.sign_weight import SignWeights, SignWeightsWriter
from welfare.models.source import CentralFacility, SeoulFacility
from welfare.models.version import Version, VersionQuerySet

__all__ = [
    "BenefitNews",
    "BenefitOutcome",
    "BenefitSheet",
    "CounterTalk",
    "PlainText",
    "PlainTextWriter",
    "SavedScreening",
    "ScreenedBenefit",
    "ScreeningPart",
    "ScreeningRun",
    "MEDIAN_INCOME",
    "RuleEffect",
    "RuleExplanation",
    "RuleStep",
    "Referral",
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
    "HardshipHousehold",
    "HardshipHouseholdQuerySet",
    "HardshipImport",
    "HardshipSign",
    "HardshipStep",
    "Operator",
    "SeoulFacility",
    "SignWeights",
    "SignWeightsWriter",
    "CareBenefit",
    "CareCase",
    "CareConsent",
    "CareContact",
    "CareHandOver",
    "CareHousehold",
    "CareMember",
    "CareMerge",
    "CareNeed",
    "CarePlanStep",
    "CareStep",
    "Version",
    "VersionQuerySet",
]
