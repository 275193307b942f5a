"""Telling, delivering, choosing: what everybody else calls of this room."""

from core.notices.services.telling import tell, tell_many

__all__ = ["tell", "tell_many"]
