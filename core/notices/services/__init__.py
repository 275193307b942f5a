"""Telling, delivering, choosing: what everybody else calls of this room."""

from core.notices.services.telling import Letter, tell, tell_each, tell_many

__all__ = ["Letter", "tell", "tell_each", "tell_many"]
