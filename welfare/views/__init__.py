"""The public pages of welfare."""

from welfare.views.applications import benefit_ask
from welfare.views.benefit_downloads import benefit_csv
from welfare.views.benefits import benefit_detail, benefit_list
from welfare.views.care import care
from welfare.views.check import check
from welfare.views.check_mine import check_mine
from welfare.views.check_resuming import check_resume
from welfare.views.counsel import counsel
from welfare.views.facility_directory import facility_list
from welfare.views.facility_downloads import facility_csv, facility_geojson
from welfare.views.facility_pages import facility_detail, facility_kind
from welfare.views.facility_reports import (
    facility_report,
    facility_report_receipt,
    facility_report_thanks,
)
from welfare.views.facility_sheet import facility_sheet
from welfare.views.life_events import life_event, life_event_list
from welfare.views.outcomes import benefit_outcome
from welfare.views.timeline import life_line
from welfare.views.urgent import urgent

__all__ = [
    "benefit_ask",
    "benefit_csv",
    "benefit_detail",
    "benefit_list",
    "care",
    "check",
    "check_mine",
    "check_resume",
    "benefit_outcome",
    "counsel",
    "facility_csv",
    "facility_detail",
    "facility_geojson",
    "facility_kind",
    "facility_list",
    "facility_report",
    "facility_report_receipt",
    "facility_report_thanks",
    "facility_sheet",
    "life_event",
    "life_event_list",
    "life_line",
    "urgent",
]
