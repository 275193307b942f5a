"""Verdicts of the welfare area: pure functions that know neither database nor clock."""

from welfare.rules.facilities import (
    MASK,
    WITHHELD,
    Hotline,
    hotline_for,
    is_protected_shelter,
    mask_name,
)

__all__ = ["MASK", "WITHHELD", "Hotline", "hotline_for", "is_protected_shelter", "mask_name"]
