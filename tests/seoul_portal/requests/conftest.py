"""The same people, centres and requests as for the engine of requests."""

from tests.core.cases.conftest import (
    case,
    centre,
    citizen,
    delegation,
    folder,
    helper,
    kinds,
    manager,
    other_centre,
    outsider,
    worker,
)

__all__ = [
    "case",
    "centre",
    "citizen",
    "delegation",
    "folder",
    "helper",
    "kinds",
    "manager",
    "other_centre",
    "outsider",
    "worker",
]
