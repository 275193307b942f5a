"""The desk of the welfare area: facilities, what citizens report of them, what staff corrected."""

from welfare.admin import corrections, facilities, kinds, reports

__all__ = ["corrections", "facilities", "kinds", "reports"]
