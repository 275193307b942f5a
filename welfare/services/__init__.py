"""The writes of the welfare area."""

from welfare.services.publication import publish_facilities, publish_facility_keys

__all__ = ["publish_facilities", "publish_facility_keys"]
