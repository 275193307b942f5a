"""The desk of requests: worklists by due date, and a case on one screen."""

from core.cases.admin.worklist import CaseAdmin

__all__ = ["CaseAdmin"]
