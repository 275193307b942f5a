"""Cases, and the log of what happened to each."""

from core.cases.models.case import Case, CaseQuerySet
from core.cases.models.event import CaseEvent, CaseEventQuerySet

__all__ = ["Case", "CaseEvent", "CaseEventQuerySet", "CaseQuerySet"]
