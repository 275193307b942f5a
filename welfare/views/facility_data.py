"""A facility in schema.org's words."""

from typing import Any

from django.conf import settings

from core.places.enums import Answer, Precision
from core.places.rules.hours import clock_of_others
from welfare.models import Facility
from welfare.views.facility_words import homepage, title

SCHEMA_DAYS = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday",
    "sat": "Saturday", "sun": "Sunday", "holidays": "PublicHolidays",
}  # fmt: skip
CHILDCARE = "보육시설"


def facility_data(facility: Facility) -> dict[str, Any]:
    url = settings.SITE_URL + facility.get_absolute_url()
    return {
        "@type": "ChildCare" if facility.family_name == CHILDCARE else "LocalBusiness",
        "@id": url,
        "url": url,
        "name": title(facility),
        "alternateName": facility.name if title(facility) != facility.name else facility.name_en,
        "identifier": facility.code,
        "description": facility.kind.label,
        "telephone": facility.phone,
        "sameAs": homepage(facility),
        "address": _address(facility),
        "geo": _geo(facility),
        "openingHoursSpecification": _hours(facility),
        "parentOrganization": facility.operator
        and {"@type": "Organization", "name": facility.operator.name},
        "amenityFeature": _amenities(facility),
    }


def _address(facility: Facility) -> dict[str, Any] | None:
    if not facility.address:
        return None
    return {
        "@type": "PostalAddress",
        "streetAddress": " ".join(filter(None, (facility.address, facility.address_detail))),
        "postalCode": facility.postcode,
        "addressLocality": facility.district.name if facility.district else None,
        "addressCountry": "KR",
    }


def _geo(facility: Facility) -> dict[str, Any] | None:
    """A dong's middle is no coordinate of the place: machines would take it for the door."""
    if facility.lat is None or facility.precision not in (Precision.EXACT, Precision.BUILDING):
        return None
    return {"@type": "GeoCoordinates", "latitude": facility.lat, "longitude": facility.lon}


def _hours(facility: Facility) -> list[dict[str, Any]]:
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{SCHEMA_DAYS[day]}",
            "opens": opens,
            "closes": clock_of_others(closes),
        }
        for day, pairs in (facility.weekly_hours or {}).items()
        for opens, closes in pairs or ()
    ]


def _amenities(facility: Facility) -> list[dict[str, Any]]:
    return [
        {
            "@type": "LocationFeatureSpecification",
            "name": feature,
            "value": told["answer"] == Answer.YES,
        }
        for feature, told in (facility.accessibility or {}).items()
        if told["answer"] in (Answer.YES, Answer.NO)
    ]
