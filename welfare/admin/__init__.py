"""The desk of the welfare area: facilities, what citizens report of them, what staff corrected."""

from welfare.admin import (
    benefits,
    corrections,
    facilities,
    kinds,
    plain_texts,
    reports,
    rule_versions,
)

__all__ = [
    "benefits",
    "corrections",
    "facilities",
    "kinds",
    "plain_texts",
    "reports",
    "rule_versions",
]
