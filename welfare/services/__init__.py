"""The writes of the welfare area."""

from welfare.services.correctable import (
    CORRECTABLE,
    Correctable,
    CorrectionRefused,
    correctable,
)
from welfare.services.corrections import (
    PROTECTED,
    Correction,
    clean_correction,
    confirm_correction,
    confirm_corrections,
    correct_facilities,
    correct_facility,
    record_corrections,
    take_source_value,
    take_source_values,
    verify_facilities,
    verify_facility,
    withdraw_correction,
    withdraw_corrections,
)
from welfare.services.hours_exceptions import add_hours_exception, remove_hours_exception
from welfare.services.kinds import set_kind_protection
from welfare.services.locating import ask_address_service, locate_facilities
from welfare.services.publication import (
    conceal_rejects,
    hold_publication,
    publish_facilities,
    publish_facility_keys,
    source_values,
)
from welfare.services.report_answers import (
    accept_report,
    accept_reports,
    decline_report,
    decline_reports,
    proposed_correction,
    settle_report,
)
from welfare.services.reports import report_facility

__all__ = [
    "ask_address_service",
    "accept_report",
    "accept_reports",
    "add_hours_exception",
    "decline_report",
    "decline_reports",
    "proposed_correction",
    "remove_hours_exception",
    "set_kind_protection",
    "report_facility",
    "settle_report",
    "CORRECTABLE",
    "Correctable",
    "Correction",
    "CorrectionRefused",
    "PROTECTED",
    "clean_correction",
    "conceal_rejects",
    "confirm_correction",
    "confirm_corrections",
    "correct_facilities",
    "correct_facility",
    "correctable",
    "hold_publication",
    "locate_facilities",
    "publish_facilities",
    "publish_facility_keys",
    "record_corrections",
    "source_values",
    "take_source_value",
    "take_source_values",
    "verify_facilities",
    "verify_facility",
    "withdraw_correction",
    "withdraw_corrections",
]
