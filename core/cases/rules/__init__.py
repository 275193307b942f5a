"""When something is due: days on which Korean public offices work."""

from core.cases.rules.workdays import add_workdays, is_workday, workdays_between

__all__ = ["add_workdays", "is_workday", "workdays_between"]
