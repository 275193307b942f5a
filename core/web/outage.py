"""Tells a database that is away from a mistake of ours, so that the page can say which it is."""

from django.db import InterfaceError, OperationalError

# SQLSTATE: connection exceptions, shutting down or starting up, no connection left.
AWAY_CLASSES = ("08", "57P", "53300")
RETRY_AFTER_SECONDS = 30


def database_is_away(fault: BaseException | None) -> bool:
    """Whether the fault, or what it came from, means that the database does not answer."""
    while fault is not None:
        if isinstance(fault, InterfaceError | OperationalError):
            state = getattr(fault.__cause__, "sqlstate", None)
            # Without a state the server never spoke: refused, unreachable, no connection in time.
            return state is None or state.startswith(AWAY_CLASSES)
        fault = fault.__cause__ or fault.__context__
    return False
