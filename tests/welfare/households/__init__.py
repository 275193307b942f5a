"""Households of the caseload."""
