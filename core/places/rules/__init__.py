"""What is true of addresses, telephone numbers, points and opening hours, without a database."""

from core.places.rules.access import (
    AccessFact,
    FactRefused,
    facts_from_json,
    facts_to_json,
    judge_accessible,
)
from core.places.rules.addresses import ParsedAddress, parse_address
from core.places.rules.hours import (
    DAY,
    DayException,
    HoursRefused,
    OpenConditions,
    Schedule,
    WeeklyHours,
    make_spans,
    open_conditions,
)
from core.places.rules.hours_forms import (
    hours_as_hsds,
    hours_as_schema_org,
    hours_as_text,
    hours_from_text,
    hours_words,
    spans_words,
    status_words,
)
from core.places.rules.phones import normalise_phone, normalise_postcode
from core.places.rules.points import (
    arrays_to_degrees,
    arrays_to_metres,
    grid_to_degrees,
    read_point,
    to_degrees,
    to_metres,
    valid_wgs84,
)

__all__ = [
    "DAY",
    "AccessFact",
    "DayException",
    "FactRefused",
    "HoursRefused",
    "OpenConditions",
    "ParsedAddress",
    "Schedule",
    "WeeklyHours",
    "arrays_to_degrees",
    "arrays_to_metres",
    "grid_to_degrees",
    "make_spans",
    "normalise_phone",
    "normalise_postcode",
    "open_conditions",
    "parse_address",
    "read_point",
    "to_degrees",
    "to_metres",
    "valid_wgs84",
    "facts_from_json",
    "facts_to_json",
    "judge_accessible",
    "hours_as_hsds",
    "hours_as_schema_org",
    "hours_as_text",
    "hours_from_text",
    "hours_words",
    "spans_words",
    "status_words",
]
