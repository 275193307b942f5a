"""All that changes a case: each one transaction, its row locked, once however often asked."""

from core.cases.services.assigning import assign, assign_many, take
from core.cases.services.attaching import attach, erase_attachments, sweep_files
from core.cases.services.codes import issue_code
from core.cases.services.ending import end_for_erasure
from core.cases.services.escalation import escalate_overdue
from core.cases.services.forgetting import forget_old_cases
from core.cases.services.handing import hand_over, link
from core.cases.services.leaving import hand_on_stranded, release, release_those_who_left
from core.cases.services.looking import record_download, record_view
from core.cases.services.moving import answer, move
from core.cases.services.naming import check_name, locked_until
from core.cases.services.noting import note, write_to_citizen
from core.cases.services.opening import open_case

__all__ = [
    "answer",
    "assign",
    "assign_many",
    "attach",
    "check_name",
    "end_for_erasure",
    "erase_attachments",
    "escalate_overdue",
    "forget_old_cases",
    "hand_on_stranded",
    "hand_over",
    "issue_code",
    "link",
    "locked_until",
    "move",
    "note",
    "open_case",
    "record_download",
    "record_view",
    "release",
    "release_those_who_left",
    "sweep_files",
    "take",
    "write_to_citizen",
]
