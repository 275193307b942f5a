"""A case, its log, what was written and attached, and how many lie where."""

from core.cases.models.attachment import Attachment
from core.cases.models.case import Case
from core.cases.models.event import CaseEvent, CaseWords
from core.cases.models.tally import CaseTally

__all__ = ["Attachment", "Case", "CaseEvent", "CaseTally", "CaseWords"]
