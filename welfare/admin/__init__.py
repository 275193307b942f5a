"""The desk of the welfare area: facilities, what citizens report of them, what staff corrected."""

from welfare.admin import (
    benefits,
    corrections,
    counter,
    facilities,
    kinds,
    plain_texts,
    reports,
    rule_versions,
)

__all__ = [
    "benefits",
    "corrections",
    "counter",
    "facilities",
    "kinds",
    "plain_texts",
    "reports",
    "rule_versions",
]
