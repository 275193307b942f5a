"""The desk of the welfare area: facilities, what citizens report of them, what staff corrected."""

from welfare.admin import (
    benefits,
    corrections,
    counter,
    facilities,
    hardship,
    hardship_imports,
    households,
    kinds,
    plain_texts,
    reports,
    rule_versions,
    sign_weights,
)

__all__ = [
    "benefits",
    "corrections",
    "counter",
    "facilities",
    "hardship",
    "hardship_imports",
    "households",
    "kinds",
    "plain_texts",
    "reports",
    "rule_versions",
    "sign_weights",
]
