"""The writes of the welfare area."""

from welfare.services.publication import publish_facilities, publish_facility_keys
from welfare.services.reports import report_facility

__all__ = ["publish_facilities", "publish_facility_keys", "report_facility"]
