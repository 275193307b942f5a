"""The part of schema.org's vocabulary that pages use, and what in their JSON-LD is not of it.

From the pages of each term, such as https://schema.org/LocalBusiness and
https://schema.org/amenityFeature: what a type is more exactly than, on which types a property is
used, and what its value may be. A term that pages begin to use is looked up there and added here.
"""

import re
from collections.abc import Iterator
from typing import Any

KINDS = {
    "Thing": (),
    "Place": ("Thing",),
    "Organization": ("Thing",),
    "LocalBusiness": ("Organization", "Place"),
    "ChildCare": ("LocalBusiness",),
    "PostalAddress": ("Thing",),
    "GeoCoordinates": ("Thing",),
    "OpeningHoursSpecification": ("Thing",),
    "PropertyValue": ("Thing",),
    "LocationFeatureSpecification": ("PropertyValue",),
}
# Property: the types it is used on, and what its value may be.
PROPERTIES = {
    "name": (("Thing",), ("Text",)),
    "alternateName": (("Thing",), ("Text",)),
    "description": (("Thing",), ("Text",)),
    "identifier": (("Thing",), ("Text", "URL", "PropertyValue")),
    "url": (("Thing",), ("URL",)),
    "sameAs": (("Thing",), ("URL",)),
    "telephone": (("Organization", "Place"), ("Text",)),
    "address": (("Organization", "Place"), ("PostalAddress", "Text")),
    "parentOrganization": (("Organization",), ("Organization",)),
    "geo": (("Place",), ("GeoCoordinates",)),
    "openingHoursSpecification": (("Place",), ("OpeningHoursSpecification",)),
    "specialOpeningHoursSpecification": (("Place",), ("OpeningHoursSpecification",)),
    "amenityFeature": (("Place",), ("LocationFeatureSpecification",)),
    "streetAddress": (("PostalAddress",), ("Text",)),
    "postalCode": (("PostalAddress", "GeoCoordinates"), ("Text",)),
    "addressLocality": (("PostalAddress",), ("Text",)),
    "addressCountry": (("PostalAddress", "GeoCoordinates"), ("Text",)),
    "latitude": (("Place", "GeoCoordinates"), ("Number", "Text")),
    "longitude": (("Place", "GeoCoordinates"), ("Number", "Text")),
    "dayOfWeek": (("OpeningHoursSpecification",), ("DayOfWeek",)),
    "opens": (("OpeningHoursSpecification",), ("Time",)),
    "closes": (("OpeningHoursSpecification",), ("Time",)),
    "validFrom": (("OpeningHoursSpecification",), ("Date",)),
    "validThrough": (("OpeningHoursSpecification",), ("Date",)),
    "value": (("PropertyValue",), ("Boolean", "Number", "Text")),
}
DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|PublicHolidays"
WRITTEN = {
    "Text": re.compile(r"(?s)\s*\S.*"),
    "URL": re.compile(r"https?://[^\s/]+/\S*"),
    "Time": re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?"),
    "Date": re.compile(r"\d{4}-\d\d-\d\d"),
    "DayOfWeek": re.compile(rf"https://schema\.org/({DAYS})"),
}


def faults_of(data: dict[str, Any], where: str = "$") -> Iterator[str]:
    """Yield what the vocabulary does not know: a type, a property on it, or a property's value."""
    kind = data.get("@type")
    if kind not in KINDS:
        yield f"{where}: no type {kind!r}"
        return
    for name, told in data.items():
        if name.startswith("@"):
            continue
        used_on, ranges = PROPERTIES.get(name, ((), ()))
        if not any(is_a(kind, one) for one in used_on):
            yield f"{where}: {kind} has no property {name!r}"
            continue
        for value in told if isinstance(told, list) else [told]:
            if not any(fits(value, one) for one in ranges):
                yield f"{where}.{name}: {value!r} is none of {', '.join(ranges)}"
            elif isinstance(value, dict):
                yield from faults_of(value, f"{where}.{name}")


def is_a(kind: str, wanted: str) -> bool:
    return kind == wanted or any(is_a(one, wanted) for one in KINDS.get(kind, ()))


def fits(value: Any, wanted: str) -> bool:
    if isinstance(value, dict):
        return is_a(str(value.get("@type")), wanted)
    if isinstance(value, bool):
        return wanted == "Boolean"
    if isinstance(value, int | float):
        return wanted == "Number"
    return wanted in WRITTEN and WRITTEN[wanted].fullmatch(value) is not None
