"""What the law and the publishers say, as pure functions: of facilities, and of who gets what."""

from welfare.rules.facilities import (
    MASK,
    WITHHELD,
    Hotline,
    hotline_for,
    is_protected_shelter,
    mask_name,
)

__all__ = ["MASK", "WITHHELD", "Hotline", "hotline_for", "is_protected_shelter", "mask_name"]
