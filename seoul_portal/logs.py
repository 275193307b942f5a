"""Logs as one JSON object a line, with the request's or task's id, without personal data."""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any

import msgspec
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from core.web.request_id import current_request_id

# What must not be kept even where a library's message or a traceback holds it.
PERSONAL = (
    # A row that a constraint refused, whole, as PostgreSQL tells it.
    (re.compile(r"(?ms)(Failing row contains) \(.{0,8000}?\)\.$"), r"\1 <row>."),
    # As people type them wrongly as well: without a dot, or as an address or a form carries them.
    (re.compile(r"\w[\w.!#$%&'*+^`{|}~-]{0,64}(?:@|%40)[\w.-]+"), "<e-mail>"),
    (re.compile(r"(?<!\d)\d{6}-[1-8]\d{6}(?!\d)"), "<resident number>"),
    # Without the dash only where it begins with a day: a moment in milliseconds is as long.
    (
        re.compile(r"(?<!\d)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[1-8]\d{6}(?!\d)"),
        "<resident number>",
    ),
    # Mobile numbers and those of homes, in any of the ways in which they are written.
    (
        re.compile(
            r"(?<![0-9A-Za-z.])(?:\+?82[-. ]?\(?0?|\(?0)(?:2|1\d|[3-6]\d|70|80|50\d)\)?"
            r"[-. ]?\d{3,4}[-. ]?\d{4}(?![0-9A-Za-z])"
        ),
        "<phone>",
    ),
    (re.compile(r"\?[^\s\"'>)]+=[^\s\"'>)]*"), "?<query>"),
    (re.compile(r"\b(\d{1,3}\.){3}\d{1,3}\b(?!\.)"), "<address>"),
)
# What we wrote ourselves, of which nothing comes from anybody; a request's line costs as little.
OURS = frozenset(
    {"timestamp", "level", "logger", "request_id", "view", "method", "task", "task_id"}
)
# They say of a refusal no more than the request's own line does, and have no request id any more.
ECHOING = frozenset({"django.request", "django.security.csrf"})
# What came in was refused, as it should be: where in the code is of no interest.
REFUSALS = "django.security."


def conceal(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Blank out people's addresses and numbers wherever in a line they stand."""
    for key, value in event.items():
        if key not in OURS and not isinstance(value, int | float):
            event[key] = _concealed(value)
    return event


def _concealed(value: Any) -> Any:
    match value:
        case str():
            for pattern, instead in PERSONAL:
                value = pattern.sub(instead, value)
            return value
        case None | bool() | int() | float():
            return value
        case Mapping():
            return {str(key): _concealed(held) for key, held in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_concealed(held) for held in value]
    return _concealed(repr(value))


def name_request(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    if (request_id := current_request_id.get()) != "-":
        event.setdefault("request_id", request_id)
    return event


class WithoutPaths(logging.Filter):
    """Keeps paths out of Django's own words on a request, and drops those that only echo it.

    A refusal (a host that is not ours, a forged form) is one line, without a traceback.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name in ECHOING and (record.levelno < logging.ERROR or not record.exc_info):
            return False
        if record.name.startswith(REFUSALS):
            record.exc_info = record.exc_text = None
            return True
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            record.args = (match.view_name if match else "unmatched",)
            record.msg = record.msg if record.msg.count("%s") == 1 else "%s"
        return True


def _to_json(event: EventDict, **_: Any) -> str:
    return msgspec.json.encode(event, enc_hook=repr).decode()


def _to_bytes(event: EventDict, **_: Any) -> bytes:
    return msgspec.json.encode(event, enc_hook=repr)


COMMON: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def configure(level: str) -> dict[str, Any]:
    """Set up structlog, and answer Django's LOGGING, which brings all loggers to the same form."""
    structlog.configure(
        processors=[
            *COMMON,
            structlog.processors.format_exc_info,
            conceal,
            structlog.processors.JSONRenderer(serializer=_to_bytes),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_paths": {"()": WithoutPaths}},
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*COMMON, structlog.stdlib.add_logger_name, name_request],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    conceal,
                    structlog.processors.JSONRenderer(serializer=_to_json),
                ],
            }
        },
        "handlers": {
            "json": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "filters": ["without_paths"],
            }
        },
        "root": {"handlers": ["json"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # The web server tells in words of its own what broke off an answer on its way.
            "_granian": {"handlers": [], "propagate": True},
            # Each step of an upstream call would be a line, with the key in its address.
            "httpx": {"level": "WARNING"},
            "httpcore": {"level": "WARNING"},
            # What it says of a document may be what the document says.
            "pikepdf": {"level": "ERROR"},
        },
    }
