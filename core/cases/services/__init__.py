"""What may be done to a case: each in one transaction, with the row locked, once for each key."""

from core.cases.services.assigning import assign_case, assign_cases, hand_over
from core.cases.services.log import CaseRefused, note_view
from core.cases.services.moving import answer_case, move_case, write_note
from core.cases.services.opening import link_cases, open_case, open_duplicates
from core.cases.services.overdue import escalate_overdue
from core.cases.services.paper import PaperCode, find_by_paper_code, give_paper_code

__all__ = [
    "CaseRefused",
    "PaperCode",
    "answer_case",
    "assign_case",
    "assign_cases",
    "escalate_overdue",
    "find_by_paper_code",
    "give_paper_code",
    "hand_over",
    "link_cases",
    "move_case",
    "note_view",
    "open_case",
    "open_duplicates",
    "write_note",
]
