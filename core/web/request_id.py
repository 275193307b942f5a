"""The present request's name, by which its log lines and what a citizen saw are put together."""

from contextvars import ContextVar

current_request_id: ContextVar[str] = ContextVar("request_id", default="-")
